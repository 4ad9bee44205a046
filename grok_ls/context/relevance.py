"""Which lines of a document matter for a place in it, most important first. Knows nothing of tokens: ``collect`` cuts
to fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grok_ls.context.syntax import Definition, Syntax
from grok_ls.text import Finding, Source, Span

# A called function up to this long is worth its body, not only its head.
SMALL_BODY_LINES = 30
# Lines shown around the place at the end, when everything that is related is already there.
NEIGHBOURS = 12
# Without a tree there is nothing else to choose by than nearness.
NEIGHBOURS_BY_LINES = 120
_HEAD_LINES = 5
# Of the documentation of what is only used, so many lines.
DOC_LINES = 4
SHORT_CLASS_LINES = 15
# Lines shown on both sides of a place that a diagnostic points to, in a definition that is too long to be shown whole.
RELATED_LINES = 3
# Of the places that use a definition, so many are enough to see how.
CALLERS = 12
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class Want:
    """Lines ``first`` to ``last`` (from 0, inclusive). ``whole``: worth nothing in part."""

    first: int
    last: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Focus:
    """The place: the lines asked about, and the definition around them."""

    lines: Want
    definition: Span | None


def focus_of(source: Source, span: Span, syntax: Syntax | None) -> Focus:
    definition = syntax.enclosing_definition(span) if syntax else None
    return Focus(_want(source, span), definition)


def essential(source: Source, focus: Focus, findings: Sequence[Finding], syntax: Syntax | None) -> Iterator[Want]:
    """Without these an answer is a guess: the definition, its class, what it uses, the imports that bring in what it
    uses.
    """
    if focus.definition is not None:
        yield _want(source, focus.definition)
    yield focus.lines
    for finding in findings:
        yield _want(source, finding.span)
    for finding in findings:
        for other in finding.places:
            yield from around_related(source, syntax, other.span) if other.span is not None else ()
    if syntax is None:
        return
    place = focus.definition or _span(source, focus.lines)
    words = used_words(source, place, findings)
    yield from (brief(source, each) for each in reversed(_around_place(syntax, place)))
    for each in _used(syntax, words, place):
        yield from _shown(source, syntax, each)
    for span in syntax.imports():
        if words & set(_WORD.findall(source.slice(span))):
            yield _want(source, span)


def helpful(source: Source, focus: Focus, findings: Sequence[Finding], syntax: Syntax | None) -> Iterator[Want]:
    """Worth having where room remains: bodies, the rest of the class, callers, the head of the file, the
    neighbourhood.
    """
    if syntax is not None:
        place = focus.definition or _span(source, focus.lines)
        words = used_words(source, place, findings)
        for each in _used(syntax, words, place):
            want = _want(source, each.span)
            if want.last - want.first < SMALL_BODY_LINES:
                yield want
        yield from _callers(source, syntax, place)
        yield from _members(source, syntax, place)
        yield from (_want(source, span) for span in syntax.imports())
        yield Want(0, min(_HEAD_LINES, source.line_count) - 1)
    reach = NEIGHBOURS if syntax and syntax.parsed else NEIGHBOURS_BY_LINES
    around = _want(source, focus.definition) if focus.definition is not None else focus.lines
    # A definition speaks for itself, and without the lines around the cursor the next problem in it is asked about in the
    # same words, which the provider's cache has. One that may not be shown whole is another matter.
    if focus.definition is None or reach == NEIGHBOURS_BY_LINES or around.last - around.first > NEIGHBOURS_BY_LINES:
        yield from _around(source, focus.lines, reach)


def around_related(source: Source, syntax: Syntax | None, span: Span) -> list[Want]:
    """What to show where a diagnostic points to: the definition there if it is small, else its head and the lines around the place."""
    at = _want(source, span)
    found = syntax.enclosing_definition(span) if syntax is not None else None
    if found is not None and (whole := _want(source, found)).last - whole.first < SMALL_BODY_LINES:
        return [whole]
    heads = [brief(source, each) for each in syntax.outline if each.span == found] if syntax is not None else []
    last = min(at.last, at.first + SMALL_BODY_LINES) + RELATED_LINES
    return [Want(max(0, at.first - RELATED_LINES), min(source.line_count - 1, last)), *heads[:1]]


def brief(source: Source, definition: Definition) -> Want:
    """The lines that say how to use a definition: its signature, and what is short of its documentation."""
    first, last = source.line_of(definition.signature.start), source.line_of(definition.signature.end)
    above = source.line_of(definition.span.start)
    below = source.line_of(definition.head.end)
    return Want(above if first - above <= DOC_LINES else first, min(below, last + DOC_LINES))


def used_words(source: Source, place: Span, findings: Sequence[Finding] = ()) -> frozenset[str]:
    """The identifiers in a place and in what diagnostics say about it."""
    text = " ".join((source.slice(place), *(finding.message for finding in findings)))
    return frozenset(_WORD.findall(text))


def _used(syntax: Syntax, words: frozenset[str], place: Span) -> list[Definition]:
    """Definitions outside ``place`` that it names: names with one definition first, then near ones."""
    named = [each for each in syntax.outline if each.name in words and not place.contains(each.span)]
    count = Counter(each.name for each in named)
    outside = [each for each in named if not each.span.contains(place)]
    return sorted(outside, key=lambda each: (count[each.name], abs(each.span.start - place.start)))


def _shown(source: Source, syntax: Syntax, definition: Definition) -> Iterator[Want]:
    """A used definition: its brief lines; a short class or value whole, of a longer class also the fields."""
    whole = _want(source, definition.span)
    if definition.kind != "class":
        yield brief(source, definition)
    elif whole.last - whole.first < SHORT_CLASS_LINES:
        yield whole
    else:
        yield brief(source, definition)
        inside = [each for each in syntax.outline if definition.span.contains(each.span)]
        yield from (_want(source, each.span) for each in inside if each.kind == "field")


def _around_place(syntax: Syntax, place: Span) -> list[Definition]:
    return [each for each in syntax.outline if each.span.contains(place) and each.span != place]


def _members(source: Source, syntax: Syntax, place: Span) -> Iterator[Want]:
    """What else the innermost class around ``place`` has."""
    classes = [each for each in _around_place(syntax, place) if each.kind == "class"]
    if not classes:
        return
    inner = classes[-1].span
    members = [each for each in syntax.outline if inner.contains(each.span) and each.span != inner]
    end = -1
    for each in members:
        if each.span.start >= end and not place.contains(each.span):
            yield brief(source, each)
        end = max(end, each.span.end)


def _callers(source: Source, syntax: Syntax, place: Span) -> Iterator[Want]:
    """Lines elsewhere that name what ``place`` defines, nearest first, with the head of the function they are in."""
    names = {each.name for each in syntax.outline if each.span == place and len(each.name) > 1}
    found = [
        match.start()
        for name in names
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", source.text)
        if not place.start <= match.start() < place.end
    ]
    functions = [each for each in syntax.outline if each.kind == "function"] if found else []
    for at in sorted(found, key=lambda at: abs(at - place.start))[:CALLERS]:
        line = source.line_of(at)
        inside = [each for each in functions if each.span.start <= at < each.span.end]
        yield from (brief(source, each) for each in inside[-1:])
        yield Want(line, line)


def _around(source: Source, lines: Want, reach: int) -> Iterator[Want]:
    for distance in range(1, reach + 1):
        for line in (lines.first - distance, lines.last + distance):
            if 0 <= line < source.line_count:
                yield Want(line, line)


def _want(source: Source, span: Span) -> Want:
    lines = source.whole_lines(Span(min(span.start, len(source.text)), min(span.end, len(source.text))))
    return Want(source.line_of(lines.start), source.line_of(max(lines.start, lines.end - 1)))


def _span(source: Source, want: Want) -> Span:
    return Span(source.line_starts[want.first], source.line_span(want.last).end)
