"""Layer 3: a password beside the user whose it is, in prose, files of users, and calls; and what a shell decodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from grok_ls.redaction.grades import is_plausible
from grok_ls.redaction.lines import AtLines
from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import occurrences, search_left
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import decoded, has_digit, is_random
from grok_ls.redaction.verdict import is_chosen, is_plain_name, is_strong

_SAID = re.compile(
    r"(?i)\b(?:log ?in|sign ?in|credentials?|creds|zugang\w*|identifiants|credenciales|credenziali|inloggegevens|acc[eè]s|account|user)(?: [a-z]{2,12}){0,5} ?:?[ \t]{1,8}[(*_`'\"]{0,3}[\w.@+-]{2,60}[`'\"*_]{0,3}[ \t]{0,4}[/:|][ \t]{0,4}[`'\"*_]{0,3}(?P<v>[^\s\"'`<>,;/|*]{6,80})"
)
_USE = re.compile(
    r"(?i)\b(?:use|with|enter|try)[ ][`'\"*]{0,2}[\w.@-]{2,40}:(?P<v>[^\s\"'`<>,;/|*]{6,80})[`'\"*]{0,2}[ ](?:to|as|for|when|on)\b"
)
_CHANGED = re.compile(r"(?i)passw\w{0,4}\b[^\n]{0,40}\bfrom[ ][^\s]{1,80}[ ]to[ ][\"'`]?(?P<v>[^\s\"'`,;]{6,80})")
_OMNIAUTH = re.compile(
    r"\b(?:omniauth|provider)[ \t(]{1,4}:\w{1,30}[ \t]{0,4},[ \t]{0,4}[\"'][^\"'\n]{1,120}[\"'][ \t]{0,4},\s{0,20}[\"'](?P<v>[^\"'\s]{12,200})[\"']"
)
_USER_COLON = re.compile(
    r"(?m)(?<![\w.-])(?:basic|basic[_-]?auth|userpass|credentials?|auth|login)[\"']?[ \t]{0,4}[:=][ \t]{0,4}[\"']?[\w.@-]{1,40}:(?P<v>[^\s\"':/@]{6,80})[\"']?[ \t,]{0,4}$"
)
_HOST_LINE = AtLines(
    r"(?:\[[\w.-]{1,80}\](?::\d{2,5})?|[\w-]{1,40}(?:\.[\w-]{1,40}){1,6}(?::\d{2,5})?)[ \t]{1,8}[\w.@+-]{2,60}:(?P<v>[^\s:@/]{5,80})[ \t]*$"
)
_ACL = re.compile(r"(?m)^(?:ACL SETUSER|user)[ \t]\S{1,40}[ \t][^\n>]{0,80}>(?P<v>\S{4,80})")
_FORMATTED = re.compile(
    r"://(?:%[sv]|\{\w{0,20}\}):(?:%[sv]|\{\w{0,20}\})@[^\"'\n]{0,120}[\"']\s{0,8}(?:\.format\(|%\s{0,4}\(|,)\s{0,8}(?:[\"'][^\"'\n]{0,60}[\"']|[\w.]{1,40})\s{0,8},\s{0,8}[\"'](?P<v>[^\"'\n]{5,200})[\"']"
)
_WALLETS = re.compile(r"accounts[\"']?\s{0,4}[:=]\s{0,4}\[\s{0,20}[\"'](?P<v>(?:0x)?[0-9a-fA-F]{64})[\"']")
_ONE_AUTH = re.compile(r"[.:]auth\(\s{0,4}[\"'](?P<v>[^\"'\n]{6,80})[\"']\s{0,4}\)")
_PAIR = re.compile(
    r"(?i)(?:credentials?|creds?|auth|login)[\"']?\s{0,8}[:=]\s{0,8}[(\[]\s{0,8}[\"'][^\"'\n]{1,60}[\"']\s{0,8},\s{0,8}[\"'](?P<v>[^\"'\n]{4,200})[\"']\s{0,8}[)\]]"
)
_INLINE = re.compile(
    r"(?i)(?:username|user|login)[ \t=:]{1,3}[\w.@-]{1,60}[ \t,/;]{1,3}(?:pass|pw|pwd)[ \t=:]{1,3}(?P<v>[^\s\"'`<>,;]{4,80})"
)
_ACCOUNT = AtLines(
    r"[ \t]{0,8}(?:root|admin|administrator|guest|sa|postgres|deploy|ubuntu|pi|oracle|sysadmin):(?P<v>[^\s:/@\"'`<>(){}]{6,60})[ \t]*$"
)
_USER_LIST = re.compile(r"(?m)^\"[\w.@-]{1,60}\"[ \t]{1,4}(?:\*[ \t])?\"(?P<v>[^\"\s]{6,200})\"(?:[ \t]\*)?[ \t]*$")
_ROBOT = re.compile(r"(?i)\binput[ ](?:password|text)[ ]{2,20}\S{0,40}passw?\S{0,40}[ ]{2,20}(?P<v>\S{6,80})")
_BEFORE_HOST = re.compile(r"(?<![\w/:.@+-])[A-Za-z][\w.]{1,30}:(?P<v>[^\s:/@\"'`<>(){}]{6,60})\Z")
_HOST = re.compile(r"@[A-Za-z][\w.-]{1,60}(?![\w:@])")
_COMPOSER = re.compile(
    r"-(?:oauth|token)\"\s{0,8}:\s{0,8}\{\s{0,20}\"[\w.-]{3,80}\"\s{0,8}:\s{0,8}\"(?P<v>[^\"\s]{12,400})\""
)
_PIPED = re.compile(
    r"\b(?:echo|printf)[ \t](?:-\w{1,3}[ \t]|[\"']?%s(?:\\\\n)?[\"']?[ \t]){0,2}[\"']?(?P<v>[A-Za-z0-9+/_-]{8,4000}={0,2})[\"']?[ \t]{0,4}\|[ \t]{0,4}(?:(?:g?base64|b64|openssl)\b[^|\n]{0,40}?[ ]-{1,2}(?:d|D|decode)\b|xxd[^|\n]{0,20}?[ ]-\w{0,3}r)"
    r"|\b(?:base64|xxd)[^|\n]{0,20}?[ ]-{1,2}(?:d|D|decode|r)[^|\n]{0,12}<<<[ \t]{0,4}[\"']?(?P<w>[A-Za-z0-9+/_-]{8,4000}={0,2})"
)

_SLASHED = re.compile(
    r"(?<![\w/.:-])(?P<head>conn(?:ect)?[ \t]{1,4}|jdbc:oracle:\w{1,10}:)?[\w$#]{1,30}/(?P<v>[^\s/@\"'`<>(){}]{4,60})\Z"
)
_ORACLE_HOST = re.compile(r"@(?://)?[\w.-]{1,80}(?::\d{2,5})?[:/]\w")

_BY_WORD: Final = {
    **dict.fromkeys(
        (
            "log in",
            "sign in",
            "signin",
            "zugang",
            "identifiants",
            "credenziali",
            "credenciales",
            "inloggegevens",
            "account",
        ),
        (_SAID,),
    ),
    "user": (_SAID, _INLINE),
    "login": (_SAID, _INLINE, _PAIR, _USER_COLON),
    "cred": (_SAID, _PAIR, _USER_COLON),
    "auth": (_PAIR, _USER_COLON),
    "basic": (_USER_COLON,),
    "userpass": (_USER_COLON,),
    "passw": (_CHANGED,),
    **dict.fromkeys(("use ", "with ", "enter ", "try "), (_USE,)),
}
"""Which pattern is tried where a word stands."""
_WORDS: Final = tuple(_BY_WORD)
_BY_SIGN: Final = (
    (_OMNIAUTH, "omniauth"),
    (_OMNIAUTH, "provider :"),
    (_ONE_AUTH, "auth("),
    (_ACCOUNT, ":"),
    (_HOST_LINE, ":"),
    (_ACL, " >"),
    (_FORMATTED, "@"),
    (_WALLETS, "accounts"),
    (_USER_LIST, '" "'),
    (_USER_LIST, '" * "'),
    (_ROBOT, "nput P"),
    (_ROBOT, "nput T"),
)


def find_logins(text: str) -> Iterator[Found]:
    """``log in as kim / Sommer24!``, ``kim/Sommer24!@db:1521/x``, ``creds = ("kim", "..")``; the tokens of Composer's auth.json."""
    for match in _tried(text):
        if is_plausible(match["v"].rstrip(".)!")):
            yield Found(*match.span("v"), "PASSWORD")
    for host in _HOST.finditer(text):
        pair = search_left(_BEFORE_HOST, text, host.start(), 95)
        if pair is not None and is_chosen(pair["v"]) and has_digit(pair["v"]) and not is_plain_name(pair["v"]):
            yield Found(*pair.span("v"), "PASSWORD")
    yield from _piped(text) if "base64" in text or "xxd" in text or "openssl" in text else ()
    if '-oauth"' in text or '-token"' in text:
        yield from (Found(*match.span("v"), "TOKEN") for match in _COMPOSER.finditer(text) if is_random(match["v"]))


