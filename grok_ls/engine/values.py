"""What goes into the engine and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol

from grok_ls.actions import Action
from grok_ls.context.across import Quotes, Wanted
from grok_ls.context.callers import Thing
from grok_ls.prompts.preview import Placeholder
from grok_ls.provider import catalogue
from grok_ls.redaction.redact import Vocabulary
from grok_ls.settings import Settings
from grok_ls.text import Finding, Source, Span
from grok_ls.usage import Usage, added


class Neighbours(Protocol):
    """The other files of the workspace folder, those that may be sent."""

    async def quote(self, wants: Wanted, thing: Thing | None = None) -> Quotes:
        """What a place uses of them, and then who uses ``thing``. Bounded in time; never raises."""

    async def conventions(self, path: str, language: str) -> str:
        """One line about how the project of ``path`` is written, ``""`` if nothing says so. Bounded in time; never raises."""


class Files(Protocol):
    """The other files of the workspace folder, as an edit of several files may change them."""

    async def read(self, path: str) -> str | None:
        """The whole text as it stands now; ``None``: there is none, but it may be made. Raises ``ExcludedFile``."""


class Checks(Protocol):
    """The project's own linter or type checker."""

    async def compare(self, path: str, before: str, after: str) -> tuple[str, ...]:
        """What it finds in ``after`` and not in ``before``, as sentences for the user. Bounded in time; never raises."""


@dataclass(frozen=True, slots=True)
class Request:
    """What to do. ``source`` is the document as it stands, its path relative to the workspace; ``span`` what the user pointed at.

    ``session`` is the key that the budget is counted under. ``vocabulary`` holds the session's secrets. ``neighbours``: ``None`` for a
    document without a workspace folder: then no other file is sent.
    """

    job_id: str
    action: Action
    source: Source
    span: Span
    settings: Settings
    session: str
    vocabulary: Vocabulary
    findings: tuple[Finding, ...] = ()
    instruction: str = ""
    neighbours: Neighbours | None = None
    checks: Checks | None = None
    # ``None``: no other file can be changed.
    files: Files | None = None
    # The model of the action failed: ``grok.escalateTo`` is asked.
    escalated: bool = False

    @property
    def may_change_others(self) -> bool:
        """Without words of the user a change of another file is a mistake of the model's, and is refused."""
        own = self.action.instruction if self.action.origin != "workspace" else ""
        words = self.instruction.strip() or own.strip()
        return self.files is not None and self.action.result == "edit" and bool(words)

    @property
    def model(self) -> str:
        """``grok.actions.<name>.model``, else the action's own, else ``grok.model``; a workspace may not choose a dearer one than the user
        did.
        """
        if self.escalated and self.settings.escalate_to:
            return self.settings.escalate_to
        settings, asked = self.settings, self._asked
        own = settings.own_model or settings.model
        if not self._is_theirs or catalogue.same_class(asked, own):
            return asked
        return settings.model if catalogue.same_class(settings.model, own) else own

    @property
    def declined_model(self) -> str | None:
        """What the workspace asks for and does not get, because it is not known to cost about as much as what the user chose."""
        return None if self.escalated or self.model == self._asked else self._asked

    @property
    def _asked(self) -> str:
        return self.settings.chosen_for(self.action.name) or self.action.model or self.settings.model

    @property
    def _is_theirs(self) -> bool:
        """Whether a workspace chose the model of this action, or that of all, where the user did too."""
        if self.settings.chosen_for(self.action.name):
            return self.action.name in self.settings.workspace_models
        return self.action.origin == "workspace" if self.action.model else self.settings.own_model is not None

    @property
    def reasoning_effort(self) -> str | None:
        """``grok.reasoningEffort``; without one the stronger model is asked for less than it thinks by itself."""
        chosen = self.settings.reasoning_effort
        return catalogue.hard_effort(self.model) if chosen is None and self.escalated else chosen


@dataclass(frozen=True, slots=True)
class FileChange:
    """Another file than the document: ``path`` relative to the workspace folder, ``base`` is ``None`` for a file that is to be made."""

    path: str
    base: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole new text, its base (the text it was made for) and the model's words around the edit.

    ``remarks``: what the user should look at twice, a sentence each. ``others``: what it changes besides the document; all of it or
    nothing.
    """

    base: str
    text: str
    prose: str = ""
    remarks: tuple[str, ...] = ()
    others: tuple[FileChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Markdown, already harmless. ``kept`` is the same with the placeholders left in, for whatever is written down."""

    markdown: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The model says that nothing needs to change; ``prose`` is why."""

    prose: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The request as it would be sent. ``max_cost_usd`` is ``None`` for a model without a known price."""

    markdown: str
    model: str
    input_tokens: int
    max_cost_usd: float | None
    secrets: int
    personal: int
    placeholders: tuple[Placeholder, ...] = ()


@dataclass(slots=True)
class Report:
    """What a job used so far, over all its requests; kept up to date so that a failed or cancelled job can be told too."""

    model: str = ""
    served_model: str | None = None
    # Of the served model, for a sentence; empty = unknown.
    price: str = ""
    # Who answered, where it is not the endpoint that was asked first.
    endpoint: str | None = None
    # Who that was and why, as a sentence.
    fallback: str = ""
    # That the name of the model is retired and what is billed for it, as a sentence.
    retired: str = ""
    usage: Usage | None = None
    # An estimate of the request that runs, not yet part of ``usage``.
    running: Usage | None = None
    first_token_ms: int | None = None
    total_ms: int | None = None
    # That were sent, repeated ones and repairs among them.
    requests: int = 0
    cache: Literal["hit", "miss", "off"] = "off"
    secrets: int = 0
    personal: int = 0
    prompt_version: str = ""
    warnings: list[str] = field(default_factory=list)

    def add(self, usage: Usage) -> None:
        self.running = None
        self.usage = added(self.usage, usage)

    @property
    def so_far(self) -> Usage | None:
        """``usage`` and what the running request has used by now."""
        return added(self.usage, self.running)


class Watcher(Protocol):
    """Whoever looks on. Called on the event loop; must not block."""

    def phase(self, words: str) -> None:
        """What happens now, in a few words for the user."""

    def reasoning(self, delta: str) -> None:
        """The model thinks; status, never part of the result."""

    def text(self, delta: str) -> None:
        """More of the explanation: originals restored, Markdown harmless."""

    def diff(self, delta: str) -> None:
        """More of the edit as the model writes it, originals restored."""

    def progressed(self, report: Report) -> None:
        """The counts in ``report`` changed."""


class Silent:
    """A watcher for callers without an audience."""

    def phase(self, words: str) -> None: ...
    def reasoning(self, delta: str) -> None: ...
    def text(self, delta: str) -> None: ...
    def diff(self, delta: str) -> None: ...
    def progressed(self, report: Report) -> None: ...
