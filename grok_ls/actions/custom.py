"""User-defined actions: a Markdown file with front matter, or an entry of ``grok.actions``. Text in, values out; the shell reads files.

Front matter is ``key: value`` lines between two ``---`` lines; a list is ``[a, b]`` or ``a, b``. Unknown keys are ignored. An action from a
workspace is shown as such, and nothing in it can touch endpoint, key or budget: there is no key for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from grok_ls.actions.action import Action, Origin, Result, When

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(.*)\Z", re.S | re.M)
_NAME = re.compile(r"[^a-z0-9-]+")
_KIND = re.compile(r"[A-Za-z][\w-]*(\.[\w-]+)*")
_RESERVED = frozenset({"fix", "refactor", "explain"})


def from_markdown(stem: str, text: str, origin: Origin) -> Action | str:
    """The action of a file named ``stem``.md, or one sentence saying why it is none."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return f"The action {stem}.md has no front matter: begin it with --- lines around title, kind, when and result."
    fields: dict[str, Any] = {}
    for line in match[1].splitlines():
        key, colon, value = line.partition(":")
        if colon and not line.lstrip().startswith("#"):
            fields[key.strip()] = _unquoted(value.strip())
    return from_mapping(stem, {**fields, "instruction": match[2].strip()}, origin)


def from_mapping(name: str, raw: Mapping[str, Any], origin: Origin) -> Action | str:
    """The action of an entry of ``grok.actions``, or one sentence saying why it is none."""
    slug = _NAME.sub("-", name.lower()).strip("-")
    if not slug or slug in _RESERVED:
        return f"The action {name!r} needs another name: fix, refactor and explain are built in."
    instruction, title = str(raw.get("instruction") or "").strip(), str(raw.get("title") or "").strip()
    if not instruction or not title:
        return f"The action {name!r} needs a title and, as its text, an instruction for the model."
    when, result = str(raw.get("when") or "selection"), str(raw.get("result") or "edit")
    if when not in ("selection", "definition", "diagnostics", "always"):
        return f"The action {name!r} has when: {when}; it must be selection, definition, diagnostics or always."
    if result not in ("edit", "explain"):
        return f"The action {name!r} has result: {result}; it must be edit or explain."
    kind = str(raw.get("kind") or ("refactor.rewrite.grok" if result == "edit" else "grok.explain"))
    if not _KIND.fullmatch(kind) or kind.startswith("source"):
        return f"The action {name!r} has kind: {kind}; use quickfix, refactor or an own kind, not source.*, which runs on save."
    return Action(
        name=slug,
        kind=kind,
        title=f"{title} (workspace)" if origin == "workspace" else title,
        result=cast(Result, result),
        when=cast(When, when),
        instruction=instruction,
        languages=_listed(raw.get("languages")),
        model=str(raw["model"]) if raw.get("model") else None,
        origin=origin,
    )


def _listed(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list | tuple) else str(value or "").strip("[]").split(",")
    return tuple(_unquoted(str(item).strip()) for item in items if str(item).strip())


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
