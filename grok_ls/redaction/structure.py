"""Layer 3: secrets told by the structure around them: PEM blocks, URLs with credentials, connection strings, headers, cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.phrases import is_phrased, is_unbroken
from grok_ls.redaction.piece import standing
from grok_ls.redaction.places import find_places
from grok_ls.redaction.sight import line_end, line_start, occurrences, search_left
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, entropy, is_random, is_scrambled, is_stand_in, is_words

_BREAK = r"(?:\\+r)?(?:\\+n|\r?\n)"
_BODY = r"(?:[A-Za-z0-9+/=]|\s|\\+[rnt]|[\"'`,+.\\|#*;>-](?!----))"
_OF_KEY = r"(?:(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V\d)"
_PEM = re.compile(
    rf"----(?:-| )BEGIN {_OF_KEY}(?:-| )----"
    r"(?P<body>[\s\S]{0,20000}?)"
    rf"(?:----(?:-| )END {_OF_KEY}(?:-| )----|(?=-----BEGIN)|\Z)"
)
_PEM_END = re.compile(rf"----(?:-| )END {_OF_KEY}(?:-| )----")
_PEM_LINES = re.compile(
    r"(?:[ \t\"'`,+.#*|>\\-]*(?:[A-Za-z0-9+/=]{16,}|[A-Za-z0-9+/]{1,15}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment|Hash)\b.*)?[ \t\"'`,+.\\;]*(?:\\+r)?(?:\\+n|\r?\n|\Z)?)*"
)
_PUTTY = re.compile(r"PuTTY-User-Key-File-\d:[\s\S]{0,12000}?(?:Private-MAC: *[0-9a-f]+|\Z)")
_CREDENTIALS = re.compile(
    r":(?://|\\/\\/|%2[fF]%2[fF])((?:[$#\\%]?[{(][^\s{}()]{1,60}[})]|\$\w{1,40})|[^\s/?#\"'`<>@:,;|()\[\]{}\\]{0,80}):([^\s/\"'`<>]{1,256})@(?=[\w\[.{$%#\\-])"
)
_SCHEME = re.compile(r"(?<![A-Za-z0-9])[a-zA-Z][a-zA-Z0-9+.-]{1,30}\Z")
_USER_TOKEN = re.compile(r"(?<![A-Za-z0-9])https?://([A-Za-z0-9_-]{16,255})@(?=[\w.-])")
_PAIRS = re.compile(
    r"(?i)(?<![A-Za-z0-9_])(?:password|pwd|accountkey|sharedaccesskey|sharedsecret|sharedaccesssignature|access ?key|secret ?key|user ?password|accesstoken|clientsecret|authtoken)\s?=\s?(?P<v>[^;\s\"'`<>&,)}\\]{4,}|'[^'\n]{4,}'(?=;))(?=[;\"'`\s<&\\]|\Z)"
)
_PARAMETERS = re.compile(
    r"(?i)(?:[?&]|&amp;|\\u0026|%26|%3f)(?:sig|x-amz-signature|x-amz-credential|x-amz-security-token|x-goog-signature|x-goog-credential|signature|access_?token|auth_?token|id_token|refresh_token|token|api_?key|apikey|key|secret|client_secret|password|passwd|pwd|code|reset_?token|reset_password_token|invite|invitation_token|confirmation_token|session_?id|session|sid|auth|ticket|jwt|hmac|sv_sig|appid|app_key|subscription-key|private_token|otp|state_token|magic)(?:=|%3d)(?P<v>[^\s&\"'`<>#\\;,(){}\[\]]{8,})"
)
_LINK = re.compile(
    r"(?i)/(?:reset|reset[-_]?password|password[-_]?reset|password/(?:reset|edit)|verify(?:[-_]?email)?|confirm(?:ation|[-_]?email)?|activate|invite|invitations?|magic(?:[-_]?link)?|unsubscribe|set[-_]?password)/(?P<v>[A-Za-z0-9_=-]{16,2000})(?![\w.-])"
)
_HEADER = re.compile(
    r"(?i)(?<![A-Za-z0-9])(?:proxy-)?authorization[\"']?\s*(?:[:=,]|=>|\))\s*(?:[\[({]\s*)?(?:f|b|r)?[\\\"'`]{0,3}\s*(?:bearer|basic|token|apikey|api-key|digest|ssws|key|negotiate|private-token|splunk|genie(?:key)?|bot)(?:[ =]|%20)+(?:[\"'`]\s{0,8}[+.,]\s{0,8}[\"'`])?(?P<v>[^\s\"'`<>,;\\(){}\[\]]{8,})"
)
_BEARER = re.compile(
    r"(?i)(?<![A-Za-z0-9])(?:bearer|basic)(?: |%20)+(?:[$#]?\{{1,2}[^{}\s]{1,40}\}{1,2}){0,2}(?P<v>[A-Za-z0-9_~+/=-][A-Za-z0-9._~+/=:-]{15,})"
)
_COOKIE = re.compile(
    r"(?i)(?:(?<![A-Za-z0-9-])(?:set-)?cookie[\"']?\s*(?::|=>|,|=)|\s(?:-b|--cookie)(?=[ =][\"']?[\w.-]+=))[ =]*\s*[\\\"'`]{0,3}(?P<all>[\w.-]+=[^\n\"'`]{6,4000})"
)
_COOKIE_PAIR = re.compile(r"([\w.\-]+)=([^;\s]{8,})")
_COOKIE_JSON = re.compile(
    r"\"value\"\s*:\s*\"(?P<v>[^\"\n]{8,4000})\"(?=[^{}]{0,400}\"(?:httpOnly|sameSite|hostOnly|expirationDate|domain|path)\")"
)
_COOKIE_FILE = re.compile(
    r"(?m)^\S{3,200}\t(?:TRUE|FALSE)\t\S{1,200}\t(?:TRUE|FALSE)\t\d{1,12}\t\S{1,200}\t(?P<v>\S{8,4000})$"
)
_COOKIE_SET = re.compile(
    r"(?i)cookies?(?:\.(?:set|add|put|setItem))?\(\s{0,20}[\"'`][\w.-]{1,60}[\"'`]\s{0,8},\s{0,20}[\"'`](?P<v>[^\"'`\s]{12,4000})[\"'`]"
)
_COOKIE_DICT = re.compile(r"(?i)cookies?[\"']?\s{0,4}[=:]\s{0,4}\{(?P<all>[^{}\n]{8,2000})\}")
_COOKIE_ITEM = re.compile(r"[\"'][\w.-]{1,60}[\"']\s{0,4}:\s{0,4}[\"'](?P<v>[^\"'\s]{12,1000})[\"']")
_COOKIE_ATTRIBUTES = frozenset(
    "path domain expires max-age samesite secure httponly lang locale theme version priority".split()
)
_SQL = re.compile(
    r"(?i)(?:identified\s+(?:with\s+\S+\s+)?(?:by|using)\s+(?:password\s+)?['\"]"
    r"|(?:(?:encrypted\s+|unencrypted\s+)?password(?:\s+for\s+\S+(?:@\S+)?)?|master_user_password)\s*(?:=\s*)?')"
    r"(?P<v>[^'\"\s]{4,200})['\"]"
)

_EXPRESSION = re.compile(
    r"(?:ConvertTo|ConvertFrom|Get|Read|New|Import|Unprotect)-[A-Z][A-Za-z]+|!{0,2}[A-Za-z_.\[\]]+|[A-Za-z_][\w.]*[(\[].*"
)
_LINES = re.compile(
    r"(?m)(?:^[ \t\"'#+>*|]{0,12}[A-Za-z0-9+/]{60,76}(?:\\+r)?(?:\\+n)?[\"',+ \t;\\]{0,6}\r?(?:\n|\Z)){2,}"
)
_HEAD_PIECE = re.compile(r"[A-Za-z0-9+/]{8,}(?:\\+[rn])*[\"',+ \t]*\r?\n\Z")
_TAIL_PIECE = re.compile(r"[\"'+ \t]*[A-Za-z0-9+/]{8,}={0,2}")
_JWK = re.compile(r"[\"'](?:d|p|q|dp|dq|qi|k)\\*[\"']\s*:\s*\\*[\"'](?P<v>[A-Za-z0-9_-]{16,})")


def find_structure(text: str) -> Iterator[Found]:
    if "PRIVATE KEY" in text or "Static key" in text:
        yield from _pem(text)
    if "PuTTY-User-Key-File" in text:
        yield from (Found(*match.span(), "PRIVATE_KEY") for match in _PUTTY.finditer(text))
    if '"kty' in text or 'kty\\"' in text or "'kty" in text:
        yield from (Found(*match.span("v"), "PRIVATE_KEY") for match in _JWK.finditer(text))
    if "@" in text:
        yield from _urls(text)
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    yield from find_places(text)
    yield from _values(_PARAMETERS, text, "TOKEN", [(0, len(text))] if "=" in text or "%3" in text else [])
    for link in _LINK.finditer(text) if "://" in text else ():
        if is_random(link["v"]) or is_scrambled(link["v"]):
            yield Found(*link.span("v"), "TOKEN")
    yield from _values(_PAIRS, text, "CONNECTION_KEY", _around(text, lowered, _PAIR_WORDS))
    yield from _values(_HEADER, text, "TOKEN", _around(text, lowered, ("authorization",)))
    yield from _values(_SQL, text, "DATABASE_PASSWORD", _around(text, lowered, _SQL_WORDS))
    for low, high in _around(text, lowered, ("bearer", "basic")):
        for match in _BEARER.finditer(text, low, high):
            value = match["v"]
            if (any(c.isdigit() for c in value) or is_scrambled(value)) and not is_stand_in(value):
                yield Found(*match.span("v"), "TOKEN")
    yield from _cookies(text, lowered)


_PAIR_WORDS = ("password", "pwd", "accountkey", "sharedaccess", "secret", "token", "access key", "accesskey")
_SQL_WORDS = ("identified", "password '", 'password "', "password for", "password =", "master_user_password")
_BEFORE, _AFTER = 300, 4_500


def _around(text: str, lowered: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """The lines in which one of ``words`` stands, with the next line; pieces of a long one. Ordered and disjoint."""
    places: list[int] = []
    for word in standing(text, words, lowered=True):
        places.extend(occurrences(lowered, word))
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        low = line_start(lowered, at, _BEFORE)
        second = line_end(lowered, at, _AFTER) + 1
        high = line_end(lowered, second, at + _AFTER - second)
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return found


def _pem(text: str) -> Iterator[Found]:
    """Whole blocks, header and all; blocks cut at either end. A header without a body is a constant, no key."""
    ends = set()
    for match in _PEM.finditer(text):
        if match.group().endswith("----") and match.end() > match.end("body"):
            ends.add(match.end())
            if _holds_key(match["body"]):
                yield Found(*match.span(), "PRIVATE_KEY")
        else:
            body = _PEM_LINES.match(text, match.start("body"), match.end())
            if body is not None and _holds_key(body.group()):
                stop = body.start() + len(body.group().rstrip(" \t\r\n\"'`,+;"))
                yield Found(match.start(), stop, "PRIVATE_KEY")
    for match in _PEM_END.finditer(text):
        if match.end() not in ends:
            start = _cut_start(text, match.start())
            if _holds_key(text[start : match.start()]):
                yield _bare(text, start, match.end())


_CUT = 16_000


def find_cut_blocks(text: str) -> Iterator[Found]:
    """The middle of a key: lines of base64 of one width, which the text begins or ends with, and no header that says what they are."""
    for match in _blocks(text):
        before, after = text[: match.start()], text[match.end() :]
        inside = bool(before.strip("\r\n").count("\n") and after.strip("\r\n").count("\n"))
        if inside and (_DATA.search(before[-_ABOVE:]) or _DATA_END.match(after)):
            continue
        begun = before.rfind("-----BEGIN")
        if (begun >= 0 and (not inside or "-----END" not in before[begun:])) or (
            "-----END" in after[:_CUT] and "PRIVATE KEY" not in after and not inside
        ):
            continue
        lines = re.findall(r"[A-Za-z0-9+/]{60,76}", match.group())
        if len({len(line) for line in lines}) == 1 and all(classes(line) > 2 and entropy(line) > 4.2 for line in lines):
            if inside and (len(lines[0]) not in _WIDTHS or len(lines) > _MANY):
                continue
            head = _HEAD_PIECE.search(before[-200:])
            tail = _TAIL_PIECE.match(after)
            start = match.start() - (len(before[-200:]) - head.start() if head else 0)
            yield _bare(text, start, match.end() + (tail.end() if tail else 0))


def _bare(text: str, start: int, end: int) -> Found:
    """Lines of a key without the margin of the first and the end of the last: those are of the text around."""
    key = text[start:end]
    return Found(start + len(key) - len(key.lstrip(_MARGIN)), end - len(key) + len(key.rstrip(_MARGIN)), "PRIVATE_KEY")


_MARGIN = " \t\r\n\"'`#>*|,;"

_WIDTHS, _MANY, _ABOVE = frozenset({64, 70}), 60, 300
"""Keys have lines of 64 characters, OpenSSH's of 70; more of them than any key has are data."""
_DATA = re.compile(
    r"(?i)(?:[\"'`({\[=:,|>\\]|base64|encoded|certificate|signature|public|image|icon|font|data|digest|hash)[^\n]{0,40}\r?\n[ \t\r\n]*\Z|(?:\A|\n)[ \t\"'#+>*|]*[A-Za-z0-9+/]{77,}\r?\n\Z"
)
_DATA_END = re.compile(
    r"[A-Za-z0-9+/]{1,75}={0,2}[ \t]{0,8}[\"'`)\]}]|[ \t]{0,8}[\"'`)\]}]|[A-Za-z0-9+/]{77,}|-----END (?!.{0,30}PRIVATE)"
)


