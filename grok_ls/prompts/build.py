"""What the model is asked: a task as values in, the words out. Pure; the words are in ``templates/``.

Layout, for the provider's prefix cache (xAI "Prompt caching"): one system text for all actions, then the context,
then everything that differs from one action to the next. No time, no id, no absolute path, so equal tasks give equal
bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from grok_ls.context.pieces import ELISION, Context
from grok_ls.prompts.data import fenced, mark_for, quoted, tagged
from grok_ls.prompts.prompt import Message, Prompt, Role
from grok_ls.prompts.wording import filled, version
from grok_ls.prompts.words import Words, joined, language_word, number, sentence
from grok_ls.redaction.redact import Detector, Policy, Vocabulary, redact

EditFormat = Literal["diff", "search-replace", "rewrite"]
Result = Literal["edit", "explain"]
Subject = Literal["selection", "definition", "diagnostic", "file"]
NO_CHANGE = "NO_CHANGE"
_OWN = ("fix", "refactor", "explain")


@dataclass(frozen=True, slots=True)
class Note:
    """A diagnostic with its lines (from 1, inclusive). ``text`` is the code at its first line."""

    first_line: int
    last_line: int
    message: str
    source: str = ""
    code: str = ""
    text: str = ""
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """All that a prompt is made of. ``path`` is relative to the workspace, lines count from 1, inclusive.

    ``definition`` is the exact text that an answer in the format ``rewrite`` replaces; ``scope`` names the workspace
    for the cache key; ``project`` is one line about how it is written; ``short`` asks for the plain words that models
    of a few billion parameters follow (format ``rewrite`` only); ``subject`` is what an explanation is about;
    ``other_files``: the answer may change other files too.
    """

    action: str
    result: Result
    edit_format: EditFormat
    path: str
    language: str
    context: Context
    first_line: int
    last_line: int
    selection: str = ""
    findings: tuple[Note, ...] = ()
    instruction: str = ""
    definition: str = ""
    scope: str = ""
    project: str = ""
    short: bool = False
    subject: Subject = "selection"
    other_files: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A prompt before redaction. ``messages`` only ever grow at the end, so that a second turn finds the first in the
    cache.
    """

    version: str
    messages: tuple[tuple[Role, str], ...]
    cache_key: str = ""

    @property
    def system(self) -> str:
        return next((text for role, text in self.messages if role == "system"), "")

    @property
    def user(self) -> str:
        return next((text for role, text in self.messages if role == "user"), "")


def build(task: Task) -> Draft:
    if task.short and task.result == "edit" and task.edit_format == "rewrite":
        return _short(task)
    mark = mark_for(
        (
            task.path,
            task.language,
            task.context.text,
            task.selection,
            task.definition,
            task.instruction,
            task.project,
            _notes(task),
        )
    )
    names = ["system", _asking(task), *([f"format-{task.edit_format}"] if task.result == "edit" else [])]
    if task.other_files and task.edit_format != "rewrite":
        names.append("other-files")
    values = {
        "mark": mark,
        "language": language_word(task.language),
        "first": number(task.first_line),
        "last": number(task.last_line),
        "unseen": _unseen(task.context),
    }
    system, *rest = (filled(name, values) for name in names)
    shown = [tagged("context", mark, task.context.text), tagged("file-name", mark, _inline(task.path) or "untitled")]
    if task.project and task.result == "edit":
        shown.append(tagged("conventions", mark, _inline(task.project)))
    user = joined([*shown, *_ordered(rest, _data(task, mark))])
    return Draft(version(*names), (("system", system.text), ("user", user.text)), _cache_key(task))


def _ordered(words: list[Words], data: list[Words]) -> list[Words]:
    """What is to be done, and what it is to be done with."""
    return [*words, *data]


def _asking(task: Task) -> str:
    """The template of the task."""
    if task.action not in _OWN:
        return f"custom-{task.result}"
    return f"{task.action}-{task.subject}" if task.result == "explain" else task.action


def _unseen(context: Context) -> Words:
    """What of the project the model does not see, as facts. Numbers only: paths are data."""
    shown = context.shown
    own = [piece for piece in shown if piece.path == shown[0].path]
    others = len({piece.path for piece in shown} - {piece.path for piece in own})
    seen = sum(piece.last_line - piece.first_line + 1 for piece in own)
    said = sentence("The file is shown whole.") if context.whole else sentence("Nothing of the file is shown.")
    if own and not context.whole:
        said = sentence("Of the file's {} lines {} are not shown.", context.line_count, context.line_count - seen)
    if not others:
        more = sentence("No other file is shown.")
    elif others == 1:
        more = sentence("Parts of one other file are shown, the rest of the project is not.")
    else:
        more = sentence("Parts of {} other files are shown, the rest of the project is not.", others)
    return joined([said, more], " ")


