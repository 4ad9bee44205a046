"""From a request to a sealed prompt: redact the whole document, collect context from the clean text, build, redact again.

The document is redacted before anything is cut out of it, because half a secret is no longer recognised; context, prompt and later the edit
all work on the clean text. The assembled messages are redacted once more, as the last gate: what they hold besides the document
(instruction, diagnostics, names) came no other way.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from grok_ls.context.across import Quotes, Wanted, wanted
from grok_ls.context.callers import Thing, thing_at
from grok_ls.context.collect import Context, Piece, collect
from grok_ls.context.continued import continued, still_true
from grok_ls.context.languages import Language, language_of
from grok_ls.context.pieces import runs_of
from grok_ls.context.syntax import Syntax
from grok_ls.context.tokens import BYTES_PER_TOKEN, tokens_of
from grok_ls.edits import Definition
from grok_ls.engine.off_loop import off_loop
from grok_ls.engine.values import Request
from grok_ls.errors import RedactionFailed
from grok_ls.prompts.build import Draft, EditFormat, Note, Subject, Task, build, seal
from grok_ls.prompts.prompt import Prompt
from grok_ls.provider import catalogue
from grok_ls.redaction.redact import Detector, Policy, Redacted, redact
from grok_ls.text import Finding, Place, Source, Span

log = logging.getLogger(__name__)
T = TypeVar("T")

# 100 kB take some 20 ms; a redactor that is still busy after this long is broken, and nothing is sent. It is this long because ten first
# jobs at once on a machine that is busy with other things were seen to take more than ten seconds.
REDACTION_S = 30.0
# Other files are redacted whole up to so many characters (some 25 ms), around their piece beyond.
_WHOLE = 32_000
_MARGIN = 8_000


@dataclass(frozen=True, slots=True)
class Clean:
    """The request with every secret out: all positions count in ``source.text``."""

    redacted: Redacted
    source: Source
    span: Span
    findings: tuple[Finding, ...]
    language: Language | None
    syntax: Syntax | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A sealed prompt and what its answer will be read with. ``region`` is what a rewritten definition replaces,
    ``shown`` what of the document the model sees.
    """

    draft: Draft
    prompt: Prompt
    clean: Clean
    region: Span
    definitions: tuple[Definition, ...]
    context: Context
    shown: tuple[Span, ...] | None = None

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that may come back: those that this request sent."""
        return self.clean.redacted.placeholders.union(
            *(message.content.placeholders for message in self.prompt.messages)
        )


def policy_of(request: Request) -> Policy:
    settings = request.settings
    return Policy(secrets=settings.privacy_secrets, personal=settings.privacy_personal_data)


async def prepare(request: Request, detectors: Sequence[Detector] = (), before: Context | None = None) -> Asked:
    """The sealed prompt. ``detectors`` are asked after redaction's own layers; ``before`` is the context of an action just before in this
    document, to go on from where it still is true. Raises ``RedactionFailed``: then nothing was or will be sent.
    """
    for _ in range(3):
        clean = await _cleaned(request, detectors)
        others = await _others(request, clean, detectors)
        project = await _project(request, clean)
        earlier = await _still_true(request, clean, before, detectors) if before is not None else None
        known = request.vocabulary.size
        asked = await _off_loop(partial(_assembled, request, clean, others, project, earlier, detectors))
        if request.vocabulary.size == known:
            return asked
        # The last gate saw a secret that the document's own pass took for something else: now that it is known, look again.
        if (await _cleaned(request, detectors)).source.text == clean.source.text:
            return asked
    raise RedactionFailed("The redaction of this document does not come to rest, so nothing was sent; see the log.")


async def again(request: Request, asked: Asked, draft: Draft, detectors: Sequence[Detector] = ()) -> Asked:
    """The same question with more said (a repair): sealed like the first."""
    prompt = await _off_loop(lambda: seal(draft, request.vocabulary, policy_of(request), detectors))
    return replace(asked, draft=draft, prompt=prompt)


async def _off_loop(work: Callable[[], T]) -> T:
    """``work`` in a thread, bounded in time; whatever goes wrong there means that nothing is sent."""
    try:
        return await off_loop(work, REDACTION_S)
    except TimeoutError as error:
        raise RedactionFailed(
            f"Looking for secrets took longer than {REDACTION_S:g} s, so nothing was sent; select less, or see the log."
        ) from error
    except RedactionFailed:
        raise
    except Exception as error:
        log.exception("preparing the request failed")
        raise RedactionFailed("Looking for secrets failed, so nothing was sent; see the log.") from error


async def _cleaned(request: Request, detectors: Sequence[Detector]) -> Clean:
    stop = threading.Event()
    try:
        return await _off_loop(lambda: _clean(request, stop.is_set, detectors))
    finally:
        stop.set()


def _clean(request: Request, cancelled: Callable[[], bool], detectors: Sequence[Detector]) -> Clean:
    source = request.source
    redacted = redact(
        source.text,
        request.vocabulary,
        path=source.path,
        policy=policy_of(request),
        cancelled=cancelled,
        detectors=detectors,
    )

    def mapped(span: Span) -> Span:
        # A selection that ends inside a secret holds the whole placeholder.
        end = next((found.end for found in redacted.findings if found.start < span.end < found.end), span.end)
        start = redacted.to_clean(span.start)
        return Span(start, max(start, redacted.to_clean(end)))

    clean = Source(redacted.text, source.path, source.language)
    language = language_of(source.path, source.language, clean.line_text(0) if clean.line_count else "")
    return Clean(
        redacted,
        clean,
        mapped(request.span),
        tuple(
            replace(
                finding,
                span=mapped(finding.span),
                places=tuple(replace(each, span=each.span and mapped(each.span)) for each in finding.places),
            )
            for finding in request.findings
        ),
        language,
        Syntax.parse(clean, language) if language is not None else None,
    )


async def _others(request: Request, clean: Clean, detectors: Sequence[Detector]) -> tuple[Piece, ...]:
    """What the place uses of other files, redacted."""
    neighbours = request.neighbours
    if neighbours is None:
        return ()
    quotes = await neighbours.quote(*_wanted(request, clean))
    if not quotes.pieces:
        return ()
    return await _off_loop(lambda: tuple(_clean_pieces(request, quotes, detectors)))


async def _project(request: Request, clean: Clean) -> str:
    """The project's conventions, for what is to be written; an explanation has no use for them."""
    if request.neighbours is None or clean.language is None or request.action.result != "edit":
        return ""
    return await request.neighbours.conventions(clean.source.path, clean.language.id)


