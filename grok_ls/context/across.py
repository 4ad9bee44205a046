"""Definitions in other files: which of them a place uses, best first, and what of them to show.

Pure: somebody else (``grok_ls/index``) remembers the ``Tag``s of a workspace and reads files. Names decide, imports
and rarity rank: a name that is imported here from a file that is called so is surely meant, a method that thirty
classes have is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Piece, unseen
from grok_ls.context.relevance import SHORT_CLASS_LINES, around_related, brief
from grok_ls.context.syntax import Kind, Syntax
from grok_ls.text import Place, Source, Span

# More definitions of one name than this say nothing, unless an import tells them apart.
_TOO_COMMON = 6
_ASSIGNED = re.compile(
    r"(?<![.\w])([^\W\d]\w*)\s*(?::[^=\n()]{1,80})?:?=(?!=)|\b(?:for|as|const|let|var|val)\s+(?:\w+\s*,\s*)?([^\W\d]\w*)"
)
# A function of another file up to this long is worth its body where room remains.
SMALL_BODY_LINES_ACROSS = 12
# A definition whose score is less than this share of the best of its name is another thing of that name.
_STANDS_OUT = 0.75
# Files of these languages see what stands in their folder without an import.
FOLDER_IS_PACKAGE = frozenset({"go", "java", "csharp", "kotlin", "swift"})
_WORD = re.compile(r"[^\W\d]\w*")
_TYPESCRIPT = re.compile(r"(?<!\.d)\.[cm]?tsx?$")
_SCRIPT = re.compile(r"\.[cm]?[jt]sx?$")
_MEMBER = re.compile(r"(?:\.|->|::)\s*([^\W\d]\w*)")


@dataclass(frozen=True, slots=True)
class Tag:
    """A definition as an index remembers it. Lines from 1, inclusive; ``head_line`` is the last line of its head,
    ``owner`` the class around it.
    """

    path: str
    name: str
    kind: Kind
    first_line: int
    head_line: int
    last_line: int
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place names and its own file does not define: how often, which of it only as a member, which of it by
    import. ``places``: where in other files the diagnostics point to.
    """

    path: str
    language: str = ""
    names: Mapping[str, int] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    imported: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotes:
    """Pieces of other files, best first, and by path the texts that they were cut out of: a piece alone may be half of a secret."""

    pieces: tuple[Piece, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def then(self, others: Quotes) -> Quotes:
        """These, and what the ``others`` have besides."""
        shown = {(piece.path, line) for piece in self.pieces for line in range(piece.first_line, piece.last_line + 1)}
        # A file that was saved between the two readings: its lines are no longer where the others saw them.
        kept = [
            each
            for each in others.pieces
            if self.sources.get(each.path, others.sources.get(each.path)) == others.sources.get(each.path)
        ]
        more = [part for piece in kept for part in unseen(piece, shown)]
        return Quotes((*self.pieces, *more), {**others.sources, **self.sources})


def tags_of(syntax: Syntax) -> tuple[Tag, ...]:
    """Every definition of a file, for an index."""
    source = syntax.source
    found, around = [], list[tuple[Span, str]]()
    # What a component's scripts define has names that others use; its elements have none.
    for each in (syntax.script or syntax).outline if syntax.language.script else syntax.outline:
        while around and not around[-1][0].contains(each.span):
            around.pop()
        if each.name:
            lines = brief(source, each)
            owner = around[-1][1] if around else ""
            last = source.line_of(each.span.end) + 1
            found.append(Tag(source.path, each.name, each.kind, lines.first + 1, lines.last + 1, last, owner))
        if each.kind == "class":
            around.append((each.span, each.name))
    return tuple(found)


def wanted(source: Source, place: Span, syntax: Syntax, messages: Sequence[str] = ()) -> Wanted:
    """The names in ``place`` (and in what diagnostics say about it) that other files may define."""
    text = "\n".join((source.slice(place), *messages))
    names = Counter(_WORD.findall(text))
    members = Counter(_MEMBER.findall(text))
    imported = imported_words(source, syntax)
    own = {each.name for each in syntax.outline if each.kind in ("function", "class", "value")} | _local(text)
    own -= imported.keys()
    kept = {name: many for name, many in names.items() if len(name) > 1 and (name not in own or members[name])}
    only = frozenset(name for name in kept if members[name] >= names[name] or name in own)
    return Wanted(
        source.path, syntax.language.id, kept, only, {name: imported[name] for name in kept if name in imported}
    )


def _local(text: str) -> set[str]:
    """The names that a text gives a value itself."""
    return {name for match in _ASSIGNED.finditer(text) for name in match.groups() if name}


def imported_words(source: Source, syntax: Syntax) -> dict[str, frozenset[str]]:
    """Every word of an import, with all words of that import."""
    words: dict[str, frozenset[str]] = {}
    for span in syntax.imports():
        said = frozenset(_WORD.findall(source.slice(span)))
        for word in said:
            words[word] = words.get(word, frozenset()) | said
    return words


def rank(wants: Wanted, tags: Sequence[Tag]) -> list[Tag]:
    """The tags that are likely meant, best first. ``tags`` are all of the index with a wanted name."""
    others = _written_by_hand(wants.path, [tag for tag in tags if tag.path != wants.path and tag.name in wants.names])
    count = Counter(tag.name for tag in others)
    scored = [(_score(wants, tag, count[tag.name]), tag) for tag in others]
    kept = [(score, tag) for score, tag in scored if score > 0]
    best: defaultdict[str, float] = defaultdict(float)
    for score, tag in kept:
        best[tag.name] = max(best[tag.name], score)
    # Where one definition of a name stands out, the others are other things of that name.
    kept = [(score, tag) for score, tag in kept if score >= _STANDS_OUT * best[tag.name]]
    return [tag for _, tag in sorted(kept, key=lambda item: (-item[0], item[1].path, item[1].first_line))]


def _written_by_hand(asking: str, tags: list[Tag]) -> list[Tag]:
    """Without what a compiler made of TypeScript, where the TypeScript is there too: a package as it is published has each
    definition three or four times, as its source, as script and as declaration.
    """
    if not _is_typescript(asking):
        return tags
    sources = {tag.name for tag in tags if _is_typescript(tag.path)}
    return [tag for tag in tags if tag.name not in sources or _is_typescript(tag.path) or not _SCRIPT.search(tag.path)]


def _is_typescript(path: str) -> bool:
    return _TYPESCRIPT.search(path) is not None


def _score(wants: Wanted, tag: Tag, count: int) -> float:
    score = 2.0 / count
    said = wants.imported.get(tag.name)
    if said is not None:
        score += 2.0 + _likeness(tag.path, said)
    elif tag.owner and tag.owner in wants.names:
        score += 2.0 + _likeness(tag.path, wants.imported.get(tag.owner, frozenset()))
    elif count > _TOO_COMMON:
        return 0.0
    same_folder = PurePosixPath(tag.path).parent == PurePosixPath(wants.path).parent
    if same_folder:
        score += 1.5 if wants.language in FOLDER_IS_PACKAGE else 0.3
    if tag.kind == "field":
        score -= 0.5
    if tag.name in wants.members and not tag.owner and said is None:
        score -= 0.5
    if tag.name not in wants.members and tag.owner:
        score -= 1.0
    return score + min(wants.names[tag.name], 3) * 0.1


def _likeness(path: str, said: frozenset[str]) -> float:
    """How much of a path an import names: its own name counts most."""
    pure = PurePosixPath(path)
    stem = pure.stem.lstrip("_")
    names = {word.lstrip("_") for word in said}
    score = 2.0 if stem in names else 0.0
    folders = pure.parent.parts
    package = stem in ("init__", "index", "mod", "lib")
    if package and folders and folders[-1].lstrip("_") in names:
        score += 1.5
    return score + 0.4 * sum(folder.lstrip("_") in names for folder in folders[-3:])


def lines_of(tag: Tag, members: Sequence[Tag], names: frozenset[str]) -> list[tuple[int, int]]:
    """The lines (from 1, inclusive) to show of a tag; ``members`` are the tags of its file that have it as owner."""
    if tag.kind != "class":
        return [(tag.first_line, tag.head_line)]
    if tag.last_line - tag.first_line < SHORT_CLASS_LINES:
        return [(tag.first_line, tag.last_line)]
    inside = [each for each in members if tag.first_line <= each.first_line and each.last_line <= tag.last_line]
    shown = [each for each in inside if each.kind == "field" or each.name in names or each.name == "__init__"]
    return [(tag.first_line, tag.head_line), *((each.first_line, each.head_line) for each in shown)]


def pieces_of(source: Source, lines: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The lines as pieces, touching ones as one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(lines):
        if last > source.line_count:
            continue  # The file is not what the index knew.
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return tuple(
        Piece(source.path, first, last, "\n".join(source.line_text(line) for line in range(first - 1, last)))
        for first, last in merged
    )


def pieces_for(
    wants: Wanted, ranked: Sequence[Tag], members: Mapping[str, Sequence[Tag]], sources: Mapping[str, Source]
) -> list[Piece]:
    """The pieces of other files, best first: how each definition is used, then the bodies of small functions. ``members`` are the tags
    with an owner, ``sources`` the texts, both by path; a file that is not there is left out.
    """
    names = frozenset(wants.names)
    pieces: list[Piece] = []
    shown: set[tuple[str, int]] = set()
    there = [tag for tag in ranked if tag.path in sources]
    for tag in there:
        if (tag.path, tag.first_line) in shown:
            continue
        inside = [each for each in members.get(tag.path, ()) if each.owner == tag.name]
        for piece in pieces_of(sources[tag.path], lines_of(tag, inside, names)):
            pieces += unseen(piece, shown)
    for tag in there:
        if tag.kind == "function" and tag.last_line - tag.first_line < SMALL_BODY_LINES_ACROSS:
            for piece in pieces_of(sources[tag.path], [(tag.first_line, tag.last_line)]):
                pieces += unseen(piece, shown)
    return pieces


def pieces_at(places: Sequence[Place], sources: Mapping[str, Source]) -> list[Piece]:
    """The code where diagnostics point to; a file that is not there, or is shorter, is left out."""
    pieces: list[Piece] = []
    for place in places:
        source = sources.get(place.path)
        if source is None or place.first_line > source.line_count:
            continue
        language = language_of(place.path, "", source.line_text(0))
        syntax = Syntax.parse(source, language) if language is not None else None
        wants = around_related(source, syntax, _code_of(source, place))
        pieces += pieces_of(source, [(want.first + 1, want.last + 1) for want in wants])
    return pieces


def _code_of(source: Source, place: Place) -> Span:
    """From the first to the last character of a place's lines that is no white space."""
    first, last = place.first_line - 1, min(place.last_line, source.line_count) - 1
    start = source.line_starts[first] + len(source.line_text(first)) - len(source.line_text(first).lstrip())
    return Span(start, max(start, source.line_starts[last] + len(source.line_text(last).rstrip())))