def seal(
    draft: Draft, vocabulary: Vocabulary, policy: Policy | None = None, detectors: Sequence[Detector] = ()
) -> Prompt:
    """The draft with every message redacted: the only thing that a provider takes. Raises what ``redact`` raises."""
    policy = policy or Policy()
    return Prompt(
        draft.version,
        tuple(
            Message(role, redact(text, vocabulary, policy=policy, detectors=detectors)) for role, text in draft.messages
        ),
        draft.cache_key,
    )


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a part of an answer could not be applied, in one sentence, and what the file really has at that place."""

    refusal: str
    true_lines: str = ""


def repair(draft: Draft, answer: str, failures: Sequence[Failure], *, kept: int = 0) -> Draft:
    """The draft with the model's own answer, why it was refused, and what the file has there. Redacted texts only.

    ``kept`` parts of the answer do fit and are not asked for again; ``answer`` is then what is left without them.
    """
    # Why it was refused quotes the answer and the file.
    mark = mark_for(text for failure in failures for text in (failure.true_lines, failure.refusal))
    said = joined(_failure(failure, mark) for failure in failures)
    ask = filled("repair-rest" if kept else "repair", {"failures": said, "kept": number(kept)})
    return replace(draft, messages=(*draft.messages, ("assistant", answer), ("user", ask.text)))


def _failure(failure: Failure, mark: Words) -> Words:
    parts = [tagged("refusal", mark, _inline(failure.refusal))]
    if failure.true_lines:
        there = sentence("The file really has these lines there:")
        parts += [there, tagged("lines", mark, failure.true_lines)]
    return joined(parts)


def _short(task: Task) -> Draft:
    action = task.action if task.action in _OWN else f"custom-{task.result}"
    names = ("short-system", f"short-{action}")
    # The code itself comes last: a model of this size is slow to read it twice.
    said = task.context.text.replace(task.definition.rstrip(), f"{ELISION} the code below") if task.definition else ""
    values = {
        "language": language_word(task.language),
        "diagnostics": quoted(_notes(task)),
        "context": _led(
            sentence("For reference, other code of the file (do not repeat it):"), fenced(said, task.language)
        )
        if said
        else sentence(""),
        "definition": fenced(task.definition, task.language),
        "instruction": _led(sentence("What to do:"), quoted(task.instruction))
        if task.instruction.strip()
        else sentence(""),
    }
    system, user = (filled(name, values).text for name in names)
    return Draft(version(*names), (("system", system), ("user", user)), _cache_key(task))


def _led(lead: Words, data: Words) -> Words:
    """``lead`` above the data, and a blank line below."""
    return joined([lead, data, sentence("")], "\n")


def _data(task: Task, mark: Words) -> list[Words]:
    parts = []
    if task.result == "edit" and task.edit_format == "rewrite":
        parts.append(tagged("definition", mark, task.definition))
    if task.selection.strip() and task.selection.strip() != task.definition.strip():
        parts.append(tagged("selection", mark, task.selection, (task.first_line, task.last_line)))
    if task.findings or task.action == "fix":
        parts.append(tagged("diagnostics", mark, _notes(task)))
    if task.instruction.strip():
        parts.append(tagged("instruction", mark, task.instruction.strip()))
    return parts


def _notes(task: Task) -> str:
    if not task.findings:
        # From the command line, or chosen without a diagnostic.
        return f"{_lines(task.first_line, task.last_line)}: the user says that something is wrong here"
    return "\n".join(_note(note) for note in task.findings)


def _note(note: Note) -> str:
    origin = " ".join(part for part in (note.source, note.code) if part)
    said = [f"{_lines(note.first_line, note.last_line)}: {note.message}{f' [{origin}]' if origin else ''}"]
    if note.text.strip():
        said.append(f"  at: {note.text.strip()}")
    said += [f"  related: {_inline(each)}" for each in note.related]
    return "\n".join(said)


def _lines(first: int, last: int) -> str:
    return f"line {first}" if last <= first else f"lines {first}-{last}"


def _inline(text: str) -> str:
    """One line: a name must not be able to begin a new paragraph of a prompt."""
    return " ".join(text.split())


def _cache_key(task: Task) -> str:
    return hashlib.sha256(f"{task.scope}\0{task.path}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
