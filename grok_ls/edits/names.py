"""Which names a text defines, imports and uses, by the look of its lines: enough for a remark, not for a refusal."""

from __future__ import annotations

import re
from collections.abc import Sequence

_KEYWORD = (
    r"(?:def|class|function\*?|func|fn|struct|enum|interface|trait|type|const|let|var|val|module|namespace|record)"
)
_DEFINED = re.compile(
    r"^\s*(?:(?:export|default|public|private|protected|internal|static|async|pub|final|abstract|declare)\s+)*"
    rf"{_KEYWORD}\s+([A-Za-z_$][\w$]*)|"
    r"^([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=[^=]"
)
_LOCAL = re.compile(
    r"^\s+(?:(?:const|let|var|val|auto|final|[A-Z]\w*(?:<[^=]*>)?|int|long|float|double|bool|char|string|size_t)\s+[*&]?)?"
    r"([A-Za-z_$][\w$]*)\s*(?::(?!=)[^=]+)?(?::=|=(?![=>]))"
)
_FUNCTION = re.compile(
    r"^\s*(?:(?:export|default|public|private|protected|internal|static|async|pub|final|override)\s+)*"
    r"(?:def|function\*?|func|fn|fun)\b|^\s*(?:[\w<>\[\],.*&]+\s+)*[\w$]+\s*\([^;]*\)[^;=]*\{\s*$"
)
_IMPORTS = (
    # Python
    re.compile(r"^[ \t]*import[ \t]+([\w., \t]+?)[ \t]*(?:#.*)?$", re.MULTILINE),
    re.compile(r"^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+\(([^)]*)\)", re.MULTILINE),
    re.compile(r"^[ \t]*from[ \t]+\S+[ \t]+import[ \t]+([\w, \t]+?)[ \t]*(?:#.*)?$", re.MULTILINE),
    # JavaScript, TypeScript
    re.compile(r"^[ \t]*import[ \t]+(?:type[ \t]+)?([\w$]+)[ \t]*(?:,|from\b)", re.MULTILINE),
    re.compile(r"^[ \t]*import\b[^{;\n]*\{([^}]*)\}", re.MULTILINE),
    re.compile(r"^[ \t]*import[ \t]+\*[ \t]+as[ \t]+([\w$]+)", re.MULTILINE),
    # Java, Kotlin, Scala; C#; PHP and Rust
    re.compile(r"^[ \t]*import[ \t]+(?:static[ \t]+)?[\w.]+\.(\w+)[ \t]*;", re.MULTILINE),
    re.compile(r"^[ \t]*(?:pub[ \t]+)?use[ \t]+[\w:\\]+(?:::|\\)\{([^}]*)\}", re.MULTILINE),
    re.compile(r"^[ \t]*(?:pub[ \t]+)?use[ \t]+[\w:\\]+(?:::|\\)(\w+)[ \t]*;", re.MULTILINE),
)
_IMPORT_LINE = re.compile(r"^[ \t]*(?:from[ \t]+\S+[ \t]+import|import|(?:pub[ \t]+)?use|using)\b[^\n]*$", re.MULTILINE)
_INHERITS = re.compile(r"\bclass\s+\w+\s*\([^)\s]|\bextends\b|\bclass\s+\w+[^\n{]*:[ \t]*\w")
_COMMENT_OR_STRING = re.compile(
    r"\"\"\".*?\"\"\"|'''.*?'''|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|(?:#(?!\[|include)|//)[^\n]*",
    re.DOTALL,
)


def defined_in(line: str) -> list[str]:
    """The names that a line defines: functions, classes and constants, not what is local to a function."""
    match = _DEFINED.match(line)
    return [name for name in match.groups() if name] if match else []


def local_in(line: str) -> list[str]:
    """The names that a line within a function gives a value: ``total = 0``, ``total := 0``, ``int total = 0;``."""
    match = _LOCAL.match(line)
    return [match[1]] if match else []


def function_around(lines: Sequence[str], at: int) -> str:
    """The text of the function that line ``at`` (from 0) is in, by its indentation; empty where none is."""
    head = depth = -1
    for number in range(min(at, len(lines) - 1), -1, -1):
        line = lines[number]
        if _FUNCTION.match(line) and (number == at or depth < 0 or _indent(line) < depth):
            head = number
            break
        if line.strip() and (depth < 0 or _indent(line) < depth):
            depth = _indent(line)
    if head < 0:
        return ""
    floor = _indent(lines[head])
    end = next((n for n in range(head + 1, len(lines)) if lines[n].strip() and _indent(lines[n]) <= floor), len(lines))
    return "\n".join(lines[head:end]) if end > at else ""


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def imported(text: str) -> set[str]:
    """The names that the imports of a text bring in."""
    names: set[str] = set()
    for pattern in _IMPORTS:
        for match in pattern.finditer(text):
            for part in re.sub(r"(?:#|//)[^\n]*", "", match[1]).split(","):
                words = part.split()
                if words:
                    # "import a.b" brings in a, "import a.b as c" brings in c.
                    names.add(words[-1] if len(words) > 1 else words[0].split(".")[0])
    return {name for name in names if re.fullmatch(r"[A-Za-z_$][\w$]*", name)}


def is_used(text: str, name: str) -> bool:
    """True if code (no comment, no string) has the name by itself, or as a member of the object it is in."""
    code = _IMPORT_LINE.sub("", _COMMENT_OR_STRING.sub('""', text))
    word = re.escape(name)
    if re.search(rf"(?<![\w$.]){word}(?![\w$])", code):
        return True
    # Where classes inherit, the member may be another file's.
    return not _INHERITS.search(code) and bool(re.search(rf"\b(?:self|this|cls)\.{word}(?=\s*\()", code))


def is_bound(text: str, name: str) -> bool:
    """True if anything in the text gives the name a meaning, wherever: in doubt it does."""
    word = rf"(?<![\w$.]){re.escape(name)}(?![\w$])"
    forms = (
        rf"\b{_KEYWORD}\s+(?:\([^)]*\)\s*)?{word}",
        rf"(?:{word}|\b(?:self|this|cls)\.{re.escape(name)})\s*(?::[^=\n]+)?(?::|\?\?|\|\|)?=(?![=>])",
        rf"{word}\s*=>",
        rf"\b(?:as|for|catch|except|global|nonlocal|import|use|using|include|require|lambda|define)\b[^\n]*{word}",
        rf"\b(?:def|func|function|fn|fun|constructor)\b[^\n]*\([^\n]*{word}",
        rf"\b(?:const|let|var|val)\s*[\[{{(][^=\n]*{word}",
        # A method or function without a keyword, with its block.
        rf"^\s*(?:[\w<>\[\],.*&:]+\s+)*{word}\s*\([^;\n]*\)[^;\n]*\{{",
        # A parameter with its type before or behind it.
        rf"\([^()\n]*{word}\s*[,):=][^\n]*(?:\{{|=>)\s*$",
    )
    return name in imported(text) or any(re.search(form, text, re.MULTILINE) for form in forms)
