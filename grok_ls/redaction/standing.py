"""What stands around a bare value: whether it is meant as it stands, or is the name of a variable."""

from __future__ import annotations

import re

from grok_ls.redaction.grades import NUMBERED
from grok_ls.redaction.leads import (
    QUOTE,
)
from grok_ls.redaction.names import PASSWORD, PIN
from grok_ls.redaction.phrases import is_unbroken
from grok_ls.redaction.values import is_random, is_scrambled
from grok_ls.redaction.verdict import (
    is_chosen,
    is_name,
    is_plain_name,
    is_strong,
)

OPERATOR = re.compile(
    rf"(?P<close>{QUOTE}?\]?\)?)(?P<space>\s{{0,20}})(?P<op>\?=|:=|=|(?<!:):|：)(?![=>:])"
    r"(?P<after>[ \t]{0,80}(?:!!(?:str|binary)[ \t]{1,8}|&\w{1,40}[ \t]{1,8})?)"
)
SETTER = re.compile(
    r"(?:\bdefine\(|\b(?:setq|setx?|setenv|SetEnv|defvar|define|def|ENV|export)\s+[$:(]?(?:[\w-]{1,20}/)?|[{\[]\s*|[\s{(]:|(?:cmp|equals?|compare|same|match|eq!?)\w*\s*\(\s*)\Z",
    re.I,
)


def has_quote(text: str, at: int) -> bool:
    near = text[at : at + 200]
    return '"' in near or "'" in near or "`" in near


_NEAR = 8_000
_USER_ABOVE = re.compile(
    r"(?i)\b(?:user(?:name)?|login|e-?mail|benutzer(?:name)?|usuario|utilisateur)[*_`\"']{0,3}[ \t]{0,4}[:=][ \t]{0,4}\S{2,60}[ \t]{0,4}\r?\n[^\n]{0,24}\Z"
)


def stands_alone(text: str, start: int, at: int, stop: int, operator: re.Match[str]) -> bool:
    """Whether the word that is given is no variable: it is all that its line gives (or joined by a bare ``=``), and stands nowhere else."""
    tight = operator["op"] == "=" and not operator["space"] and not operator["after"]
    joined = tight and text[stop : stop + 1] in {"", " ", "\n", "\r", "&", '"', "'", "\\"}
    entry = operator["op"] in ":=：" and _is_entry(text, start, stop)
    value = text[at:stop]
    if is_unbroken(value):
        once = text[max(0, start - _NEAR) : stop + _NEAR].count(value) == 1
        return (
            entry
            or (tight and text[stop : stop + 1] not in {"(", ".", "["})
            or (once and text[stop : stop + 1] in "},")
        )
    if entry and len(value) < 8 and not tight:
        return _USER_ABOVE.search(text, max(0, start - 120), start) is not None
    if not (joined or entry):
        return False
    return text[max(0, start - _NEAR) : stop + _NEAR].count(text[at:stop]) == 1


def rest_of_line(text: str, at: int) -> int:
    end = text.find("\n", at, at + 400)
    end = end if end >= 0 else min(len(text), at + 400)
    return at + len(text[at:end].rstrip())


def is_literal(text: str, start: int, stop: int, value: str, operator: re.Match[str], kind: str) -> bool:
    """Whether a bare ``value`` is meant as it stands, not as the name of a variable."""
    if is_random(value) or is_scrambled(value) or (len(value) > 15 and is_strong(value)):
        return True
    digits = sum(c.isdigit() for c in value)
    tight = operator["op"] == "=" and not operator["space"] and not operator["after"]
    alone = operator["op"] in ":：" and kind == PASSWORD and _is_entry(text, start, stop)
    if operator["op"] in ":：" and kind == PASSWORD and _is_label(text, start, stop) and is_chosen(value):
        return True
    if value.isidentifier() and (is_name(value) or digits < (1 if tight or alone or operator["op"] == "?=" else 2)):
        return False
    if is_plain_line(text, stop) and not (kind != PASSWORD and is_plain_name(value)):
        return True
    after = text[stop : stop + 1]
    if kind == PIN:
        return tight and (text[start : operator.start()].isupper() or not value.isdecimal())
    if kind != PASSWORD:
        return False
    if tight and NUMBERED.fullmatch(value):
        return True
    if tight:
        return after not in {",", ")", ";"} or not value.isidentifier()
    return is_chosen(value) and (not value.isidentifier() or digits > 1) and operator["op"] in ":："


_LABEL = re.compile(r"[A-Za-z][\w:.@'-]*[ ]{1,4}\Z")


def _is_label(text: str, start: int, stop: int) -> bool:
    """``New password: ..``, ``Login: kim Password: ..``: a word before the name, or a capital, and nothing after the value."""
    end = text.find("\n", stop)
    if text[stop : end if end >= 0 else len(text)].strip():
        return False
    return (
        text[start].isupper()
        or _LABEL.search(text, max(0, start - 40, text.rfind("\n", 0, start) + 1), start) is not None
    )


def _is_entry(text: str, start: int, stop: int) -> bool:
    """Whether the name and its value are all that stands in their line, as in YAML."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", stop)
    return (
        not text[line_start:start].strip(" \t-#;/*")
        and not text[stop : line_end if line_end >= 0 else len(text)].strip()
    )


def is_plain_line(text: str, stop: int) -> bool:
    """Whether the line ends after the value, but for a comment."""
    line_end = text.find("\n", stop)
    rest = text[stop : line_end if line_end >= 0 else len(text)].strip()
    return not rest or rest[0] in "#;/,&|\\*"
