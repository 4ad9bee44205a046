"""Layer 2, last resort: a literal that is random by itself, on the line of a secret's name, whatever stands between the two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.names import PASSWORD, Announced, secret_kind, words_of
from grok_ls.redaction.phrases import is_passphrase, is_phrased
from grok_ls.redaction.sight import line_end, line_start
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, entropy, has_digit, is_random, is_scrambled, is_stand_in
from grok_ls.redaction.verdict import is_chosen, is_path, is_plain_name, is_secret, is_shouted

REACH = 240
_QUOTED = re.compile(r"(?P<q>[\"'`])(?P<v>[^\"'`\s<>{}]{8,400})(?P=q)")
# No comma, no question mark: what stands between two strings of minified code is no string.
_TOKEN = re.compile(r"[A-Za-z0-9!#$%^*@+/=_][\w+/=.~!#$%^*@:()-]*")
_OWNER = re.compile(
    r"(?P<o>[\w$-]{1,60})[\"'`\])]{0,3}\s{0,8}(?:=>|:=|==|:|=)\s{0,8}(?:[\w.:]{1,40}\()?[bBrRfFuUN@]?\Z"
)
_FREE = frozenset(
    "value val default initial content data secret plain plaintext text body fallback with return prod production dev staging live stage string str args".split()
)
_OPENS = re.compile(r"[^\n]{0,200}(?:[{(\[:]|->|=>|=)[ \t]{0,8}\r?\n")
NOT_SECRET = re.compile(
    r"(?i)sha\d|md5|digest|checksum|integrity|fingerprint|etag|uuid|guid|hash|commit|revision|nonce|public[_ -]?key|ssh-|https?:|;base64,"
)


# A word and a number that counts nothing: ``cedar6897``.
_NUMBERED = re.compile(r"[A-Za-z]{4,}\d{4,6}")
# ``users = {"kim": ".."}  # passwords``
_REMARK = re.compile(r"(?:#|//|--|/\*)[ \t]")


def find_near(text: str, start: int, end: int, kind: Announced, what: str) -> Iterator[Found]:
    """Random literals on the line of the name ``text[start:end]``; on the next too, if the name's line opens something."""
    low = line_start(text, start, REACH)
    high = line_end(text, end, REACH)
    if _OPENS.match(text, end, high + 1) is not None:
        high = line_end(text, high + 1, REACH)
    for match in _QUOTED.finditer(text, low, high):
        if match.start() < end and match.end() > start:
            continue
        value = match["v"]
        remarked = match.end() < start and kind == PASSWORD and _REMARK.search(text, match.end(), start) is not None
        if remarked:
            if not (is_chosen(value) and has_digit(value)) and not is_phrased(value, 3) and not is_passphrase(value, 3):
                continue
        elif not is_telling(value, kind) or is_owned(text, low, match.start()):
            continue
        if not NOT_SECRET.search(text, max(low, min(match.start(), start) - 40), max(match.start(), end)):
            yield Found(*match.span("v"), what)
            return


def is_telling(value: str, kind: Announced) -> bool:
    """Whether ``value`` is a secret of ``kind`` by its own look, without a name that it is given to."""
    if len(value) < 16 and not has_digit(value):
        return False
    if (
        not _TOKEN.fullmatch(value)
        or is_stand_in(value)
        or is_path(value)
        or is_plain_name(value)
        or not is_secret(value, kind, quoted=True)
    ):
        return False
    if (
        len(value) > 15
        and entropy(value) > 3
        and (is_random(re.sub(r"[^A-Za-z0-9]", "", value)) or is_scrambled(value) or is_shouted(value))
    ):
        return True
    signed = any(c in "!#$%^&*@+=?" for c in value) or (value.rstrip("._-").isalnum() and classes(value) > 2)
    if kind == PASSWORD and _NUMBERED.fullmatch(value) and is_chosen(value):
        return True
    return kind == PASSWORD and classes(value) > 2 and signed and has_digit(value) and is_chosen(value)


def is_owned(text: str, low: int, at: int) -> bool:
    """Whether the literal at ``at`` belongs to another name: ``token=None, id="..."``."""
    owner = _OWNER.search(text, max(low, at - 110), at)
    if owner is None:
        return False
    words = words_of(owner["o"])
    return (
        bool(words)
        and words[-1] not in _FREE
        and (len(owner["o"]) > 3 or words[-1] in _SHORT)
        and secret_kind(owner["o"]) is None
    )


_SHORT = frozenset("id ids url uri ref tag sha rev ver key alg kid typ iss aud css cls src alt".split())
