"""Cells of a notebook are one program in pieces: what a cell uses of the others, and which of them use what it defines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grok_ls.context.across import Quotes, Wanted, imported_words, pieces_for, pieces_of, rank, tags_of
from grok_ls.context.callers import Thing, pieces_using
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Piece
from grok_ls.context.relevance import used_words
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source


class Cells:
    """The other code cells of a notebook, nearest first. The path of each is what the model is told that it is, such as
    ``plot.ipynb cell 3``; a cell of a language without a grammar says nothing.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        languages = [(each, language_of("", each.language, each.line_text(0))) for each in sources]
        self._parsed = tuple(Syntax.parse(each, language) for each, language in languages if language is not None)
        self._sources = {each.source.path: each.source for each in self._parsed}

    def importing(self, wants: Wanted) -> Wanted:
        """The same wish with the imports of these cells: a module is imported in one cell and used in all."""
        imported = dict(wants.imported)
        for cell in self._parsed:
            for word, said in imported_words(cell.source, cell).items():
                if word in wants.names:
                    imported.setdefault(word, said)
        return replace(wants, imported=imported)

    def quotes(self, wants: Wanted, thing: Thing | None = None) -> Quotes:
        """What a cell uses of these: imports, then definitions and values, best first; then who uses ``thing``."""
        tags = {each.source.path: tags_of(each) for each in self._parsed}
        members = {path: [tag for tag in found if tag.owner] for path, found in tags.items()}
        named = [tag for found in tags.values() for tag in found if tag.name in wants.names]
        found = self._quotes(tuple(self._imports(wants)))
        found = found.then(self._quotes(pieces_for(wants, rank(wants, named), members, self._sources)))
        if thing is not None:
            found = found.then(self._quotes(pieces_using(thing, tuple(self._sources), self._sources)))
        return found

    def _imports(self, wants: Wanted) -> Iterator[Piece]:
        for cell in self._parsed:
            source = cell.source
            for span in cell.imports():
                if wants.names.keys() & used_words(source, span):
                    yield from pieces_of(
                        source,
                        [(source.line_of(span.start) + 1, source.line_of(max(span.start, span.end - 1)) + 1)],
                    )

    def _quotes(self, pieces: Sequence[Piece]) -> Quotes:
        return Quotes(tuple(pieces), {piece.path: self._sources[piece.path] for piece in pieces})
