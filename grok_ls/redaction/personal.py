"""Layer 4: personal data, each kind told by a check digit, a reserved range or a fixed frame. No names, no addresses: not without a model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from grok_ls.redaction.homes import find_homes
from grok_ls.redaction.identity import find_announced, find_checked
from grok_ls.redaction.placeholder import PLACEHOLDER
from grok_ls.redaction.sight import left, right, within
from grok_ls.redaction.span import Found

_EMAIL = re.compile(
    r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~%-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24}(?![\w-])"
)
_EMAIL_ENCODED = re.compile(
    r"(?<![\w.%-])(?P<local>[A-Za-z0-9][\w.+-]{0,63}(?:%2[bB][\w.-]{1,30})?)%40(?P<domain>(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,5}[A-Za-z]{2,24})(?![\w-])"
)
_EMAIL_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*\Z")
_RESERVED = re.compile(
    r"(?i)(?:.*\.)?(?:example\.(?:com|org|net|edu)|.*\.?(?:test|example|invalid|localhost|local|internal|lan)|(?:domain|company|yourdomain|your-domain|yourcompany|email|foo|bar|acme|host|server|mail|site)\.(?:com|org|tld)|users\.noreply\.github\.com)"
)
_ROLES = frozenset("git hg svn noreply no-reply donotreply postmaster mailer-daemon".split())
_FILE_ENDINGS = frozenset(
    "png jpg jpeg gif svg webp css js ts json html py rb go java md txt yml yaml xml ico woff ttf".split()
)
_ALONE = r"(?:(?<![\w.])|(?<=\\[nrt]))"
"""Not within a word or a number; the letter of an escape is no word."""
_PHONE = re.compile(
    rf"{_ALONE}(?:(?<![+/#-])\+\d{{1,3}}[ .\-]?(?:\(0?\d{{1,4}}\)[ .\-]?)?\d{{1,4}}(?:[ .\-]?\d{{2,5}}){{1,5}}"
    r"|(?<![+/#-])\(\d{3}\) ?\d{3}[-. ]\d{4}|(?<![+/#-])[2-9]\d{2}([-.])[2-9]\d{2}\1\d{4}|(?<![+/#-])0\d{2,4}/\d{5,8}"
    r"|(?<![+/#-])(?<!\d )0[1-9](?:[ .]\d{2}){4}(?![ .]\d)|(?<![+/#-])\([1-9]\d\) ?9?\d{4}[- ]\d{4}"
    r"|(?<![+/#-])00[1-9]\d{1,2}[ \-/.]\(?\d{1,4}\)?(?:[ \-/.]?\d{2,5}){1,4}|(?<![+/#-])01[567]\d[ /-]\d{3,4}[ -]?\d{3,5}|(?<![+/#-])07\d{3} \d{6})(?![\w]|[.\-]\d)"
)
_CARD = re.compile(
    rf"{_ALONE}(?<![+/-])[2-6]\d{{3}}(?:[ -]?\d{{4}}){{2}}[ -]?\d{{1,7}}(?![\w]|[.\-]\d)|"
    + rf"{_ALONE}(?<![+/-])"
    + r"3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?![\w]|[.\-]\d)|"
    + rf"{_ALONE}(?<![+/-])"
    + r"3[0689]\d{2}[ -]?\d{6}[ -]?\d{4}(?![\w]|[.\-]\d)"
)
_IBAN = re.compile(
    r"(?:(?<![A-Za-z0-9])|(?<=\\[nrt]))[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?![A-Za-z0-9])"
)
_IBAN_LENGTH = dict(
    zip(
        "AD AE AL AT AZ BA BE BG BH BR BY CH CR CY CZ DE DK DO EE EG ES FI FO FR GB GE GI GL GR GT HR HU IE IL IQ IS IT JO KW KZ LB LC LI LT LU LV MC MD ME MK MR MT MU NL NO PK PL PS PT QA RO RS SA SC SE SI SK SM ST SV TL TN TR UA VA VG XK".split(),
        [
            24,
            23,
            28,
            20,
            28,
            20,
            16,
            22,
            22,
            29,
            28,
            21,
            22,
            28,
            24,
            22,
            18,
            28,
            20,
            29,
            24,
            18,
            18,
            27,
            22,
            22,
            23,
            18,
            27,
            28,
            21,
            28,
            22,
            23,
            23,
            26,
            27,
            30,
            30,
            20,
            28,
            32,
            21,
            20,
            20,
            21,
            27,
            24,
            22,
            19,
            27,
            31,
            30,
            18,
            15,
            24,
            28,
            29,
            25,
            29,
            24,
            22,
            24,
            31,
            24,
            19,
            24,
            27,
            25,
            28,
            23,
            24,
            26,
            29,
            22,
            24,
            20,
        ],
        strict=True,
    )
)
_SSN = re.compile(rf"{_ALONE}(?<![+/-])" + r"(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w]|[.\-]\d)")
_IPV4 = re.compile(rf"{_ALONE}(?:(?<![+/-])|(?<=://))" + r"(?:\d{1,3}\.){3}\d{1,3}(?![\w]|\.\d|-\d)")
_IPV6 = re.compile(r"(?:(?<![\w:.])|(?<=\\[nrt]))(?:[0-9A-Fa-f]{1,4}:){2,7}(?::?[0-9A-Fa-f]{1,4}){1,7}(?![\w:]|\.\d)")
_LONGEST_IPV6 = 40
_COLONS = re.compile(r":(?:[0-9A-Fa-f]{1,4}:|:)")
_NUMBERED = re.compile(
    r"(?<![a-z])(?:version|section|sect|release|chapter|rev|§|v|ver|rfc\s?\d+)\W{0,8}\Z|[~<>=]=\W{0,2}\Z"
)
_HOST = re.compile(r"\b(?:ip|addr|address|host|server|ssh|from|@)\w*\W{0,6}\Z")
_RESOLVERS = frozenset(
    "2001:4860:4860::8888 2001:4860:4860::8844 2606:4700:4700::1111 2606:4700:4700::1001 2620:fe::fe 2620:fe::9 2620:119:35::35 2620:119:53::53"
    " 1.2.3.4 192.0.0.8 192.0.0.9 192.0.0.10 8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220".split()
)
_STANDS_FOR = re.compile(PLACEHOLDER.pattern + r"\Z")


def find_personal(text: str) -> Iterator[Found]:
    if "@" in text:
        yield from _emails(text)
    for match in _EMAIL_ENCODED.finditer(text) if "%40" in text else ():
        domain = match["domain"]
        if not _RESERVED.fullmatch(domain) and match["local"].lower() not in _ROLES:
            yield Found(*match.span(), "EMAIL")
    for start, end in _digit_places(text):
        # Each place with the characters beside it, which tell whether the number stands alone.
        low, high = within(text, start, end, 8, 8)
        piece = text[low:high]
        for found in (*_numbers(piece), *_national(piece), *find_checked(piece)):
            yield Found(found.start + low, found.end + low, found.kind)
    yield from find_announced(text)
    yield from _addresses(text)
    yield from find_homes(text)


_DIGITS = re.compile(r"\d[\d .()/A-Z-]{5,}")


def _digit_places(text: str) -> Iterator[tuple[int, int]]:
    """Runs that hold enough digits for a number of a person; most text has none, so the patterns below seldom run."""
    for match in _DIGITS.finditer(text):
        run = match.group()
        if run.isdigit() and len(run) < 11 and run[0] != "0" and left(text, match.start()) != "+":
            # Ten digits in one piece are no number of a person, unless a sign or a zero begins them.
            continue
        if sum(c.isdigit() for c in run) > 5:
            yield match.span()


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        local, domain = match.group().rsplit("@", 1)
        kept = _EMAIL_LOCAL.search(local)
        if kept is None or kept.group().lower() in _ROLES or _RESERVED.fullmatch(domain):
            continue
        if _STANDS_FOR.search(local) is not None:
            # A password that is out already, before its host.
            continue
        if domain.rsplit(".", 1)[1].lower() in _FILE_ENDINGS or (
            right(text, match.end()) in {":", "("} and kept.group() in _ROLES
        ):
            continue
        yield Found(match.start() + kept.start(), match.end(), "EMAIL")


def _numbers(text: str) -> Iterator[Found]:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if luhn(digits) and _brand(digits):
            yield Found(*match.span(), "CARD")
    for match in _IBAN.finditer(text):
        end = _iban_end(text, match)
        if end:
            yield Found(match.start(), end, "IBAN")
    for match in _SSN.finditer(text):
        yield Found(*match.span(), "ID_NUMBER")
    for match in _PHONE.finditer(text):
        if 7 < sum(c.isdigit() for c in match.group()) < 16:
            yield Found(*match.span(), "PHONE")


_DNI = re.compile(rf"{_ALONE}(?<![+/-])" + r"([XYZ]?)[ -]?(\d{7,8})[ -]?([A-HJ-NP-TV-Z])(?![\w-])")
_CPF = re.compile(rf"{_ALONE}(?<![+/-])" + r"\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])")
_NINO = re.compile(
    r"(?:(?<![\w-])|(?<=\\[nrt]))(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]( ?)\d{2}\1\d{2}\1\d{2}\1[A-D](?![\w-])"
)
_NIR = re.compile(
    rf"{_ALONE}(?<![+/-])" + r"[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\w]|[.\-]\d)"
)
_AADHAAR = re.compile(rf"{_ALONE}(?<![+/-])" + r"[2-9]\d{3}([ -])\d{4}\1\d{4}(?![\w]|[ .\-]\d)")


def _national(text: str) -> Iterator[Found]:
    """National ids whose check digits hold."""
    for match in _DNI.finditer(text):
        head = {"": "", "X": "0", "Y": "1", "Z": "2"}[match.group(1)]
        digits = head + match.group(2)
        if len(digits) == 8 and "TRWAGMYFPDXBNJZSQVHLCKE"[int(digits) % 23] == match.group(3):
            yield Found(*match.span(), "ID_NUMBER")
    for match in _CPF.finditer(text):
        if _is_cpf([int(c) for c in match.group() if c.isdigit()]):
            yield Found(*match.span(), "ID_NUMBER")
    for match in _NINO.finditer(text):
        yield Found(*match.span(), "ID_NUMBER")
    for match in _NIR.finditer(text):
        digits = match.group().replace(" ", "").replace("2A", "19").replace("2B", "18")
        if int(digits[:13]) % 97 == 97 - int(digits[13:]):
            yield Found(*match.span(), "ID_NUMBER")
    for match in _AADHAAR.finditer(text):
        if verhoeff(re.sub(r"\D", "", match.group())):
            yield Found(*match.span(), "ID_NUMBER")


def _is_cpf(digits: list[int]) -> bool:
    if len(set(digits)) == 1:
        return False
    sums = (sum(d * w for d, w in zip(digits, range(size, 1, -1), strict=False)) * 10 % 11 % 10 for size in (10, 11))
    return list(sums) == digits[9:]


def verhoeff(digits: str) -> bool:
    """The check sum of Aadhaar numbers: a permutation by place, multiplied in the dihedral group of the pentagon."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char)
        for _ in range(place % 8):
            value = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[value]
        total = _pentagon(total, value)
    return total == 0


