"""What configuration files say of how a project is written, as short facts: text in, values out.

Only facts of a known shape come out (a name from a list, a number, a version): a configuration file of a cloned
repository must not be able to speak to the model. Reading is the shell's (``grok_ls/index/conventions.py``).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from grok_ls.context.convention_files import (
    c_format,
    c_sharp_project,
    cargo,
    cmake,
    composer,
    flake8,
    go_mod,
    gradle,
    maven,
    named,
    number,
    pairs,
    ruby_version,
    rustfmt,
    sections,
    version,
)

Facts = Iterable[tuple[str, str | None]]
Reader = Callable[[str], Facts]

# In this order they are said.
TOPICS = (
    "language",
    "modules",
    "uses",
    "formatter",
    "line length",
    "indent",
    "quotes",
    "semicolons",
    "linter",
    "types",
    "tests",
)
_PLAIN = frozenset({"language", "modules"})
# A file that is longer is no configuration that a person wrote.
MOST_CHARACTERS = 200_000
_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_FRAMEWORKS = ("react", "vue", "svelte", "next", "nuxt", "@angular/core", "preact", "solid-js", "express", "astro")
_JS_TESTS = ("vitest", "jest", "mocha", "ava", "@playwright/test")
_JS_LINTERS = ("eslint", "@biomejs/biome", "oxlint", "standard", "xo")


def facts_of(name: str, text: str, family: Mapping[str, Reader]) -> dict[str, str]:
    """What the file ``name`` says, by topic; nothing for one that is broken."""
    reader = family.get(name)
    if reader is None or len(text) > MOST_CHARACTERS:
        return {}
    found: dict[str, str] = {}
    try:
        for topic, said in reader(text.removeprefix("\ufeff")):
            if said:
                found.setdefault(topic, said)
    except (ValueError, RecursionError):
        return {}
    return found


def line_of(facts: Mapping[str, str]) -> str:
    """``Project: Python >=3.11; formatter ruff; line length 120``, or nothing."""
    said = [facts[topic] if topic in _PLAIN else f"{topic} {facts[topic]}" for topic in TOPICS if topic in facts]
    return f"Project: {'; '.join(said)}" if said else ""


def family_of(language: str) -> Mapping[str, Reader]:
    """The files that say something of code in this language, the most telling first."""
    return _FAMILIES.get(language, {})


# -- one reader a kind of file -----------------------------------------------------------------------------------------


def _json(text: str) -> Mapping[str, Any]:
    """JSON as tools take it, with comments and trailing commas. Raises ``ValueError``."""
    bare = _TRAILING_COMMA.sub(lambda match: match[1] or "", _COMMENT.sub(lambda match: match[1] or " ", text))
    return _table(json.loads(bare))


def _table(value: Any, *keys: str) -> Mapping[str, Any]:
    """The object at ``keys`` below ``value``, an empty one where there is none."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _pyproject(text: str) -> Iterator[tuple[str, str | None]]:
    raw = tomllib.loads(text)
    tool, project = _table(raw, "tool"), _table(raw, "project")
    yield "language", _python(project.get("requires-python"))
    yield "language", _python(_table(tool, "poetry", "dependencies").get("python"))
    for name in ("black", "yapf"):
        if name in tool:
            yield "formatter", name
            yield "line length", number(_table(tool, name).get("line-length"))
    if "ruff" in tool:
        yield from _ruff(_table(tool, "ruff"))
    yield from _mypy(tool["mypy"]) if "mypy" in tool else ()
    for name in ("pyright", "basedpyright"):
        if name in tool:
            yield "types", _pyright(_table(tool, name), name)
    if "pytest" in tool:
        yield "tests", "pytest"


def _python(value: Any) -> str | None:
    found = version(value)
    return f"Python {found}" if found else None