async def _still_true(request: Request, clean: Clean, before: Context, detectors: Sequence[Detector]) -> Context | None:
    """So much of ``before`` as can be sent again: other files are read again, by the rules of what may be sent, and redacted again."""
    own = clean.source
    elsewhere = [piece for piece in before.shown if piece.path != own.path]
    true = {}
    if elsewhere and request.neighbours is not None:
        places = tuple(Place("", piece.path, piece.first_line, piece.last_line) for piece in elsewhere)
        sources = (await request.neighbours.quote(Wanted(own.path, places=places))).sources
        there = [each for each in elsewhere if each.path in sources and each.last_line <= sources[each.path].line_count]
        quotes = Quotes(tuple(there), sources)
        true = {
            (piece.path, piece.first_line): piece.text
            for piece in await _off_loop(lambda: tuple(_clean_pieces(request, quotes, detectors)))
        }

    def same(piece: Piece) -> bool:
        if piece.path != own.path:
            return true.get((piece.path, piece.first_line)) == piece.text
        lines = range(piece.first_line - 1, piece.last_line)
        return not piece.cut and "\n".join(map(own.line_text, lines)) == piece.text

    return still_true(before, same, own.line_count)


def _wanted(request: Request, clean: Clean) -> tuple[Wanted, Thing | None]:
    """What to look for in other files: what the place uses, and, but for a fix, what it defines."""
    elsewhere = tuple(each for finding in clean.findings for each in finding.places if each.span is None)
    if clean.syntax is None:
        return Wanted(clean.source.path, places=elsewhere), None
    focus = _focus(request, clean)
    place = clean.syntax.enclosing_definition(focus) or clean.source.whole_lines(focus)
    messages = [finding.message for finding in clean.findings]
    thing = thing_at(clean.syntax, place) if request.action.when != "diagnostics" else None
    return replace(wanted(clean.source, place, clean.syntax, messages), places=elsewhere), thing


def _clean_pieces(request: Request, quotes: Quotes, detectors: Sequence[Detector]) -> Iterator[Piece]:
    """Each piece cut out of clean text: half of a secret would not be recognised. Ends where no more can fit into the prompt."""
    left = request.settings.context_tokens * BYTES_PER_TOKEN
    clean: dict[tuple[str, int], Redacted] = {}
    for piece in quotes.pieces:
        source = quotes.sources[piece.path]
        last = piece.last_line - 1
        start, end = source.line_starts[piece.first_line - 1], source.line_starts[last] + len(source.line_text(last))
        around = Span(0, len(source.text)) if len(source.text) <= _WHOLE else _margins(source, start, end)
        known = (piece.path, around.start)
        if known not in clean:
            clean[known] = redact(
                source.slice(around),
                request.vocabulary,
                path=piece.path,
                policy=policy_of(request),
                detectors=detectors,
            )
        redacted = clean[known]
        text = redacted.text[redacted.to_clean(start - around.start) : redacted.to_clean(end - around.start)]
        left -= len(text)
        if left < 0:
            return
        yield replace(piece, text=text)


