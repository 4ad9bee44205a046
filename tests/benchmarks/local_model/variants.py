"""What is compared: formats of the answer, parts of the context, wordings of the prompt; each a small change of the program's own way."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from string import Template
from typing import Any
from unittest import mock

from grok_ls.context import across, relevance
from grok_ls.context import collect as collecting
from grok_ls.context.collect import Context, Piece
from grok_ls.context.languages import Language
from grok_ls.context.syntax import Syntax
from grok_ls.engine import ask
from grok_ls.prompts import build, wording
from grok_ls.prompts.build import EditFormat
from grok_ls.prompts.wording import template
from grok_ls.text import Source, Span

WINDOW = 3000
Collect = Callable[..., Context]


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to ask. ``short``: with the words for models of a few billion parameters, where the format has them.

    ``collect`` stands in for ``context.collect``, ``words`` for templates of ``prompts/templates`` by name; ``told``:
    with the failing test's message; ``task_last``: the task and the format come behind the data; ``bodies``: of functions of other files
    the bodies too. Everything else is the program's own.
    """

    name: str
    edit_format: EditFormat = "rewrite"
    short: bool = True
    collect: Collect | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    told: bool = True
    task_last: bool = False
    bodies: bool = False

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """The program asks in this way until the block ends."""

        def worded(name: str) -> Template:
            return Template(self.words[name]) if name in self.words else template(name)

        with contextlib.ExitStack() as stack:
            if self.collect is not None:
                stack.enter_context(mock.patch.object(ask, "collect", self.collect))
            stack.enter_context(mock.patch.object(wording, "template", worded))
            if self.bodies:
                whole = mock.patch.object(across, "lines_of", lambda tag, *_: [(tag.first_line, tag.last_line)])
                stack.enter_context(whole)
            if self.task_last:
                stack.enter_context(mock.patch.object(build, "_ordered", lambda words, data: [*data, *words]))
            yield


def _own_piece(source: Source, syntax: Syntax | None, focus: Span) -> Piece:
    region = (syntax.enclosing_definition(focus) if syntax is not None else None) or source.whole_lines(focus)
    first, last = source.line_of(region.start), source.line_of(max(region.start, region.end - 1))
    return _lines(source, first, last)


def _lines(source: Source, first: int, last: int) -> Piece:
    text = "\n".join(source.line_text(line) for line in range(first, last + 1))
    return Piece(source.path, first + 1, last + 1, text)


def _selection(source: Source, focus: Span, *, syntax: Syntax | None, **_: Any) -> Context:
    """The function that is to be mended and nothing else."""
    return Context((_own_piece(source, syntax, focus),), False, source.line_count)


