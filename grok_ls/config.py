"""Settings: the one table of names, defaults and bounds, and how the sources are laid over each other.

Four layers, the later wins: ``initializationOptions.grok.settings``, what the client answers or pushes as configuration (both may come
from a workspace file, so both are untrusted), ``initializationOptions.grok.machine``, ``GROK_LS_*`` variables. A cloned repository must not
be able to redirect code or keys, run anything, lift limits or open ports: machine-only settings are taken from the last two layers alone,
and what those say of a limit or a safeguard the others may only make stricter.
``parse`` never raises; what it cannot use it names in a ``Problem`` and replaces by the next best value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from grok_ls import accepted
from grok_ls.accepted import Fallback

Raw = Mapping[str, Any]
Scope = Literal["any", "machine", "tighten"]
ENV_PREFIX = "GROK_LS_"


@dataclass(frozen=True, slots=True)
class Settings:
    """One consistent set of values. Times in seconds, money in US dollars, sizes in tokens. Defaults stand here and nowhere else."""

    model: str = "grok-code-fast-1"
    base_url: str = "https://api.x.ai/v1"
    api: Literal["auto", "responses", "chat"] = "auto"
    api_key_env: str = "XAI_API_KEY"
    reasoning_effort: str | None = None
    service_tier: Literal["priority"] | None = None
    escalate_to: str | None = None
    max_output_tokens: int = 4096
    context_tokens: int = 12000
    edit_format: Literal["auto", "diff", "search-replace", "rewrite"] = "auto"
    review: Literal["apply", "preview", "lens"] = "apply"
    budget_session_tokens: int = 200_000
    budget_daily_usd: float = 10.0
    budget_warn_at: float = 0.8
    timeout_connect: float = 10.0
    timeout_first_token: float = 120.0
    timeout_idle: float = 60.0
    timeout_total: float = 600.0
    concurrency: int = 5
    requests_per_minute: int = 200
    retries: int = 3
    fallbacks: tuple[Fallback, ...] = ()
    privacy_secrets: bool = True
    privacy_personal_data: bool = True
    privacy_exclude: tuple[str, ...] = ()
    cache_enabled: bool = True
    cache_ttl_hours: float = 24.0
    storage: str = "sqlite"
    usage_keep_days: int = 90
    metrics_port: int | None = None
    actions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    checks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    # Who said so, where the client tells the user's settings apart. ``own_model``: the machine's, which a workspace's may not cost more
    # than; the others are names of actions that the workspace defines, and of those that it gives a model.
    own_model: str | None = None
    workspace_actions: frozenset[str] = frozenset()
    workspace_models: frozenset[str] = frozenset()

    def chosen_for(self, action: str) -> str | None:
        """``grok.actions.<name>.model``."""
        own = self.actions.get(action, {}).get("model")
        return own if isinstance(own, str) and own else None

    def model_for(self, action: str) -> str:
        """``grok.actions.<name>.model`` if it is set, else ``grok.model``."""
        return self.chosen_for(action) or self.model


@dataclass(frozen=True, slots=True)
class Problem:
    """A setting that is not used as given. ``message`` is one sentence for the user."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Setting:
    """``scope``: ``machine`` = from machine layers only; ``tighten`` = what a machine layer says, the others may only make stricter."""

    name: str
    check: Callable[[Any], Any]
    expects: str
    meaning: str
    scope: Scope = "any"

    @property
    def attribute(self) -> str:
        return _snake(self.name)

    @property
    def variable(self) -> str:
        return ENV_PREFIX + _snake(self.name).upper()


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|\.", "_", name).lower()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "model",
        accepted.model,
        "a model's name (one word)",
        "Model of every action; `grok.actions.<name>.model` overrides it for one. `grok-code-fast-1` is a retired alias that xAI still"
        " serves with another model at another price: the answer's model is what is shown, billed and recorded.",
    ),
    Setting("baseUrl", accepted.url, "an http(s) URL", "OpenAI-compatible endpoint.", "machine"),
    Setting(
        "api",
        accepted.one_of("auto", "responses", "chat"),
        "auto, responses or chat",
        "Which API of the endpoint is used; `auto` tries responses and falls back to chat where the endpoint has none.",
    ),
    Setting(
        "apiKeyEnv",
        accepted.variable_name,
        "the name of an environment variable",
        "Environment variable that holds the key; keys are never settings.",
        "machine",
    ),
    Setting("reasoningEffort", accepted.optional_text, "an effort or null", "Sent only to models that take it."),
    Setting(
        "serviceTier",
        accepted.optional(accepted.one_of("priority")),
        "priority or null",
        "`priority` asks xAI for its faster tier, at twice the price where it grants it.",
        "machine",
    ),
    Setting(
        "escalateTo",
        accepted.optional(accepted.model),
        "a model's name (one word) or null",
        "A stronger model of the same endpoint for hard cases: it is asked when two edits of the first model could not be applied,"
        " at its own price.",
        "machine",
    ),
    Setting(
        "maxOutputTokens",
        accepted.whole(16, 128_000),
        "a whole number from 16 to 128000",
        "Output limit, always sent.",
        "tighten",
    ),
    Setting(
        "contextTokens",
        accepted.whole(200, 20_000),
        "a whole number from 200 to 20000",
        "Ceiling of the prompt's context.",
        "tighten",
    ),
    Setting(
        "editFormat",
        accepted.one_of("auto", "diff", "search-replace", "rewrite"),
        "auto, diff, search-replace or rewrite",
        "How the model is asked to write edits; `auto` chooses by model.",
    ),
    Setting(
        "review",
        accepted.one_of("apply", "preview", "lens"),
        "apply, preview or lens",
        "`apply`: one undoable edit; `preview`: the editor asks first; `lens`: applied, then each hunk keeps or discards by code lens.",
        "tighten",
    ),
    Setting(
        "budget.sessionTokens",
        accepted.whole(0),
        "a whole number, 0 for unlimited",
        "Input and output tokens (reasoning included) per session. A workspace may set it; a machine-scope value is its ceiling.",
        "tighten",
    ),
    Setting(
        "budget.dailyUsd",
        accepted.number(0),
        "a number of US dollars; 0 allows only what costs nothing",
        "Money per day, over all sessions of this user on this machine (or team, with Redis).",
        "machine",
    ),
    Setting(
        "budget.warnAt",
        accepted.number(0, 1),
        "a number from 0 to 1",
        "Share of a limit at which you are told once.",
        "tighten",
    ),
    Setting("timeout.connect", accepted.number(0.1, 3600), "seconds", "To connect to the endpoint."),
    Setting("timeout.firstToken", accepted.number(0.1, 3600), "seconds", "Silence before the first event."),
    Setting("timeout.idle", accepted.number(0.1, 3600), "seconds", "Silence between events."),
    Setting("timeout.total", accepted.number(0.1, 86_400), "seconds", "The whole job."),
    Setting(
        "concurrency",
        accepted.whole(1, 100),
        "a whole number from 1 to 100",
        "Requests at once, at most; adapts below it on 429.",
        "tighten",
    ),
    Setting(
        "requestsPerMinute",
        accepted.whole(1, 100_000),
        "a whole number from 1",
        "Requests a minute, at most.",
        "tighten",
    ),
    Setting(
        "retries",
        accepted.whole(0, 20),
        "a whole number from 0 to 20",
        "For 429, 5xx and connection errors before the first token.",
        "tighten",
    ),
    Setting(
        "fallbacks",
        accepted.fallbacks,
        'a list of {"baseUrl", "model", "apiKeyEnv"}',
        "Endpoints tried in order when the first one is down or retries are used up.",
        "machine",
    ),
    Setting(
        "privacy.secrets",
        accepted.flag,
        "true or false",
        "Replace secrets by placeholders before anything is sent. Only machine scope may switch it off.",
        "tighten",
    ),
    Setting(
        "privacy.personalData",
        accepted.flag,
        "true or false",
        "Replace personal data by placeholders before anything is sent. A workspace cannot switch it off where machine scope says true.",
        "tighten",
    ),
    Setting(
        "privacy.exclude",
        accepted.texts,
        "a list of gitignore patterns",
        "More files that are never sent, added to the built-in ones and to `.grokignore`.",
        "tighten",
    ),
    Setting(
        "cache.enabled", accepted.flag, "true or false", "Answer an identical request from the local cache.", "tighten"
    ),
    Setting("cache.ttlHours", accepted.number(0, 8760), "hours", "How long an answer stays in the cache.", "tighten"),
    Setting(
        "storage",
        accepted.storage,
        "sqlite, memory or a redis:// URL",
        "Where budget, ledger and cache live: `sqlite` is the user data folder.",
        "machine",
    ),
    Setting(
        "usage.keepDays",
        accepted.whole(1, 3650),
        "a whole number of days from 1 to 3650",
        "How long the records of `grok-ls usage` are kept; older ones are deleted once a day.",
        "machine",
    ),
    Setting(
        "metrics.port",
        accepted.optional(accepted.whole(0, 65_535)),
        "a port or null",
        "Prometheus endpoint on loopback.",
        "machine",
    ),
    Setting(
        "actions",
        accepted.actions,
        "an object of actions",
        "User-defined actions, and the model of single actions. A workspace's are marked as such.",
        "tighten",
    ),
    Setting(
        "checks",
        accepted.checks,
        'an object of commands, such as {"python": ["ruff", "check", "--output-format", "concise", "--stdin-filename", "{path}", "-"]}',
        "Your linter or type checker, by language id: it is run on the text before and after an edit (on standard input, or in a"
        " temporary file where an argument says `{file}`), and what it finds new is named. It runs programs, in the workspace folder.",
        "machine",
    ),
    Setting(
        "log.level",
        accepted.one_of("debug", "info", "warning", "error"),
        "debug, info, warning or error",
        "What the server writes to its log (stderr).",
    ),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}
