"""Layer 2: literals given to a name that announces a secret, in code, data formats, command lines and prose.

Names are found by the words they hold; ``leads`` says how a value can follow, ``literals`` where it ends, ``verdict`` whether it counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.leads import (
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
from grok_ls.redaction.names import PASSWORD, PIN, SECRET, secret_kind, words_of
from grok_ls.redaction.near import find_near, is_telling
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import classes, has_digit, is_named, is_random, is_scrambled
from grok_ls.redaction.verdict import (
    is_chosen,
    is_lone_word,
    is_name,
    is_noise,
    is_passphrase,
    is_path,
    is_phrase,
    is_plain_name,
    is_secret,
    is_strong,
)

_KEYS = (
    "pass pwd psk secret token key cred auth bearer cookie session mnemonic seed salt hmac otp dsn webhook jwt contrase senha mdp"
    " haslo hasło wachtwoord lösenord losenord parola heslo kennwort пароль 密码 密碼 パスワード 비밀번호 signature connection pepper"
    " phrase parol clave kodeord adgangskode geslo lozinka şifre sifre appid rollbar sonar.login pincode salasana jelszo sessid csrf xsrf code api_hash apihash api-hash api.hash"
).split()
_SHORT_KEY = re.compile(r"(?:p(?:at|w|in)|sid|wif)(?![a-z])")
_NAME = re.compile(r"[\w.\-]{0,400}")
_OPERATOR = re.compile(
    rf"(?P<close>{QUOTE}?\]?\)?)(?P<space>\s{{0,20}})(?P<op>\?=|:=|=|(?<!:):|：)(?![=>:])"
    r"(?P<after>[ \t]{0,80}(?:!!(?:str|binary)[ \t]{1,8}|&\w{1,40}[ \t]{1,8})?)"
)
_BYTES_LEAD = re.compile(
    r"[^=\n]{0,60}?=\s*(?:new\s+)?[\w.&:<>]{0,40}(?:\[\d*\])?[ \w]{0,20}[{\[(]{1,2}\s*(?:\(byte\)\s?)?"
)
_PHRASE = re.compile(rf"{QUOTE}?\s*[:=]\s*(?P<v>[a-z]{{3,8}}(?: [a-z]{{3,8}}){{11,23}})(?![ ]?[a-z])")
_FAR = 20_000
# "pass axis=0", "pass `dtype`": not the short form of password.
_VERB = re.compile(r"[ \t]+(?!(?:is|was|to)\b)[^=:\s]")
# The name of an environment variable or a property: what is set to it is its value.
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*")
_SETTER = re.compile(
    r"(?:\b(?:setq|setx?|setenv|SetEnv|defvar|define|def|ENV|export)\s+[$:(]?(?:[\w-]{1,20}/)?|[{\[]\s*|[\s{(]:|(?:cmp|equals?|compare|same|match|eq!?)\w*\s*\(\s*)\Z",
    re.I,
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
        done = end
        if end - start > 120 or text[max(0, start - 6) : start] == "class ":
            continue
        end = _without_method(text, start, end)
        kind = _kind_of(text, start, end)
        if kind is not None:
            yield from _values_of(text, start, end, kind)


_METHOD = re.compile(
    r"[.](?:equals(?:IgnoreCase)?|compareTo|orElse|unwrap_or(?:_else)?|getOrElse|default|to_eq|eq|toBe|toEqual|contains|startsWith|setValue|set|type|fill|sendKeys|send_keys)\Z"
)
_SHOULD = re.compile(r"[.](?:should|to|must)\Z")
_SPACED = re.compile(r"([A-Za-z]{2,20}) \Z")


def _without_method(text: str, start: int, end: int) -> int:
    """``x.equals(``: the name is ``x``."""
    method = (_METHOD if text[end : end + 1] == "(" else _SHOULD).search(text, start, end)
    return method.start() if method is not None else end


def _kind_of(text: str, start: int, end: int) -> str | None:
    """What the name announces; a lone ``key`` or ``code`` in prose is told by the word before it: ``API key``."""
    name = text[start:end]
    kind = secret_kind(_bare_name(name))
    if (kind == "WEAK" and name.lower() == "key") or name.lower() in {"phrase", "code", "codes"}:
        before = _SPACED.search(text, max(0, start - 22), start)
        if before is not None:
            return secret_kind(f"{before[1]}_{name}") or ("SECRET" if before[1].lower() == "recovery" else kind)
    return kind


def _bare_name(name: str) -> str:
    """Without the option that it is joined to: ``-Dspring.password``, ``--password``, ``password.``"""
    name = name.rstrip("-.").lstrip("n") if name.startswith("n-") else name.rstrip("-.")
    joined = name[:2] in {"-D", "-P", "-e"} and not name[1:].lower().startswith(("pass", "pwd", "private", "psk"))
    return name[2:] if joined else name.lstrip("-")


def _key_places(lowered: str) -> list[int]:
    """Where a word begins that a secret's name may hold, in order. Substring search: the cost of a text without them is small."""
    places = [match.start() for match in _SHORT_KEY.finditer(lowered)]
    for key in _KEYS:
        at = lowered.find(key)
        while at != -1:
            places.append(at)
            at = lowered.find(key, at + len(key))
    return sorted(places)


def _values_of(text: str, start: int, end: int, kind: str) -> Iterator[Found]:
    limit = min(len(text), end + _FAR)
    if text[start:end] == "pass" and text[start - 1 : start] != "\n" and _VERB.match(text, end):
        word = WORD.match(text, end, limit)
        if word is not None and _plain_line(text, word.end()) and _is_strict(word["v"]):
            yield Found(*word.span("v"), _type(kind))
        return
    listed = list(_contained(text, start, end, kind)) if kind in {PASSWORD, SECRET} else []
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
        found += _passphrase(text, start, end, limit, kind)
    if not found and kind == SECRET:
        found += _seed_phrase(text, start, end)
    if not found and kind != "WEAK":
        found = list(find_near(text, start, end, kind, _type(kind)))
    yield from found


_PHRASED = re.compile(r"(?::[-=]?|[ \t](?:to|is|=|:)[ \t])[`\"']?(?P<v>[a-z]{3,12}(?:[-_][a-z]{3,12}){2,7})(?![\w-])")


def _passphrase(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    """Words joined to one secret (``walnut-planet-garden``): only for what is called a secret or password, and a key that signs."""
    words = words_of(text[start:end])
    if kind != PASSWORD and words[-1] != "secret" and words[-2:] not in _SIGNING:
        return
    parts = 3 if kind == PASSWORD else 2
    for lead, _ in QUOTED if _has_quote(text, end) else ():
        match = lead.match(text, end, limit)
        places = pieces(text, match.end()) if match is not None else []
        if places and is_passphrase("".join(text[low:high] for low, high in places), parts):
            yield from (Found(low, high, _type(kind)) for low, high in places)
            return
    for enclosed in (_PHRASED, *(lead.regex for lead in UNQUOTED)):
        match = enclosed.match(text, end, limit)
        if match is not None and is_passphrase(match["v"], parts):
            yield Found(*match.span("v"), _type(kind))
            return
    if _SETTER.search(text, max(0, start - 20), start) is not None:
        match = WORD.match(text, end, limit)
        if match is not None and is_passphrase(match["v"], parts):
            yield Found(*match.span("v"), _type(kind))
            return
    operator = _OPERATOR.match(text, end, limit)
    if operator is not None:
        stop = bare_end(text, operator.end(), parameter=False)
        if is_passphrase(text[operator.end() : stop], parts) and (
            _plain_line(text, stop) or (text[start:end].isupper() and text[end : operator.end()] == "=")
        ):
            yield Found(operator.end(), stop, _type(kind))


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


def _contained(text: str, start: int, end: int, kind: str) -> Iterator[Found]:
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
        telling = _counts(item[group], kind, LIKELY, quoted=True) if kind == PASSWORD else is_telling(item[group], kind)
        if telling and (not is_plain_name(item[group]) or is_passphrase(item[group].rstrip("0123456789"), 3)):
            yield Found(*item.span(group), _type(kind))


_WALLET_WORDS = re.compile(r"(?<![a-z])[a-z]{3,8}(?: {1,2}[a-z]{3,8}){11,23}(?![ ]?[a-z])")
_WALLET_NAMES = frozenset("mnemonic seed phrase".split())


def _seed_phrase(text: str, start: int, end: int) -> Iterator[Found]:
    """The words of a wallet, quoted, near a name that speaks of them."""
    if not _WALLET_NAMES.intersection(words_of(text[start:end])):
        return
    for match in _WALLET_WORDS.finditer(text, max(0, start - 240), min(len(text), end + 400)):
        if is_phrase(match.group()) and text[match.start() - 1 : match.start()] in {'"', "'", "`", ">", "|"}:
            yield Found(*match.span(), "SECRET")
            return


_SIGNING = (["signing", "key"], ["session", "key"], ["cookie", "key"], ["jwt", "key"])


def _bracketed(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    match = BRACKETED.match(text, end, limit)
    if match is not None:
        group = "v" if match["v"] is not None else "w"
        if _counts(match[group], kind, SURE, quoted=True):
            yield Found(*match.span(group), _type(kind))


def _has_quote(text: str, at: int) -> bool:
    near = text[at : at + 200]
    return '"' in near or "'" in near or "`" in near


def _quoted(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    if not _has_quote(text, end):
        return
    for lead, grade in QUOTED:
        match = lead.match(text, end, limit)
        if match is None:
            continue
        if grade == LOOSE and kind != "WEAK" and _SETTER.search(text, max(0, start - 20), start):
            grade = LIKELY
        if grade == LIKELY and kind != "WEAK" and _VARIABLE.fullmatch(text, start, end):
            grade = SURE
        places = pieces(text, match.end())
        if places and _is_no_value(text, start, match, places[-1][1]):
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
            if chosen and _counts(value, kind, grade, quoted=True):
                yield from (Found(low, high, _type(kind)) for low, high in chosen)
                return


_KEEPER = re.compile(r"(?i)(?:get|set|delete|remove|has|find|load|read|store|save|fetch)_?(?!able)")


def _is_no_value(text: str, start: int, lead: re.Match[str], end: int) -> bool:
    """``{"key": ..``, the first key of what the name holds; ``get_password("service", ..``, what a keeper is asked for."""
    after = text[end + 1 : end + 3].lstrip()[:1]
    if "{" in lead.group():
        return after == ":"
    return after == "," and lead.group().strip() == "(" and _KEEPER.match(text, start) is not None


def _counts(value: str, kind: str, grade: str, *, quoted: bool) -> bool:
    if not is_secret(value, kind, quoted=quoted):
        return False
    if grade == SURE:
        return True
    if kind == PIN or (grade == LIKELY and value.isdecimal()):
        return True
    if grade == LIKELY and kind == PASSWORD:
        return is_chosen(value) or is_strong(value)
    if kind == PASSWORD and is_chosen(value) and (classes(value) > 2 or _NUMBERED.fullmatch(value)):
        return True
    return is_strong(value) and not is_plain_name(value)


def _unquoted(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    """``NAME=value``, ``name: value``: shells, dotfiles, logs, and code, where the value may well be another name."""
    operator = _OPERATOR.match(text, end, limit)
    if operator is None:
        at = end + 1
        whole = _rest_of_line(text, at)
        if kind == SECRET and text[start - 4 : start] == "ENV " and is_noise(text[at:whole]):
            yield Found(at, whole, _type(kind))
        return
    at = operator.end()
    whole = _rest_of_line(text, at)
    if operator["op"] == "=" and kind == SECRET and text[start:end].isupper() and is_noise(text[at:whole]):
        # A dotenv line holds one value, whatever signs are in it.
        yield Found(at, whole, _type(kind))
        return
    stop = bare_end(text, at, parameter=text[start - 1 : start] in {"?", "&"})
    value = text[at:stop]
    phrase = _PHRASE.match(text, end, limit) if kind == SECRET else None
    if phrase is not None and is_phrase(phrase["v"]):
        yield Found(*phrase.span("v"), _type(kind))
    elif (is_secret(value, kind, quoted=False) and _is_literal(text, start, stop, value, operator, kind)) or (
        kind == PASSWORD and is_lone_word(value) and _stands_alone(text, start, at, stop, operator)
    ):
        yield Found(at, stop, _type(kind))


_NEAR = 8_000


def _stands_alone(text: str, start: int, at: int, stop: int, operator: re.Match[str]) -> bool:
    """Whether the word that is given is no variable: it is all that its line gives (or joined by a bare ``=``), and stands nowhere else."""
    tight = operator["op"] == "=" and not operator["space"] and not operator["after"]
    joined = tight and text[stop : stop + 1] in {"", " ", "\n", "\r", "&", '"', "'", "\\"}
    if not (joined or (operator["op"] in ":=" and _is_entry(text, start, stop))):
        return False
    return text[max(0, start - _NEAR) : stop + _NEAR].count(text[at:stop]) == 1


def _is_name_of_its_own(piece: str) -> bool:
    """One of a list of names (imports, algorithms), no piece of a secret."""
    return (len(piece) > 8 and is_named(piece)) or (len(piece) > 5 and ("/" in piece and is_path(piece)))


def _rest_of_line(text: str, at: int) -> int:
    end = text.find("\n", at, at + 400)
    end = end if end >= 0 else min(len(text), at + 400)
    return at + len(text[at:end].rstrip())


def _is_literal(text: str, start: int, stop: int, value: str, operator: re.Match[str], kind: str) -> bool:
    """Whether a bare ``value`` is meant as it stands, not as the name of a variable."""
    if is_random(value) or is_scrambled(value) or (len(value) > 15 and is_strong(value)):
        return True
    digits = sum(c.isdigit() for c in value)
    tight = operator["op"] == "=" and not operator["space"] and not operator["after"]
    alone = operator["op"] in ":：" and kind == PASSWORD and _is_entry(text, start, stop)
    if operator["op"] in ":：" and kind == PASSWORD and _is_label(text, start, stop) and is_chosen(value):
        return True
    if value.isidentifier() and (is_name(value) or digits < (1 if tight or alone or operator["op"] == "?=" else 2)):
        return False
    if _plain_line(text, stop) and not (kind != PASSWORD and is_plain_name(value)):
        return True
    after = text[stop : stop + 1]
    if kind == PIN:
        return tight and (text[start : operator.start()].isupper() or not value.isdecimal())
    if kind != PASSWORD:
        return False
    if tight and _NUMBERED.fullmatch(value):
        return True
    if tight:
        return after not in {",", ")", ";"} or not value.isidentifier()
    return is_chosen(value) and (not value.isidentifier() or digits > 1) and operator["op"] in ":："


_LABEL = re.compile(r"[A-Za-z][\w:.@'-]*[ ]{1,4}\Z")
# As no variable is called: ``amber4100``.
_NUMBERED = re.compile(r"[A-Za-z]{4,}\d{3,}")


def _is_label(text: str, start: int, stop: int) -> bool:
    """``New password: ..``, ``Login: kim Password: ..``: a word before the name, or a capital, and nothing after the value."""
    end = text.find("\n", stop)
    if text[stop : end if end >= 0 else len(text)].strip():
        return False
    return (
        text[start].isupper()
        or _LABEL.search(text, max(0, start - 40, text.rfind("\n", 0, start) + 1), start) is not None
    )


def _is_entry(text: str, start: int, stop: int) -> bool:
    """Whether the name and its value are all that stands in their line, as in YAML."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", stop)
    return (
        not text[line_start:start].strip(" \t-") and not text[stop : line_end if line_end >= 0 else len(text)].strip()
    )


def _plain_line(text: str, stop: int) -> bool:
    """Whether the line ends after the value, but for a comment."""
    line_end = text.find("\n", stop)
    rest = text[stop : line_end if line_end >= 0 else len(text)].strip()
    return not rest or rest[0] in "#;/,&|\\*"


def _enclosed(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    leads = [lead.regex for lead in UNQUOTED]
    if text[max(0, start - 2) : start] == "${":
        leads.append(EXPANSION)
    for lead in leads:
        match = lead.match(text, end, limit)
        if match is None:
            continue
        further = list(_folded(text, match.end("v"), kind)) if lead in _FOLDED else []
        value = match["v"] + "".join(text[low:high] for low, high, _ in further)
        sure = lead is EXPANSION or text[match.end() : match.end() + end - start + 3] == f"</{text[start:end]}>"
        if _is_given(value, kind) or (
            sure and kind == PASSWORD and is_secret(value, kind, quoted=True) and secret_kind(value) is None
        ):
            yield from (Found(*match.span("v"), _type(kind)), *further)
            return
    if kind != "WEAK":
        array = _BYTES_LEAD.match(text, end, limit)
        numbers = byte_list(text, array.end()) if array is not None else None
        if numbers is not None:
            yield Found(*numbers, _type(kind))


_FOLDED = tuple(lead.regex for lead in UNQUOTED if "[|>]" in lead.regex.pattern)
_FOLD = re.compile(r"[ \t]{0,8}\r?\n[ \t]{1,80}(?P<v>[^\s:\"'<>{}#-][^\s:\"'<>{}]{2,400})(?=[ \t]{0,8}(?:\r?\n|\Z))")


def _folded(text: str, at: int, kind: str) -> Iterator[Found]:
    """The further lines of a scalar that is folded over several."""
    while (line := _FOLD.match(text, at)) is not None:
        yield Found(*line.span("v"), _type(kind))
        at = line.end("v")


def _is_given(value: str, kind: str) -> bool:
    """A literal in a place that holds the value, unquoted."""
    if kind == PIN or value.isdecimal():
        return is_secret(value, kind, quoted=False)
    if kind == PASSWORD:
        return is_secret(value, kind, quoted=False) and not is_name(value) and (is_chosen(value) or is_strong(value))
    return is_secret(value, kind, quoted=False) and (is_random(value) or len(value) > 19) and not is_plain_name(value)


def _spoken(text: str, start: int, end: int, limit: int, kind: str) -> Iterator[Found]:
    """In a sentence, a comment, a row of a table, an option of a command."""
    if kind == PASSWORD and not (start and text[start - 1] in "`'\""):
        for pattern in SPOKEN:
            match = pattern.match(text, end, limit)
            if match is not None and is_chosen(match["v"]):
                yield Found(*match.span("v"), _type(kind))
                return
    for pattern in (BESIDE, *SPOKEN, TITLED, WORD):
        match = pattern.match(text, end, limit)
        if (
            match is not None
            and is_secret(match["v"], kind, quoted=False)
            and _is_telling(text, start, match["v"], kind)
        ):
            yield Found(*match.span("v"), _type(kind))
            return
    if not start or text[start - 1] == "\n":
        match = ROW.match(text, end, limit)
        if match is not None and _is_given(match["v"], kind):
            yield Found(*match.span("v"), _type(kind))


_USED = re.compile(r"(?i)\b(?:with|using|use|enter|type)[ ](?:(?:the|this|following|a|an)[ ])?(?:[\w-]{2,12}[ ])?\Z")


def _is_strict(value: str) -> bool:
    """A password by its own look, where the words around it may mean another thing."""
    return is_chosen(value) and (_NUMBERED.fullmatch(value) is not None or is_strong(value))


def _is_telling(text: str, start: int, value: str, kind: str) -> bool:
    if is_random(value) or (len(value) > 15 and is_scrambled(value)):
        return True
    option = (
        text[start : start + 2] == "--"
        or text[max(0, start - 1) : start + 1] == " -"
        or _USED.search(text, max(0, start - 40), start) is not None
        or _SETTER.search(text, max(0, start - 20), start) is not None
    )
    signs = any(c in "!#$%^&*~" for c in value) and has_digit(value)
    if value.isdecimal():
        return kind == PASSWORD and option
    phrase = is_passphrase(value.rstrip("0123456789"), 3)
    return kind == PASSWORD and is_chosen(value) and (option or signs or phrase or sum(c.isdigit() for c in value) > 1)


def _before(text: str, start: int, kind: str) -> Iterator[Found]:
    """The value that stands before its name: ``{"value": "..", "name": "X"}``, ``"..".equals(X)``."""
    tail = text[max(0, start - REACH) : start]
    if not tail.rstrip(" \t\n").endswith(('"', "'", "`", "=", ":", "(", ".", ",")):
        return
    for pattern in BEFORE:
        match = pattern.search(tail)
        if match is not None and _counts(match["v"], kind, LIKELY, quoted=True):
            base = start - len(tail)
            yield Found(base + match.start("v"), base + match.end("v"), _type(kind))
            return


def _type(kind: str) -> str:
    return "PASSWORD" if kind == PASSWORD else "SECRET"
