"""The prompts that are compared: the program's own in each format, and shorter wordings of the rewrite."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grok_ls.context.pieces import Context, Piece
from grok_ls.prompts.build import EditFormat, Note, Task, build


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    definition: str
    message: str
    line: int


Messages = list[dict[str, str]]


def own(edit_format: EditFormat, *, short: bool = False) -> Callable[[Asked], Messages]:
    """What the program itself sends for a fix."""

    def messages(asked: Asked) -> Messages:
        last = asked.text.count("\n")
        at = asked.text.splitlines()[asked.line - 1]
        draft = build(
            Task(
                action="fix",
                result="edit",
                edit_format=edit_format,
                path="subject.py",
                language="python",
                context=Context((Piece("subject.py", 1, last, asked.text.rstrip("\n")),), whole=True),
                first_line=asked.line,
                last_line=asked.line,
                findings=(Note(asked.line, asked.line, asked.message, source="test", text=at),),
                definition=asked.definition,
                short=short,
            )
        )
        return [{"role": role, "content": text} for role, text in draft.messages]

    return messages


def worded(template: str, system: str) -> Callable[[Asked], Messages]:
    def messages(asked: Asked) -> Messages:
        code = f"```python\n{asked.definition.rstrip()}\n```"
        at = asked.text.splitlines()[asked.line - 1].strip()
        user = template.format(code=code, message=asked.message, at=at)
        return [{"role": "system", "content": system}, {"role": "user", "content": user}]

    return messages


_CAREFUL = "You are a careful programmer. You answer with one code block and nothing else."
VARIANTS: dict[str, Callable[[Asked], Messages]] = {
    "rewrite-short": own("rewrite", short=True),
    "rewrite-long": own("rewrite"),
    "search-replace": own("search-replace"),
    "diff": own("diff"),
    # No other code of the file.
    "alone": worded(
        "Fix the bug in this python code.\n\nProblem:\n{message}\n\nCode:\n{code}\n\n"
        "Write the complete fixed code in one code block. Change only what is needed.",
        _CAREFUL,
    ),
    # The problem last, nearest to the answer.
    "problem-last": worded(
        "This function has a bug:\n\n{code}\n\nA test says: {message}\n\n"
        "Write the whole corrected function in one ```python block. Change only what is wrong.",
        _CAREFUL,
    ),
    # Room for one sentence of thought before the code.
    "think-first": worded(
        "This function has a bug:\n\n{code}\n\nA test says: {message}\n\n"
        "First say in one sentence what is wrong. Then write the whole corrected function in one ```python block.",
        "You are a careful programmer who fixes bugs.",
    ),
}
