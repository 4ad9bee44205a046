"""Values of configuration files, checked for their shape, and the readers of the smaller kinds of such files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

# A version or a range of versions, as package files write them; no words.
_VERSION = re.compile(r"(?:(?:[<>=~^!]{1,3} ?)?v?\d{1,4}(?:\.(?:\d{1,4}|\*|x)){0,3}(?: ?(?:,|\|\|) ?| )?){1,4}")
_MOST = 40
_SECTION = re.compile(r"[ \t]*\[([^\]\n]{1,200})\][ \t]*(?:[#;].*)?")
_PAIR = re.compile(r"[ \t]*['\"]?([\w.-]{1,80})['\"]?[ \t]*[:=][ \t]*(.{0,200})")
_STYLES = ("LLVM", "Google", "Chromium", "Mozilla", "WebKit", "Microsoft", "GNU")


def version(value: Any) -> str | None:
    """``>=3.11``, ``^18.2.0 || ^19``, ``1.22``; ``None`` for everything else."""
    said = str(value).strip()[: _MOST + 1]
    return said if len(said) <= _MOST and _VERSION.fullmatch(said) else None


def number(value: Any) -> str | None:
    """A small whole number such as a line length."""
    said = str(value).strip()
    return said if re.fullmatch(r"[1-9]\d{0,2}", said) else None


def named(value: Any, *known: str) -> str | None:
    """``value`` if it is one of the known words."""
    return next((word for word in known if isinstance(value, str) and value == word), None)


def sections(text: str) -> dict[str, dict[str, str]]:
    """INI files as ``configparser`` reads them, but for broken lines, which say nothing; keys in lower case."""
    found: dict[str, dict[str, str]] = {}
    current = found.setdefault("", {})
    for line in text.splitlines():
        if match := _SECTION.fullmatch(line):
            current = found.setdefault(match[1].strip(), {})
        elif (match := _PAIR.fullmatch(line)) and not line.lstrip().startswith(("#", ";")):
            current[match[1].lower()] = _bare(match[2])
    return found


def pairs(text: str) -> dict[str, str]:
    """The ``key: value`` lines of a YAML file that are not indented."""
    found = (_PAIR.fullmatch(line) for line in text.splitlines() if not line.startswith((" ", "\t", "#", "-")))
    return {match[1]: _bare(match[2]) for match in found if match}


def _bare(value: str) -> str:
    return re.split(r"\s[#;]", value, maxsplit=1)[0].strip().strip("'\"")


def flake8(found: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str | None]]:
    if "flake8" in found:
        yield "linter", "flake8"
        yield "line length", number(found["flake8"].get("max-line-length") or found["flake8"].get("max_line_length"))


def go_mod(text: str) -> Iterator[tuple[str, str | None]]:
    match = re.search(r"^go[ \t]+(\S{1,20})", text, re.MULTILINE)
    found = version(match[1]) if match else None
    yield "language", f"Go {found}" if found else None


def cargo(text: str) -> Iterator[tuple[str, str | None]]:
    raw = tomllib.loads(text)
    workspace = raw.get("workspace")
    tables = (raw.get("package"), workspace.get("package") if isinstance(workspace, dict) else None)
    for table in tables:
        if isinstance(table, dict):
            edition = re.fullmatch(r"20\d\d", str(table.get("edition")))
            least = version(table.get("rust-version"))
            said = [f"edition {edition[0]}"] if edition else []
            said += [f">={least}"] if least else []
            yield "language", f"Rust {', '.join(said)}" if said else None


def rustfmt(text: str) -> Iterator[tuple[str, str | None]]:
    raw = tomllib.loads(text)
    yield "formatter", "rustfmt"
    yield "line length", number(raw.get("max_width"))
    spaces = number(raw.get("tab_spaces"))
    yield "indent", "tabs" if raw.get("hard_tabs") is True else f"{spaces} spaces" if spaces else None


def maven(text: str) -> Iterator[tuple[str, str | None]]:
    match = re.search(r"<(?:maven\.compiler\.(?:release|source)|java\.version|release)>\s*([\d.]{1,8})\s*<", text)
    yield "language", f"Java {match[1]}" if match else None
    yield "tests", "JUnit" if "<artifactId>junit" in text else None


def gradle(text: str) -> Iterator[tuple[str, str | None]]:
    match = re.search(
        r"(?:JavaLanguageVersion\.of\(|VERSION_|jvmToolchain\(|sourceCompatibility\s*=\s*['\"]?)(\d{1,2})", text
    )
    yield "language", f"Java {match[1]}" if match else None
    yield "tests", "JUnit" if "useJUnitPlatform" in text else None


def c_format(text: str) -> Iterator[tuple[str, str | None]]:
    raw = pairs(text)
    style, width = named(raw.get("BasedOnStyle"), *_STYLES), number(raw.get("IndentWidth"))
    yield "formatter", f"clang-format, {style} style" if style else "clang-format"
    yield "line length", number(raw.get("ColumnLimit"))
    tabs = raw.get("UseTab") in ("Always", "ForIndentation")
    yield "indent", "tabs" if tabs else f"{width} spaces" if width else None


def cmake(text: str) -> Iterator[tuple[str, str | None]]:
    match = re.search(r"CMAKE_(CXX|C)_STANDARD\s+(\d\d)\b", text)
    yield "language", f"{'C++' if match[1] == 'CXX' else 'C'}{match[2]}" if match else None


def c_sharp_project(text: str) -> Iterator[tuple[str, str | None]]:
    target = re.search(r"<TargetFrameworks?>(net[\d.]{1,6}|netstandard\d\.\d)", text)
    own = re.search(r"<LangVersion>(\d{1,2}(?:\.\d)?|latest|preview)<", text)
    said = [f"C# {own[1]}"] if own else []
    yield "language", ", ".join((*said, *([target[1]] if target else []))) or None
    yield "types", "nullable reference types" if re.search(r"<Nullable>enable<", text) else None


def ruby_version(text: str) -> Iterator[tuple[str, str | None]]:
    found = version(text.strip().removeprefix("ruby-"))
    yield "language", f"Ruby {found}" if found else None


def composer(raw: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    required, developing = raw.get("require"), raw.get("require-dev")
    found = version(required.get("php")) if isinstance(required, Mapping) else None
    yield "language", f"PHP {found}" if found else None
    for name, topic, said in (
        ("phpstan/phpstan", "types", "phpstan"),
        ("vimeo/psalm", "types", "psalm"),
        ("friendsofphp/php-cs-fixer", "formatter", "php-cs-fixer"),
        ("squizlabs/php_codesniffer", "linter", "phpcs"),
        ("phpunit/phpunit", "tests", "phpunit"),
    ):
        yield topic, said if isinstance(developing, Mapping) and name in developing else None
