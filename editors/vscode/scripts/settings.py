"""Writes the settings of `package.json` and their words in `package.nls.json` from the server's schema, so that they cannot drift.

`python editors/vscode/scripts/settings.py` writes them; a test compares. Types and bounds are probed on the server's own checks.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from grok_ls.settings import SETTINGS, Setting, default_of

FOLDER = Path(__file__).resolve().parents[1]

# Settings of the extension alone; the server never sees them.
OURS: dict[str, dict[str, Any]] = {
    "grok.server.path": {"type": "string", "default": "", "scope": "machine"},
    "grok.server.package": {"type": "string", "default": "grok-ls", "scope": "machine"},
    "grok.livePreview": {"type": "boolean", "default": True, "scope": "window"},
    "grok.trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "scope": "window",
    },
}
OUR_WORDS = {
    "grok.server.path": "Program of the language server. Empty: the workspace's virtual environment (in trusted workspaces), what `uv tool`"
    " or `pipx` installed, `PATH`, or the private environment that *Grok: Install Server* makes.",
    "grok.server.package": "What *Grok: Install Server* installs: a requirement, path or URL that `pip` takes.",
    "grok.livePreview": "Show the edit beside the code while the model writes it.",
    "grok.trace.server": "Log the messages between editor and server.",
}

# A workspace that nobody vouched for may not choose what money is spent on, weaken what protects, or put words into prompts.
RESTRICTED_BESIDES_MACHINE = (
    "grok.model",
    "grok.actions",
    "grok.privacy.secrets",
    "grok.privacy.personalData",
    "grok.budget.sessionTokens",
    "grok.budget.warnAt",
    "grok.maxOutputTokens",
    "grok.contextTokens",
    "grok.reasoningEffort",
    "grok.retries",
    "grok.concurrency",
    "grok.requestsPerMinute",
    "grok.cache.enabled",
    "grok.cache.ttlHours",
)


def takes(setting: Setting, value: Any) -> bool:
    try:
        setting.check(value)
    except (ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def schema_of(setting: Setting) -> dict[str, Any]:
    """JSON schema of one setting: what the server's check takes is what it allows."""
    default = default_of(setting)
    plain = list(default) if isinstance(default, tuple) else dict(default) if isinstance(default, dict) else default
    kinds = {"boolean": True, "string": "x", "number": 1.5, "integer": 100, "array": [], "object": {}}
    if isinstance(default, bool):
        found = ["boolean"]
    elif isinstance(default, str):
        found = ["string"]
    elif isinstance(default, int | float):
        found = ["number" if takes(setting, 1.5) or takes(setting, 0.5) else "integer"]
    else:
        found = [kind for kind, value in kinds.items() if takes(setting, value)]
    allowed = words_of(setting)
    if allowed and "string" not in found:
        found.append("string")
    if takes(setting, None) and "null" not in found:
        found.append("null")
    schema: dict[str, Any] = {"type": found[0] if len(found) == 1 else found}
    if allowed:
        schema["enum"] = [*allowed, None] if "null" in found else allowed
    if found[0] == "array":
        schema["items"] = {"type": "string" if takes(setting, ["x"]) else "object"}
    schema.update(bounds(setting, found[0]))
    return {**schema, "default": plain, "scope": "machine" if setting.scope == "machine" else "window"}


def words_of(setting: Setting) -> list[str]:
    """The only words that the check takes, found among those that describe it; none if it takes any word."""
    if any(takes(setting, word) for word in ("x", "NO_SUCH_WORD")) or "URL" in setting.expects:
        return []
    words = re.findall(r"[a-z][a-z-]+", f"{setting.expects} {setting.meaning}")
    return list(dict.fromkeys(word for word in words if takes(setting, word)))


def bounds(setting: Setting, kind: str) -> dict[str, float]:
    """``minimum`` and ``maximum`` by bisection on the check itself, to whole numbers or hundredths."""
    if kind not in ("integer", "number"):
        return {}
    step = 1.0 if kind == "integer" else 0.01
    inside = next(value for value in (1, 100, 1000, 0.5) if takes(setting, value))

    def edge(outside: float) -> float | None:
        if takes(setting, outside):
            return None
        good, bad = float(inside), outside
        while abs(good - bad) > step / 2:
            middle = round((good + bad) / 2 / step) * step
            if middle in (good, bad):
                break
            good, bad = (
                (middle, bad) if takes(setting, int(middle) if kind == "integer" else middle) else (good, middle)
            )
        return round(good, 2)

    found = {"minimum": edge(-1e6), "maximum": edge(1e9)}
    return {name: int(value) if value == int(value) else value for name, value in found.items() if value is not None}


def configuration() -> tuple[dict[str, Any], dict[str, str], list[str]]:
    """Properties, their words by key of package.nls.json, and what an untrusted workspace may not set."""
    properties: dict[str, Any] = {}
    words: dict[str, str] = {}
    for setting in SETTINGS:
        name = f"grok.{setting.name}"
        note = " Taken from user settings only, never from a workspace." if setting.scope == "machine" else ""
        words[f"setting.{name}"] = f"{setting.meaning}{note} ({setting.expects})"
        properties[name] = {**schema_of(setting), "markdownDescription": f"%setting.{name}%"}
    for name, schema in OURS.items():
        words[f"setting.{name}"] = OUR_WORDS[name]
        properties[name] = {**schema, "markdownDescription": f"%setting.{name}%"}
    restricted = [name for name, schema in properties.items() if schema["scope"] == "machine"]
    return properties, words, [*restricted, *RESTRICTED_BESIDES_MACHINE]


def generated() -> tuple[dict[str, Any], dict[str, str]]:
    """``package.json`` and ``package.nls.json`` as they should be."""
    package = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    names = json.loads((FOLDER / "package.nls.json").read_text(encoding="utf-8"))
    properties, words, restricted = configuration()
    package["contributes"]["configuration"]["properties"] = properties
    package["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"] = restricted
    return package, {**{key: text for key, text in names.items() if not key.startswith("setting.")}, **words}


def main() -> None:
    for name, content in zip(("package.json", "package.nls.json"), generated(), strict=True):
        (FOLDER / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
