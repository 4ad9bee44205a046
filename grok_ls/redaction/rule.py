"""What a rule is: a shape by which a token can be told from its own form.

``example`` must match and ``miss`` must not; both are templates (``{an36}`` = 36 letters and digits, see ``tests``), so that no
token stands in this file. Lengths are lower bounds well under the real ones: a token may be cut by a selection.
Sources: the providers' documentation and the public catalogues of secret scanners.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

LEFT = r"(?:(?<![A-Za-z0-9])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrtbf])|(?<=\\u00[0-9a-f]{2})|(?<=\\x[0-9a-f]{2}))"
HEX = "[0-9a-fA-F]"
U = "[A-Za-z0-9_-]"
AN = "[A-Za-z0-9]"
UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


@dataclass(frozen=True)
class Rule:
    """``keys``: literal text that a match must hold, for a cheap look before the pattern runs; a match begins at a key.

    ``pattern`` is matched from the place of the key; its group ``v``, if it has one, is the secret, else the whole match.
    ``plain``: the value is not random, so it is not checked for looking random.
    """

    name: str
    kind: str
    keys: tuple[str, ...]
    pattern: str
    example: str
    miss: str
    plain: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        # What begins with a sign (a path, a colon) needs no border to its left.
        return re.compile(self.pattern if self.pattern.startswith(("(?<=", "/", ":")) else LEFT + self.pattern)
