"""The parsed state of open documents, kept for the menu so that typing costs what changed and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from grok_ls.context.languages import Language, language_of
from grok_ls.context.lines import enclosing_by_lines, name_in
from grok_ls.context.syntax import Definition, Syntax
from grok_ls.text import Source, Span

# Seconds that the menu may spend on parsing. Measured: a keystroke that changes one statement takes 2 ms in 350 kB and
# 17 ms in 1.8 MB of Python; an opened quote ten times that.
_MENU_S = 0.004
# In longer texts the menu goes by the look of the lines: a tree for each character typed, be it in a thread, holds Python's lock while the
# next question waits, and takes a hundred megabytes.
_LONG = 600_000
# What the parser does on average between two looks at the clock.
_STEP_S = 0.000_025
# After a parse that took too long, so many questions are answered by lines before the next attempt, unless ``syntax`` was quicker: what
# is broken in a text is parsed anew at each key.
_PAUSE = 50


def _steps() -> Callable[[], float]:
    steps = count()
    return lambda: next(steps) * _STEP_S


class TreeCache:
    """One tree a document, held by the caller (a session) and dropped when the document closes. ``key`` names the
    document, ``version`` its state.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        """``clock`` gives seconds, such as ``time.perf_counter``; without one the parser's steps are counted."""
        self._clock = clock or _steps()
        self._known: dict[str, tuple[int, Syntax]] = {}
        self._failed: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._known)

    def syntax(self, key: str, version: int, source: Source) -> Syntax | None:
        """The document parsed, ``None`` for a language without a grammar. The first time a long text takes a while
        (100 ms a MB): call it in a thread.
        """
        language = _language(source)
        known = self._known.get(key)
        if known is not None and known[0] == version and known[1].language == language:
            return known[1]
        if language is None:
            return None
        began = self._clock()
        syntax = Syntax.parse(source, language, known[1] if known is not None else None)
        self._known[key] = version, syntax
        if known is None or self._clock() - began <= _MENU_S:
            self._failed.pop(key, None)
        return syntax

    def definition_at(self, key: str, version: int, source: Source, span: Span) -> Span | None:
        """The definition on or around ``span``, for the menu: by the tree where that is quick, else by the look of the
        lines. A few milliseconds in any case.
        """
        syntax = self._quickly(key, version, source)
        return syntax.enclosing_definition(span) if syntax is not None else enclosing_by_lines(source, span)

    def definition(self, key: str, version: int, source: Source, span: Span) -> Definition | None:
        """As ``definition_at``, with all that is known of it: by the look of the lines that is where it stands, no more."""
        syntax = self._quickly(key, version, source)
        if syntax is not None:
            return syntax.definition_around(span)
        found = enclosing_by_lines(source, span)
        return None if found is None else Definition(name_in(source.slice(found)), "function", found, found, found)

    def definition_name(self, key: str, version: int, source: Source, span: Span) -> str | None:
        """The name of what ``definition_at`` finds, ``""`` if it has none, ``None`` if there is no definition."""
        syntax = self._quickly(key, version, source)
        if syntax is not None and (name := syntax.name_at(span)) is not None:
            return name
        found = self.definition_at(key, version, source, span)
        return None if found is None else name_in(source.slice(found))

    def behind(self, key: str, version: int) -> bool:
        """True if the menu has no tree to go by: call ``syntax`` in a thread, and it will have one."""
        known = self._known.get(key)
        return key in self._failed and (known is None or known[0] != version)

    def drop(self, key: str) -> None:
        """Forget a document that was closed."""
        self._known.pop(key, None)
        self._failed.pop(key, None)

    def clear(self) -> None:
        self._known.clear()
        self._failed.clear()

    def _quickly(self, key: str, version: int, source: Source) -> Syntax | None:
        known = self._known.get(key)
        language = _language(source)
        if language is None or (known is not None and known[0] == version and known[1].language == language):
            return known[1] if known is not None and language is not None else None
        if len(source.text) >= _LONG:
            return None
        failed = self._failed.get(key, 0)
        syntax = None
        if failed % _PAUSE == 0:
            until = self._clock() + _MENU_S
            previous = known[1] if known is not None else None
            syntax = Syntax.attempt(source, language, previous, lambda: self._clock() > until)
        if syntax is None:
            self._failed[key] = failed + 1
        else:
            self._known[key] = version, syntax
            self._failed.pop(key, None)
        return syntax


def _language(source: Source) -> Language | None:
    return language_of(source.path, source.language, source.line_text(0) if source.line_count else "")