def _margins(source: Source, start: int, end: int) -> Span:
    """Enough around a piece of a long file to see what stands in it: more than any key takes."""
    first = source.line_of(max(0, start - _MARGIN))
    last = source.line_of(min(len(source.text), end + _MARGIN))
    return Span(source.line_starts[first], source.line_span(last).end)


def _assembled(
    request: Request,
    clean: Clean,
    others: tuple[Piece, ...],
    project: str,
    before: Context | None,
    detectors: Sequence[Detector],
) -> Asked:
    action, source, settings = request.action, clean.source, request.settings
    syntax = clean.syntax
    focus = _focus(request, clean)
    region = (syntax.enclosing_definition(focus) if syntax is not None else None) or source.whole_lines(focus)
    tokens = settings.context_tokens - tokens_of(project)
    context = continued(
        before,
        collect(
            source,
            focus,
            findings=clean.findings,
            tokens=tokens,
            language=clean.language,
            others=others,
            syntax=syntax,
        ),
        tokens,
    )
    edit_format = edit_format_of(request)
    lines = source.whole_lines(clean.span)
    # A cursor means the definition around it.
    shown = focus if len(focus) or action.when == "diagnostics" else region
    draft = build(
        Task(
            action=action.name,
            result=action.result,
            edit_format=edit_format,
            path=source.path,
            language=clean.language.id if clean.language is not None else source.language,
            context=context,
            project=project,
            first_line=source.line_of(shown.start) + 1,
            last_line=source.line_of(max(shown.start, shown.end - 1)) + 1,
            selection=source.slice(lines) if len(clean.span) else "",
            findings=tuple(_note(source, finding) for finding in clean.findings),
            instruction="\n\n".join(part for part in (action.instruction, request.instruction) if part),
            definition=source.slice(region),
            scope=request.session,
            short=catalogue.is_small(request.model),
            subject=_subject(request, clean, region),
            other_files=request.may_change_others,
        )
    )
    prompt = seal(draft, request.vocabulary, policy_of(request), detectors)
    definitions = (
        tuple(Definition(name, span) for name, span in syntax.definitions())
        if syntax is not None and action.result == "edit"
        else ()
    )
    return Asked(draft, prompt, clean, region, definitions, context, _shown(source, context, region, edit_format))


def _subject(request: Request, clean: Clean, region: Span) -> Subject:
    """What an explanation is about."""
    if clean.findings:
        return "diagnostic"
    lines = clean.source.whole_lines(clean.span)
    around = clean.source.text[: lines.start] + clean.source.text[lines.end :]
    if len(clean.span) and not around.strip():
        return "file"
    named = clean.syntax is not None and clean.syntax.enclosing_definition(_focus(request, clean)) == region
    # A selection of a whole definition means the definition.
    code, all_of = clean.source.slice(lines).strip(), clean.source.slice(region).strip()
    return "definition" if named and (not len(clean.span) or code == all_of) else "selection"


def _shown(source: Source, context: Context, region: Span, edit_format: EditFormat) -> tuple[Span, ...]:
    """What the model sees of the document: the context's own pieces, and the definition where it is to be rewritten."""
    own = [piece for piece in context.shown if piece.path == source.path and not piece.cut]
    lines = {line for piece in own for line in range(piece.first_line - 1, piece.last_line)}
    spans = (Span(source.line_starts[first], source.line_span(last).end) for first, last in runs_of(lines))
    return (*spans, region) if edit_format == "rewrite" else tuple(spans)


def _note(source: Source, finding: Finding) -> Note:
    first = source.line_of(finding.span.start)
    last = source.line_of(max(finding.span.start, finding.span.end - 1))
    return Note(
        first + 1,
        last + 1,
        finding.message,
        source=finding.source,
        code=finding.code,
        text=source.line_text(first),
        related=(*finding.related, *(_related(source, each) for each in finding.places)),
    )


def _related(source: Source, place: Place) -> str:
    first, where = place.first_line, f"{place.path}, line"
    if place.span is not None:
        first, where = source.line_of(place.span.start) + 1, "line"
    return f"{place.message} ({where} {first})".lstrip()


def _focus(request: Request, clean: Clean) -> Span:
    """What the action is about: the problems to fix, else what the user pointed at."""
    if request.action.when != "diagnostics" or not clean.findings:
        return _trimmed(clean.source, clean.span)
    return Span(
        min(finding.span.start for finding in clean.findings), max(finding.span.end for finding in clean.findings)
    )


def _trimmed(source: Source, span: Span) -> Span:
    """A selection without the white space at its ends: the line end after a definition is in no definition."""
    text = source.slice(span)
    if not text.strip():
        return span
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, span.start + len(text.rstrip()))


def edit_format_of(request: Request) -> EditFormat:
    """The setting, or what the catalogue says of the model."""
    chosen = request.settings.edit_format
    return catalogue.edit_format(request.model) if chosen == "auto" else chosen
