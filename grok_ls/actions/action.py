"""What an action is, and when it is offered. Pure: the shell turns offers into LSP code actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from grok_ls.text import Finding, Span

Kind = str
Result = Literal["edit", "explain"]
When = Literal["diagnostics", "selection", "definition", "selection_or_definition", "always"]
Origin = Literal["built-in", "user", "workspace"]

# More single fixes than this crowd out the other servers' entries in the same menu.
MOST_FIXES = 5
_TITLE_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Action:
    """One entry of the table. ``instruction`` is what the user-defined ones ask for; built-in ones have a template of their own."""

    name: str
    kind: Kind
    title: str
    result: Result
    when: When
    instruction: str = ""
    languages: tuple[str, ...] = ()
    model: str | None = None
    origin: Origin = "built-in"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the menu was asked for. ``definition``: the name of the definition around the cursor, ``None`` if there is none."""

    span: Span
    language: str = ""
    definition: str | None = None
    findings: Sequence[Finding] = ()
    automatic: bool = False
    only: Sequence[Kind] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the menu. ``findings`` are indices into ``Situation.findings``; ``span`` is what the action will work on.
    ``kind`` and ``instruction`` are those of a recipe, empty: the action's own.
    """

    action: Action
    title: str
    span: Span
    findings: tuple[int, ...] = ()
    kind: Kind = ""
    instruction: str = ""


def offers(actions: Iterable[Action], situation: Situation) -> tuple[Offer, ...]:
    """The menu, in the order of ``actions``."""
    found: list[Offer] = []
    for action in actions:
        if situation.only and not any(is_within(action.kind, wanted) for wanted in situation.only):
            continue
        if situation.automatic and not is_within(action.kind, "quickfix.grok"):
            continue
        if action.languages and situation.language not in action.languages:
            continue
        found.extend(_offers_of(action, situation))
    return tuple(found)


def is_within(kind: Kind, wanted: Kind) -> bool:
    """Code action kinds are hierarchical: ``quickfix`` asks for ``quickfix.grok`` too, the empty kind for all (LSP, CodeActionKind)."""
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _offers_of(action: Action, situation: Situation) -> Iterable[Offer]:
    if action.when == "diagnostics":
        return _per_finding(action, situation)
    selected = len(situation.span) > 0
    if action.when == "always":
        subject = ""
    elif selected and action.when != "definition":
        subject = "selection"
    elif situation.definition is not None and action.when != "selection":
        subject = f"‘{_short(situation.definition)}’" if situation.definition else "definition"
    else:
        return ()
    title = action.title if action.origin != "built-in" else f"{action.title} {subject}".rstrip()
    return (Offer(action, title, situation.span),)


def _per_finding(action: Action, situation: Situation) -> Iterable[Offer]:
    distinct: dict[tuple[object, ...], int] = {}
    for index, finding in enumerate(situation.findings):
        if finding.span.overlaps(situation.span):
            distinct.setdefault((finding.span, finding.message, finding.source, finding.code), index)
    chosen = list(distinct.values())
    for index in chosen[:MOST_FIXES]:
        finding = situation.findings[index]
        subject = _short(finding.message)
        yield Offer(action, f"{action.title}: {subject}" if subject else action.title, finding.span, (index,))
    if len(chosen) > 1:
        spans = [situation.findings[index].span for index in chosen]
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        yield Offer(action, f"{action.title} all {len(chosen)} problems", whole, tuple(chosen))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _TITLE_CHARACTERS else f"{line[: _TITLE_CHARACTERS - 1].rstrip()}…"
