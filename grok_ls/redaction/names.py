"""Which names announce a secret: the words of an identifier in any style, and what its last word says about the value."""

from __future__ import annotations

import re
from enum import Enum, auto

from grok_ls.redaction.name_words import (
    ASIDE,
    CODED,
    KEYED,
    NO_PASSWORD,
    PASSWORD_WORDS,
    SAID,
    SECRET_WORDS,
    WEAK_WORDS,
)

_CAMEL = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+|\d+")


class Announced(Enum):
    """What a name says of the value that it is given; after a ``WEAK`` one only what is random counts."""

    PASSWORD = auto()
    PIN = auto()
    SECRET = auto()
    WEAK = auto()


PASSWORD, PIN, SECRET, WEAK = Announced.PASSWORD, Announced.PIN, Announced.SECRET, Announced.WEAK


def words_of(name: str) -> list[str]:
    """``dbPassword``, ``DB_PASSWORD``, ``db-password`` -> db, password; digits are no words."""
    return [word.lower() for word in _CAMEL.findall(name) if not word.isdigit()]


def secret_kind(name: str) -> Announced | None:
    """None for a name that announces none of these, or only something about one (``password_field``)."""
    words = words_of(name)
    if not words or len(words) > 14 or name.lower().startswith("1password"):
        return None
    if words[-2:] == ["api", "hash"] or words[-3:] == ["private", "key", "id"]:
        return SECRET
    if words[-1] in ASIDE and len(words) > 1:
        words = words[:-1]
    head, owner = words[-1], words[-2] if len(words) > 1 else ""
    if head in {"key", "keys"} and _PUBLIC.intersection(words):
        return None
    if _is_password(head, owner):
        return PASSWORD
    if head in {"pin", "pincode", "puk"} or (head in {"code", "codes"} and owner in CODED):
        return PIN
    if head in {"salt", "pepper"} and not owner:
        return WEAK
    if _is_secret(head, owner):
        return SECRET
    if head in WEAK_WORDS or "rollbar" in words or (owner, head) == ("sonar", "login"):
        return WEAK
    if head in SAID:
        return None
    if any(word in PASSWORD_WORDS for word in words):
        return PASSWORD
    return SECRET if any(word in SECRET_WORDS for word in words) else None


def _is_password(head: str, owner: str) -> bool:
    if head in PASSWORD_WORDS or head.endswith(("password", "passwd", "passphrase", "userpwd")):
        return True
    if head == "pass":
        return owner not in NO_PASSWORD
    return (owner, head) in {
        ("rediscli", "auth"),
        ("redis", "auth"),
        ("security", "credentials"),
        ("pass", "phrase"),
        ("pass", "word"),
    }


def _is_secret(head: str, owner: str) -> bool:
    if head in SECRET_WORDS:
        return True
    if head in {"key", "keys"}:
        return owner in KEYED
    return (owner, head) in _PAIRS


_PUBLIC = frozenset("public pub publishable pubkey".split())
_PAIRS = {
    ("seed", "phrase"),
    ("recovery", "phrase"),
    ("seed", "word"),
    ("connection", "string"),
    ("session", "id"),
    ("secret", "id"),
    ("auth", "basic"),
}
