"""Whether a word is a secret that somebody made up, by its look alone: one judge for every place where such a value may stand.

A password is words that name nothing of a program with a number or a sign (``hammer_monkey_3073``, ``Hammer.Mirror.8869``,
``WonderTicket!``), a word whose letters are digits (``m1rr0r8211``), several words (``castle-summer-purple-puppet``), or short and at
random (``DqpuAf9s``). Names in programs have none of these shapes, or consist of ``program_words``.
"""

from __future__ import annotations

import re

from grok_ls.redaction.phrases import KNOWN, is_passphrase, is_phrased
from grok_ls.redaction.values import entropy, is_named, is_random, is_stand_in, turns

_SIGN = r"[!#$%^&*@+=?~]"
_WORD = r"(?:[A-Z]?[a-z]++|(?>[A-Z]+(?![a-z])))"
_WORDED = re.compile(
    rf"\d{{0,4}}{_WORD}(?:(?:[-_.]|{_SIGN})?{_WORD}){{0,4}}(?:(?:[-_.]|{_SIGN})?\d{{0,6}}(?:[-_.]|{_SIGN}{{1,3}})?|[-_.]?\d{{2,4}}[-_.]?{_WORD})"
)
"""Words with at most one number, joined and ended by signs."""
_RUN = re.compile(rf"{_WORD}|\d+|[^A-Za-z\d]")
_SIGNED = re.compile(_SIGN)
_LOUD = re.compile(r"[!#%^&*?@$]")
_BETWEEN = re.compile(r".*[A-Za-z].*\d.*[A-Za-z]")
_LEET = re.compile(r"(?<![^A-Za-z])[013457@$]{1,4}(?=[A-Za-z])")
_NUMBER = re.compile(r"\d")
_LETTERS = str.maketrans("013457@$", "oieastas")
_CORE = re.compile(r"(?P<core>.*[A-Za-z])(?P<tail>[^A-Za-z]{0,8})", re.S)
_VERSIONED = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}(?!\d)")
_NUMBERED_TERM = re.compile(
    r"(?:sha|md|aes|rsa|hs|rs|es|ps|utf|base|b|hmac|oauth|ipv|pkcs|ed|x|curve|secp|prime|p|pbkdf|argon|arcfour|grey|gray|ripemd|des|rc|cast|chacha|salsa|poly|blake|tls|tlsv|ssl|sslv|http|h|s|ec|ld|k|py|python|int|uint|float|md|r|v|win|i)\d{1,5}"
)
_NUMBERED = re.compile(r"(?:(?<![A-Za-z0-9])[A-Za-z]+|(?<=[a-z])[A-Z][a-z]*)\d+(?![a-z0-9])")
_MARKUP = re.compile(r"[\[\](){}<>\\/\"'`|;:,]")
_CODE = re.compile(
    r"(?i:(?<![a-z])(?:sha|md|aes|rsa|hmac|utf|iso|rfc|cbc|gcm|ecdsa|tls|ssl|pbkdf|hs|rs)[-_.]?\d)|PBES|Sha(?:1|224|256|384|512)|\dto\d|\d_t\Z|[a-z]\w*\.[a-z.]*[a-z]+_|[a-z]_\w*\.[a-z]|\A[^$]*[a-z]\$\d{1,2}(?:\W.*)?\Z|\$\$\Z|(?i:=(?:none|null|true|false|\d+)\Z)|\A\d+(?:st|nd|rd|th)\Z|(?:%[0-9A-F]{2}.{0,4}){2}|\d[eE]\d|[=!]=|&&|[!=]\d\Z|&\d+\Z|[&#]\w+;?\Z(?<=;)|^\d+[?]"
)
_HEX = re.compile(r"[0-9a-f-]+|[0-9A-F-]+")
_PLAIN = re.compile(
    r"#[0-9a-fA-F]{3,8}|[@$#%][A-Za-z_]\w*|[\dHVLMZ.-]+|[uU]\+[0-9a-fA-F]+|0[xX]\w+|v?\d+(?:alpha|beta|rc|a|b)\d*|v?\d+(?:[._-]\w{1,8})*|[a-z]\w*\.[a-z]{1,4}|[A-Z]{2,8}[-_]?\d{1,6}[A-Z]?|[A-Z_][A-Z\d_]*\$|[\W\d_]+|[a-z-]+=\w{1,3}"
)
_TECHNICAL = re.compile(
    r"(?i)(?:ubuntu|debian|windows|win|macos|python|java|node|ruby|php|perl|utf|iso|rfc|cve|pep|bug|issue|ticket|gh|sha|md|aes|rsa|ecdsa|secp|prime|curve|ed|brainpool|sect|ipv|http|oauth|base|latin|cp|koi|big|gb|euc|shift|ibm|mac|"
    r"csibm|csgb|ecma|asmo|elot|adobe|stacklevel|keccak|ripemd|postgres(?:ql)?|mysql|sqlite|oracle|redis|kafka|line|page|row|col|item|user|test|case|step|part|level|version|ver|rev|build|release|year|date|day|month)[-_.]?\d+[a-z]?"
)


_POPULAR = frozenset("monkey shadow dragon master apple anchor orange bridge arrow silver secret hello welcome".split())
"""Words of programs that are as common in passwords."""