def _blocks(text: str) -> list[re.Match[str]]:
    """The blocks of such lines at the text's beginning and end; those in between too, if it is not long."""
    if len(text) <= 2 * _CUT:
        return list(_LINES.finditer(text))
    return [match for match in (_LINES.search(text, 0, _CUT), *_LINES.finditer(text, len(text) - _CUT)) if match]


def _holds_key(body: str) -> bool:
    return bool(re.search(r"[A-Za-z0-9+/]{16}", body)) and not is_stand_in(body.strip())


_B64_LINE = re.compile(r"(?:[A-Za-z0-9+/=]|\\[rn\\])*")


def _cut_start(text: str, end: int) -> int:
    """Where the base64 lines that stand before ``end`` begin."""
    start = end
    while start > 0:
        begin = line_start(text, start - 1, 4000)
        line = text[begin:start].strip(" \t\r\n\"'`,+;#*|>\\")
        if not _B64_LINE.fullmatch(line):
            tail = re.search(r"(?:[A-Za-z0-9+/=]{16,}(?:\\+[rn])+)+\Z", line)
            return text.index(tail.group(), begin) if tail else start
        if not line and start < end:
            return start
        # Before the END there may be a margin.
        start = begin
    return start


_NO_PASSWORDS = frozenset("password passwd pass pwd pw secret token user username".split())


