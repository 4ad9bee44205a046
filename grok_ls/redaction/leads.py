"""What may stand between a secret's name and its literal value, as data: one pattern for each way to write it down.

A pattern is matched from the end of the name. Its grade says what counts as a secret after it: ``SURE``, any literal that is no name and
no stand-in; ``LIKELY`` (the next argument of a call, a sentence), what looks like a chosen password or random; ``LOOSE``, only the random.
"""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTE = r"(?:\\{0,3}\"|\\{0,3}'|`)"
_OPEN = r"[\w.&:<>\[\]*!?]{0,40}[({\[]\s*(?:(?:default|value|secret|fallback|plain|s)\s*=\s*)?"


SURE, LIKELY, LOOSE = "sure", "likely", "loose"


class Lead(NamedTuple):
    """``grade``: see the module. ``regex`` ends where the value begins, or holds it as group ``v``."""

    regex: re.Pattern[str]
    grade: str


def _leads(grade: str, *patterns: str) -> tuple[Lead, ...]:
    return tuple(Lead(re.compile(pattern), grade) for pattern in patterns)


QUOTED = (
    *_leads(
        SURE,
        # = "..", : "..", => "..", <- "..", == "..", := "..", ?= "..", ("..") ; "name": "..", name) = "..", `name`: ".."
        rf"{QUOTE}?[\])*]{{0,3}}\s{{0,20}}(?:===|!==|==|!=|:=|=>|->|<-|\?\?=|\|\|=|\?=|\+=|=|:|\(|>)\s*",
        # : &str = "..", : SecretStr = "..", { get; set; } = "..", As String = "..", [] = ".."
        rf"{QUOTE}?\]?\s*(?::\s*[\w&'<>\[\]., ?|]{{1,60}}|\{{ get;[^}}]{{0,40}}\}}|\[\d*\]|\s[Aa]s [\w.]{{1,30}})\s*=\s*(?:{_OPEN})?",
        # = []byte(".."), : String::from(".."), {".."}, = Field(default=".."), = "".join(["..", ".."])
        rf"{QUOTE}?\]?\s*(?:=>|:=|=|:|->)\s*(?:[\"']{{2}}\.join\()?{_OPEN}",
        r"\{\s*",
        # "name": {"value": ".."}
        rf"{QUOTE}?\s*[:=]\s*\{{\s*{QUOTE}?(?:[vV]alue|[dD]efault|secret|plaintext){QUOTE}?\s*[:=]\s*",
        # variable "name" { default = ".." }
        rf"{QUOTE}\s*\{{\s*(?:(?:type|description|sensitive)\s*=[^\n]*\n\s*){{0,3}}default\s*=\s*",
        # a default: process.env.X || "..", getenv("X") ?: "..", ENV.fetch("X") { ".." }
        rf"{QUOTE}?[\])]?[)!]?\s*(?:\|\||\?\?|\?:|or\b|else\b)\s*",
        # name: X, value: ".."; <add key="X" value=".."/>
        rf"(?:{QUOTE}\s*[,;]?\s*|[ \t]*,?[ \t]*\r?\n\s*)-?\s*{QUOTE}?(?:[vV]alue|default|Default|content|val|body){QUOTE}?\s*[:=]\s*",
    ),
    *_leads(
        LIKELY,
        # setenv("X", ".."), get("X", ".."), set('X', '..'), VALUES ('X', '..'), find("#X").type("..")
        r"(?:[\])}]{1,3}|\\{0,3}[\"'`][\])}]{0,3}|[\])}]{1,3}\\{0,3}[\"'`])\s*,\s*",
        r"[\"'`\])}]{1,5}\s*(?:\.\s*(?:send_keys|sendKeys|type|fill|setValue|set_value|setText|set|input|value|equals|eq|equal|toBe|toEqual)\s*\()\s*",
        # gh secret set X --body '..'; X --value ".."
        r"\s+(?:--body|--value|-b|-v|--secret-string|--data)[= ]\s*",
        # the password is "..", password to '..'
        r"\s+(?:is now|is|was|are|to|of|ist|lautet|es|est|é|era|=|:)(?: set to)?:?\s+",
    ),
    *_leads(LOOSE, rf"{QUOTE}?[\])]?\s{{0,20}}(?:,|\s)\s*", rf"{QUOTE}?[\])]?[)!]?\s*,\s*"),
)

_V = r"(?P<v>[^\s\"'`<>,;(){}\[\]|]{4,200}?)"
_END = r"(?=[\s\"'`,;)|<]|\\+[nrt\"']|[.](?:\s|\Z)|\Z)"

