"""Whether a literal counts as the secret, by how sure its place is (the grades of ``leads``)."""

from __future__ import annotations

import re

from grok_ls.redaction.leads import LIKELY, SURE, Grade
from grok_ls.redaction.made_up import is_made_up
from grok_ls.redaction.names import PASSWORD, PIN, Announced
from grok_ls.redaction.phrases import is_passphrase, is_phrased, is_unbroken, is_wordy
from grok_ls.redaction.values import classes, is_random
from grok_ls.redaction.verdict import (
    is_chosen,
    is_name,
    is_plain_name,
    is_secret,
    is_sequence,
    is_strong,
)

_CAMEL = re.compile(r"[a-z]+[A-Z]")


def is_plausible(value: str) -> bool:
    """Whether ``value`` may well be a password, where its place says that one stands there: chosen, random, digits, or several words."""
    if value.isdecimal():
        return len(value) > 5 and len(set(value)) > 2 and not is_sequence(value)
    return (
        is_chosen(value)
        or is_made_up(value)
        or is_strong(value)
        or (is_phrased(value) and _CAMEL.match(value) is None)
        or is_passphrase(value, 3)
        or is_unbroken(value)
    )


def counts(value: str, kind: Announced, grade: Grade, *, quoted: bool) -> bool:
    if not is_secret(value, kind, quoted=quoted):
        return False
    if grade == SURE:
        return True
    if kind == PIN or (grade == LIKELY and value.isdecimal()):
        return True
    if grade == LIKELY and kind == PASSWORD:
        return is_plausible(value)
    if kind == PASSWORD and " " in value:
        return is_phrased(value, 4)
    if kind == PASSWORD and is_chosen(value) and (classes(value) > 2 or NUMBERED.fullmatch(value)):
        return True
    return is_made_up(value) or (is_strong(value) and not is_plain_name(value))


# As no variable is called: ``amber4100``.
NUMBERED = re.compile(r"[A-Za-z]{4,}\d{3,}")


def is_given(value: str, kind: Announced) -> bool:
    """A literal in a place that holds the value, unquoted."""
    if kind == PIN or value.isdecimal():
        return is_secret(value, kind, quoted=False)
    if kind == PASSWORD and is_wordy(value):
        return True
    if kind == PASSWORD:
        return is_secret(value, kind, quoted=False) and not is_name(value) and is_plausible(value)
    return is_secret(value, kind, quoted=False) and (
        is_made_up(value) or ((is_random(value) or len(value) > 19) and not is_plain_name(value))
    )


def is_strict(value: str) -> bool:
    """A password by its own look, where the words around it may mean another thing."""
    return is_chosen(value) and (NUMBERED.fullmatch(value) is not None or is_strong(value))


def type_of(kind: Announced) -> str:
    return "PASSWORD" if kind == PASSWORD else "SECRET"