def _urls(text: str) -> Iterator[Found]:
    for match in _CREDENTIALS.finditer(text):
        password = match.group(2)
        if (
            search_left(_SCHEME, text, match.start(), 32)
            and not is_stand_in(password)
            and password.lower() not in _NO_PASSWORDS
            and (match.group(1), password) != ("scott", "tiger")  # of every manual since 1979
            and not (password.startswith(("$", "{", "%(", "<")) and not password[1:].isalnum())
        ):
            yield Found(*match.span(2), "PASSWORD")
    for match in _USER_TOKEN.finditer(text):
        if any(c.isdigit() for c in match.group(1)):
            yield Found(*match.span(1), "TOKEN")


def _values(pattern: re.Pattern[str], text: str, kind: str, ranges: list[tuple[int, int]]) -> Iterator[Found]:
    for match in (match for low, high in ranges for match in pattern.finditer(text, low, high)):
        start, end = match.span("v")
        value = match["v"]
        if value[:1] == "'" == value[-1:]:
            start, end, value = start + 1, end - 1, value[1:-1]
        # In SQL it stands in quotes: no expression.
        if is_stand_in(value):
            continue
        # Letters alone may be base64.
        if kind == "CONNECTION_KEY" and (is_phrased(value) or is_unbroken(value)):
            yield Found(start, end, kind)
            continue
        plain = not (_EXPRESSION.fullmatch(value) or (kind == "TOKEN" and is_words(value))) or (
            len(value) > 15 and is_scrambled(value)
        )
        if kind == "DATABASE_PASSWORD" or plain:
            yield Found(start, end, kind)


