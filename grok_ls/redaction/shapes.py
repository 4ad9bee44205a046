"""Layer 1: tokens that can be told by their own form (the data is in ``rules``)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.literals import pieces
from grok_ls.redaction.made_up import is_gibberish
from grok_ls.redaction.piece import Piece, standing
from grok_ls.redaction.rule import Rule
from grok_ls.redaction.rules import RULES
from grok_ls.redaction.sight import left, search_left
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, entropy, has_digit, is_random, is_scrambled, is_stand_in

_ENDS = re.compile(r"[A-Za-z0-9]{2}[_.-]")
"""Most keys end so (``ghp_``): one look for all of these ends saves a search for each of them in a short text."""


def _plan() -> list[tuple[Rule, str, str]]:
    """Rule, key, and the key's last three characters if ``_ENDS`` tells whether they stand in a text at all."""
    pairs = [(rule, key) for rule in RULES for key in rule.keys]
    return [(rule, key, key[-3:] if _ENDS.fullmatch(key[-3:]) else "") for rule, key in pairs]


_PLAN = _plan()
_KEYS = tuple(dict.fromkeys(key for _, key, _ in _PLAN))


def _planned(text: str) -> list[tuple[Rule, str]]:
    if isinstance(text, Piece):
        keys = frozenset(standing(text, _KEYS))
        return [(rule, key) for rule, key, _ in _PLAN if key in keys]
    ends = frozenset(_ENDS.findall(text))
    return [(rule, key) for rule, key, tail in _PLAN if not tail or tail in ends]


def find_shapes(text: str) -> Iterator[Found]:
    """Each rule runs only where one of its keys stands, so a text without them costs a few substring searches."""
    last = 0
    for rule, key in _planned(text):
        at = text.find(key)
        while at != -1:
            end = at + len(key)
            match = rule.regex.match(text, at)
            if match is not None and match.end() > at:
                start, end = match.span("v") if "v" in rule.regex.groupindex else match.span()
                start = _widen(text, start, rule)
                last = max(last, end)
                if rule.plain or not is_stand_in(text[start:end]):
                    yield Found(start, end, rule.kind)
                    yield from _continued(text, end, rule.kind)
            elif match is None:
                yield from _split(text, at, rule)
            at = text.find(key, max(end, at + 1))
    if last < len(text):
        yield from _cut(text)
    yield from _sized(text)
    yield from _headed(text)
    yield from _prefixed(text)


_LONG = re.compile(r"[_-][A-Za-z0-9]{32,400}(?![\w/+=-])")
_PREFIX = re.compile(r"(?<![\w/+.=@-])[A-Za-z][A-Za-z0-9]{1,11}(?:[_-][A-Za-z0-9]{1,10}){0,3}[_-]\Z")
_OF_HASHES = re.compile(
    r"(?i)(?:sha|md|hash|blake|crc|v|rev|commit|chunk|bundle|vendor|main|index|asset|id|msg|file|run|req|call|chatcmpl|resp|thread|batch|toolu|wrkspc|cus|evt)\d{0,3}[_-]"
)


def _prefixed(text: str) -> Iterator[Found]:
    """A token of a vendor that no rule knows: a short prefix, ``_`` or ``-``, and letters of both cases and digits at random."""
    for match in _LONG.finditer(text):
        start = match.start() + 1
        run, prefix = match.group()[1:], search_left(_PREFIX, text, start, 48)
        if prefix is None or _OF_HASHES.match(prefix.group()) or classes(run) < 3:
            continue
        if sum(c.isdigit() for c in run) > 2 and entropy(run) > 3.9 and (is_random(run) and is_scrambled(run)):
            yield Found(prefix.start(), match.end(), "TOKEN")


_NEXT_PIECE = re.compile(
    r"[\"'`](?:\s{0,8}(?:\+|\.\.?|&|\\|<<)[ \t]{0,8}\\?\s{0,60}|[ \t]{0,8}(?:\r?\n\s{0,60})?|\)?\s{0,60}\.(?:append|concat)\(\s{0,8})[A-Za-z@]{0,2}[\"'`](?P<v>[\w+/=.$-]{4,400})(?=[\"'`])"
)
_LAST_ITEM = re.compile(r"[\"'`]\s{0,8},\s{0,60}[\"'`](?P<v>[\w+/=.$-]{4,400})(?=[\"'`]\s{0,8}\]\s{0,4}(?:\.join|\)))")


def _continued(text: str, end: int, kind: str) -> Iterator[Found]:
    """The rest of a token that is joined from string literals."""
    while (piece := _NEXT_PIECE.match(text, end) or _LAST_ITEM.match(text, end)) is not None and _is_rest(piece["v"]):
        yield Found(*piece.span("v"), kind)
        end = piece.end("v")


def _is_rest(piece: str) -> bool:
    """Whether it may be the end of a token: no word, and no setting beside one (``"KEY=ab" "TZ=UTC"``)."""
    return "=" not in piece.rstrip("=") and (not piece.isalpha() or is_scrambled(piece))


