"""Who uses the thing at a place: the lines of other files that name it, callers and tests.

Pure: somebody else (``grok_ls/index``) knows which files have which words, and reads them. A name alone says little (half
of a workspace has a ``run``), so a file counts when it also names the module or the class, when it is in the same
package, or when hardly any file has that name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grok_ls.context.across import FOLDER_IS_PACKAGE, pieces_of
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Piece
from grok_ls.context.syntax import Definition, Syntax
from grok_ls.text import Source, Span

# So many files are looked into, and so many places quoted: enough to see how a thing is used.
MOST_FILES = 8
MOST_PLACES, MOST_TESTS = 4, 3
_PER_FILE = 2
# A test up to this long is quoted whole: it says what is expected.
_SHORT_TEST_LINES = 14
_MOST_BYTES = 2_400
# A name that no more files than this have speaks for itself.
_RARE = 6
_SHORTEST_NAME = 3
# Larger files take longer to parse than they are worth here.
MOST_CHARACTERS = 300_000
_WORD = re.compile(r"[^\W\d]\w*")
_TEST = re.compile(r"(?:^|[._-])(?:tests?|specs?)(?:$|[._-])|(?:Tests?|Spec|IT)$", re.MULTILINE)
_TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "spec", "specs", "testing"})
_COMMENT = re.compile(r"\s*(?:#|//|/\*|\*|--|%)")
_OF_FOLDERS = frozenset({"__init__", "index", "mod", "lib", "main", "__main__"})
_CONSTRUCTORS = frozenset(
    {"__init__", "__new__", "__call__", "__post_init__", "constructor", "initialize", "__construct"}
)


@dataclass(frozen=True, slots=True)
class Thing:
    """A definition as other files name it. ``owner``: the class around it; ``module``: the words of the file's name that
    an import has.
    """

    path: str
    language: str
    name: str
    owner: str = ""
    module: frozenset[str] = frozenset()


def thing_at(syntax: Syntax, place: Span) -> Thing | None:
    """What ``place`` defines, if others can name it."""
    here = next((each for each in syntax.outline if each.span == place and each.name), None)
    if here is None:
        return None
    around = [each for each in syntax.outline if each.span.contains(place) and each.span != place]
    owner = next((each.name for each in reversed(around) if each.kind == "class"), "")
    if any(each.kind == "function" for each in around):
        return None
    name, owner = (owner, "") if here.name in _CONSTRUCTORS else (here.name, owner)
    if len(name) < _SHORTEST_NAME or name.startswith("__"):
        return None
    return Thing(syntax.source.path, syntax.language.id, name, owner, _module(syntax.source.path))


def _module(path: str) -> frozenset[str]:
    pure = PurePosixPath(path)
    stem = pure.stem if pure.stem not in _OF_FOLDERS else pure.parent.name
    return frozenset(_WORD.findall(stem))


def is_test(path: str) -> bool:
    pure = PurePosixPath(path)
    return _TEST.search(pure.stem) is not None or bool(_TEST_FOLDERS & set(pure.parts[:-1]))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file, and whether it has a word; now and then wrongly yes."""

    path: str
    has: Callable[[str], bool]


def likely_users(thing: Thing, candidates: Iterable[Candidate]) -> list[str]:
    """The files that are likely to use it, callers before tests, the likeliest of each first."""
    naming = [each for each in candidates if each.path != thing.path and each.has(thing.name)]
    rare = len(naming) <= _RARE
    scored = [(score, each.path) for each in naming if (score := _likely(thing, each, rare)) > 0]
    ordered = [path for _, path in sorted(scored, key=lambda item: (-item[0], item[1]))]
    tests = [path for path in ordered if is_test(path)]
    return [path for path in ordered if not is_test(path)][:MOST_FILES] + tests[:MOST_FILES]


def _likely(thing: Thing, candidate: Candidate, rare: bool) -> float:
    here, there = PurePosixPath(thing.path), PurePosixPath(candidate.path)
    language = language_of(candidate.path)
    if language is None or _kin(language.id) != _kin(thing.language):
        return 0.0
    score = 1.0 if rare else 0.0
    score += 3.0 if thing.module and all(map(candidate.has, thing.module)) else 0.0
    score += 2.0 if thing.owner and candidate.has(thing.owner) else 0.0
    if here.parent == there.parent:
        score += 3.0 if thing.language in FOLDER_IS_PACKAGE else 0.2
    if not score >= 1.0:
        return 0.0
    near = sum(1 for one, other in zip(here.parts, there.parts, strict=False) if one == other)
    named = thing.module and thing.module <= set(re.split(r"[\W_]+", there.stem)) | {there.stem}
    return score + 0.1 * near + (1.0 if named else 0.0)


def _kin(language: str) -> str:
    scripts = ("typescript", "tsx", "javascript", "javascriptreact", "typescriptreact", "vue", "svelte")
    return "script" if language in scripts else "c" if language in ("c", "cpp") else language


def pieces_using(thing: Thing, paths: Sequence[str], sources: Mapping[str, Source]) -> list[Piece]:
    """The lines that use it, with the head of the function that they are in; few and short. A file that is not in
    ``sources`` is left out.
    """
    pieces: list[Piece] = []
    left = {True: MOST_TESTS, False: MOST_PLACES}
    room = _MOST_BYTES
    for path in paths:
        testing = is_test(path)
        source = sources.get(path)
        if source is None or not left[testing]:
            continue
        for lines in _uses_in(thing, source, testing)[: min(_PER_FILE, left[testing])]:
            found = pieces_of(source, lines)
            room -= sum(len(piece.text.encode("utf-8", "surrogatepass")) for piece in found)
            if room < 0:
                return pieces
            left[testing] -= 1
            pieces += found
    return pieces


def _uses_in(thing: Thing, source: Source, testing: bool) -> list[list[tuple[int, int]]]:
    """The lines (from 1, inclusive) to quote of each place, calls first."""
    language = language_of(source.path, source.language, source.line_text(0))
    if language is None or len(source.text) > MOST_CHARACTERS:
        return []
    syntax = Syntax.parse(source, language)
    outline = syntax.outline
    # What defines a thing of that name itself means its own, unless it is told apart by the class.
    if not thing.owner and any(each.name == thing.name and each.kind != "field" for each in outline):
        return []
    imports = syntax.imports()
    found: list[tuple[bool, int]] = []
    for match in re.finditer(rf"(?<!\w){re.escape(thing.name)}(?!\w)", source.text):
        line = source.line_of(match.start())
        skipped = _COMMENT.match(source.line_text(line)) or any(
            each.start <= match.start() < each.end for each in imports
        )
        if not skipped:
            calls = source.text[match.end() : match.end() + 2].lstrip()[:1] in ("(", "<", "{", ".", "[")
            found.append((not calls, line))
    functions = [each for each in outline if each.kind == "function"]
    places: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for _, line in sorted(set(found)):
        lines = _lines(source, functions, line, testing)
        places.setdefault(lines[0], lines)
    return list(places.values())


def _lines(source: Source, functions: Sequence[Definition], line: int, testing: bool) -> list[tuple[int, int]]:
    at = source.line_starts[line]
    around = [each for each in functions if each.span.start <= at < each.span.end]
    if not around:
        return [(line + 1, line + 1)]
    inner = around[-1]
    first, last = source.line_of(inner.span.start), source.line_of(max(inner.span.start, inner.span.end - 1))
    if testing and last - first < _SHORT_TEST_LINES:
        return [(first + 1, last + 1)]
    head = source.line_of(inner.signature.start) + 1, source.line_of(inner.signature.end) + 1
    return [head, (line + 1, line + 1)]
