"""Who may import whom (docs/architecture.md). Walks every import statement of the package, also the late ones inside of functions."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "grok_ls"
GROUND = {"text", "errors", "usage", "loading", "_version"}
CORE = {"text", "context", "redaction", "prompts", "edits", "actions"}
# Our own packages that each may import besides itself; what is not listed may import anything of ours.
OWN: dict[str, set[str]] = {
    "text": set(),
    "usage": set(),
    "loading": set(),
    "collector": set(),
    "errors": {"usage"},
    "accepted": set(),
    "settings": {"accepted"},
    "config": {"settings"},
    "context": GROUND,
    "redaction": GROUND,
    "edits": GROUND,
    "prompts": GROUND | {"context", "redaction"},
    "actions": GROUND | {"context", "redaction", "edits", "prompts"},
    "record": GROUND,
    "storage": GROUND,
    "budget": GROUND | {"record", "storage"},
    "cache": GROUND | {"storage"},
    "usage_report": GROUND | {"record"},
    "provider": GROUND | {"prompts", "budget", "storage"},
    "observability": GROUND | {"record", "redaction", "usage_report"},
    "workspace": GROUND | {"actions"},
    "index": GROUND | {"context"},
    "scanner": GROUND | {"redaction"},
    "local": GROUND,
    "demo": GROUND | {"local"},
    "engine": GROUND | CORE | {"provider", "budget", "cache", "record", "storage", "settings"},
    "server": GROUND | CORE | {"engine", "config", "settings", "workspace", "observability", "collector"},
}
# Libraries, and the only places that may import them.
ONLY = {
    "tree_sitter": {"context"},
    "openai": {"provider"},
    "httpx2": {"provider"},
    "tenacity": {"provider"},
    "pygls": {"server", "demo"},
    "lsprotocol": {"server", "demo"},
    "sqlite3": {"storage", "index"},
    "redis": {"storage"},
    "kingfisher_sdk": {"redaction"},
    "pathspec": {"workspace"},
    "xllamacpp": {"local"},
}
# Core: text in, values out.
IMPURE = {
    "os",
    "io",
    "logging",
    "asyncio",
    "socket",
    "subprocess",
    "threading",
    "time",
    "random",
    "secrets",
    "pathlib",
    "tempfile",
}
# What is allowed all the same, with the reason.
EXCEPT = {
    ("context", "pathlib"): "PurePosixPath only",
    ("redaction", "pathlib"): "kingfisher.py is an adapter; its library keeps compiled rules in a folder",
    ("redaction", "threading"): "a lock: redactions of one session run in several threads",
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        found.append((relative.parts[0].removesuffix(".py"), path))
    return found


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"relative import in {path}"
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def test_every_package_imports_only_what_lies_below_it() -> None:
    wrong = []
    for package, path in modules():
        allowed = OWN.get(package)
        if allowed is None:
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "grok_ls" and len(parts) > 1 and parts[1] not in allowed | {package}:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong, wrong


def test_each_library_has_one_importer() -> None:
    wrong = []
    for package, path in modules():
        for name in imports(path):
            top = name.split(".")[0]
            library = "tree_sitter" if top.startswith("tree_sitter") else top
            if library in ONLY and package not in ONLY[library]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong, wrong


def test_the_core_does_no_input_or_output() -> None:
    wrong = []
    for package, path in modules():
        if package in CORE:
            tops = {name.split(".")[0] for name in imports(path)}
            wrong += [
                f"{path.relative_to(PACKAGE)} imports {top}"
                for top in sorted(tops & IMPURE)
                if (package, top) not in EXCEPT
            ]
    assert not wrong, wrong


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        (
            "import grok_ls; grok_ls.apply_answer; grok_ls.redact; grok_ls.collect_context",
            ("openai", "pygls", "lsprotocol"),
        ),
        ("import grok_ls.server.server", ("openai", "sqlite3", "tree_sitter", "redis", "httpx2", "tenacity")),
    ],
)
def test_heavy_libraries_are_imported_late(statement: str, absent: tuple[str, ...]) -> None:
    import subprocess

    code = f"{statement}\nimport sys\nprint([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