def _cookies(text: str, lowered: str) -> Iterator[Found]:
    for pattern, words in (
        (_COOKIE_JSON, ("httpOnly", "sameSite", "hostOnly", "expirationDate", '"domain"')),
        (_COOKIE_FILE, ("\tTRUE\t", "\tFALSE\t")),
        (_COOKIE_SET, ("ookies.", "ookie(")),
    ):
        for stored in pattern.finditer(text) if any(word in text for word in standing(text, words)) else ():
            if is_random(stored["v"]) or is_scrambled(stored["v"]):
                yield Found(*stored.span("v"), "COOKIE")
    for group in _COOKIE_DICT.finditer(text) if "ookie" in text else ():
        for item in _COOKIE_ITEM.finditer(text, *group.span("all")):
            if is_random(item["v"]) or is_scrambled(item["v"]):
                yield Found(*item.span("v"), "COOKIE")
    for match in (
        match for low, high in _around(text, lowered, ("cookie", " -b ")) for match in _COOKIE.finditer(text, low, high)
    ):
        base = match.start("all")
        for pair in _COOKIE_PAIR.finditer(match["all"]):
            if (
                pair.group(1).lower() not in _COOKIE_ATTRIBUTES
                and any(c.isdigit() for c in pair.group(2))
                and not is_stand_in(pair.group(2))
            ):
                yield Found(base + pair.start(2), base + pair.end(2), "COOKIE")
