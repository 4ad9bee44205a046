"""The sentences that a user can get, read out of the source: what is raised, told or answered."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.docs.pages import ROOT

SOURCE = ROOT / "grok_ls"
# Text for the model and about secrets in code; the demo, whose screens explain themselves; a provider for tests.
_ELSEWHERE = ("prompts/", "actions/recipes.py", "context/", "redaction/", "demo/", "provider/scripted.py")
# What a call says is no message: help of the command line, the table of settings, names of metrics, broken code of ours.
_NO_MESSAGE = {
    "Setting",
    "Counter",
    "Gauge",
    "Histogram",
    "add_argument",
    "add_parser",
    "ArgumentParser",
    "command",
    "Field",
}
_NO_MESSAGE |= {
    "AssertionError",
    "TypeError",
    "RuntimeError",
    "AttributeError",
    "NotImplementedError",
    "debug",
    "execute",
}
_FEWEST_WORDS = 5


@dataclass(frozen=True)
class Sentence:
    """``text`` has … in the place of what changes."""

    where: str
    text: str

    @property
    def words(self) -> set[str]:
        return words(self.text)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", text.lower()))


def sentences() -> Iterator[Sentence]:
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(_ELSEWHERE):
            for line, text in _texts(ast.parse(path.read_text("utf-8"))):
                if _is_sentence(text):
                    yield Sentence(f"grok_ls/{name}:{line}", " ".join(text.split()))


def _is_sentence(text: str) -> bool:
    shown = text.strip()
    begins = shown[:1].isupper() or shown.startswith(("…", "grok-ls: ", "grok."))
    return begins and shown.endswith((".", "?")) and len(words(shown)) >= _FEWEST_WORDS and "\n" not in shown


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Strings that are no docstrings and belong to no call of ``_NO_MESSAGE``."""
    if isinstance(node, ast.Call) and _name(node.func) in _NO_MESSAGE:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    text = _template(node)
    if text is not None:
        yield node.lineno, text  # type: ignore[attr-defined]
        return
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _template(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{[^}]*\}|%[sdg]", "…", node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None