def _split(text: str, at: int, rule: Rule) -> Iterator[Found]:
    """A token of which the first literal holds too little to be told: ``"ghp_" + "cd.."``."""
    if left(text, at) not in {'"', "'", "`"}:
        return
    opening = at - 1
    while left(text, opening) == "\\":
        opening -= 1
    places = pieces(text, opening)
    joined = "".join(text[start:end] for start, end in places)
    if len(places) < 2 or places[0][0] != at or not (has_digit(joined) or is_scrambled(joined)):
        return
    match = rule.regex.match(joined)
    if match is not None and match.end() == len(joined) and not is_stand_in(joined):
        yield from (Found(start, end, rule.kind) for start, end in places)


_LAST = re.compile(r"(?<![\w.-])[A-Za-z0-9][\w-]{9,230}\Z")
_HEADS = {key: rule.kind for rule, key, _ in reversed(_PLAN) if len(key) > 2 and key[-1] in "-_"}
_LONGEST_HEAD = max(map(len, _HEADS))
_TOLD = 8
"""So many characters behind its head tell a token from a name, if they are mixed as in none."""


def _cut(text: str) -> Iterator[Found]:
    """The beginning of a token that the end of the text cuts short: with less behind its head than the rule asks for."""
    run = search_left(_LAST, text, len(text), 232)
    word = run.group() if run is not None else ""
    for size in range(min(_LONGEST_HEAD, len(word) - _TOLD), 2, -1):
        kind = _HEADS.get(word[:size])
        if kind is not None:
            if is_random(word[size:]) or is_gibberish(word[size:]):
                yield Found(len(text) - len(word), len(text), kind)
            return


_RUN = re.compile(r"[A-Za-z0-9+/]{50,}={0,2}")
_WALLET = re.compile(r"5[1-9A-HJ-NP-Za-km-z]{50}|[KL][1-9A-HJ-NP-Za-km-z]{51}")
_DISCORD = re.compile(r"\.[\w-]{6}\.[\w-]{27,42}(?![\w-]|\.\w)")
_DISCORD_ID = re.compile(r"(?:(?<![\w.-])|(?<=\\[nrt]))[MNO][\w-]{22,28}\Z")
_PAIRED = re.compile(r"-[0-9a-f]{8}-[0-9a-f]{8}(?![\w-])|:[0-9a-f]{32}(?!\w)")
_PAIRED_HEAD = re.compile(r"(?:(?<![\w-])[0-9a-f]{32}|(?<![\w/])[12]/\d{15,17}(?:/\d{15,17})?)\Z")
"""Mailgun: 32, 8 and 8 hexadecimal digits; Asana: ``1/<number>:<32 digits>``."""
_MARKED = re.compile(
    r"(?:\+ASt|ACDb|\+ABa|APIM|AzFu|AzSe|\+ACR|AzCa|\+ASb|\+AEh|\+ARm|AIoT|AZDO)[A-Za-z0-9+/_-]{4,8}={0,2}(?![\w+/=])"
)
_MARKED_HEAD = re.compile(r"[A-Za-z0-9+/_-]{32,76}\Z")
"""Azure's keys since 2022 carry four letters that say what they open; keys of 32 or 64 bytes."""
_DIGEST = re.compile(r"(?i)(?:sha\d{3}[-:=_ ]{0,2}|;base64,)\Z")


def _sized(text: str) -> Iterator[Found]:
    """Tokens without a telling word, told by alphabet and exact length: storage keys of 64 bytes, Azure DevOps, wallets, Discord."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        before = left(text, start)
        # The run swallows the letter of an escape, a percent code, or a diff's sign.
        start += 1 if before == "\\" or (text[start] == "+" and before in {"", "\n"}) else 2 if before == "%" else 0
        run = text[start:end]
        if len(run) == 88 and run.endswith("==") and classes(run[:-2]) > 2 and entropy(run) > 4.5:
            if not _DIGEST.search(left(text, start, 9)):
                yield Found(start, end, "CONNECTION_KEY")
        elif len(run) == 52 and re.fullmatch(r"[a-z2-7]{52}", run):
            if sum(c.isdigit() for c in run) > 3 and entropy(run) > 3.8:
                yield Found(start, end, "TOKEN")
        elif _WALLET.fullmatch(run) and classes(run) > 2:
            yield Found(start, end, "PRIVATE_KEY")
    for match in _DISCORD.finditer(text):
        first = search_left(_DISCORD_ID, text, match.start(), 31)
        if first is not None and classes(match.group()) > 2 and any(c.isdigit() for c in match.group()):
            yield Found(first.start(), match.end(), "TOKEN")


def _headed(text: str) -> Iterator[Found]:
    """Tokens whose mark stands in their middle or at their end, and whose beginning has a fixed length."""
    for tail, head, reach in ((_PAIRED, _PAIRED_HEAD, 40), (_MARKED, _MARKED_HEAD, 76)):
        for match in tail.finditer(text):
            first = search_left(head, text, match.start(), reach)
            if first is not None and entropy(text[first.start() : match.end()]) > 3:
                yield Found(first.start(), match.end(), "API_KEY")


def _widen(text: str, start: int, rule: Rule) -> int:
    """To the left, where the key stands inside the token (``12345678:AA...``, ``...Q~...``, ``....atlasv1....``)."""
    if not rule.pattern.startswith("(?<="):
        return start
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_~-"):
        start -= 1
    return start
