"""Judging a value: is it a literal secret, or a stand-in, a reference, a name, a type, a sentence?

No layer may flag these, however secret the name beside them: ``<YOUR_KEY>``, ``xxxx``, ``${X}``, ``{{ x }}``, look-ups.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from math import log2
from operator import ne

_STAND_IN = re.compile(
    r"""(?ix)
      <[^<>]*>                                   # <YOUR_KEY>
    | \$\{.*\} | \$\(.*\) | \$[a-z_]\w* | %\(\w+\)[sd]? | %[a-z_]\w*%  # ${X}, $(X), $X, %(x)s, %X%
    | .*\{\{.*\}\}.* | \{%.*%\} | \{\w*\} | \#\{.*\} | @\w+@ | __\w+__
    | \([a-z]+(?:[ ][a-z]+)*\)                   # (hidden)
    | [x*.•#?\-_=]+ | 0+ | \[.*\]
    | (?:x{3,}|\*{3,}|\.{3}).* | .*(?:\*{3,}|\.{3}|…|x{5,})
    | .*(?<![a-z])(?:your|my|the|some|insert|enter|replace|change|put|add)[-_ ]?(?:own[-_ ]?)?(?:api|access|secret|auth|client|private|bot|db|aws|github|app|user|super|strong)?[-_ ]?
      (?:key|token|secret|pass(?:word|phrase)?|pwd|value|id|me|this|here|it|with|credentials?)(?![a-z0-9]).*
    | .*(?:placeholder|redacted|changeme|example[-_ ]?(?:key|token|secret|pass)|to[-_ ]be[-_ ]|fill[-_ ]?(?:me|in)|not[-_ ]?set).*
    """
)
_REFERENCE = re.compile(
    r"""(?ix)
      (?:os\.environ|process\.env|env[.\[(:]|getenv|import\.meta|vault:|secret[s]?\.|secretsmanager|arn:aws|ssm:|op://|file:|\!vault|\!secret|\!ref|\!sub|\@microsoft\.keyvault).*
    | projects/[^/]+/secrets/.*
    """
)
_FILLED = re.compile(r"[$#]\{[^{}]{1,100}\}|\{[A-Za-z_][\w.]{0,60}\}")
_BRACKETED = re.compile(r"[<>{}$\[\]\s]")
_WORDS = re.compile(r"(?i)[a-z]+(?:[-_ .][a-z]+)*")


def is_stand_in(value: str) -> bool:
    """Whether ``value`` only holds the place of a secret, or points to where it is kept."""
    if len(value) >= 32 and value.isascii() and not _BRACKETED.search(value) and entropy(value) > 4.3:
        # A documented example (AWS ends its own with EXAMPLEKEY) is as long and random as a real key, and looks like one to others.
        return bool(_REFERENCE.match(value))
    if "{" in value and len(value) < 400 and len(_FILLED.sub("", value)) < 6:
        # Little but what is filled in: ``v0:${time}:${body}``.
        return True
    return len(value) < 400 and bool(_STAND_IN.fullmatch(value) or _REFERENCE.match(value))


def entropy(value: str) -> float:
    """Shannon entropy in bits a character."""
    size = len(value)
    if not 0 < size < len(_WEIGHTS):
        return -sum((n := value.count(char)) / size * log2(n / size) for char in set(value)) if size else 0.0
    signs = set(value)
    return log2(size) - sum(map(_WEIGHTS.__getitem__, map(value.count, signs))) / size if len(signs) > 1 else 0.0


_WEIGHTS = (0.0, *(n * log2(n) for n in range(1, 400)))
"""Of a character that stands so often in a value."""


def turns(kinds: Sequence[object]) -> int:
    """How often one is another than the one before it."""
    return sum(map(ne, kinds, kinds[1:]))


def is_words(value: str) -> bool:
    """Only letters and their separators: a name, a word, a phrase."""
    return bool(_WORDS.fullmatch(value))


_LOWER, _UPPER, _DIGIT, _SIGN = map(re.compile, (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]"))


def classes(value: str) -> int:
    """How many of: lower, upper, digit, other."""
    return sum(pattern.search(value) is not None for pattern in (_LOWER, _UPPER, _DIGIT, _SIGN))


def has_digit(value: str) -> bool:
    return _DIGIT.search(value) is not None


def has_letter(value: str) -> bool:
    return not value.isascii() or _LOWER.search(value) is not None or _UPPER.search(value) is not None


def is_scrambled(value: str) -> bool:
    """Letters (and digits) whose case changes at random, as in no word and no ``camelCase`` name."""
    if not 7 < len(value) < 200:
        return False
    if not value.isalnum():
        parts = re.split(r"[-_+/=]", value)
        return 1 < len(parts) < 6 and any(len(part) > 9 and part.isalnum() and is_scrambled(part) for part in parts)
    letters = [*filter(str.isalpha, value)]
    if len(letters) < 8:
        return False
    cases = [*map(str.isupper, letters)]
    return 0.25 < sum(cases) / len(cases) < 0.75 and turns(cases) * 3 >= len(cases) and not _CAMEL.fullmatch(value)


_CAMEL = re.compile(r"(?:[A-Za-z]?[a-z]+)?(?:[A-Z]{1,4}[a-z]{2,}\d*)*[A-Z]{0,5}")
_NAME_LIKE = re.compile(
    r"[A-Za-z][A-Za-z_.:/-]*\d{0,3}|[a-z]+(?:[-_.][a-z0-9]{1,12})+|v?\d+(?:\.\d+)+\S{0,8}|\d+[a-zA-Z]{1,3}"
)


_NAME_WORD = re.compile(r"[A-Z]?[a-z]{3,}")


_CLUSTER = re.compile(r"(?i)[^aeiouy]{4}|\A[^aeiouy]+\Z")
"""Four consonants in a row, or nothing else: no word."""


def is_named(value: str) -> bool:
    """An identifier mostly of words, whatever digits it holds: ``V3OAuth2mTlsClientCredential``, ``heightAboveWGS84``."""
    if len(value) > 80 or not value.isascii() or not value.replace(".", "_").replace("-", "_").isidentifier():
        return False
    if sum(map(str.isdigit, value)) > 4:
        return False
    words = [word for word in _NAME_WORD.findall(value) if not _CLUSTER.search(word)]
    return sum(map(len, words)) * 5 >= len(value) * 3


_DOLLAR_NAME = re.compile(r"[A-Za-z_$][A-Za-z_$]*\d{0,2}[A-Za-z_$]*\d?")


def is_random(value: str) -> bool:
    """Letters and digits mixed as no name and no number mixes them."""
    if len(value) < 8 or not has_digit(value) or not has_letter(value):
        return False
    if _NAME_LIKE.fullmatch(value) or "://" in value or entropy(value) < 2.7 or is_named(value):
        return False
    if any(c in value for c in "!@#%^&*~") or ("$" in value and not _DOLLAR_NAME.fullmatch(value)):
        return True
    return turns([*map(str.isdigit, value[:200])]) >= 3


def is_base64_text(value: str) -> bool:
    """Whether ``value`` decodes to printable text: what Kubernetes and Basic authentication hold."""
    return len(value) % 4 == 0 and bool(decoded(value))


def decoded(value: str) -> str:
    """The printable text in base64 ``value``, empty if there is none."""
    try:
        text = b64decode(
            value + "=" * (-len(value) % 4), altchars=b"-_" if "-" in value or "_" in value else None
        ).decode()
    except (ValueError, UnicodeDecodeError):
        return ""
    return (
        text if text.isprintable() or text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable() else ""
    )
