"""What a place uses of other files, without an index: for scripts and for the first question in a workspace."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from grok_ls.context.across import Quotes, Tag, Wanted, pieces_at, pieces_for, rank, tags_of, wanted
from grok_ls.context.callers import Candidate, Thing, likely_users, pieces_using
from grok_ls.context.languages import Language, language_of
from grok_ls.context.syntax import Syntax
from grok_ls.index.build import MAX_BYTES
from grok_ls.index.listing import files_below
from grok_ls.text import Place, Source, Span

MAX_READ = 3000
_MAX_PARSED = 300
_DEFINES = (
    r"(?:def|class|function\*?|func|fn|fun|struct|interface|type|enum|union|trait|impl|record|object|module|namespace|"
    r"const|let|var|val|static|sub|macro_rules!|protocol|#define)\s+(?:\([^)\n]*\)\s*)?"
)
_NO_TYPE = r"(?:return|await|yield|not|else|raise|throw|in|and|or|assert|if|elif|while|new|delete|case|print|async\s+with|with)"
_TYPED = rf"^[ \t]*(?!{_NO_TYPE}\b)(?:[\w<>\[\]:.*&]+[ \t]+)+[*&]*"


def quotes_once(root: Path, wants: Wanted, paths: Iterable[str], *, max_read: int = MAX_READ) -> Quotes:
    """Reads at most ``max_read`` of ``paths`` (relative to ``root``), and parses those in which a wanted name looks
    defined. Blocks: about a second for a thousand files.
    """
    words = "|".join(sorted(map(re.escape, wants.names), key=len, reverse=True))
    if not words:
        return Quotes()
    looks_defined = rf"{_DEFINES}(?:{words})\b|^(?:{words})\s*[:=]|{_TYPED}(?:{words})\s*\("
    pattern = re.compile(looks_defined, re.MULTILINE)
    sources: dict[str, Source] = {}
    members: dict[str, list[Tag]] = {}
    tags: list[Tag] = []
    for number, path in enumerate(paths):
        if number >= max_read or len(sources) >= _MAX_PARSED:
            break
        text = _read(root / path) if path != wants.path else None
        language = language_of(path)
        if text is None or language is None or not pattern.search(text):
            continue
        sources[path] = Source(text, path)
        found = tags_of(Syntax.parse(sources[path], language))
        members[path] = [tag for tag in found if tag.owner]
        tags += [tag for tag in found if tag.name in wants.names]
    pieces = tuple(pieces_for(wants, rank(wants, tags), members, sources))
    return Quotes(pieces, {piece.path: sources[piece.path] for piece in pieces})


def quotes_at(root: Path, places: Sequence[Place], allowed: Callable[[str], bool]) -> Quotes:
    """The code at ``places`` of files below ``root`` that ``allowed`` lets pass. Blocks."""
    sources: dict[str, Source] = {}
    for path in dict.fromkeys(place.path for place in places):
        text = _read(root / path) if ".." not in PurePosixPath(path).parts and allowed(path) else None
        if text is not None:
            sources[path] = Source(text, path)
    return Quotes(tuple(pieces_at(places, sources)), sources)


def users_once(root: Path, thing: Thing, paths: Iterable[str]) -> Quotes:
    """The lines of ``paths`` (relative to ``root``) that use ``thing``. Reads them all: for few. Blocks."""
    texts = {path: text for path in paths if path != thing.path and (text := _read(root / path)) is not None}
    naming = (Candidate(path, partial(_has_word, text)) for path, text in texts.items())
    return _quoted_users(thing, likely_users(thing, naming), texts)


def users_in(root: Path, thing: Thing, paths: Sequence[str]) -> Quotes:
    """As ``users_once``, of files that are known to be likely. Blocks."""
    texts = {path: text for path in paths if (text := _read(root / path)) is not None}
    return _quoted_users(thing, paths, texts)


def _quoted_users(thing: Thing, paths: Sequence[str], texts: Mapping[str, str]) -> Quotes:
    sources = {path: Source(texts[path], path) for path in paths if path in texts}
    pieces = tuple(pieces_using(thing, paths, sources))
    return Quotes(pieces, {piece.path: sources[piece.path] for piece in pieces})


def _has_word(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def quotes_around(
    source: Source,
    span: Span,
    language: Language,
    root: Path,
    allowed: Callable[[str], bool],
    messages: Sequence[str] = (),
) -> Quotes:
    """What the definition around ``span`` (or the lines of ``span``) uses of the other files below ``root`` that
    ``allowed`` lets pass, best first: what ``collect`` takes as ``others``, once it is redacted. ``messages`` are what diagnostics say.
    """
    syntax = Syntax.parse(source, language)
    place = syntax.enclosing_definition(span) or source.whole_lines(span)
    wants = wanted(source, place, syntax, messages)
    # Near files and those of the same kind first: they are the likely ones, and reading ends at a limit.
    near, suffix = source.path.rpartition("/")[0], PurePosixPath(source.path).suffix
    paths = sorted(
        files_below(root, allowed),
        key=lambda path: (
            path.rpartition("/")[0] != near,
            not path.endswith(suffix) or path.endswith(".d.ts"),
            path.count("/"),
        ),
    )
    return quotes_once(root, wants, paths)


def _read(path: Path) -> str | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            return None
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
