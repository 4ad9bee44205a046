"""What may stand between a secret's name and its literal value, as data: one pattern for each way to write it down.

A pattern is matched from the end of the name. Its grade says what counts as a secret after it: ``SURE``, any literal that is no name and
no stand-in; ``LIKELY`` (the next argument of a call, a sentence), what looks like a chosen password or random; ``LOOSE``, only the random.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import NamedTuple

QUOTE = r"(?:\\{0,3}\"|\\{0,3}'|`)"
_OPEN = r"(?:(?:await|new)\s)?[\w.&:<>\[\]*!?]{0,40}[({\[]{1,2}\s{0,60}(?:(?:default|value|secret|fallback|plain|s)\s{0,60}=\s{0,60})?"


class Grade(Enum):
    """How sure a place is, see the module."""

    SURE = auto()
    LIKELY = auto()
    LOOSE = auto()


SURE, LIKELY, LOOSE = Grade.SURE, Grade.LIKELY, Grade.LOOSE


class Lead(NamedTuple):
    """``regex`` ends where the value begins, or holds it as group ``v``."""

    regex: re.Pattern[str]
    grade: Grade


def _leads(grade: Grade, *patterns: str) -> tuple[Lead, ...]:
    return tuple(Lead(re.compile(pattern), grade) for pattern in patterns)


QUOTED = (
    *_leads(
        SURE,
        # = "..", : "..", => "..", <- "..", == "..", := "..", ?= "..", ("..") ; "name": "..", name) = "..", `name`: ".."
        rf"{QUOTE}?[\])*]{{0,3}}\s{{0,20}}(?:===|!==|==|!=|:=|=>|->|<-|<<<|\?\?=|\|\|=|\?=|\+=|=|:|\(|>)\s{{0,60}}(?:&\w{{1,40}}\s{{1,8}})?",
        # : &str = "..", : SecretStr = "..", { get; set; } = "..", As String = "..", [] = ".."
        rf"{QUOTE}?\]?[?!]?\s{{0,60}}(?::\s{{0,60}}[\w&'<>\[\]., ?|]{{1,60}}|\{{ get;[^}}]{{0,40}}\}}|\[\d*\]|\s[Aa]s [\w.]{{1,30}})\s{{0,60}}=\s{{0,60}}(?:{_OPEN})?",
        # = []byte(".."), : String::from(".."), {".."}, = Field(default=".."), = "".join(["..", ".."])
        rf"{QUOTE}?\]?\s{{0,60}}(?:=>|:=|=|:|->)\s{{0,60}}(?:[\"']{{2}}\.join\(|String\.join\(\"\",\s?)?{_OPEN}",
        r"\{\s{0,60}",
        # "name": {"value": ".."}
        rf"{QUOTE}?\s{{0,60}}[:=]\s{{0,60}}\{{\s{{0,60}}{QUOTE}?(?:[vV]alue|[dD]efault|secret|plain(?:[tT]ext)?|literal|raw){QUOTE}?\s{{0,60}}[:=]\s{{0,60}}",
        # variable "name" { default = ".." }
        rf"{QUOTE}\s{{0,60}}\{{\s{{0,60}}(?:(?:type|description|sensitive)\s{{0,60}}=[^\n]*\n\s{{0,60}}){{0,3}}default\s{{0,60}}=\s{{0,60}}",
        # var X string = "..", DECLARE @X nvarchar(200) = N'..'
        r"[ \t]{1,8}(?!(?:is|in|as|and|or|of|not|to)\b)[\w.\[\]*&:<>]{1,30}(?:\(\d{1,5}\))?\s{0,8}:?=\s{0,8}",
        # X: "{{ '..' | filter }}"
        rf"{QUOTE}?\s{{0,20}}[:=]\s{{0,20}}[\"']?\{{\{{\s{{0,8}}",
        # X.unwrap_or(".."), getenv("X")).orElse(".."), string().min(1).default("..")
        rf"{QUOTE}?[\])]{{0,4}}\??(?:\.\w{{1,20}}\([\w, ]{{0,20}}\)){{0,3}}\s{{0,60}}[.]\s{{0,8}}(?:orElse|orElseGet|unwrap_or|unwrap_or_else|unwrapOr|getOrElse|default|thenReturn|and_return|returns|mockReturnValue|mockResolvedValue|with_default|withDefault|equals|equalsIgnoreCase|compareTo)\(\s{{0,8}}(?:\|\w*\|\s{{0,8}}|\(\)\s?->\s?)?",
        # def X(self): return "..", function X() { return ".."; }, X = lambda: "..", X = () => ".."
        r"\([^()\n]{0,80}\)\s{0,8}(?:(?:->|:)\s?[\w.<>\[\]]{1,30}\s{0,8})?[:{]\s{0,60}return\s{1,8}",
        rf"{QUOTE}?\s{{0,8}}[:=]\s{{0,8}}(?:lambda[ \w,]{{0,30}}:|\([^()\n]{{0,40}}\)\s?[=-]>)\s{{0,8}}(?:\{{\s{{0,20}}return\s{{1,8}})?",
        # a template with a tag
        r"\s{0,8}=\s{0,8}[\w.]{1,30}(?=`)",
        # x if x is not None else ".."
        r"(?:\s{1,8}is\s{1,8}(?:not\s{1,8})?None|\s{1,8}if\s{1,8}[\w.]{1,60}(?:\s{1,8}is\s{1,8}not\s{1,8}None)?)\s{1,8}else\s{1,8}",
        # "X", defaultValue: "..", env = "X", default_value = "..", "ParameterKey": "X", "ParameterValue": ".."
        rf"{QUOTE}\s{{0,60}},\s{{0,60}}{QUOTE}?(?:default_?[vV]alue|fallback|initial|initialValue|ParameterValue|Value|value|secretValue|plainText){QUOTE}?\s{{0,8}}[:=]\s{{0,8}}",
        # {"name": "X", "type": "string", "value": ".."}
        rf"{QUOTE}\s{{0,60}},\s{{0,60}}(?:{QUOTE}?\w{{1,20}}{QUOTE}?\s{{0,8}}[:=]\s{{0,8}}(?:{QUOTE}[^\"'\n]{{0,60}}{QUOTE}|\w{{1,10}})\s{{0,8}},\s{{0,60}}){{1,3}}{QUOTE}?[vV]alue{QUOTE}?\s{{0,8}}[:=]\s{{0,8}}",
        # resource "kind" "X" { ... value = ".." }
        rf"{QUOTE}\s{{0,8}}\{{[^\n{{}}]{{0,80}}\n(?:[^\n{{}}]{{0,200}}\n){{0,5}}?[ \t]{{0,20}}(?:value|default|secret_string)\s{{0,20}}=\s{{0,8}}",
        # {name: X, value: '..'}, $ENV{{X}} = '..'
        r"\s{0,8},\s{0,8}(?:value|default)\s{0,8}[:=]\s{0,8}",
        r"\}\s{0,8}(?:\|\|=|//=|=)\s{0,8}",
        # new Uint8Array, PIC X(40) VALUE '..'
        r"\s{1,8}PIC\s{1,8}X\(\d{1,4}\)\s{1,8}VALUE\s{1,8}",
        # a default: process.env.X || "..", getenv("X") ?: "..", ENV.fetch("X") { ".." }
        rf"{QUOTE}?[\])]?[)!]?\s{{0,60}}(?:\|\||\?\?|\?:|or\b|else\b)\s{{0,60}}",
        # name: X, value: ".."; <add key="X" value=".."/>
        rf"(?:{QUOTE}\s{{0,60}}[,;]?\s{{0,60}}|[ \t]{{0,80}},?[ \t]{{0,80}}\r?\n\s{{0,60}})-?\s{{0,60}}{QUOTE}?(?:\w{{1,12}}:)?(?:[vV]alue|default|Default|content|val|body){QUOTE}?\s{{0,60}}[:=]\s{{0,60}}",
        # val x: String by lazy { ".." }, x = os.environ["X"] if "X" in os.environ else ".."
        r"\s{0,8}(?::\s{0,8}[\w<>?]{1,30})?\s{1,8}by\s{1,8}lazy\s{0,8}\{\s{0,60}",
        r"\s{0,8}=\s{0,8}[^\n=;]{1,100}?\belse\s{1,8}",
        # ["x"]=> string(9) "..", x = input("X: ") or "..", password.should eq ".."
        r"[\"']\]\s{0,4}=>\s{0,20}string\(\d{1,4}\)\s",
        r"\s{0,8}:?=\s{0,8}[\w.]{1,60}(?:\([^()\n]{0,80}\))?\s{0,8}(?:or|\|\||\?\?|\?:)\s{0,8}",
        r"\s{0,4}\.\s?(?:should|to|must)(?:[ _.](?:be|eq|eql|equal|have|to|value|not)){0,4}[ (]{1,2}",
        r"\s{0,8}=\s{0,8}(?:new\s)?[\w.]{1,40}\(\)\.append\(\s{0,8}",
    ),
    *_leads(
        LIKELY,
        # setenv("X", ".."), get("X", ".."), set('X', '..'), VALUES ('X', '..'), find("#X").type("..")
        r"(?:[\])}]{1,3}|\\{0,3}[\"'`][\])}]{0,3}[\"'`]?|[\])}]{1,3}\\{0,3}[\"'`])\s{0,60},\s{0,60}(?:\(\)\s?[-=]>\s?|<<|[\w:.]{1,40}\(|\[)?",
        # x(Some("..")), check_password(hash, [..]("..")
        r"\(\s{0,20}[\w.:]{1,30}\(\s{0,20}",
        r"\(\s{0,20}[\w.$>-]{1,40}\s{0,8},\s{0,20}(?:\[\]byte\(|[\w.:]{1,20}\()?",
        # change_password("kim", "..")
        r"\(\s{0,20}[\"'][^\"'\n]{1,60}[\"']\s{0,8},\s{0,20}",
        # log("x=%s", ".."), log("x={}", "..")
        r"\s{0,8}[=:]\s{0,8}(?:%[sqvr]|\{\w{0,10}\})[^\"'`\n]{0,40}[\"'`]\s{0,8},\s{0,8}(?:[\w.]{1,20}\s{0,4},\s{0,4}){0,3}",
        r"/i?\)\s{0,4},\s{0,4}",
        r"\s{0,8},\s{0,8}<<",
        # request.setValue(".." follows in BEFORE; { 'x' } blocks: let(:x) { '..' }
        r"\)\s{0,8}\{\s{0,8}",
        r"[\"'`\])}]{1,5}\s{0,60}(?:\.\s{0,60}(?:send_keys|sendKeys|type|fill|setValue|set_value|setText|set|input|value|equals|eq|equal|toBe|toEqual)\s{0,60}\()\s{0,60}",
        # {"type": "X", "name": "db", "value": ".."}
        rf"{QUOTE}\s{{0,60}},\s{{0,60}}{QUOTE}\w{{1,30}}{QUOTE}\s{{0,60}}:\s{{0,60}}{QUOTE}[^\"'\n]{{0,60}}{QUOTE}\s{{0,60}},\s{{0,60}}{QUOTE}value{QUOTE}\s{{0,60}}:\s{{0,60}}",
        # gh secret set X --body '..'; X --value ".."
        r"\s{1,60}(?:--body|--value|-b|-v|--secret-string|--data)[= ]\s{0,60}",
        # the password is "..", password to '..'
        rf"{QUOTE}?\s{{1,60}}(?:is now|is|was|will be|shall be|should be|must be|has been|became|stays|remains|are|to|of|ist|lautet|es|est|é|era|=|:)(?: set to)?:?\s{{1,60}}",
        # log("x:", ".."), (x . "..")
        r":[\"'`]\s{0,8},\s{0,8}",
        r"\s{1,4}\.\s{1,4}",
        # fill_in 'X', with: '..'
        r"[\"']\s{0,8},\s{0,8}(?:with|as|using):\s{0,8}",
    ),
    *_leads(LOOSE, rf"{QUOTE}?[\])]?\s{{0,20}}(?:,|\s)\s{{0,60}}", rf"{QUOTE}?[\])]?[)!]?\s{{0,60}},\s{{0,60}}"),
)

ANY_QUOTED = re.compile("|".join(f"(?:{lead.regex.pattern})" for lead in QUOTED))
"""One look that tells whether any of the leads may fit: most names have none of them behind."""

# A literal in other brackets: [[..]], %q(..), <<"..">>.
BRACKETED = re.compile(
    r"\s{0,8}[:=,]?=?\s{0,8}(?:\[\[(?P<v>[^\[\]\s]{4,400})\]\]|%[qQ]?[(\[{|](?P<w>[^()\[\]{}|\s]{4,400})[)\]}|])"
)
_V = r"(?P<v>[^\s\"'`<>,;(){}\[\]|]{4,200}?)"
_END = r"(?=[\s\"'`,;)|<]|\\+[nrt\"']|[.](?:\s|\Z)|\Z)"

UNQUOTED = (
    # <property name="X">..</property>, <X>..</X>, <key>X</key><string>..</string>
    *_leads(
        SURE,
        rf"{QUOTE}?(?:\s[^<>\n]{{0,80}})?\s{{0,60}}>\s{{0,60}}(?:<[\w:.-]{{1,40}}(?:\s[^<>\n]{{0,80}})?>\s{{0,60}})?(?:<!\[CDATA\[)?(?P<v>[^<>\s\[\]]{{4,4000}})\s{{0,60}}(?=(?:\]\]>)?</)",
        r"</[\w:.-]{1,40}>\s{0,40}<[\w:.-]{1,40}(?: [^<>\n]{1,80})?>\s{0,60}(?P<v>[^<>\s]{4,4000})\s{0,60}(?=</)",
    ),
    # a block or folded scalar
    *_leads(
        SURE,
        rf"{QUOTE}?:[ \t]{{0,80}}[|>][+-]?\d?[ \t]{{0,80}}\r?\n[ \t]{{1,80}}(?P<v>[^\s\"'<>{{}}]{{4,4000}})[ \t]{{0,80}}(?=\r?\n|\Z)",
    ),
    # a parameter of a template: Type first, then Default
    *_leads(
        SURE,
        rf"{QUOTE}?:[ \t]{{0,80}}\r?\n(?:[ \t]{{1,80}}\w{{1,30}}:[^\n]{{0,200}}\n){{0,4}}[ \t]{{1,80}}[dD]efault:[ \t]{{0,80}}[\"']?(?P<v>[^\s\"'{{}}<>]{{4,200}})[\"']?[ \t]{{0,80}}(?=\r?\n|\Z)",
    ),
    # - name: X, the next line: value: ..
    *_leads(
        SURE,
        rf"{QUOTE}?[ \t]{{0,80}},?\s{{1,40}}-?\s{{0,60}}{QUOTE}?(?:[vV]alue|default):{QUOTE}?[ \t]{{0,80}}(?P<v>[^\s\"'{{}}<>,]{{4,400}})(?=[ \t]{{0,80}}(?:[,}}]|\r?\n|\Z))",
    ),
    # ${X}    ..
    *_leads(SURE, rf"\}}[ \t]{{2,40}}{_V}(?=[ \t]{{2,}}|[ \t]{{0,8}}(?:\r?\n|\Z))"),
    # a row of a table
    *_leads(SURE, rf"[`*_]{{0,3}}[ \t]{{0,80}}\|[ \t]{{0,80}}[`*_]{{0,3}}{_V}[`*_]{{0,3}}[ \t]{{0,80}}(?=\||\r?\n|\Z)"),
    # **X**: ..
    *_leads(SURE, rf":?[*_`]{{1,3}}:?[*_]{{0,3}}[ \t]{{0,80}}[:=]?[ \t]{{1,80}}`?{_V}(?=`?[.,;]?(?:\s|\Z))"),
)

EXPANSION = re.compile(r":[-=]?(?P<v>[^\s{}\"'`$]{4,200})(?=\})")
"""The default of an expansion, ``${X:-..}``: only where the name stands right after ``${``."""
SPOKEN = (
    # in a sentence: the password is .., password (..), password -> .., set the password to ..
    re.compile(
        rf"(?i)[ \t]{{1,80}}(?:is now|is|was|will be|shall be|should be|must be|became|stays|remains|to|ist|lautet|es|est|é|è|era|jest|=|:|->|=>)(?: now| set to| changed to)?:?[ \t]{{1,80}}[`'\"]?{_V}{_END}"
    ),
    re.compile(
        rf"(?i)[ \t](?:is|was|has been)[ \t](?:generated|created|set|assigned)(?:[ \t](?:for|on|to)[ \t][\w.@'\"`-]{{1,60}})?[ \t]?[:=-][ \t]{{1,8}}{_V}{_END}"
    ),
    # Please use this password to log in: .. (two lines below)
    re.compile(rf"[^\n:]{{0,60}}:[ \t]{{0,4}}\r?\n(?:[ \t]{{0,8}}\r?\n)?[ \t]{{0,8}}{_V}(?=[ \t]{{0,8}}(?:\r?\n|\Z))"),
    re.compile(rf"[ \t]\d[ \t]{_V}(?=\s|\Z)"),
    re.compile(rf"\][ \t]{{0,8}}=>[ \t]{{0,8}}{_V}(?=\s|\Z)"),
    re.compile(rf"[ \t]{{1,8}}[—–][ \t]{{1,8}}[`'\"]?{_V}{_END}"),
    re.compile(
        rf"(?i)[ \t]{{1,80}}(?:was |is |has been |wurde )?(?:changed|set|reset|rotated|updated)[ \t]to[ \t]{{1,80}}[`'\"]?{_V}{_END}"
    ),
    re.compile(rf"[ \t]{{0,80}}[:=][ \t]{{0,80}}[\w.@-]{{1,40}}[ \t]{{0,80}}[/:][ \t]{{0,80}}{_V}{_END}"),
    # password for the staging box: .., password of app is ..
    re.compile(
        rf"(?i)[ \t](?:for|of|on|at|für|pour|para)[ \t](?:[\w.@'\"`-]{{1,30}}[ \t]){{0,4}}[\w.@'\"`/:-]{{1,60}}?[ \t]{{0,4}}(?::|=|->|is now|is|was|ist|lautet|est|es|set to)[ \t]{{1,80}}[`'\"]?{_V}{_END}"
    ),
    re.compile(rf"[ \t]{{0,80}}(?:->|→)[ \t]{{0,80}}{_V}{_END}"),
    # password changed from .. to ..
    re.compile(rf"(?i)[ \t](?:was[ \t]|is[ \t])?(?:changed|rotated|updated|set)[ \t]from[ \t]{{1,8}}[`'\"]?{_V}{_END}"),
    re.compile(
        rf"(?i)[ \t]{{0,80}}[(\[][ \t]{{0,80}}(?:(?:old|new|was|is|now|currently|previously|temporary|default)[ \t]?[:=]?[ \t]{{1,4}}|[:=] ?)?{_V}[ \t]{{0,80}}[)\]]"
    ),
    # what's the password? - it's ..
    re.compile(
        rf"(?i)[^\n]{{0,20}}\?[ \t]{{0,4}}\n[^\n]{{0,60}}?\b(?:it'?s|it is|that'?s|is|use|try)[ \t:]{{1,4}}[`'\"]?{_V}{_END}"
    ),
    re.compile(
        rf"(?i)[:=]?[ \t]{{0,4}}<(?:b|strong|code|em|i|kbd|tt|span|samp|var)(?: [^<>\n]{{0,60}})?>[ \t]?{_V}(?=[ \t]?</)"
    ),
)
ANY_SPOKEN = re.compile(
    "|".join(
        "(?i:" + re.sub(r"\(\?P<v>|\(\?i\)", lambda m: "(?:" if "P" in m[0] else "", spoken.pattern) + ")"
        for spoken in SPOKEN
    )
)
"""Whether any of these may fit."""
TITLED = re.compile(rf"(?:[ ][a-z]{{2,12}}){{1,2}}[ ]?[:=][ ]{_V}{_END}")
"""``Secret key base: ..``"""
WORD = re.compile(rf"[ \t]{{1,80}}[`]?{_V}(?=[\s\"'`,;)\]]|\Z)")
BESIDE = re.compile(
    rf"{QUOTE}?\s{{0,60}}[,;]?\s{{0,60}}{QUOTE}?(?:[vV]alue|default){QUOTE}?\s{{0,60}}[:=]\s{{0,60}}{_V}(?=[\s,;]|\Z)"
)
ROW = re.compile(r"[,\t](?P<v>[^\s\"'`<>,;(){}\[\]|]{4,200})(?=,|\t|\r?\n|\Z)")
"""A row of a CSV file: only where the name begins the line."""

BEFORE = (
    # SET value = '..' WHERE name = 'X'; request.setValue("..", forHTTPHeaderField: "X"), assertEquals("..", cfg.getX())
    (
        ("where", "WHERE", "Where"),
        re.compile(
            r"\bvalue\s{0,8}=\s{0,8}N?(?P<q>')(?P<v>[^'\n]{4,400})'\s{1,8}(?i:where)\s{1,8}\w{1,30}\s{0,8}=\s{0,8}N?'?\Z"
        ),
    ),
    (
        ("for", "key:", "key :", "name:"),
        re.compile(
            r"(?P<q>[\"'])(?P<v>[^\"'`\s]{4,400})(?P=q)\s{0,8},\s{0,8}(?:forHTTPHeaderField|forKey|for|key|name)\s?:\s{0,8}[\"']\Z"
        ),
    ),
    (
        ("qual", "same", "xpect", "Same", "QUAL"),
        re.compile(
            r"(?i:equals?|equal_to|same|expect)\w{0,10}\(\s{0,8}(?P<q>[\"'])(?P<v>[^\"'`\s]{4,400})(?P=q)\s{0,8},\s{0,8}(?:\w{1,40}[.])*\Z"
        ),
    ),
    # {"value": "..", "name": "X"}, "..".equals(X), ".." == X
    (
        ("alue", "ontent"),
        re.compile(
            rf"{QUOTE}?(?:[vV]alue|content){QUOTE}?\s{{0,60}}[:=]\s{{0,60}}(?P<q>{QUOTE})(?P<v>[^\"'`\n]{{4,400}})(?P=q)\s{{0,60}}[,;]?\s{{0,60}}{QUOTE}?(?:[nN]ame|[kK]ey|id){QUOTE}?\s{{0,60}}[:=]\s{{0,60}}{QUOTE}?\Z"
        ),
    ),
    (
        (".equals(", ".compareTo(", "==", "!="),
        re.compile(
            r"(?P<q>[\"'])(?P<v>[^\"'`\n]{4,200})(?P=q)\s{0,60}(?:\.equals\(|\.compareTo\(|===?|!==?)\s{0,60}(?:[\w$]+[.])*\Z"
        ),
    ),
)
REACH = 520
"""How far before a name ``BEFORE`` looks, in code points."""
