"""Judging a value: is it a literal secret, or a stand-in, a reference, a name, a type, a sentence?

No layer may flag these, however secret the name beside them: ``<YOUR_KEY>``, ``xxxx``, ``${X}``, ``{{ x }}``, look-ups.
"""

from __future__ import annotations

import re
from math import log2

_STAND_IN = re.compile(
    r"""(?ix)
      <[^<>]*>                                   # <YOUR_KEY>
    | \$\{.*\} | \$\(.*\) | \$[a-z_]\w* | %\(\w+\)[sd]? | %[a-z_]\w*%  # ${X}, $(X), $X, %(x)s, %X%
    | .*\{\{.*\}\}.* | \{%.*%\} | \{\w*\} | \#\{.*\} | @\w+@ | __\w+__
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
_BRACKETED = re.compile(r"[<>{}$\[\]\s]")
_WORDS = re.compile(r"(?i)[a-z]+(?:[-_ .][a-z]+)*")


def is_stand_in(value: str) -> bool:
    """Whether ``value`` only holds the place of a secret, or points to where it is kept."""
    if len(value) >= 32 and value.isascii() and not _BRACKETED.search(value) and entropy(value) > 4.3:
        # A documented example (AWS ends its own with EXAMPLEKEY) is as long and random as a real key, and looks like one to others.
        return bool(_REFERENCE.match(value))
    return len(value) < 400 and bool(_STAND_IN.fullmatch(value) or _REFERENCE.match(value))


def entropy(value: str) -> float:
    """Shannon entropy in bits a character."""
    size = len(value)
    return -sum((n := value.count(char)) / size * log2(n / size) for char in set(value)) if size else 0.0


def is_words(value: str) -> bool:
    """Only letters and their separators: a name, a word, a phrase."""
    return bool(_WORDS.fullmatch(value))


def classes(value: str) -> int:
    """How many of: lower, upper, digit, other."""
    return (
        any(c.islower() for c in value)
        + any(c.isupper() for c in value)
        + any(c.isdigit() for c in value)
        + any(not c.isalnum() for c in value)
    )
