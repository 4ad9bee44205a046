"""Layer 2: literals given to a name that announces a secret, in code, data formats, command lines and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.names import PASSWORD, SECRET, secret_kind
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, entropy, is_stand_in, is_words

_KEY = re.compile(
    r"pass|pwd|psk|secret|token|key|cred|auth|bearer|cookie|session|mnemonic|seed|salt|hmac|otp|dsn|webhook|jwt|contrase|senha|mdp|has[lł]o|wachtwoord|l[öo]senord|parola|heslo|kennwort|пароль|密码|密碼|パスワード|비밀번호|signature|connection|pepper|\bpat\b|_pat\b|\bpw\b|_pw\b|\bpin\b|phrase"
)
_NAME_LEFT = re.compile(r"[\w.\-]*\Z")
_NAME = re.compile(r"[\w.\-]*")
_QUOTE = r"(?:\\{0,3}\"|\\{0,3}'|`)"
_BETWEEN = re.compile(
    rf"(?P<close>{_QUOTE}?\]?\)?)\s{{0,20}}"
    r"(?::\s*(?:(?:Optional|Final|Secret|Annotated)?\[?[A-Za-z_][\w.]{0,30}\]?(?:\s*\|\s*\w+)?\??)\s*(?==))?"
    r"(?P<op>===|!==|==|!=|:=|=>|->|<-|\?\?=|\|\|=|\?=|\+=|=|:|,|\(|>|\s)"
)
_LITERAL = re.compile(r"(?P<prefix>[A-Za-z@$]{0,3})(?P<quote>\\*\"\"\"|\\*'''|\\+\"|\\+'|\"|'|`)")
_JOIN = re.compile(r"\s*(?:\+|\.\.|\.|&|\\|,)?\s*")
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
    for match in _KEY.finditer(lowered):
        if match.start() < done:
            continue
        left = _NAME_LEFT.search(text, max(0, match.start() - 60), match.start())
        start = left.start() if left else match.start()
        name = _NAME.match(text, match.start())
        end = name.end() if name else match.end()
        if end - start > 120:
            continue
        done = end
        kind = secret_kind(text[start:end].rstrip("-."))
        if kind is not None:
            yield from _values_after(text, end, kind)


def _values_after(text: str, end: int, kind: str) -> Iterator[Found]:
    between = _BETWEEN.match(text, end)
    if between is None:
        return
    at = between.end()
    while at < len(text) and text[at] in " \t":
        at += 1
    literal = _LITERAL.match(text, at)
    if literal is not None:
        pieces = _pieces(text, at)
        value = "".join(text[a:b] for a, b in pieces)
        if _is_secret(value, kind, quoted=True):
            for a, b in pieces:
                yield Found(a, b, _type(kind))
        return
    op = between["op"]
    if op in {"=", ":"} or (op == ">" and not between["close"]):
        stop = _unquoted_end(text, at, op)
        value = text[at:stop]
        if _is_secret(value, kind, quoted=False) and (op == ">" or _plain_line(text, stop)):
            yield Found(at, stop, _type(kind))


def _pieces(text: str, at: int) -> list[tuple[int, int]]:
    """The insides of the string literals that begin at ``at``, as long as they are joined to one string."""
    pieces: list[tuple[int, int]] = []
    while len(pieces) < 40 and (literal := _LITERAL.match(text, at)) is not None:
        start = literal.end()
        end = _close(text, start, literal["quote"])
        if end < 0:
            break
        if end > start:
            pieces.append((start, end))
        at = end + len(literal["quote"])
        join = _JOIN.match(text, at)
        if join is None or join.group().strip() in {",", ""}:
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


def _type(kind: str) -> str:
    return "PASSWORD" if kind == PASSWORD else "SECRET"


def _is_secret(value: str, kind: str, *, quoted: bool) -> bool:
    value = value.strip()
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
    return value.startswith(("http://", "https://", "/", "./", "~/")) or (value.count("/") > 3 and "=" not in value)