_DEFAULTS = Settings()
_PROVENANCE = {"own_model", "workspace_actions", "workspace_models"}
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
            used = _shown(into.get(name, ceiling.get(name, default_of(setting))))
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
                f" {_shown(used)} is used instead.",
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
                Problem(
                    name, f"The setting grok.{name} may not {bound} {_shown(used)}; {_shown(used)} is used instead."
                )
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


def default_of(setting: Setting) -> Any:
    return getattr(_DEFAULTS, setting.attribute)


def _shown(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, default=lambda item: repr(item))


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


def reference() -> str:
    """``docs/settings.md``: generated, so that it cannot drift from the code."""
    rows = [
        f"| `grok.{s.name}`{' *' if s.scope == 'machine' else ''} | `{_shown(default_of(s))}` | {s.expects} | {s.meaning}"
        f" | `{s.variable}` |"
        for s in SETTINGS
    ]
    return "\n".join(
        (
            "# Settings",
            "",
            "Generated from `grok_ls/config.py` by `python -m grok_ls.config`; a test compares the two.",
            "",
            "`*` = taken from the user's or machine's settings only (`initializationOptions.grok.machine`, or the variable), never from a"
            " workspace file. Variables win over everything else, except that a workspace may always tighten a limit. An invalid value is"
            " reported once by name and replaced; the server keeps running.",
            "",
            "| setting | default | expects | meaning | variable |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
        )
    )


def _check_table() -> None:
    named = {setting.attribute for setting in SETTINGS}
    assert named == {f.name for f in fields(Settings)} - _PROVENANCE, named ^ {f.name for f in fields(Settings)}


if __name__ == "__main__":
    _check_table()
    print(reference(), end="")
