"""How the sources of settings are laid over each other.

Four layers, the later wins: ``initializationOptions.grok.settings``, what the client answers or pushes as configuration (both may come
from a workspace file, so both are untrusted), ``initializationOptions.grok.machine``, ``GROK_LS_*`` variables. A cloned repository must not
be able to redirect code or keys, run anything, lift limits or open ports: machine-only settings are taken from the last two layers alone,
and what those say of a limit or a safeguard the others may only make stricter.
``parse`` never raises; what it cannot use it names in a ``Problem`` and replaces by the next best value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from grok_ls.settings import SETTINGS, Setting, Settings, default_of, shown

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that is not used as given. ``message`` is one sentence for the user."""

    name: str
    message: str


_BY_NAME = {setting.name: setting for setting in SETTINGS}
# ``grok.actions`` is a tree of the user's own names: it is one value, not a folder of settings.
_WHOLE_VALUES = frozenset({"actions", "checks"})


# Numbers of which a machine's value is the ceiling. (0 session tokens are no limit.)
_CEILINGS = frozenset(
    {
        "budget.sessionTokens",
        "budget.warnAt",
        "cache.ttlHours",
        "concurrency",
        "contextTokens",
        "maxOutputTokens",
        "requestsPerMinute",
        "retries",
    }
)
# From lax to strict.
_STRICTER: dict[str, tuple[Any, ...]] = {
    "review": ("apply", "lens", "preview"),
    "privacy.personalData": (False, True),
    "cache.enabled": (True, False),
}


@dataclass(frozen=True, slots=True)
class Layers:
    """The raw sources of one connection. ``machine`` is ``None`` for a client that does not tell the user's settings apart; of
    ``environment``, the process's, only ``GROK_LS_*`` is looked at.
    """

    init: Raw = field(default_factory=dict)
    client: Raw = field(default_factory=dict)
    machine: Raw | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def parse(layers: Layers) -> tuple[Settings, tuple[Problem, ...]]:
    """Settings and what is wrong with them. Never raises."""
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    ceiling: dict[str, Any] = {}
    environment = {
        setting.name: layers.environment[setting.variable]
        for setting in SETTINGS
        if setting.variable in layers.environment
    }
    for raw, trusted, decode in (
        (layers.machine or {}, True, False),
        (environment, True, True),
    ):
        _lay(raw, ceiling, problems, trusted=trusted, decode=decode, ceiling={})
    for raw in (layers.init, layers.client):
        _lay(raw, values, problems, trusted=False, decode=False, ceiling=ceiling)
    # A machine's value is the starting point; it wins where the setting is its alone, or where it comes from the environment.
    above = {
        name: value
        for name, value in ceiling.items()
        if _BY_NAME[name].scope == "machine" or (name in environment and _BY_NAME[name].scope == "any")
    }
    merged = {**ceiling, **values, **above}
    merged["actions"], defined, chosen = _all_actions(ceiling.get("actions", {}), values.get("actions", {}))
    told_apart = layers.machine is not None
    return Settings(
        **{_BY_NAME[name].attribute: value for name, value in merged.items()},
        own_model=ceiling.get("model"),
        workspace_actions=defined if told_apart else frozenset(),
        workspace_models=chosen if told_apart else frozenset(),
    ), tuple(problems)


def _all_actions(
    mine: Mapping[str, Raw], theirs: Mapping[str, Raw]
) -> tuple[Mapping[str, Raw], frozenset[str], frozenset[str]]:
    """The actions of the machine's layers, and those of the others that take the name of none; and which of all the others define, and
    give a model. The machine may choose the model of an action that a workspace defines.
    """
    defines = {name: bool(entry.keys() - {"model"}) for name, entry in mine.items()}
    merged = {**theirs, **mine}
    for name in theirs.keys() & mine.keys():
        if not defines[name]:
            merged[name] = {**theirs[name], **mine[name]}
    defined = frozenset(name for name in theirs if not defines.get(name) and theirs[name].keys() - {"model"})
    return merged, defined, frozenset(name for name in theirs if name not in mine)


