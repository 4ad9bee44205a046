"""The long tail: some 460 provider rules of kingfisher-secret-scanner, an adapter behind ``Detector``.

Optional: there are no wheels for musl, and compiling the rules takes seconds the first time (0.2 s from the cache afterwards). Until
``warm`` has run it finds nothing; the own layers alone keep the promise. It scans in process and uses no network.
"""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from grok_ls.redaction.span import Found

_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Kingfisher:
    """``cache_dir``: a private folder of the user for the compiled rules. Threads may share one."""

    __slots__ = ("_cache_dir", "_scanner")

    def __init__(self, cache_dir: Path) -> None:
        self._cache_dir = cache_dir
        self._scanner: Any = None

    @property
    def ready(self) -> bool:
        return self._scanner is not None

    def warm(self) -> str:
        """Compile the rules; call it in a background thread. Empty, or one sentence for the log why the layer is missing."""
        try:
            from kingfisher_sdk import Rules, Scanner
        except ImportError as error:
            return f"The optional secret scanner kingfisher is not available ({error}); the built-in rules work alone."
        self._scanner = Scanner(Rules(confidence="low", cache_dir=self._cache_dir))
        return ""

    def __call__(self, text: str) -> list[Found]:
        """Whatever the scanner raises goes through: a redaction that lost a layer half-way must not be sent."""
        if self._scanner is None:
            return []
        # Half of a surrogate pair, which editors can hold, has no UTF-8.
        text = _SURROGATE.sub("?", text)
        places = [(hit.location["start_offset"], hit.location["end_offset"]) for hit in self._scanner.scan(text)]
        if not places or text.isascii():
            return [Found(start, end, "TOKEN") for start, end in places]
        # The scanner counts UTF-8 bytes.
        sizes = accumulate((len(char.encode("utf-8")) for char in text), initial=0)
        code_points = {offset: at for at, offset in enumerate(sizes)}
        return [Found(code_points[start], code_points[end], "TOKEN") for start, end in places]
