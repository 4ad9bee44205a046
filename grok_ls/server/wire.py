"""Our own shapes on the wire: command arguments in, results and notifications out. ``docs/protocol.md`` describes them for users."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from grok_ls.engine.values import Report

RUN = "grok.run"
CANCEL = "grok.cancel"
USAGE = "grok.usage"
PREVIEW = "grok.preview"
REVIEW = "grok.review"
RESET_BUDGET = "grok.resetBudget"
COMMANDS = (RUN, CANCEL, USAGE, PREVIEW, REVIEW, RESET_BUDGET)
STREAM = "grok/stream"

JobStatus = Literal["started", "applied", "review", "explained", "unchanged", "cancelled", "refused", "failed"]
StreamKind = Literal["begin", "status", "reasoning", "text", "diff", "end"]


class Malformed(ValueError):
    """An argument is not of the shape that the contract gives; the message names the field."""


@dataclass(frozen=True, slots=True)
class Position:
    """As the client sent it: ``character`` in units of the negotiated encoding."""

    line: int
    character: int


@dataclass(frozen=True, slots=True)
class Range:
    start: Position
    end: Position


@dataclass(frozen=True, slots=True)
class WireRelated:
    """An entry of ``relatedInformation``; ``range`` is ``None`` where its location says nothing of use."""

    message: str
    uri: str = ""
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class WireDiagnostic:
    range: Range
    message: str
    severity: int | None = None
    source: str = ""
    code: str = ""
    related: tuple[WireRelated, ...] = ()


@dataclass(frozen=True, slots=True)
class RunAction:
    """The one argument of ``grok.run`` and ``grok.preview``."""

    action: str
    uri: str
    range: Range
    version: int | None = None
    diagnostics: tuple[WireDiagnostic, ...] = ()
    instruction: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal keys are one job. Diagnostics belong to it: two fixes of one line are two questions."""
        return (self.action, self.uri, self.range, self.version, self.instruction, self.diagnostics)


def parse_run_action(arguments: Any) -> RunAction:
    """Raises ``Malformed``."""
    raw = _only(arguments)
    return RunAction(
        action=_text(raw, "action"),
        uri=_text(raw, "uri"),
        range=_range(raw.get("range"), "range"),
        version=_integer(raw.get("version"), "version", optional=True),
        diagnostics=tuple(parse_diagnostic(item) for item in _list(raw.get("diagnostics"), "diagnostics")),
        instruction=_text(raw, "instruction", optional=True),
    )


def parse_cancel(arguments: Any) -> str | None:
    """The job to cancel, or ``None`` for all of them."""
    if not arguments or arguments == [None]:
        return None
    return _text(_only(arguments), "jobId", optional=True) or None


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    job_id: str
    hunk: int | None
    keep: bool


def parse_review(arguments: Any) -> ReviewDecision:
    raw = _only(arguments)
    decision = _text(raw, "decision")
    if decision not in ("keep", "discard"):
        raise Malformed("decision must be keep or discard")
    return ReviewDecision(_text(raw, "jobId"), _integer(raw.get("hunk"), "hunk", optional=True), decision == "keep")


def _only(arguments: Any) -> Mapping[str, Any]:
    if not isinstance(arguments, list | tuple) or len(arguments) != 1 or not isinstance(arguments[0], Mapping):
        raise Malformed("exactly one argument is expected, an object")
    return arguments[0]


def _text(raw: Mapping[str, Any], name: str, *, optional: bool = False) -> str:
    value = raw.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str) or not (value or optional):
        raise Malformed(f"{name} must be a text")
    return value


def _integer(value: Any, name: str, *, optional: bool = False) -> int | None:
    if value is None and optional:
        return None
    # The rest of an infinite number or of none (1e999, NaN) is none, which is not 0.
    if isinstance(value, bool) or not isinstance(value, int | float) or value % 1 != 0:
        raise Malformed(f"{name} must be a whole number")
    return int(value)


def _list(value: Any, name: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise Malformed(f"{name} must be a list")
    return list(value)


def _position(value: Any, name: str) -> Position:
    if not isinstance(value, Mapping):
        raise Malformed(f"{name} must be a position")
    line, character = _integer(value.get("line"), f"{name}.line"), _integer(value.get("character"), f"{name}.character")
    assert line is not None
    assert character is not None
    if line < 0 or character < 0:
        raise Malformed(f"{name} must not be negative")
    return Position(line, character)


def _range(value: Any, name: str) -> Range:
    if not isinstance(value, Mapping):
        raise Malformed(f"{name} must be a range")
    return Range(_position(value.get("start"), f"{name}.start"), _position(value.get("end"), f"{name}.end"))


def parse_diagnostic(value: Any) -> WireDiagnostic:
    """What of a diagnostic is of use; unknown tags, severities and fields are none of our business. Raises ``Malformed``."""
    if not isinstance(value, Mapping):
        raise Malformed("diagnostics must be a list of diagnostics")
    code = value.get("code")
    related = [
        item for item in _list(value.get("relatedInformation"), "relatedInformation") if isinstance(item, Mapping)
    ]
    message = value.get("message")
    return WireDiagnostic(
        range=_range(value.get("range"), "diagnostics.range"),
        # LSP 3.18 lets a message be markup.
        message=str(message.get("value", "") if isinstance(message, Mapping) else message or ""),
        severity=_integer(value.get("severity"), "diagnostics.severity", optional=True),
        source=str(value.get("source") or ""),
        code="" if code is None else str(code),
        related=tuple(_related(item) for item in related),
    )


def _related(value: Mapping[str, Any]) -> WireRelated:
    """Never raises: what servers write there is an extra, and a message without a place is still of use."""
    message, location = str(value.get("message") or ""), value.get("location")
    if not isinstance(location, Mapping) or not isinstance(uri := location.get("uri"), str):
        return WireRelated(message)
    try:
        return WireRelated(message, uri, _range(location.get("range"), "location.range"))
    except Malformed:
        return WireRelated(message)


def unlinked(message: str) -> str:
    """A sentence without links: VS Code makes them of ``[text](command:…)`` in a message, and words of a model or a file's name may hold
    such.
    """
    return message.replace("](", "] (")


@dataclass(frozen=True, slots=True)
class JobResult:
    """The answer of ``grok.run``, and ``result`` of the ``end`` notification. ``report``: what the job used so far."""

    job_id: str
    status: JobStatus
    message: str
    report: Report
    code: str | None = None
    edit: dict[str, int] | None = None
    markdown: str | None = None

    def to_json(self) -> dict[str, Any]:
        from grok_ls.engine.report import result_json

        # The client shows it as it is.
        said = unlinked(self.message)
        return result_json(
            self.job_id, self.status, said, self.report, code=self.code, edit=self.edit, markdown=self.markdown
        )
