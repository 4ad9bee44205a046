"""``grok-ls run`` and ``grok-ls preview``: one action without an editor, through the same engine."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grok_ls.actions import ACTIONS, Action
from grok_ls.actions.custom import from_mapping
from grok_ls.app import Composition
from grok_ls.cli.colour import marked_words, painted_diff, wanted
from grok_ls.cli.signals import stopping_on_sigterm
from grok_ls.config import Layers, parse, without_keys
from grok_ls.context.languages import language_of
from grok_ls.engine import Explanation, Preview, Proposal, Report, Request, Unchanged
from grok_ls.engine.report import counted_edit, result_json
from grok_ls.errors import BadRequest, ConfigError, DocumentChanged, ExcludedFile, GrokError
from grok_ls.observability import last_resort
from grok_ls.settings import Settings
from grok_ls.text import Source, Span
from grok_ls.text.hunks import unified

INTERRUPTED = 130
_PLACE = re.compile(r"(?P<file>.+?)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?")


class Usage(Exception):
    """The command line says something impossible; exit code 2."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file as it was read, and the lines that are meant (from 1, inclusive; ``None`` = the whole file)."""

    path: Path
    raw: bytes
    text: str
    lines: tuple[int, int] | None

    def span(self) -> Span:
        source = Source(self.text)
        if self.lines is None:
            return Span(0, len(self.text))
        first, last = self.lines
        if last > source.line_count:
            raise Usage(f"{self.path} has {source.line_count} lines, so there is no line {last}.")
        start = source.line_starts[first - 1]
        if first == last:
            # One line is where the cursor would be: the definition around it is what is worked on.
            return Span(start, start)
        return Span(start, source.line_span(last - 1).end)


def read_target(place: str) -> Target:
    """Raises ``Usage`` for a place that is none, ``BadRequest`` for a file that cannot be read or is no text."""
    try:
        return _read(place)
    except OSError as error:
        raise BadRequest(f"{place} could not be read: {error.strerror}; nothing was sent.") from error


def _read(place: str) -> Target:
    match = _PLACE.fullmatch(place)
    assert match is not None
    path, lines = Path(place), None
    if not path.is_file() and match["first"]:
        path = Path(match["file"])
        first = int(match["first"])
        lines = (first, int(match["last"] or first))
        if not 1 <= lines[0] <= lines[1]:
            raise Usage(f"{place}: lines count from 1, the first before the last.")
    if not path.is_file():
        raise Usage(f"{path} is not a file.")
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRequest(f"{path} is not UTF-8 text, so it cannot be sent; convert it first.") from None
    return Target(path, raw, text, lines)


class Terminal:
    """The watcher of a terminal: phases to stderr, an explanation to stdout as it streams."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._live = sys.stderr.isatty() and not quiet
        self.streamed = False

    def phase(self, words: str) -> None:
        if self._live:
            print(f"\r\033[K{words} …", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def reasoning(self, delta: str) -> None: ...

    def text(self, delta: str) -> None:
        if delta and not self._quiet:
            if not self.streamed:
                self.clear()
            self.streamed = True
            print(delta, end="", flush=True)

    def diff(self, delta: str) -> None:
        if self._live and not sys.stdout.isatty():
            print(delta, end="", file=sys.stderr, flush=True)

    def progressed(self, report: Report) -> None: ...


def run(arguments: argparse.Namespace) -> int:
    """Exit code of ``grok-ls run``."""
    return _guarded(_run(Composition.from_process(), arguments), as_json=arguments.json)


def preview(arguments: argparse.Namespace) -> int:
    """Exit code of ``grok-ls preview``."""
    return _guarded(_preview(Composition.from_process(), arguments), as_json=arguments.json)


def _guarded(work: Coroutine[Any, Any, int], *, as_json: bool) -> int:
    try:
        return last_resort.run(_stoppable(work))
    except asyncio.CancelledError:
        return INTERRUPTED
    except Usage as error:
        print(f"grok-ls: {error}", file=sys.stderr)
        return 2
    except GrokError as error:
        if as_json:
            print(json.dumps({"status": error.status, "code": error.code, "message": error.message}))
        print(f"grok-ls: {error.message}", file=sys.stderr)
        return 1


async def _stoppable(work: Coroutine[Any, Any, int]) -> int:
    with stopping_on_sigterm():
        return await work


def settings_of(composition: Composition) -> Settings:
    """The environment alone: a command line has no client. A wrong variable is told and replaced."""
    settings, problems = parse(Layers(environment=composition.environment))
    for problem in problems:
        print(f"grok-ls: {problem.message}", file=sys.stderr)
    return settings


def _request(composition: Composition, arguments: argparse.Namespace) -> tuple[Request, Target]:
    settings = settings_of(composition)
    composition.open_log(settings)
    target = read_target(arguments.place)
    span = target.span()
    workspace = composition.workspace(_root_of(target.path), settings)
    location = workspace.locate(target.path.absolute(), target.path.absolute().as_uri())
    if location.refusal is not None:
        raise ExcludedFile(location.refusal)
    vocabulary = composition.vocabulary()
    for key in composition.keys_of(settings):
        vocabulary.learn("API_KEY", key)
    language = language_of(location.relative, first_line=target.text.partition("\n")[0])
    action = _action(arguments.action, workspace.custom_actions()[0], settings)
    request = Request(
        job_id="cli",
        action=action,
        source=Source(target.text, location.relative, ""),
        span=span,
        settings=settings,
        session=f"cli-{os.getpid()}",
        vocabulary=vocabulary,
        instruction=workspace.shortened(arguments.instruction),
        neighbours=workspace.neighbours(target.path.resolve()),
        checks=workspace.checks(
            target.path.resolve(),
            settings.checks.get(language.id) if language is not None else None,
            without_keys(composition.environment, settings),
        ),
    )
    return request, target


def _action(name: str, custom: tuple[Action, ...], settings: Settings) -> Action:
    own = [from_mapping(key, raw, "user") for key, raw in settings.actions.items() if raw.keys() - {"model"}]
    known = [*ACTIONS, *(action for action in own if isinstance(action, Action)), *custom]
    for action in known:
        if action.name == name:
            return action
    raise Usage(f"there is no action {name!r}; there are {', '.join(action.name for action in known)}.")


def _root_of(path: Path) -> Path:
    """The repository around the file, else the working folder if the file is in it, else the file's own folder."""
    # A link that leads out of its repository is outside of it, so the link itself says which repository that is.
    path = path.absolute()
    for folder in path.parents:
        if (folder / ".git").exists():
            return folder
    here = Path.cwd()
    return here if here in path.parents else path.parent


