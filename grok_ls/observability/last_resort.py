"""What is left when nothing else has caught an error: one sentence for whoever runs the program, and the rest redacted in the log.

Python would print a traceback, whose message may quote a token or the user's code, to stderr, which editors and shells keep in files.
Until ``use`` has said how to redact, nothing but the error's type is written anywhere.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from grok_ls.observability.log import LogFile, redacted

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
_LOGGER = logging.getLogger("grok_ls")


class _Plain(logging.Formatter):
    """Of what a command line logs without a log of its own: the message, redacted, without a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return f"grok-ls: {_redacted(record.getMessage)}"


class _Ways:
    """How to redact, and where the log is."""

    clean: Callable[[str], str] | None = None
    folder: Callable[[], Path] | None = None


def use(clean: Callable[[str], str], folder: Callable[[], Path]) -> None:
    """``clean`` takes secrets and personal data out of a text; ``folder`` gives the log's."""
    _Ways.clean, _Ways.folder = clean, folder


def install() -> None:
    """For a process of our own, before anything can fail."""
    sys.excepthook = _uncaught
    threading.excepthook = lambda args: _uncaught(args.exc_type, args.exc_value, args.exc_traceback)
    # Errors that Python can only mention, in ``__del__`` above all: nobody has to act on them.
    sys.unraisablehook = lambda found: _note("an error was ignored", found.exc_value)
    # A message that cannot be formatted would be printed with its arguments.
    logging.raiseExceptions = False
    if logging.lastResort is not None:
        logging.lastResort.setFormatter(_Plain())


def run(work: Coroutine[Any, Any, T]) -> T:
    """``asyncio.run``, with errors of forgotten tasks and callbacks in the log."""

    # Not for a command that needs no event loop: it takes longer to load than all else here.
    import asyncio

    async def watched() -> T:
        asyncio.get_running_loop().set_exception_handler(_of_loop)
        return await work

    return asyncio.run(watched())


def sentence(error: BaseException) -> str:
    """Of ``error``, noted in the log before, for the user."""
    where = _note("the program broke", error)
    at = f"the log in {where} says more" if where is not None else "no log could be written"
    return f"Something in grok-ls broke ({type(error).__name__}), so it stopped; {at}, please report it."


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    del trace
    if issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    with suppress(Exception):
        print(f"grok-ls: {sentence(error or kind())}", file=sys.stderr, flush=True)


def _of_loop(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    del loop
    _LOGGER.error("%s", context.get("message", "an error in the event loop"), exc_info=context.get("exception"))


def _note(words: str, error: BaseException | None) -> Path | None:
    """Write it to the log file alone: stderr is the user's. The log's folder, ``None`` if nothing could be written."""
    with suppress(Exception):
        found = (type(error), error, error.__traceback__) if error is not None else None
        record = logging.LogRecord(_LOGGER.name, logging.CRITICAL, __file__, 0, words, None, found)
        if _Ways.clean is None or _Ways.folder is None:
            return None
        folder = _Ways.folder()
        kept = LogFile(folder, _Ways.clean) if not _LOGGER.handlers else None
        for handler in tuple(_LOGGER.handlers):
            handler.handle(record)
        if kept is not None:
            kept.close()
        return folder if kept is None or kept.path is not None else None
    return None


def _redacted(text: Callable[[], str]) -> str:
    return redacted(text, _Ways.clean) if _Ways.clean is not None else "(something was said that could not be redacted)"