def _window(source: Source, focus: Span, **_: Any) -> Context:
    """What peers send: so many characters around the cursor, in whole lines."""
    first = source.line_of(max(0, focus.start - WINDOW // 2))
    last = source.line_of(min(len(source.text), focus.start + WINDOW // 2))
    return Context((_lines(source, first, last),), last - first + 1 == source.line_count, source.line_count)


def _function_and_others(source: Source, focus: Span, *, syntax: Syntax | None, others: Any, **_: Any) -> Context:
    """Without the other definitions and the imports of the file."""
    return Context((_own_piece(source, syntax, focus), *others), False, source.line_count)


def _no_others(source: Source, focus: Span, **rest: Any) -> Context:
    return collecting.collect(source, focus, **{**rest, "others": ()})


def picked(*without: str) -> Collect:
    """The file never shown whole: its lines are chosen as in a long one; ``without`` names steps of that choice that are left out."""

    def collect(source: Source, focus: Span, *, language: Language | None, **rest: Any) -> Context:
        with contextlib.ExitStack() as stack:
            stack.enter_context(mock.patch.object(collecting, "WHOLE_SHARE", 1 << 30))
            if "used" in without:
                stack.enter_context(mock.patch.object(relevance, "_used", return_value=[]))
            if "imports" in without:
                stack.enter_context(mock.patch.object(Syntax, "imports", return_value=[]))
            if "helpful" in without:
                stack.enter_context(mock.patch.object(collecting, "helpful", return_value=()))
            return collecting.collect(source, focus, language=language, **rest)

    return collect


def worded(name: str, changes: Mapping[str, tuple[str, str]], **rest: Any) -> Variant:
    """A variant whose templates differ from the program's by one replacement each; a replacement that fits nowhere is an error."""
    words = {}
    for each, (old, new) in changes.items():
        text = template(each).template
        assert text.count(old) == 1, f"{name}: {each}"
        words[each] = text.replace(old, new)
    return Variant(name, words=words, **rest)


FORMATS = (
    Variant("rewrite"),
    Variant("rewrite, long words", short=False),
    Variant("search-replace", "search-replace", short=False),
    Variant("diff", "diff", short=False),
)
CONTEXTS = (
    Variant("rewrite"),
    Variant("selection only", collect=_selection),
    Variant("3,000-character window", collect=_window),
    Variant("function and other files", collect=_function_and_others),
    Variant("without other files", collect=_no_others),
    Variant("other files with bodies", bodies=True),
    Variant("file by choice, not whole", collect=picked()),
    Variant("by choice, essential only", collect=picked("helpful")),
    Variant("by choice, no used definitions", collect=picked("used", "helpful")),
    Variant("by choice, no imports", collect=picked("imports", "helpful")),
    Variant("without the test's message", told=False),
)
# The short words in another order, with room for a thought, and without parts of what they say.
_PROBLEM_FIRST = """Fix the bug in this $language code.

Problem:
$diagnostics

$context
Code:
$definition

$instruction
Write the complete fixed code in one code block. Change only what is needed."""
_ASK = "Write the complete fixed code in one code block. Change only what is needed."
_THINK = "Say in one sentence what is wrong. Then write the complete fixed code in one code block. Change only what is needed."
_ROLE = "You are a careful programmer. You answer with one code block and nothing else. "
_NO_CHANGE = "\n- If nothing needs changing, answer NO_CHANGE on a line of its own instead."
_EARLY = "If the code is right as it is, answer NO_CHANGE on a line of its own."
_ONLY_IF = "\n- Only if the code is right as it is, answer NO_CHANGE on a line of its own instead."
_EXAMPLE = " unchanged line\n-line to remove\n+line to add\n unchanged line"
_DIFF_EXAMPLE = " def area(width, height):\n-    return width + height\n+    return width * height\n "
_BLOCK = "lines of the file, copied exactly\n=======\nlines to put in their place"
_BLOCK_EXAMPLE = "    return width + height\n=======\n    return width * height"
_CAUSE = "Find the cause, then make the smallest change that removes it. "
WORDINGS = (
    Variant("rewrite"),
    Variant("problem before the code", words={"short-fix": _PROBLEM_FIRST}),
    worded("one sentence first", {"short-fix": (_ASK, _THINK), "short-system": (" and nothing else", "")}),
    worded("no role", {"short-system": (_ROLE, "")}),
    worded(
        "the test is named",
        {"short-fix": ("This $language code has a bug.", "This $language code fails a test.")},
    ),
)


def _in_format(edit_format: EditFormat, example: tuple[str, str], plain: tuple[str, str]) -> tuple[Variant, ...]:
    """Other wordings of one format: with an example of real code or none, without NO_CHANGE or with it before the format."""
    name = f"format-{edit_format}"
    rest: dict[str, Any] = {"edit_format": edit_format, "short": False}

    def changed(*changes: tuple[str, str]) -> dict[str, str]:
        text = template(name).template
        for old, new in changes:
            assert text.count(old) == 1, f"{name}: {old}"
            text = text.replace(old, new)
        return {name: text}

    early = {"fix": template("fix").template + " " + _EARLY}
    gone = (_NO_CHANGE, "")
    return (
        Variant(f"{edit_format}: task last", task_last=True, **rest),
        Variant(f"{edit_format}: real example", words=changed(example), **rest),
        Variant(f"{edit_format}: task last, real example", words=changed(example), task_last=True, **rest),
        Variant(f"{edit_format}: NO_CHANGE only if right", words=changed((_NO_CHANGE, _ONLY_IF)), **rest),
        Variant(f"{edit_format}: no NO_CHANGE", words=changed(gone), **rest),
        Variant(f"{edit_format}: NO_CHANGE early", words={**changed(gone), **early}, **rest),
        Variant(f"{edit_format}: NO_CHANGE early, no example", words={**changed(gone, plain), **early}, **rest),
    )


_BLOCK_PLAIN = (_BLOCK, "...\n=======\n...")
_DIFF_PLAIN = (
    "Answer with one unified diff and nothing else:\n\n```diff\n--- a/FILE\n+++ b/FILE\n@@ @@\n" + _EXAMPLE + "\n```",
    "Answer with one unified diff of the file in a ```diff fence and nothing else.",
)
# The same without context: prompts of a third of the length, where the time is short.
ALONE = tuple(replace(each, name=f"selection only, {each.name}", collect=_selection) for each in WORDINGS if each.words)
FORMAT_WORDINGS = (
    *_in_format("search-replace", (_BLOCK, _BLOCK_EXAMPLE), _BLOCK_PLAIN),
    *_in_format("diff", (_EXAMPLE, _DIFF_EXAMPLE), _DIFF_PLAIN),
)
