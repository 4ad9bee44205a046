"""Many strings looked for at once, in time that depends on the text alone.

Each string is at least eight characters long, so wherever it stands, one of the five-character pieces of its middle begins at a multiple
of four. Only there is the text looked up. (The middle, because heads are alike: ``sk-ant-``, ``-----BEGIN``.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grok_ls.redaction.plain import UNBROKEN, squeezed

SHORTEST = 8
_STEP = 4
_GRAM = SHORTEST - _STEP + 1
_CHUNK = 32_768


class Needles:
    """The values of a session in the two forms in which they are looked for: as they are and ``squeezed``. Only grows."""

    __slots__ = ("_forms", "_grams", "unbroken")

    def __init__(self) -> None:
        # Each form and its kind; and for a piece how far it may be from the beginnings of forms, and how long these are. Values that
        # differ at their ends only, as generated ones do, are one look.
        self._forms: dict[str, str] = {}
        self._grams: dict[str, list[tuple[int, int]]] = {}
        # Some are too short without their signs, so they are not found where they are broken, but where they are escaped.
        self.unbroken = False

    def __bool__(self) -> bool:
        return bool(self._forms)

    def add(self, value: str, kind: str) -> None:
        """Look for ``value`` from now on, if it is no mere word. Its first ``kind`` stays."""
        if value in self._forms or not is_telling(value):
            return
        forms = {value, squeezed(value)}
        if min(map(len, forms)) < SHORTEST:
            forms.add(squeezed(value, UNBROKEN))
            self.unbroken = True
        for form in forms:
            if len(form) >= SHORTEST and form not in self._forms:
                self._forms[form] = kind
                self._put(form)

    def find(self, text: str, stopped: Callable[[], None] = lambda: None) -> Iterator[tuple[int, int, str]]:
        """Every place of every form: start, end, kind. ``stopped`` is called now and then and may raise."""
        grams, last = self._grams, len(text) - _GRAM + 1
        for chunk in range(0, last, _CHUNK):
            stopped()
            for at in [at for at in range(chunk, min(last, chunk + _CHUNK), _STEP) if text[at : at + _GRAM] in grams]:
                for offset, size in grams[text[at : at + _GRAM]]:
                    start = at - offset
                    if start >= 0 and (kind := self._forms.get(form := text[start : start + size])) is not None:
                        # At the end of the text it may be another form than the one that is so long.
                        yield start, start + len(form), kind

    def _put(self, form: str) -> None:
        first = (len(form) - SHORTEST) // 2
        for at in range(first, first + _STEP):
            places = self._grams.setdefault(form[at : at + _GRAM], [])
            if (at, len(form)) not in places:
                places.append((at, len(form)))


def is_telling(value: str) -> bool:
    """Whether ``value`` can be looked for everywhere: a shorter one, or a mere word, stands for other things too."""
    return len(value) >= SHORTEST and not (value.isalpha() and len(value) < 12)