def _tried(text: str) -> Iterator[re.Match[str]]:
    lowered = text.lower()
    for word in standing(text, _WORDS, lowered=True) if len(lowered) == len(text) else ():
        for at in occurrences(lowered, word):
            found = [pattern.match(text, at) for pattern in _BY_WORD[word]]
            yield from (match for match in found if match is not None)
    for whole, sign in _BY_SIGN:
        yield from whole.finditer(text) if sign in text else ()
    for at in occurrences(text, "@"):
        slashed = search_left(_SLASHED, text, at, 110) if text.find("/", max(0, at - 61), at) != -1 else None
        if slashed is not None and (slashed["head"] or _ORACLE_HOST.match(text, at)):
            yield slashed


def _piped(text: str) -> Iterator[Found]:
    """What a shell decodes: ``echo cGFzcw== | base64 -d``, hexadecimal digits for ``xxd -r``."""
    for match in _PIPED.finditer(text):
        group = "v" if match["v"] is not None else "w"
        inner = _unhexed(match[group]) or decoded(match[group])
        if len(inner) > 5 and " " not in inner.strip() and (is_chosen(inner.strip()) or is_strong(inner.strip())):
            yield Found(*match.span(group), "SECRET")


def _unhexed(value: str) -> str:
    try:
        text = bytes.fromhex(value).decode("ascii")
    except (ValueError, UnicodeDecodeError):
        return ""
    return text if text.isprintable() else ""
