"""The parsed state of open documents, kept for the menu so that typing costs what changed and nothing else."""

from __future__ import annotations

from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span


class TreeCache:
    """One tree a document, held by the caller (a session) and dropped when the document closes."""

    def __init__(self) -> None:
        self._trees: dict[str, tuple[int, Syntax]] = {}

    def syntax(self, key: str, version: int, source: Source) -> Syntax | None:
        """The document's syntax, ``None`` for a language without a grammar. ``version`` says whether the text is still the same."""
        known = self._trees.get(key)
        if known is not None and known[0] == version:
            return known[1]
        language = language_of(source.path, source.language, source.line_text(0))
        if language is None:
            return None
        syntax = Syntax.parse(source, language, known[1] if known is not None else None)
        self._trees[key] = (version, syntax)
        return syntax

    def definition_name(self, key: str, version: int, source: Source, span: Span) -> str | None:
        """The name of the smallest definition around ``span``, ``""`` if it has none, ``None`` if there is no definition."""
        syntax = self.syntax(key, version, source)
        return syntax.name_at(span) if syntax is not None else None

    def drop(self, key: str) -> None:
        self._trees.pop(key, None)

    def clear(self) -> None:
        self._trees.clear()