UNQUOTED = (
    # <property name="X">..</property>, <X>..</X>, <key>X</key><string>..</string>
    *_leads(
        SURE,
        rf"{QUOTE}?\s*>\s*(?P<v>[^<>\s]{{4,4000}})\s*(?=</)",
        r"</[\w:.-]{1,40}>\s{0,40}<[\w:.-]{1,40}>\s*(?P<v>[^<>\s]{4,4000})\s*(?=</)",
    ),
    # a block or folded scalar
    *_leads(SURE, rf"{QUOTE}?:[ \t]*[|>][+-]?\d?[ \t]*\r?\n[ \t]+(?P<v>[^\s\"'<>{{}}]{{4,4000}})[ \t]*(?=\r?\n|\Z)"),
    # a parameter of a template: Type first, then Default
    *_leads(
        SURE,
        rf"{QUOTE}?:[ \t]*\r?\n(?:[ \t]+\w{{1,30}}:[^\n]{{0,200}}\n){{0,4}}[ \t]+[dD]efault:[ \t]*(?P<v>[^\s\"'{{}}<>]{{4,200}})[ \t]*(?=\r?\n|\Z)",
    ),
    # - name: X, the next line: value: ..
    *_leads(
        SURE,
        rf"{QUOTE}?[ \t]*,?\s{{1,40}}-?\s*{QUOTE}?(?:[vV]alue|default):{QUOTE}?[ \t]*(?P<v>[^\s\"'{{}}<>,]{{4,400}})(?=[ \t]*(?:[,}}]|\r?\n|\Z))",
    ),
    # a row of a table
    *_leads(SURE, rf"[`*_]{{0,3}}[ \t]*\|[ \t]*[`*_]{{0,3}}{_V}[`*_]{{0,3}}[ \t]*(?=\|)"),
    # **X**: ..
    *_leads(SURE, rf"[*_`]{{1,3}}:?[*_]{{0,3}}[ \t]*[:=]?[ \t]+`?{_V}(?=`?[.,;]?(?:\s|\Z))"),
)

EXPANSION = re.compile(r":[-=]?(?P<v>[^\s{}\"'`$]{4,200})(?=\})")
"""The default of an expansion, ``${X:-..}``: only where the name stands right after ``${``."""
SPOKEN = (
    # in a sentence: the password is .., password (..), password -> .., set the password to ..
    re.compile(
        rf"(?i)[ \t]+(?:is now|is|was|to|ist|lautet|es|est|é|era|jest|=|:|->|=>)(?: now| set to| changed to)?:?[ \t]+[`'\"]?{_V}{_END}"
    ),
    re.compile(
        rf"(?i)[ \t]+(?:was |is |has been |wurde )?(?:changed|set|reset|rotated|updated)[ \t]to[ \t]+[`'\"]?{_V}{_END}"
    ),
    re.compile(rf"[ \t]*->[ \t]*{_V}{_END}"),
    re.compile(rf"[ \t]*\([ \t]*{_V}[ \t]*\)"),
)
WORD = re.compile(rf"[ \t]+[`]?{_V}(?=[\s\"'`,;]|\Z)")
BESIDE = re.compile(rf"{QUOTE}?\s*[,;]?\s*{QUOTE}?(?:[vV]alue|default){QUOTE}?\s*[:=]\s*{_V}(?=[\s,;]|\Z)")
ROW = re.compile(r"[,\t](?P<v>[^\s\"'`<>,;(){}\[\]|]{4,200})(?=,|\t|\r?\n|\Z)")
"""A row of a CSV file: only where the name begins the line."""

BEFORE = (
    # {"value": "..", "name": "X"}, "..".equals(X), ".." == X
    re.compile(
        rf"{QUOTE}?(?:[vV]alue|content){QUOTE}?\s*[:=]\s*(?P<q>{QUOTE})(?P<v>[^\"'`\n]{{4,400}})(?P=q)\s*[,;]?\s*{QUOTE}?(?:[nN]ame|[kK]ey|id){QUOTE}?\s*[:=]\s*{QUOTE}?\Z"
    ),
    re.compile(
        r"(?P<q>[\"'])(?P<v>[^\"'`\n]{4,200})(?P=q)\s*(?:\.equals\(|\.compareTo\(|===?|!==?)\s*(?:[\w$]+[.])*\Z"
    ),
)
REACH = 520
"""How far before a name ``BEFORE`` looks, in code points."""