def is_made_up(value: str) -> bool:
    """Whether nobody would take ``value`` for a name, a path, or the number of something. Blanks may only stand between words."""
    if (
        not 6 <= len(value) <= 80
        or not value.isascii()
        or _HEX.fullmatch(value)
        or _PLAIN.fullmatch(value)
        or _TECHNICAL.fullmatch(value)
    ):
        return False
    if is_stand_in(value) or _VERSIONED.search(value) or _MARKUP.search(value) or _CODE.search(value):
        return False
    if any(_NUMBERED_TERM.fullmatch(term.lower()) for term in _NUMBERED.findall(value)) and not is_dense(value, 4):
        return False
    phrase = value.rstrip("0123456789-_.")
    return (
        _is_worded(value)
        or _is_leet(value)
        or is_passphrase(phrase, 3 if "-" in phrase else 4)
        or is_phrased(value, 3)
        or is_dense(value)
        or is_gibberish(value)
    )


def _is_worded(value: str) -> bool:
    """Words of no program, with a number or a sign."""
    if _WORDED.fullmatch(value) is None:
        return False
    runs = _RUN.findall(value)
    words = [run.lower() for run in runs if run.isalpha()]
    digits = sum(len(run) for run in runs if run.isdigit())
    unknown = [word for word in words if len(word) > 3 and (word not in KNOWN or word in _POPULAR)]
    if _LOUD.search(value, 1) and (
        digits > 1
        or (value[-1] in "!#$%^&?@*" and value[0].isupper() and unknown and (value[-1] in "!#$" or "_" not in value))
    ):
        # Whatever its words are called: no name has a sign there.
        return max(map(len, words)) > 4 and (digits > 0 or len(words) > 1)
    if not unknown or len(unknown) * 2 < len(words):
        return False
    if digits and len(unknown) < 2 and _BETWEEN.fullmatch(value):
        return False
    if len(unknown) > 2 and digits:
        return True
    if _SIGNED.search(value):
        return digits > 1 or (digits > 0 and (len(unknown) > 1 or _LOUD.search(value) is not None))
    if len(words) == 1:
        return digits > (1 if len(words[0]) > 9 or value[0].isupper() else 2)
    return digits > (1 if len(unknown) > 1 else 2)


def _is_leet(value: str) -> bool:
    """``p3pp3r7610``: words that have digits for letters."""
    match = _CORE.fullmatch(value)
    if match is None or _HEX.fullmatch(value) or any(digit in match["core"] for digit in "2689"):
        return False
    runs = _LEET.findall(match["core"])
    if not runs or (
        len(runs) == 1 and (len(runs[0]) == 2 or (len(runs[0]) == 1 and not _NUMBER.search(match["tail"])))
    ):
        return False
    plain = match["core"].translate(_LETTERS)
    words = re.split(r"[-_.]|[^A-Za-z]", plain)
    return all(map(_is_sayable, words)) and any(
        word.lower() not in KNOWN and len(word) > 4 and word[1:].islower() for word in words
    )


_LETTER_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CAPITALS = re.compile(r"[A-Z]{2}")


def is_gibberish(value: str) -> bool:
    """Letters of both cases, capitals side by side among them, and no word of a program: ``RfzCIIRK``, ``FaofXaySBUfoTpsMUN``."""
    if not (7 < len(value) <= 80 and value.isascii() and value.isalpha()) or value.isupper() or value.islower():
        return False
    if _CAPITALS.search(value) is None:
        return False
    return not any(len(word) > 2 and word.lower() in KNOWN for word in _LETTER_WORD.findall(value))


def _is_sayable(word: str) -> bool:
    return word.isalpha() and _UNSAYABLE.search(word) is None


_UNSAYABLE = re.compile(
    r"(?i)[^aeiouy]{4}|[aeiou]{4}|\A[^aeiouy]+\Z|q[^u]|\A(?!s[chpt]|thr|chr|phr)[^aeiouy]{3}|[hjkvwx][bcdfgjkpqvwxz]"
)


def is_dense(value: str, least: int = 3) -> bool:
    """Letters and digits in no name's order: three kinds of characters, or capitals and digits, that take turns ``least`` times."""
    if " " in value or _HEX.fullmatch(value) or value.count("_") > 1 or value.count(".") > 1:
        return False
    core = _kinds(value)
    if len(core) < 5 or len(core) * 3 < len(value) * 2 or is_named(value):
        return False
    changes = turns(core)
    if _LOUD.search(value, 1) and len(set(core)) > 1 and is_random(value):
        return changes >= least
    parts = re.split(r"[-_.]", value)
    named = [len(run) for run in _LONG_WORD.findall(value) if len(run) > 2 and _is_sayable(run)]
    if sum(named) * 5 >= len(value) * 3 or max(named, default=0) > 5:
        return False
    if len(parts) > 1 and sum(part.isalpha() for part in parts) * 2 >= len(parts):
        return False
    if not {"u", "d"} <= set(core) or entropy(value) < 2.4 or changes < least:
        return False
    return changes * 2 >= len(core) or (len(set(core)) > 2 and changes > 3 and _NUMBERED_NAME.fullmatch(value) is None)


def _kinds(value: str) -> str:
    """For each letter and digit what it is: ``u``, ``l`` or ``d``."""
    if value.isascii():
        return value.translate(_KINDS)
    return "".join("d" if c.isdigit() else "u" if c.isupper() else "l" if c.islower() else "" for c in value)


_KINDS = {
    n: "d" if chr(n).isdigit() else "u" if chr(n).isupper() else "l" if chr(n).islower() else None for n in range(128)
}
_LONG_WORD = re.compile(r"[A-Z]?[a-z]{2,}")
_NUMBERED_NAME = re.compile(r"(?:[A-Za-z]?[a-z]+\d{0,3})?(?:[A-Z]{1,5}[a-z]+\d{0,3})*[A-Z]{0,5}\d{0,4}")
