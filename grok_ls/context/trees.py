"""The last tree of every open document, so that a keystroke costs what it changed."""

from __future__ import annotations

from collections.abc import Callable

from grok_ls.context.languages import Language
from grok_ls.context.lines import enclosing_by_lines
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span

# Seconds that the menu may spend on parsing. Measured: a keystroke that changes one statement takes 2 ms in 350 kB and
# 17 ms in 1.8 MB of Python; an opened quote ten times that.
_MENU_S = 0.004
_MENU_S_LONG = 0.020
_LONG = 600_000
# After a parse that took too long, so many questions are answered by lines before the next attempt.
_PAUSE = 50


class TreeCache:
    """Held by the caller, one for each connection; ``key`` is whatever names a document there. Not shared between
    threads except for ``syntax``, which a worker thread may call while the caller uses the rest.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds, such as ``time.perf_counter``."""
        self._clock = clock
        self._last: dict[str, Syntax] = {}
        self._failed: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._last)

    def syntax(self, key: str, source: Source, language: Language) -> Syntax:
        """The document parsed. The first time a long text takes a while (100 ms a MB): do that in a thread."""
        last = self._last.get(key)
        if last is not None and last.language == language and last.source.text == source.text:
            return last
        self._last[key] = syntax = Syntax.parse(source, language, last)
        self._failed.pop(key, None)
        return syntax

    def definition_at(self, key: str, source: Source, language: Language | None, span: Span) -> Span | None:
        """The definition on or around ``span``, for the menu: by the tree where that is quick, else by the look of the
        lines. A few milliseconds in any case.
        """
        syntax = self._quickly(key, source, language) if language is not None else None
        return syntax.enclosing_definition(span) if syntax is not None else enclosing_by_lines(source, span)

    def _quickly(self, key: str, source: Source, language: Language) -> Syntax | None:
        last = self._last.get(key)
        if last is not None and last.language == language and last.source.text == source.text:
            return last
        failed = self._failed.get(key, 0)
        if failed % _PAUSE:
            self._failed[key] = failed + 1
            return None
        until = self._clock() + (_MENU_S if len(source.text) < _LONG else _MENU_S_LONG)
        syntax = Syntax.attempt(source, language, last, lambda: self._clock() > until)
        if syntax is None:
            self._failed[key] = failed + 1
            return None
        self._last[key] = syntax
        self._failed.pop(key, None)
        return syntax

    def behind(self, key: str) -> bool:
        """True if the menu has no tree to go by: call ``syntax`` in a thread, and it will have one."""
        return key in self._failed

    def drop(self, key: str) -> None:
        """Forget a document that was closed."""
        self._last.pop(key, None)
        self._failed.pop(key, None)