def _ruff(raw: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    target = re.fullmatch(r"py3(\d{1,2})", str(raw.get("target-version")))
    yield "language", f"Python >=3.{target[1]}" if target else None
    if "format" in raw:
        yield "formatter", "ruff"
    yield "linter", "ruff"
    yield "line length", number(raw.get("line-length"))
    yield "indent", _spaces(raw.get("indent-width"))
    yield "quotes", named(_table(raw, "format").get("quote-style"), "single", "double")


def _mypy(raw: Any) -> Iterator[tuple[str, str | None]]:
    yield "types", "mypy, strict" if str(_table(raw).get("strict")).lower() == "true" else "mypy"


def _pyright(raw: Mapping[str, Any], name: str = "pyright") -> str:
    mode = named(raw.get("typeCheckingMode"), "off", "basic", "standard", "strict")
    return f"{name}, {mode}" if mode else name


def _setup_cfg(text: str) -> Iterator[tuple[str, str | None]]:
    found = sections(text)
    yield "language", _python(_table(found, "options").get("python_requires"))
    yield from flake8(found)
    yield from _mypy(found["mypy"]) if "mypy" in found else ()
    if "tool:pytest" in found or "pytest" in found:
        yield "tests", "pytest"


def _spaces(width: Any) -> str | None:
    found = number(width)
    return f"{found} spaces" if found else None


def _package(text: str) -> Iterator[tuple[str, str | None]]:
    raw = _json(text)
    installed = {**_table(raw, "dependencies"), **_table(raw, "peerDependencies"), **_table(raw, "devDependencies")}
    node = version(_table(raw, "engines").get("node"))
    yield (
        "language",
        f"TypeScript {version(installed['typescript']) or ''}".rstrip() if "typescript" in installed else None,
    )
    yield "language", f"Node {node}" if node else None
    yield "modules", "ES modules" if raw.get("type") == "module" else None
    used = [f"{name} {version(installed[name]) or ''}".rstrip() for name in _FRAMEWORKS if name in installed]
    yield "uses", ", ".join(used[:3])
    if isinstance(raw.get("prettier"), Mapping):
        yield from _prettier_options(raw["prettier"])
    yield "formatter", "prettier" if "prettier" in installed else None
    yield "linter", next((name.rpartition("/")[2] for name in _JS_LINTERS if name in installed), None)
    yield "tests", next((name for name in _JS_TESTS if name in installed), None)


def _prettier(text: str) -> Facts:
    """JSON or YAML: the same options."""
    return _prettier_options(_json(text) if text.lstrip().startswith("{") else pairs(text))


def _prettier_options(raw: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    yield "formatter", "prettier"
    yield "line length", number(raw.get("printWidth"))
    yield "indent", "tabs" if _true(raw.get("useTabs")) else _spaces(raw.get("tabWidth"))
    if "singleQuote" in raw:
        yield "quotes", "single" if _true(raw["singleQuote"]) else "double"
    if "semi" in raw:
        yield "semicolons", "yes" if _true(raw["semi"]) else "no"


def _true(value: Any) -> bool:
    return str(value).lower() == "true"


def _biome(text: str) -> Iterator[tuple[str, str | None]]:
    raw = _json(text)
    form, script = _table(raw, "formatter"), _table(raw, "javascript", "formatter")
    yield "formatter", None if form.get("enabled") is False else "biome"
    yield "linter", None if _table(raw, "linter").get("enabled") is False else "biome"
    yield "line length", number(form.get("lineWidth"))
    yield (
        "indent",
        _spaces(form.get("indentWidth"))
        if form.get("indentStyle") == "space"
        else named(form.get("indentStyle"), "tab"),
    )
    yield "quotes", named(script.get("quoteStyle"), "single", "double")
    yield "semicolons", {"always": "yes", "asNeeded": "no"}.get(str(script.get("semicolons")))


def _tsconfig(text: str) -> Iterator[tuple[str, str | None]]:
    options = _table(_json(text), "compilerOptions")
    target = re.fullmatch(r"(?i)es(?:\d{1,4}|next)", str(options.get("target")))
    flags = ["strict"] if options.get("strict") is True else []
    flags += ["noUncheckedIndexedAccess"] if options.get("noUncheckedIndexedAccess") is True else []
    yield "types", ", ".join(("tsc", *flags, *([f"target {target[0]}"] if target else [])))


def _always(*facts: tuple[str, str]) -> Reader:
    """For files that say enough by being there: what is in them is code."""
    return lambda _: facts


def _editorconfig(*endings: str) -> Reader:
    def read(text: str) -> Iterator[tuple[str, str | None]]:
        found: dict[str, str] = {}
        for pattern, values in sections(text).items():
            if pattern == "*" or any(re.search(rf"\*\.(?:\{{[^}}]*\b)?{ending}\b", pattern) for ending in endings):
                found.update(values)
        tabs = found.get("indent_style") == "tab"
        yield "indent", "tabs" if tabs else _spaces(found.get("indent_size"))
        yield "line length", number(found.get("max_line_length"))

    return read


_PYTHON: dict[str, Reader] = {
    "ruff.toml": lambda text: _ruff(tomllib.loads(text)),
    ".ruff.toml": lambda text: _ruff(tomllib.loads(text)),
    "pyproject.toml": _pyproject,
    "mypy.ini": lambda text: _mypy(sections(text).get("mypy")),
    ".mypy.ini": lambda text: _mypy(sections(text).get("mypy")),
    "pyrightconfig.json": lambda text: [("types", _pyright(_json(text)))],
    ".flake8": lambda text: flake8(sections(text)),
    "setup.cfg": _setup_cfg,
    "tox.ini": lambda text: flake8(sections(text)),
    "pytest.ini": _always(("tests", "pytest")),
    ".python-version": lambda text: [("language", _python(text.strip()))],
    ".editorconfig": _editorconfig("py", "pyi"),
}
_PRETTIER = (".prettierrc", ".prettierrc.json", ".prettierrc.json5", ".prettierrc.yaml", ".prettierrc.yml")
_SCRIPTS = ("js", "mjs", "cjs", "ts", "mts", "cts")
_WEB: dict[str, Reader] = {
    "biome.json": _biome,
    "biome.jsonc": _biome,
    **dict.fromkeys(_PRETTIER, _prettier),
    **dict.fromkeys([f".prettierrc.{end}" for end in _SCRIPTS], _always(("formatter", "prettier"))),
    **dict.fromkeys([f"prettier.config.{end}" for end in _SCRIPTS], _always(("formatter", "prettier"))),
    **dict.fromkeys([f"eslint.config.{end}" for end in _SCRIPTS], _always(("linter", "eslint"))),
    **dict.fromkeys(
        [f".eslintrc{end}" for end in ("", ".json", ".js", ".cjs", ".yml", ".yaml")], _always(("linter", "eslint"))
    ),
    "tsconfig.json": _tsconfig,
    "jsconfig.json": _tsconfig,
    "package.json": _package,
    ".editorconfig": _editorconfig("js", "ts", "jsx", "tsx", "mjs", "vue", "svelte"),
}
_GO: dict[str, Reader] = {
    "go.mod": go_mod,
    **dict.fromkeys(
        [f".golangci.{end}" for end in ("yml", "yaml", "toml", "json")], _always(("linter", "golangci-lint"))
    ),
    ".editorconfig": _editorconfig("go"),
}
_RUST: dict[str, Reader] = {
    "rustfmt.toml": rustfmt,
    ".rustfmt.toml": rustfmt,
    "Cargo.toml": cargo,
    "clippy.toml": _always(("linter", "clippy")),
    ".clippy.toml": _always(("linter", "clippy")),
    ".editorconfig": _editorconfig("rs"),
}
_JVM: dict[str, Reader] = {
    "pom.xml": maven,
    "build.gradle": gradle,
    "build.gradle.kts": gradle,
    ".editorconfig": _editorconfig("java", "kt", "kts", "scala"),
}
_C: dict[str, Reader] = {
    ".clang-format": c_format,
    ".clang-tidy": _always(("linter", "clang-tidy")),
    "CMakeLists.txt": cmake,
    ".editorconfig": _editorconfig("c", "h", "cpp", "hpp", "cc"),
}
_CSHARP: dict[str, Reader] = {
    "Directory.Build.props": c_sharp_project,
    "*.csproj": c_sharp_project,
    ".editorconfig": _editorconfig("cs"),
}
_RUBY: dict[str, Reader] = {
    ".rubocop.yml": _always(("linter", "rubocop")),
    ".standard.yml": _always(("linter", "standard")),
    ".ruby-version": ruby_version,
    ".rspec": _always(("tests", "rspec")),
    ".editorconfig": _editorconfig("rb"),
}
_PHP: dict[str, Reader] = {
    "composer.json": lambda text: composer(_json(text)),
    "phpstan.neon": _always(("types", "phpstan")),
    "phpstan.neon.dist": _always(("types", "phpstan")),
    "phpunit.xml": _always(("tests", "phpunit")),
    "phpunit.xml.dist": _always(("tests", "phpunit")),
    ".editorconfig": _editorconfig("php"),
}
_FAMILIES: dict[str, Mapping[str, Reader]] = {
    "python": _PYTHON,
    **dict.fromkeys(("javascript", "typescript", "tsx", "javascriptreact", "typescriptreact", "vue", "svelte"), _WEB),
    "go": _GO,
    "rust": _RUST,
    **dict.fromkeys(("java", "kotlin", "scala"), _JVM),
    **dict.fromkeys(("c", "cpp"), _C),
    "csharp": _CSHARP,
    "ruby": _RUBY,
    "php": _PHP,
}
