"""Layer 2: literals given to a name that announces a secret, in code, data formats, command lines and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.names import PASSWORD, SECRET, secret_kind
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, entropy, is_random, is_stand_in, is_words

_KEYS = (
    "pass pwd psk secret token key cred auth bearer cookie session mnemonic seed salt hmac otp dsn webhook jwt contrase senha mdp"
    " haslo hasło wachtwoord lösenord losenord parola heslo kennwort пароль 密码 密碼 パスワード 비밀번호 signature connection pepper"
    " phrase salasana jelszo"
).split()
_SHORT_KEY = re.compile(r"p(?:at|w|in)(?![a-z])")
_NAME = re.compile(r"[\w.\-]*")
_QUOTE = r"(?:\\{0,3}\"|\\{0,3}'|`)"
_BETWEEN = re.compile(
    rf"(?P<close>{_QUOTE}?\]?\)?)\s{{0,20}}"
    r"(?::\s*(?:(?:Optional|Final|Secret|Annotated)?\[?[A-Za-z_][\w.]{0,30}\]?(?:\s*\|\s*\w+)?\??)\s*(?==))?"
    r"(?P<op>===|!==|==|!=|:=|=>|->|<-|\?\?=|\|\|=|\?=|\+=|=|:|,|\(|>|\s)"
)
_OPEN = r"[\w.&:<>\[\]*!?]{0,40}[({\[]\s*"
_LEADS = tuple(
    re.compile(pattern)
    for pattern in (
        # : &str = "..", : SecretStr = "..", { get; set; } = ".."
        rf"{_QUOTE}?\]?\s*(?::\s*[\w&'<>\[\]., ?|]{{1,60}}|\{{ get;[^}}]{{0,40}}\}}|\[\d*\])\s*=\s*(?:{_OPEN})?",
        # = []byte(".."), : String::from(".."), {".."}, = (".." ".."), = "".join(["..", ".."])
        rf"{_QUOTE}?\]?\s*(?:=>|:=|=|:|->)\s*(?:[\"']{{2}}\.join\()?{_OPEN}",
        r"\{\s*",
        # a default: process.env.X || "..", getenv("X") ?: "..", ENV.fetch("X") { ".." }
        rf"{_QUOTE}?[\])]?[)!]?\s*(?:\|\||\?\?|\?:|or\b|else\b|,)\s*",
        # name: X, value: ".."; <add key="X" value=".."/>; variable "x" { default = ".." }
        rf"{_QUOTE}\s*\{{\s*(?:(?:type|description|sensitive)\s*=[^\n]*\n\s*){{0,3}}default\s*=\s*",
        rf"{_QUOTE}?\s*[,;]?\s*-?\s*{_QUOTE}?(?:[vV]alue|default|content|val|string){_QUOTE}?\s*[:=]\s*",
        # the password is ".."
        r"\s+(?:is|was|are|to|of)(?: now| set to)?:?\s+",
    )
)
_VALUE = r"(?P<v>[^\s\"'`<>,;(){}\[\]]{8,200}?)"
_BESIDE = re.compile(rf"{_QUOTE}?\s*[,;]?\s*{_QUOTE}?(?:[vV]alue|default){_QUOTE}?\s*[:=]\s*{_VALUE}(?=[\s,;]|\Z)")
_PROSE = re.compile(rf"\s+(?:is|was|=|:)(?: now| set to)?:?\s+{_VALUE}(?=[.,;]?(?:\s|\Z))")
_WORD = re.compile(rf"[ \t]+{_VALUE}(?=[\s\"'`,;]|\Z)")
_LITERAL = re.compile(r"(?P<prefix>[A-Za-z@$]{0,3})(?P<quote>\\*\"\"\"|\\*'''|\\+\"|\\+'|\"|'|`)")
_JOIN = re.compile(r"\s*(?:\+|\.\.|\.|&|\\|,)?\s*(?=[A-Za-z@$]{0,3}\\*[\"'`])")
_TYPE_WORDS = frozenset(
    "string str none null nil undefined true false bool boolean int integer number text password secret token bytes char varchar any object void"
    " hidden required optional env dynamic self this func function auto default yes no on off key value test prompt input type name username user"
    " basic bearer login email apikey disabled enabled".split()
)


def find_assignments(text: str) -> Iterator[Found]:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    done = -1
    for at in _key_places(lowered):
        if at < done:
            continue
        start = at
        while start > 0 and at - start < 60 and (text[start - 1].isalnum() or text[start - 1] in "_.-"):
            start -= 1
        name = _NAME.match(text, at)
        end = name.end() if name else at + 1
        if end - start > 120:
            continue
        done = end
        kind = secret_kind(text[start:end].rstrip("-."))
        if kind is not None:
            yield from _values_after(text, end, kind)


def _key_places(lowered: str) -> list[int]:
    """Where a word begins that a secret's name may hold, in order. Substring search: the cost of a text without them is small."""
    places = [match.start() for match in _SHORT_KEY.finditer(lowered)]
    for key in _KEYS:
        at = lowered.find(key)
        while at != -1:
            places.append(at)
            at = lowered.find(key, at + len(key))
    return sorted(places)


