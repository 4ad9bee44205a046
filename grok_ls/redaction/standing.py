"""What stands around a bare value: whether it is meant as it stands, or is the name of a variable."""

from __future__ import annotations

import re

from grok_ls.redaction.grades import NUMBERED
from grok_ls.redaction.leads import (
    QUOTE,
)
from grok_ls.redaction.made_up import is_gibberish, is_made_up
from grok_ls.redaction.names import PASSWORD, PIN, Announced
from grok_ls.redaction.phrases import is_unbroken
from grok_ls.redaction.sight import line_end, line_start, right, search_left, within
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
    joined = tight and right(text, stop) in {"", " ", "\n", "\r", "&", '"', "'", "\\"}
    entry = operator["op"] in ":=：" and _is_entry(text, start, stop)
    value = text[at:stop]
    if is_unbroken(value):
        once = _near(text, start, stop).count(value) == 1
        return entry or (tight and right(text, stop) not in {"(", ".", "["}) or (once and right(text, stop) in "},")
    if entry and len(value) < 8 and not tight:
        return search_left(_USER_ABOVE, text, start, 120) is not None
    if not (joined or entry):
        return False
    return _near(text, start, stop).count(text[at:stop]) == 1


def _near(text: str, start: int, stop: int) -> str:
    return text[slice(*within(text, start, stop, _NEAR, _NEAR))]


def rest_of_line(text: str, at: int) -> int:
    return at + len(text[at : line_end(text, at, 400)].rstrip())


def is_literal(text: str, start: int, stop: int, value: str, operator: re.Match[str], kind: Announced) -> bool:
    """Whether a bare ``value`` is meant as it stands, not as the name of a variable."""
    if is_random(value) or is_scrambled(value) or is_gibberish(value) or (len(value) > 15 and is_strong(value)):
        return True
    if is_made_up(value) and not value.isidentifier():
        return True
    digits = sum(c.isdigit() for c in value)
    tight = operator["op"] == "=" and not operator["space"] and not operator["after"]
    alone = operator["op"] in ":：" and kind == PASSWORD and _is_entry(text, start, stop)
    if operator["op"] in ":：" and kind == PASSWORD and _is_label(text, start, stop) and is_chosen(value):
        return True
    if value.isidentifier() and (is_name(value) or digits < (1 if tight or alone or operator["op"] == "?=" else 2)):
        return False
    if is_plain_line(text, stop) and not (kind != PASSWORD and is_plain_name(value) and not is_made_up(value)):
        return True
    after = right(text, stop)
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
    if text[stop : line_end(text, stop)].strip():
        return False
    return text[start].isupper() or _LABEL.search(text, line_start(text, start, 40), start) is not None


def _is_entry(text: str, start: int, stop: int) -> bool:
    """Whether the name and its value are all that stands in their line, as in YAML."""
    before, after = text[line_start(text, start) : start], text[stop : line_end(text, stop)]
    return not before.strip(" \t-#;/*") and not after.strip()


def is_plain_line(text: str, stop: int) -> bool:
    """Whether the line ends after the value, but for a comment."""
    rest = text[stop : line_end(text, stop)].strip()
    return not rest or rest[0] in "#;/,&|\\*"
