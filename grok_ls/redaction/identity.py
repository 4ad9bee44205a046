"""Numbers of persons that a name announces (``pesel``, ``passport_no``), and those whose check digits tell them without one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grok_ls.redaction.piece import standing
from grok_ls.redaction.sight import occurrences
from grok_ls.redaction.span import Found

_NAMES = (
    r"ssn|social[ _-]?security|cpf|cnpj|pesel|aadh?aar|bsn|nino|national[ _-]?insurance|ni[ _-](?:no|number)|nif|nie|dni|steuer[ _-]?id|tax[ _-]?id|passport|reisepass|personnummer"
    r"|fodselsnummer|cpr|hetu|ahv|avs|nhs|national[ _-]?id|id[ _-]?card|personalausweis|driv(?:er|ing)s?[ _-]?licen[cs]e|imei|curp|codice[ _-]?fiscale|nir|insee|num(?:ero)?[ _-]?secu|rrn|sin(?![a-z])"
)
_NAMED = re.compile(
    rf"(?i)(?<![a-z])(?:{_NAMES})(?:[ _-]?(?:no|nr|num|number|nummer|id))?\.?[\"'`\])]{{0,3}}\s{{0,4}}(?::=|=>|==|[:=>(,])?\s{{0,4}}(?P<q>[\"'`]?)"
    r"(?P<v>[A-Z0-9][A-Z0-9 .\-/]{5,18}[A-Z0-9])(?![\w-])"
)
_PHONED = re.compile(
    r"(?i)(?:phone|mobile|tel|telefon[eo]?|téléphone|fax|handy|whatsapp|cell)(?:[ _-]?(?:no|nr|num|number|nummer))?\.?[\"'`\])}]{0,3}\s{0,4}(?::=|=>|==|[:=>(,]|\s(?:is|ist|est|es|è)\b)\s{0,4}[\"'`]?(?P<v>(?!(?:\+?1[- ]?)?\(?555)[+(]?\d[\d ()./-]{6,20}\d)(?![\w.-])"
)
_PHONES = ("phone", "mobile", "tel", "fax", "handy", "whatsapp", "téléphone", "cell")
_HEADS = (
    (
        "ssn social cpf cnpj pesel aadh bsn nino national ni_n ni-n nif nie dni steuer tax passport reisepass person fodsel cpr hetu ahv avs nhs id_card idcard id card"
        " driv imei curp codice nir insee num rrn sin"
    )
    .replace("id card", "")
    .split()
)
_CODICE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![A-Za-z0-9])")
_ELEVEN = re.compile(r"(?P<q>[\"'>])(?P<v>\d{11})(?=[\"'<])")
_CHINESE = re.compile(
    r"(?<![\w.-])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?![\w.-])"
)
_ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23), strict=True))  # fmt: skip


def find_announced(text: str) -> Iterator[Found]:
    """Numbers beside their names."""
    lowered = text.lower()
    for head in standing(text, _HEADS, lowered=True) if len(lowered) == len(text) else ():
        for at in occurrences(lowered, head):
            match = _NAMED.match(text, at)
            if match is not None and _is_number(match["v"]):
                yield Found(*match.span("v"), "ID_NUMBER")
    if len(lowered) == len(text):
        yield from _phones(lowered, text)


def _phones(lowered: str, text: str) -> Iterator[Found]:
    """Numbers with separators, called a telephone's."""
    for head in standing(text, _PHONES, lowered=True):
        for at in occurrences(lowered, head):
            match = _PHONED.match(text, at)
            if match is not None and _is_dialled(match["v"]):
                yield Found(*match.span("v"), "PHONE")


def _is_dialled(value: str) -> bool:
    digits = [c for c in value if c.isdigit()]
    return (
        6 < len(digits) < 14 and len(set(digits)) > 3 and (value[0] in "0+(" or len(re.findall(r"[ ()/-]", value)) > 1)
    )


def find_checked(text: str) -> Iterator[Found]:
    """Numbers that need no name; ``text`` is a number with the characters around it."""
    for match in _CODICE.finditer(text):
        if _is_codice(match.group()):
            yield Found(*match.span(), "ID_NUMBER")
    for match in _ELEVEN.finditer(text):
        if is_pesel(match["v"]) or is_cpf(match["v"]):
            yield Found(*match.span("v"), "ID_NUMBER")
    for match in _CHINESE.finditer(text):
        if _is_chinese(match.group()):
            yield Found(*match.span(), "ID_NUMBER")


def _is_number(value: str) -> bool:
    """Mostly digits, not all alike, no date and no version."""
    digits = [c for c in value if c.isdigit()]
    letters = sum(c.isalpha() for c in value)
    if letters and 7 < len(value) < 11 and value.isalnum() and value.isupper() and len(digits) > 1:
        return True
    if len(digits) < 5 or len(set(digits)) < 3 or letters > 11 or len(digits) + letters < 8:
        return False
    if letters and not any(c.isupper() for c in value):
        return False
    return not re.fullmatch(
        r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,4}(?:\.\d{1,5}){1,4}", value
    )


def is_cpf(digits: str) -> bool:
    """Brazil: eleven digits, the last two of which check the others."""
    if len(digits) != 11 or len(set(digits)) == 1:
        return False
    sums = [
        sum(int(d) * w for d, w in zip(digits, range(size, 1, -1), strict=False)) * 10 % 11 % 10 for size in (10, 11)
    ]
    return sums == [int(digits[9]), int(digits[10])]


def is_pesel(digits: str) -> bool:
    """Poland: a date of birth (the century is added to the month), four digits and one that checks them."""
    month, day = int(digits[2:4]) % 20, int(digits[4:6])
    total = sum(int(d) * w for d, w in zip(digits, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1), strict=True))
    return 1 <= month <= 12 and 1 <= day <= 31 and total % 10 == 0


def _is_codice(value: str) -> bool:
    """Italy: the last letter checks the fifteen before it."""
    total = sum(
        _ODD[char] if place % 2 == 0 else (int(char) if char.isdigit() else ord(char) - 65)
        for place, char in enumerate(value[:15])
    )
    return chr(65 + total % 26) == value[15]


def _is_chinese(value: str) -> bool:
    total = sum(int(char) * (2 ** (17 - place) % 11) for place, char in enumerate(value[:17]))
    return "10X98765432"[total % 11] == value[17]