async def _run(composition: Composition, arguments: argparse.Namespace) -> int:
    request, target = _request(composition, arguments)
    terminal, report = Terminal(quiet=arguments.json), Report()
    engine = composition.engine(request.settings)
    try:
        terminal.phase("getting ready")
        await asyncio.to_thread(composition.warm_scanner)
        outcome = await engine.run(request, terminal, report)
        terminal.clear()
        return _told(request, target, outcome, report, arguments)
    except GrokError as error:
        terminal.clear()
        if not arguments.json:
            raise
        print(json.dumps(result_json("cli", error.status, error.message, report, code=error.code)))
        print(f"grok-ls: {error.message}", file=sys.stderr)
        return 1
    finally:
        for warning in (*report.warnings, *filter(None, [report.fallback]), *composition.take_problems()):
            print(f"grok-ls: {warning}", file=sys.stderr)
        await composition.aclose()


def _told(
    request: Request,
    target: Target,
    outcome: Proposal | Explanation | Unchanged,
    report: Report,
    arguments: argparse.Namespace,
) -> int:
    match outcome:
        case Explanation(markdown):
            if arguments.json:
                print(json.dumps(result_json("cli", "explained", "Explained.", report, markdown=markdown)))
            else:
                print("" if markdown.endswith("\n") else "\n", end="")
        case Unchanged(prose):
            message = f"Nothing needs to change in {target.path}. {' '.join(prose.split())}".rstrip()
            if arguments.json:
                print(json.dumps(result_json("cli", "unchanged", message, report)))
            else:
                print(f"grok-ls: {message}", file=sys.stderr)
        case Proposal():
            _told_proposal(request, target, outcome, report, arguments)
    return 0


def _told_proposal(
    request: Request, target: Target, proposal: Proposal, report: Report, arguments: argparse.Namespace
) -> None:
    text = proposal.text
    diff = unified(target.text, text, request.source.path)
    if arguments.write:
        write(target, text)
    edit = counted_edit(target.text, text)
    done = "Applied" if arguments.write else "Proposed"
    message = f"{done}: +{edit['added']} -{edit['removed']} lines in {target.path}."
    remarks = " ".join(proposal.remarks)
    if remarks:
        message = f"{message} Look twice: {remarks}"
    if arguments.json:
        status = "applied" if arguments.write else "review"
        print(json.dumps(result_json("cli", status, message, report, edit=edit, diff=diff)))
    else:
        # Not in a pipe, whatever is forced: what reads a diff there applies it.
        painted = sys.stdout.isatty() and wanted(sys.stdout, os.environ)
        print(painted_diff(diff) if painted else diff, end="")
        if arguments.write or remarks:
            print(f"grok-ls: {message}", file=sys.stderr)


def write(target: Target, text: str) -> None:
    """Replace the file's content in one step, its mode kept. Raises ``DocumentChanged`` if somebody else changed it meanwhile."""
    path = target.path.resolve()
    try:
        if path.read_bytes() != target.raw:
            raise DocumentChanged(
                f"{target.path} changed while the model was thinking, so it was not written; run it again."
            )
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, path.stat().st_mode & 0o7777)
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise ConfigError(f"{target.path} could not be written: {error.strerror}; the file is as it was.") from error


async def _preview(composition: Composition, arguments: argparse.Namespace) -> int:
    request, _ = _request(composition, arguments)
    try:
        await asyncio.to_thread(composition.warm_scanner)
        shown = await composition.engine(request.settings).preview(request)
    finally:
        await composition.aclose()
    if arguments.json:
        print(json.dumps(preview_json(shown)))
    elif wanted(sys.stdout, os.environ):
        print(marked_words(_preview_text(shown), [each.word for each in shown.placeholders]))
    else:
        print(_preview_text(shown))
    return 0


def preview_json(shown: Preview) -> dict[str, Any]:
    return {
        "markdown": shown.markdown,
        "model": shown.model,
        "inputTokens": shown.input_tokens,
        "maxCostUsd": shown.max_cost_usd,
        "redactions": {"secrets": shown.secrets, "personal": shown.personal},
        "placeholders": [{"word": each.word, "kind": each.kind, "places": each.places} for each in shown.placeholders],
    }


def _preview_text(shown: Preview) -> str:
    price = "price unknown" if shown.max_cost_usd is None else f"at most ${shown.max_cost_usd:.4f}"
    return (
        f"{shown.markdown.rstrip()}\n\n---\n{shown.model}: about {shown.input_tokens} tokens in, {price};"
        f" {shown.secrets} secrets and {shown.personal} personal data replaced. Nothing was sent."
    )