def _values_after(text: str, end: int, kind: str) -> Iterator[Found]:
    limit = min(len(text), end + 20_000)
    between = _BETWEEN.match(text, end, limit)
    near = text[end : end + 200]
    quoted = '"' in near or "'" in near or "`" in near
    for lead in (between, *(pattern.match(text, end, limit) for pattern in _LEADS)) if quoted else ():
        if lead is None:
            continue
        pieces = _pieces(text, lead.end())
        if pieces:
            value = "".join(text[start:stop] for start, stop in pieces)
            loose = not any(sign in lead.group() for sign in "=:({[<>|?")
            if _is_secret(value, kind, quoted=True) and not (loose and not _is_strong(value)):
                yield from (Found(start, stop, _type(kind)) for start, stop in pieces)
                return
    if between is not None:
        yield from _unquoted(text, between, kind)
    for pattern in (_BESIDE, _PROSE, _WORD):
        match = pattern.match(text, end, limit)
        if match is not None and _is_secret(match["v"], kind, quoted=False) and is_random(match["v"]):
            yield Found(*match.span("v"), _type(kind))
            return


def _unquoted(text: str, between: re.Match[str], kind: str) -> Iterator[Found]:
    op = between["op"]
    at = between.end()
    while at < len(text) and text[at] in " \t":
        at += 1
    if op in {"=", ":"} or (op == ">" and not between["close"]):
        stop = _unquoted_end(text, at, op)
        value = text[at:stop]
        if _is_secret(value, kind, quoted=False) and (op == ">" or is_random(value) or _plain_line(text, stop)):
            yield Found(at, stop, _type(kind))


def _pieces(text: str, at: int) -> list[tuple[int, int]]:
    """The insides of the string literals that begin at ``at``, as long as they are joined to one string."""
    while at < len(text) and text[at] in " \t":
        at += 1
    pieces: list[tuple[int, int]] = []
    listed = text[at - 1 : at] == "["
    while len(pieces) < 40 and (literal := _LITERAL.match(text, at)) is not None:
        start = literal.end()
        end = _close(text, start, literal["quote"])
        if end < 0:
            break
        if end > start:
            pieces.append((start, end))
        at = end + len(literal["quote"])
        join = _JOIN.match(text, at)
        if join is None or (join.group().strip() == "," and not listed):
            break
        at = join.end()
    return pieces


def _close(text: str, start: int, quote: str) -> int:
    """Where the string that begins at ``start`` ends, -1 if it does not within its line (within 20,000 for long quotes)."""
    limit = min(len(text), start + 20_000)
    bare = len(quote.lstrip("\\")) == 1 and quote != "`"
    at = text.find(quote, start, limit)
    while at > 0 and quote[0] != "\\" and text[at - 1] == "\\" and (at - len(text[start:at].rstrip("\\")) - start) % 2:
        at = text.find(quote, at + 1, limit)
    if at < 0 or (bare and "\n" in text[start:at]):
        return -1
    return at


def _unquoted_end(text: str, at: int, op: str) -> int:
    stop = at
    closing = "<" if op == ">" else "\r\n"
    while stop < len(text) and text[stop] not in closing and (op == ">" or not text[stop].isspace()):
        stop += 1
    return stop if op == ">" else at + len(text[at:stop].rstrip(",;"))


def _plain_line(text: str, stop: int) -> bool:
    """Whether the line ends after the value, but for a comment."""
    rest = text[stop : text.find("\n", stop) if "\n" in text[stop:] else len(text)].strip()
    return not rest or rest[0] in "#;/,&|\\"


def _is_strong(value: str) -> bool:
    return is_random(value) or (classes(value) >= 3 and any(c.isdigit() for c in value) and not value.isidentifier())


def _type(kind: str) -> str:
    return "PASSWORD" if kind == PASSWORD else "SECRET"


def _is_secret(value: str, kind: str, *, quoted: bool) -> bool:
    value = value.strip()
    if value.endswith(":") and is_words(value[:-1]):
        return False
    if len(value) < 4 or is_stand_in(value) or value.lower() in _TYPE_WORDS:
        return False
    if kind == PASSWORD:
        return _is_password(value, quoted)
    if len(value) < 8 or any(c.isspace() for c in value):
        return kind == SECRET and len(value.split()) in {12, 15, 18, 21, 24} and is_words(value)
    if kind == "WEAK" and (len(value) < 16 or entropy(value) < 3.3):
        return False
    has_digit = any(c.isdigit() for c in value)
    if any(c in value for c in "(){}[]<>") and not quoted:
        return False
    return has_digit and any(c.isalpha() for c in value) and entropy(value) > 2.5 and not _is_path(value)


def _is_password(value: str, quoted: bool) -> bool:
    if any(c.isspace() for c in value):
        return False
    if not quoted:
        if any(c in value for c in "(){}[]<>") or is_words(value.replace(".", " ").strip()):
            return False
        return classes(value) >= 2 and (any(c.isdigit() for c in value) or not value.replace("_", "").isalnum())
    return not is_words(value) or (len(value) > 5 and value.islower() and value.isalpha())


def _is_path(value: str) -> bool:
    if value.startswith(("http://", "https://", "./", "~/", "../")):
        return True
    parts = [part for part in value.split("/") if part]
    return (
        "/" in value and len(value) < 200 and sum(is_words(part.replace("_", "-")) for part in parts) * 2 > len(parts)
    )