def _lay(
    raw: Raw,
    into: dict[str, Any],
    problems: list[Problem],
    *,
    trusted: bool,
    decode: bool,
    ceiling: Mapping[str, Any],
) -> None:
    for name, value in flatten(raw).items():
        setting = _BY_NAME.get(name)
        if setting is None:
            problems.append(
                Problem(name, f"The setting grok.{name} does not exist and is ignored; docs/settings.md lists all.")
            )
            continue
        try:
            checked = setting.check(_decoded(setting, value) if decode else value)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            used = shown(into.get(name, ceiling.get(name, default_of(setting))))
            problems.append(
                Problem(name, f"The setting grok.{name} must be {setting.expects}; {used} is used instead.")
            )
            continue
        if trusted or setting.scope == "any":
            into[name] = checked
        elif setting.scope == "machine":
            _refuse_untrusted(setting, checked, ceiling, problems)
        else:
            _tighten(setting, checked, into, ceiling, problems)


def _refuse_untrusted(setting: Setting, value: Any, ceiling: Mapping[str, Any], problems: list[Problem]) -> None:
    # Editors send the defaults of all settings along: only a value that would change something is worth a word.
    used = ceiling.get(setting.name, default_of(setting))
    if value not in (used, default_of(setting)):
        problems.append(
            Problem(
                setting.name,
                f"The setting grok.{setting.name} is taken from the user's or machine's settings only, not from a workspace;"
                f" {shown(used)} is used instead.",
            )
        )


def _tighten(
    setting: Setting, value: Any, into: dict[str, Any], ceiling: Mapping[str, Any], problems: list[Problem]
) -> None:
    name = setting.name
    if name == "privacy.exclude":
        into[name] = tuple(dict.fromkeys((*ceiling.get(name, ()), *into.get(name, ()), *value)))
    elif name == "privacy.secrets":
        # A workspace's ``true`` is what editors send as the default too: it does not undo what the user's machine scope says.
        if value is False and ceiling.get(name, True) is not False:
            problems.append(
                Problem(
                    name, f"The setting grok.{name} can be switched off in machine scope only; true is used instead."
                )
            )
    elif name not in ceiling or name == "actions":
        into[name] = value
    elif _is_laxer(name, value, ceiling[name]):
        into[name] = used = ceiling[name]
        # Editors send defaults along: only a value that somebody chose is worth a word.
        if value != default_of(setting):
            bound = "exceed the machine's" if name in _CEILINGS else "be laxer than the machine's"
            problems.append(
                Problem(name, f"The setting grok.{name} may not {bound} {shown(used)}; {shown(used)} is used instead.")
            )
    elif value != default_of(setting) or name in _CEILINGS:
        into[name] = value


def _is_laxer(name: str, value: Any, machine: Any) -> bool:
    if name in _STRICTER:
        return _STRICTER[name].index(value) < _STRICTER[name].index(machine)
    if name == "budget.sessionTokens":
        return bool(machine) and (value == 0 or value > machine)
    return bool(value > machine)


def without_keys(environment: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """The environment for another program: without the variables that hold keys of models."""
    keys = {settings.api_key_env, *(fallback.api_key_env for fallback in settings.fallbacks)}
    return {name: value for name, value in environment.items() if name not in keys}


def _decoded(setting: Setting, text: str) -> Any:
    """A variable's text as the setting's type: JSON where the default is no text, the bare words otherwise."""
    if isinstance(default_of(setting), str):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def flatten(raw: Raw, prefix: str = "") -> dict[str, Any]:
    """``{"budget": {"warnAt": 1}}`` and ``{"budget.warnAt": 1}`` -> ``{"budget.warnAt": 1}``; a ``grok`` around it is taken off."""
    flat: dict[str, Any] = {}
    if not isinstance(raw, Mapping):
        return flat
    for key, value in raw.items():
        name = f"{prefix}{key}"
        if not prefix and (name == "grok" or name.startswith("grok.")):
            inner = value if name == "grok" else {name[5:]: value}
            flat.update(flatten(inner) if isinstance(inner, Mapping) else {})
        elif isinstance(value, Mapping) and name not in _WHOLE_VALUES:
            if name in _BY_NAME or not any(known.startswith(f"{name}.") for known in _BY_NAME):
                flat[name] = value
            else:
                flat.update(flatten(value, f"{name}."))
        else:
            flat[name] = value
    return flat
