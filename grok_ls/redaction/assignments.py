"""Layer 2: literals given to a name that announces a secret, in code, data formats, command lines and prose.

Names are found by the words they hold; ``leads`` says how a value can follow, ``literals`` where it ends, ``verdict`` whether it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.grades import counts, is_given, is_strict, type_of
from grok_ls.redaction.held import find_contained, find_passphrase, find_seed_phrase
from grok_ls.redaction.leads import (
    ANY_QUOTED,
    ANY_SPOKEN,
    BEFORE,
    BESIDE,
    BRACKETED,
    EXPANSION,
    LIKELY,
    LOOSE,
    QUOTE,
    QUOTED,
    REACH,
    ROW,
    SPOKEN,
    SURE,
    TITLED,
    UNQUOTED,
    WORD,
)
from grok_ls.redaction.literals import CONTINUED, bare_end, byte_list, is_concatenated, pieces
from grok_ls.redaction.made_up import is_made_up
from grok_ls.redaction.names import PASSWORD, SECRET, WEAK, Announced, secret_kind
from grok_ls.redaction.near import find_near
from grok_ls.redaction.phrases import is_lone_word, is_passphrase, is_phrase, is_phrased, is_wordy
from grok_ls.redaction.piece import standing
from grok_ls.redaction.placeholder import PLACEHOLDER
from grok_ls.redaction.prose import find_said, is_spoken_of
from grok_ls.redaction.sight import left, occurrences, right, search_left
from grok_ls.redaction.span import Found
from grok_ls.redaction.standing import (
    OPERATOR,
    SETTER,
    has_quote,
    is_literal,
    is_plain_line,
    rest_of_line,
    stands_alone,
)
from grok_ls.redaction.topic import find_topics
from grok_ls.redaction.values import has_digit, is_named, is_random, is_scrambled
from grok_ls.redaction.verdict import (
    is_chosen,
    is_noise,
    is_path,
    is_secret,
)

_KEYS = (
    "pass pwd psk secret token key cred auth bearer cookie session mnemonic seed salt hmac otp dsn webhook jwt contrase senha mdp"
    " haslo hasło wachtwoord lösenord losenord parola heslo kennwort пароль 密码 密碼 パスワード 비밀번호 signature connection pepper"
    " phrase parol clave kodeord adgangskode geslo lozinka şifre sifre appid rollbar sonar.login pincode salasana jelszo sessid csrf xsrf code api_hash apihash api-hash api.hash"
).split()
_SHORT_KEYS = ("pat", "pw", "pin", "sid", "wif")
"""Where no letter follows: ``DB_PW``, ``pin2``."""
_SMALL = frozenset("abcdefghijklmnopqrstuvwxyz")
_NAME = re.compile(r"[\w.\-]{0,400}")
_BYTES_LEAD = re.compile(
    r"[^=\n]{0,60}?=\s*(?:new\s+)?[\w.&:<>]{0,40}(?:\[\d*\])?[ \w]{0,20}[{\[(]{1,2}\s*(?:\(byte\)\s?)?"
)
_BYTE = re.compile(r"0[xX][0-9a-fA-F]{2}|\b\d{2,3}\b")
_PHRASE = re.compile(rf"{QUOTE}?\s*[:=]\s*(?P<v>[a-z]{{3,8}}(?: [a-z]{{3,8}}){{11,23}})(?![ ]?[a-z])")
_FAR = 20_000
_NEXT_LINE = re.compile(r"\\\r?\n[ \t]{0,40}(?P<v>[^\s\"'\\]{4,400})(?=[ \t]*(?:\r?\n|\Z))")
# "pass axis=0", "pass `dtype`": not the short form of password.
_VERB = re.compile(r"[ \t]+(?!(?:is|was|to)\b)[^=:\s]")
# The name of an environment variable or a property: what is set to it is its value.
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*")


def find_assignments(text: str) -> Iterator[Found]:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    done = -1
    mentions: list[int] = []
    seen: set[Found] = set()
    for at in key_places(text, lowered):
        if at < done:
            continue
        start = at
        while start > 0 and at - start < 60 and (text[start - 1].isalnum() or text[start - 1] in "_.-"):
            start -= 1
        name = _NAME.match(text, at)
        end = name.end() if name else at + 1
        done = end
        if end - start > 120 or left(text, start, 6) == "class " or PLACEHOLDER.search(text, start, end):
            continue
        end = _without_method(text, start, end)
        kind = _kind_of(text, start, end)
        for found in _values_of(text, start, end, kind) if kind is not None else ():
            seen.add(found)
            yield found
        if kind == PASSWORD and is_spoken_of(text, start, end):
            mentions.append(end)
    yield from (found for found in find_topics(text, lowered, mentions) if found not in seen)


_METHOD = re.compile(
    r"[.](?:equals(?:IgnoreCase)?|compareTo|orElse|unwrap_or(?:_else)?|getOrElse|default|to_eq|eq|toBe|toEqual|contains|startsWith|setValue|set|type|fill|sendKeys|send_keys)\Z"
)
_SHOULD = re.compile(r"[.](?:should|to|must)\Z")
_SPACED = re.compile(r"([A-Za-z]{2,20}) \Z")


def _without_method(text: str, start: int, end: int) -> int:
    """``x.equals(``: the name is ``x``."""
    method = (_METHOD if right(text, end) == "(" else _SHOULD).search(text, start, end)
    return method.start() if method is not None else end


# A folder or a file that is called so, unless the slash ends a pattern: ``/password/i``.
_PATTERN = re.compile(r"/[gimsuy]{0,4}\s{0,4}[),.;\]]")
_FILE = re.compile(
    r"[a-z]\.(?:[jt]sx?|[cm]js|py|rb|go|rs|java|kt|cs|php|json|ya?ml|xml|md|rst|txt|html?|s?css|less|svg|png|map|vue|po|mo|sh|lock|toml|h|cpp?)\Z"
)
_ARN = re.compile(r"\barn:[\w:-]{1,70}:\Z")


def _kind_of(text: str, start: int, end: int) -> Announced | None:
    """What the name announces; a lone ``key`` or ``code`` in prose is told by the word before it: ``API key``."""
    name = text[start:end]
    if (right(text, end) == "/" and not _PATTERN.match(text, end)) or _FILE.search(name) is not None:
        return None
    if left(text, start) == ":" and search_left(_ARN, text, start, 80):
        return None
    kind = secret_kind(_bare_name(name))
    if (kind == WEAK and name.lower() == "key") or name.lower() in {"phrase", "code", "codes"}:
        before = search_left(_SPACED, text, start, 22)
        if before is not None:
            return secret_kind(f"{before[1]}_{name}") or (SECRET if before[1].lower() == "recovery" else kind)
    return kind


def _bare_name(name: str) -> str:
    """Without the option that it is joined to: ``-Dspring.password``, ``--password``, ``password.``"""
    name = name.rstrip("-.").lstrip("n") if name.startswith("n-") else name.rstrip("-.")
    joined = name[:2] in {"-D", "-P", "-e"} and not name[1:].lower().startswith(("pass", "pwd", "private", "psk"))
    return name[2:] if joined else name.lstrip("-")


def key_places(text: str, lowered: str) -> list[int]:
    """Where a word begins that a secret's name may hold, in order. Substring search: the cost of a text without them is small."""
    places = [
        at
        for key in standing(text, _SHORT_KEYS, lowered=True)
        for at in occurrences(lowered, key)
        if right(lowered, at + len(key)) not in _SMALL
    ]
    for key in standing(text, _KEYS, lowered=True):
        places.extend(occurrences(lowered, key))
    return sorted(places)


def _values_of(text: str, start: int, end: int, kind: Announced) -> Iterator[Found]:
    limit = min(len(text), end + _FAR)
    lone = text[start:end] == "pass" and search_left(SETTER, text, start, 20) is None
    if lone and left(text, start) != "\n" and _VERB.match(text, end):
        word = WORD.match(text, end, limit)
        if word is not None and is_plain_line(text, word.end()) and is_strict(word["v"]):
            yield Found(*word.span("v"), type_of(kind))
        return
    listed = list(find_contained(text, start, end, kind)) if kind in {PASSWORD, SECRET} else []
    if listed:
        yield from listed
        return
    for look in (_quoted, _unquoted, _bracketed, _enclosed, _spoken):
        found = list(look(text, start, end, limit, kind))
        if found:
            yield from found
            return
    found = list(_before(text, start, kind))
    if kind in {PASSWORD, SECRET}:
        found += find_passphrase(text, start, end, limit, kind)
    if not found and kind == SECRET:
        found += find_seed_phrase(text, start, end)
    if not found and kind != WEAK:
        found = list(find_near(text, start, end, kind, type_of(kind)))
    if kind == PASSWORD or (kind == SECRET and text[start:end].lower() == "secret" and not found):
        found += (said for said in find_said(text, start, end, type_of(kind)) if said not in found)
    yield from found


def _bracketed(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    match = BRACKETED.match(text, end, limit)
    if match is not None:
        group = "v" if match["v"] is not None else "w"
        if counts(match[group], kind, SURE, quoted=True):
            yield Found(*match.span(group), type_of(kind))


def _quoted(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    if not has_quote(text, end):
        return
    if ANY_QUOTED.match(text, end, limit) is None:
        return
    for lead, grade in QUOTED:
        match = lead.match(text, end, limit)
        if match is None:
            continue
        if grade == LOOSE and kind != WEAK and search_left(SETTER, text, start, 20):
            grade = LIKELY
        if grade == LIKELY and kind != WEAK and _VARIABLE.fullmatch(text, start, end):
            grade = SURE
        places = pieces(text, match.end())
        if places and (
            _is_no_value(text, start, match, places[-1][1]) or _is_looked_up(text, start, end, match, places)
        ):
            continue
        # Adjacent literals are one, or an argument and the next (Lisp).
        for chosen in (places, places[:1]) if len(places) > 1 else (places,):
            if (
                len(chosen) > 1
                and not is_concatenated(text, chosen)
                and any(_is_name_of_its_own(text[low:high]) for low, high in chosen)
            ):
                continue
            value = CONTINUED.sub("", "".join(text[low:high] for low, high in chosen))
            if chosen and counts(value, kind, grade, quoted=True):
                yield from (Found(low, high, type_of(kind)) for low, high in chosen)
                further = _TO.match(text, chosen[-1][1])
                changed = pieces(text, further.end()) if further is not None else []
                if changed and counts("".join(text[low:high] for low, high in changed), kind, grade, quoted=True):
                    yield from (Found(low, high, type_of(kind)) for low, high in changed)
                return


_TO = re.compile(r"[\"'`]\s{0,4}(?:->|→)\s{0,4}(?=[\"'`])")
"""``"old" -> "new"``, as plans of changes have it."""
_KEEPER = re.compile(
    r"(?i)(?:\w{1,30}[.]){0,3}(?:get|set|delete|remove|has|find|load|read|store|save|fetch|change|update|reset|rotate)_?(?!able)"
)


def _is_no_value(text: str, start: int, lead: re.Match[str], end: int) -> bool:
    """``{"key": ..``, the first key of what the name holds; ``get_password("service", ..``, what a keeper is asked for."""
    after = text[end + 1 : end + 3].lstrip()[:1]
    if "{" in lead.group():
        return after == ":"
    if "\n" in lead.group() and lead.group()[:1] in "\"'`" and left(text, start) == " ":
        # The last word of a sentence, and the next argument.
        return True
    return after == "," and lead.group().strip() == "(" and _KEEPER.match(text, start) is not None


_SUBSCRIPT = re.compile(r"[a-z_)\]]\[\Z")


def _is_looked_up(text: str, start: int, end: int, lead: re.Match[str], places: list[tuple[int, int]]) -> bool:
    """``self.sshpass = kwargs.get("sshpass")``, ``password=config["db"]``: the literal is the key by which the value is asked for."""
    if _SUBSCRIPT.search(lead.group()):
        return True
    (low, high), *_ = places
    name = text[start:end].rpartition(".")[2].lstrip("_")
    return lead.group()[-1:] in {"(", "["} and text[low:high].lower() == name.lower()


def _unquoted(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    """``NAME=value``, ``name: value``: shells, dotfiles, logs, and code, where the value may well be another name."""
    operator = OPERATOR.match(text, end, limit)
    if operator is None:
        at = end + 1
        whole = rest_of_line(text, at)
        if kind == SECRET and text[start - 4 : start] == "ENV " and is_noise(text[at:whole]):
            yield Found(at, whole, type_of(kind))
        return
    at = operator.end()
    whole = rest_of_line(text, at)
    if operator["op"] == "=" and kind == SECRET and text[start:end].isupper() and is_noise(text[at:whole]):
        # A dotenv line holds one value, whatever signs are in it.
        yield Found(at, whole, type_of(kind))
        return
    stop = bare_end(text, at, parameter=left(text, start) in {"?", "&"})
    # A backslash at the end of a line goes on in the next.
    broken = _NEXT_LINE.match(text, stop - 1) if left(text, stop) == "\\" else None
    stop -= broken is not None
    value = text[at:stop]
    if value.lower() == text[start:end].lower():
        # ``"HAS_PSK": has_psk``
        return
    phrase = _PHRASE.match(text, end, limit) if kind == SECRET else None
    if phrase is not None and is_phrase(phrase["v"]):
        yield Found(*phrase.span("v"), type_of(kind))
    elif (is_secret(value, kind, quoted=False) and is_literal(text, start, stop, value, operator, kind)) or (
        kind == PASSWORD
        and (is_lone_word(value, 5) or is_phrased(value))
        and stands_alone(text, start, at, stop, operator)
    ):
        yield Found(at, stop, type_of(kind))
        if broken is not None:
            yield Found(*broken.span("v"), type_of(kind))


def _is_name_of_its_own(piece: str) -> bool:
    """One of a list of names (imports, algorithms), no piece of a secret."""
    return (len(piece) > 8 and is_named(piece)) or (len(piece) > 5 and ("/" in piece and is_path(piece)))


def _enclosed(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    leads = [lead.regex for lead in UNQUOTED]
    if left(text, start, 2) == "${":
        leads.append(EXPANSION)
    for lead in leads:
        match = lead.match(text, end, limit)
        if match is None:
            continue
        further = list(_folded(text, match.end("v"), kind)) if lead in _FOLDED else []
        value = match["v"] + "".join(text[low:high] for low, high, _ in further)
        sure = lead is EXPANSION or _closes(text, match.end(), text[start:end])
        if is_given(value, kind) or (
            sure and kind == PASSWORD and is_secret(value, kind, quoted=True) and secret_kind(value) is None
        ):
            yield from (Found(*match.span("v"), type_of(kind)), *further)
            return
    if kind != WEAK or text[start:end].lower() == "key":
        array = _BYTES_LEAD.match(text, end, limit)
        numbers = byte_list(text, array.end()) if array is not None else None
        if numbers is not None and (kind != WEAK or len(set(_BYTE.findall(text, *numbers))) > 15):
            yield Found(*numbers, type_of(kind))


_CLOSING = re.compile(r"</(?:[\w.-]{1,40}:)?([\w.-]{1,120})>")


def _closes(text: str, at: int, name: str) -> bool:
    """Whether the element ``name`` ends at ``at``, whatever the prefix of its namespace."""
    closing = _CLOSING.match(text, at)
    return closing is not None and closing[1] == name


_FOLDED = tuple(lead.regex for lead in UNQUOTED if "[|>]" in lead.regex.pattern)
_FOLD = re.compile(r"[ \t]{0,8}\r?\n[ \t]{1,80}(?P<v>[^\s:\"'<>{}#-][^\s:\"'<>{}]{2,400})(?=[ \t]{0,8}(?:\r?\n|\Z))")


def _folded(text: str, at: int, kind: Announced) -> Iterator[Found]:
    """The further lines of a scalar that is folded over several."""
    while (line := _FOLD.match(text, at)) is not None:
        yield Found(*line.span("v"), type_of(kind))
        at = line.end("v")


def _spoken(text: str, start: int, end: int, limit: int, kind: Announced) -> Iterator[Found]:
    """In a sentence, a comment, a row of a table, an option of a command."""
    said = ANY_SPOKEN.match(text, end, limit) is not None
    if said and kind == PASSWORD and not (start and text[start - 1] in "`'\""):
        for pattern in SPOKEN:
            match = pattern.match(text, end, limit)
            if match is not None and is_chosen(match["v"]):
                yield Found(*match.span("v"), type_of(kind))
                return
    for pattern in (BESIDE, *SPOKEN, TITLED, WORD) if said else (BESIDE, TITLED, WORD):
        match = pattern.match(text, end, limit)
        if (
            match is not None
            and (is_secret(match["v"], kind, quoted=False) or (kind == PASSWORD and is_wordy(match["v"])))
            and _is_telling(text, start, match["v"], kind)
        ):
            yield Found(*match.span("v"), type_of(kind))
            return
    if not start or text[start - 1] == "\n":
        match = ROW.match(text, end, limit)
        if match is not None and is_given(match["v"], kind):
            yield Found(*match.span("v"), type_of(kind))


_USED = re.compile(r"(?i)\b(?:with|using|use|enter|type)[ ](?:(?:the|this|following|a|an)[ ])?(?:[\w-]{2,12}[ ])?\Z")


def _is_telling(text: str, start: int, value: str, kind: Announced) -> bool:
    if is_random(value) or (len(value) > 15 and is_scrambled(value)) or is_made_up(value):
        return True
    option = (
        text[start : start + 2] == "--"
        or left(text, start) + right(text, start) == " -"
        or search_left(_USED, text, start, 40) is not None
        or search_left(SETTER, text, start, 20) is not None
    )
    signs = any(c in "!#$%^&*~" for c in value) and has_digit(value)
    if value.isdecimal():
        return kind == PASSWORD and option
    phrase = is_passphrase(value.rstrip("0123456789"), 3)
    return (
        kind == PASSWORD
        and ((option and is_wordy(value)) or is_chosen(value))
        and (option or signs or phrase or sum(c.isdigit() for c in value) > 1)
    )


def _before(text: str, start: int, kind: Announced) -> Iterator[Found]:
    """The value that stands before its name: ``{"value": "..", "name": "X"}``, ``"..".equals(X)``."""
    tail = left(text, start, REACH)
    if not tail.rstrip(" \t\n").endswith(('"', "'", "`", "=", ":", "(", ".", ",")):
        return
    for signs, pattern in BEFORE:
        match = pattern.search(tail) if any(sign in tail for sign in signs) else None
        if match is not None and counts(match["v"], kind, LIKELY, quoted=True):
            base = start - len(tail)
            yield Found(base + match.start("v"), base + match.end("v"), type_of(kind))
            return
