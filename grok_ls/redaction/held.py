"""Layer 2: secrets of several words, and the items of lists and tables that are named for holding secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.grades import counts, type_of
from grok_ls.redaction.leads import (
    LIKELY,
    QUOTED,
    UNQUOTED,
    WORD,
)
from grok_ls.redaction.literals import bare_end, pieces
from grok_ls.redaction.names import PASSWORD, Announced, words_of
from grok_ls.redaction.near import is_telling
from grok_ls.redaction.phrases import is_passphrase, is_phrase
from grok_ls.redaction.sight import left, right, search_left, within
from grok_ls.redaction.span import Found
from grok_ls.redaction.standing import (
    OPERATOR,
    SETTER,
    has_quote,
    is_plain_line,
)
from grok_ls.redaction.verdict import (
    is_dotted_phrase,
    is_plain_name,
)

_PHRASED = re.compile(r"(?::[-=]?|[ \t](?:to|is|=|:)[ \t])[`\"']?(?P<v>[a-z]{3,12}(?:[-_][a-z]{3,12}){2,7})(?![\w-])")


def find_passphrase(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    """Words joined to one secret (``walnut-planet-garden``): only for what is called a secret or password, and a key that signs."""
    words = words_of(text[start:end])
    if kind != PASSWORD and words[-1] != "secret" and words[-2:] not in _SIGNING:
        return
    parts = 3 if kind == PASSWORD else 2
    for lead, _ in QUOTED if has_quote(text, end) else ():
        match = lead.match(text, end, limit)
        places = pieces(text, match.end()) if match is not None else []
        if places and is_passphrase("".join(text[low:high] for low, high in places), parts):
            yield from (Found(low, high, type_of(kind)) for low, high in places)
            return
    for enclosed in (_PHRASED, *(lead.regex for lead in UNQUOTED)):
        match = enclosed.match(text, end, limit)
        if match is not None and is_passphrase(match["v"], parts):
            yield Found(*match.span("v"), type_of(kind))
            return
    if search_left(SETTER, text, start, 20) is not None:
        match = WORD.match(text, end, limit)
        if match is not None and is_passphrase(match["v"], parts):
            yield Found(*match.span("v"), type_of(kind))
            return
    operator = OPERATOR.match(text, end, limit)
    if operator is not None:
        stop = bare_end(text, operator.end(), parameter=False)
        if is_passphrase(text[operator.end() : stop], parts) and (
            is_plain_line(text, stop)
            or (
                (text[start:end].isupper() or (parts == 3 and right(text, stop) == " "))
                and text[end : operator.end()] == "="
            )
        ):
            yield Found(operator.end(), stop, type_of(kind))


_PLURALS = frozenset("passwords passwds pwds passphrases secrets tokens keys credentials creds".split())
_CONTAINER = re.compile(
    r"[\"'`]?\]?(?:\s{0,8}:\s{0,8}[\w\[\], <>|]{1,60})?\s{0,8}(?:=>|:=|=|:)\s{0,8}(?:new\s)?[\w.<>\[\], ]{0,40}(?P<open>[\[({])|[\"'`]?:[ \t]{0,8}\r?\n(?P<items>(?:[ \t]{0,40}-[ \t]{1,8}[^\n]{4,200}(?:\n|\Z)){1,50})"
)
_ITEM = re.compile(
    r"(?P<q>[\"'`])(?P<v>[^\"'`\n]{4,200})(?P=q)(?!\s{0,8}(?::|=>|->|=))|^[ \t]{0,40}-[ \t]{1,8}(?P<w>[^\s\"'`{}:#]{4,200})[ \t]{0,8}$",
    re.M,
)
_CLOSE = {"[": "]", "(": ")", "{": "}"}
_ITEMS = 4_000


def find_contained(text: str, start: int, end: int, kind: Announced) -> Iterator[Found]:
    """The items of a list or table that is named for what it holds: ``PASSWORDS = {"kim": ".."}``, ``tokens:`` with ``- ..``."""
    if text[end - 1] not in "sS" or not _PLURALS.intersection(words_of(text[start:end])[-1:]):
        return
    match = _CONTAINER.match(text, end)
    if match is None:
        return
    if match["open"]:
        low = match.end()
        high = text.find(_CLOSE[match["open"]], low, low + _ITEMS)
        high = high if high >= 0 else min(len(text), low + _ITEMS)
    else:
        low, high = match.span("items")
    for item in _ITEM.finditer(text, low, high):
        group = "v" if item["v"] is not None else "w"
        telling = counts(item[group], kind, LIKELY, quoted=True) if kind == PASSWORD else is_telling(item[group], kind)
        if telling and (
            not is_plain_name(item[group])
            or is_dotted_phrase(item[group])
            or is_passphrase(item[group].rstrip("0123456789"), 3)
        ):
            yield Found(*item.span(group), type_of(kind))


_WALLET_WORDS = re.compile(r"(?<![a-z])[a-z]{3,8}(?: {1,2}[a-z]{3,8}){11,23}(?![ ]?[a-z])")
_WALLET_NAMES = frozenset("mnemonic seed phrase".split())


def find_seed_phrase(text: str, start: int, end: int) -> Iterator[Found]:
    """The words of a wallet, quoted, near a name that speaks of them."""
    if not _WALLET_NAMES.intersection(words_of(text[start:end])):
        return
    for match in _WALLET_WORDS.finditer(text, *within(text, start, end, 240, 400)):
        if is_phrase(match.group()) and left(text, match.start()) in {'"', "'", "`", ">", "|"}:
            yield Found(*match.span(), "SECRET")
            return


_SIGNING = (["signing", "key"], ["session", "key"], ["cookie", "key"], ["jwt", "key"])