def _pentagon(a: int, b: int) -> int:
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b) % 5
    return 5 + (a - b) % 5 if b < 5 else (a - b) % 5


def luhn(digits: str) -> bool:
    """The check sum of payment cards."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _brand(digits: str) -> bool:
    size = len(digits)
    if len(set(digits)) < 2:
        return False
    head = int(digits[:4])
    if digits[0] == "4":
        return size in {13, 16, 19}
    if digits[:2] in {"34", "37"}:
        return size == 15
    if 5100 <= head <= 5599 or 2221 <= head <= 2720:
        return size == 16
    if digits[:2] in {"36", "38", "39"} or 3000 <= head <= 3059:
        return size == 14
    return size in {16, 19} and (head == 6011 or digits[:2] in {"62", "64", "65"} or 3528 <= head <= 3589)


def _iban_end(text: str, match: re.Match[str]) -> int:
    """The end of the IBAN at ``match``, 0 if it is none: the country fixes how many characters count."""
    length = _IBAN_LENGTH.get(match.group()[:2], 0)
    compact, end = "", match.start()
    while end < match.end() and len(compact) < length:
        compact += text[end].strip()
        end += 1
    if len(compact) != length or right(text, end).isalnum():
        return 0
    number = "".join(str(int(c, 36)) for c in compact[4:] + compact[:4])
    return end if int(number) % 97 == 1 else 0


def _addresses(text: str) -> Iterator[Found]:
    for match in _dotted(text):
        before = left(text, match.start(), 24).lower()
        octets = [int(part) for part in match.group().split(".")]
        # Numbers of versions and sections are small; an address that is all small too is rare.
        small = octets[0] < 20 and max(octets) < 60 and not _HOST.search(before)
        network = octets[3] == 0 and right(text, match.end()) == "/"
        if not small and not network and _is_public(match.group()) and not _NUMBERED.search(before):
            yield Found(*match.span(), "IP_ADDRESS")
    done = reported = 0
    for colon in _COLONS.finditer(text):
        if colon.start() < done:
            continue
        # The characters around the address tell whether it stands alone.
        low, high = within(text, *colon.span(), 46, 48)
        # One that goes on behind them begins so near to their end that its own colons are looked at again.
        done = max(colon.end(), high - _LONGEST_IPV6)
        for match in _IPV6.finditer(text, low, high):
            if match.start() >= reported and (match.end() < high or high == len(text)) and _is_public(match.group()):
                reported = match.end()
                yield Found(*match.span(), "IP_ADDRESS")


_DOTS = re.compile(r"\.\d{1,3}\.\d{1,3}(?![\d])")


def _dotted(text: str) -> Iterator[re.Match[str]]:
    """Four numbers joined by dots; two of the dots are looked for first, since a dot is rarer than a digit."""
    done = 0
    for dots in _DOTS.finditer(text):
        match = _IPV4.search(text, max(done, dots.start() - 8), dots.end() + 8)
        if match is not None:
            done = match.end()
            yield match


def _is_public(word: str) -> bool:
    try:
        address = ip_address(word)
    except ValueError:
        return False
    return str(address) not in _RESOLVERS and address.is_global and not address.is_multicast and not address.is_reserved
