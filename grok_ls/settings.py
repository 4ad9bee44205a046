"""The one table of settings: names, defaults, bounds, and what each means to the user."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from grok_ls import accepted
from grok_ls.accepted import Fallback

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
_DEFAULTS = Settings()
_PROVENANCE = {"own_model", "workspace_actions", "workspace_models"}


def default_of(setting: Setting) -> Any:
    return getattr(_DEFAULTS, setting.attribute)


def shown(value: Any) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, default=lambda item: repr(item))


def reference() -> str:
    """``docs/settings.md``: generated, so that it cannot drift from the code."""
    rows = [
        f"| `grok.{s.name}`{' *' if s.scope == 'machine' else ''} | `{shown(default_of(s))}` | {s.expects} | {s.meaning}"
        f" | `{s.variable}` |"
        for s in SETTINGS
    ]
    return "\n".join(
        (
            "# Settings",
            "",
            "Generated from `grok_ls/settings.py` by `python -m grok_ls.settings`; a test compares the two.",
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
