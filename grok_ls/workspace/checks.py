"""The project's own linter or type checker, asked before and after an edit: what is new goes to the user as a doubt.

The command comes from machine settings alone (``grok.checks``), runs without a shell and without the keys, and is bounded in time and
output. It sees the original texts: nothing of this leaves the machine.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import signal
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath

from grok_ls.text import Source
from grok_ls.text.hunks import line_hunks
from grok_ls.workspace.temporary import private_folder

log = logging.getLogger(__name__)

TIMEOUT_S = 10.0
_MOST_BYTES = 1_000_000
_MOST_SAID = 3
# ``path:line:column: words`` and ``line:column words`` (most linters), ``path:line: words`` (mypy, gcc),
# ``path(line,column): words`` (tsc).
_FINDINGS = (
    re.compile(r"^\s*(?:\S.*?:)?(?P<line>\d+):\d+:?\s+(?P<words>\S.*)$"),
    re.compile(r"^\S.*?:(?P<line>\d+):\s+(?P<words>\S.*)$"),
    re.compile(r"^\S.*?\((?P<line>\d+),\d+\):\s+(?P<words>\S.*)$"),
)
_PLACE = re.compile(r"\b(lines?|columns?|position|at) \d+")


class ProjectChecks:
    """``command``: the program and its arguments. ``{path}`` in one of them stands for the document's path in ``folder``; where ``{file}``
    stands, the text is written to a temporary file of that name, else it goes to standard input.
    """

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._command = tuple(command)
        self._folder = folder
        self._environment = dict(environment)

    async def compare(self, path: str, before: str, after: str) -> tuple[str, ...]:
        """What is found in ``after`` and was not in ``before``, as sentences. Never raises; a check that does not work says so."""
        name = PurePosixPath(self._command[0].replace("\\", "/")).name
        try:
            async with asyncio.timeout(TIMEOUT_S):
                # With exceptions as results it waits for both, also when it is cancelled.
                both = await asyncio.gather(self._run(path, before), self._run(path, after), return_exceptions=True)
            found = [_said(one) for one in both]
        except TimeoutError:
            return (
                f"The check {name} took longer than {TIMEOUT_S:g} s, so it says nothing of this edit (grok.checks).",
            )
        except (OSError, ValueError) as error:
            log.warning("grok.checks: %s could not be run: %s", name, error)
            return (f"The check {name} could not be run, so it says nothing of this edit (grok.checks).",)
        new = new_findings(found[0], found[1], origins(before, after))
        said = [f"{name} finds something new in line {line}: {words}" for line, words in new[:_MOST_SAID]]
        more = len(new) - _MOST_SAID
        return (*said, *([f"{name} finds {more} more."] if more > 0 else []))

    async def _run(self, path: str, text: str) -> str:
        data = text.encode("utf-8", "replace")
        if not any("{file}" in part for part in self._command):
            return await self._output([part.replace("{path}", path) for part in self._command], data)
        with await asyncio.to_thread(private_folder, "check") as folder:
            file = Path(folder) / (PurePosixPath(path).name or "document")
            file.write_bytes(data)
            command = [part.replace("{path}", path).replace("{file}", str(file)) for part in self._command]
            return await self._output(command, b"")

    async def _output(self, command: Sequence[str], data: bytes) -> str:
        run = _Run(command, self._folder, self._environment)
        work = asyncio.ensure_future(asyncio.to_thread(run.output, data))
        try:
            return (await asyncio.shield(work)).decode("utf-8", "replace")
        finally:
            # Cancelled or out of time: it does not run on.
            run.stop()
            await asyncio.wait({work})


class _Run:
    """One program, for a thread; ``stop`` may be called from another, also before it has begun."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._command, self._folder, self._environment = command, folder, environment
        self._lock = threading.Lock()
        self._stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def output(self, data: bytes) -> bytes:
        """What it prints on both channels, its first megabyte. Its input is a file, so that it may leave it unread."""
        with tempfile.TemporaryFile() as given:
            given.write(data)
            given.seek(0)
            with self._lock:
                if self._stopped:
                    return b""
                self._process = subprocess.Popen(
                    self._command,
                    cwd=self._folder,
                    env=self._environment,
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            with self._process as process:
                assert process.stdout is not None
                try:
                    return process.stdout.read(_MOST_BYTES)
                finally:
                    self.stop()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            if self._process is None or self._process.poll() is not None:
                return
            if hasattr(os, "killpg"):
                # What it has started holds its output open too.
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()


def _said(result: str | BaseException) -> str:
    if isinstance(result, BaseException):
        raise result
    return result


def findings(output: str) -> list[tuple[int, str]]:
    """Line (from 1) and words of each finding that a checker printed; other lines are its chatter."""
    matches = (next((m for form in _FINDINGS if (m := form.match(line))), None) for line in output.splitlines())
    return [(int(match["line"]), match["words"].strip()) for match in matches if match]


def new_findings(
    before: str, after: str, origin: Callable[[int], int | None] = lambda _: None
) -> list[tuple[int, str]]:
    """Those of the output ``after`` that ``before`` has not as often. ``origin``: the line that a line of the new text was before, if it is
    one of the old; a finding there is known whatever its number is now.
    """
    known = Counter((line, _plain(words)) for line, words in findings(before))
    rest = []
    for line, words in findings(after):
        place = (origin(line) or 0, _plain(words))
        if known[place]:
            known[place] -= 1
        else:
            rest.append((line, words))
    left = Counter[str]()
    for (_, words), count in known.items():
        left[words] += count
    new = []
    for line, words in rest:
        if left[_plain(words)]:
            left[_plain(words)] -= 1
        else:
            new.append((line, words))
    return new


def _plain(words: str) -> str:
    """Without the numbers of other lines: they move."""
    return _PLACE.sub(r"\1", words)


def origins(before: str, after: str) -> Callable[[int], int | None]:
    """For a line of ``after`` (from 1) the line of ``before`` that it was; ``None`` for a line of the edit."""
    new = Source(after)
    hunks = [
        (new.line_of(hunk.new.start) + 1, new.line_of(hunk.new.start) + 1 + hunk.added, hunk.removed - hunk.added)
        for hunk in line_hunks(before, after)
    ]

    def origin(line: int) -> int | None:
        shift = 0
        for first, end, by in hunks:
            if line < first:
                break
            if line < end:
                return None
            shift += by
        return line + shift

    return origin
