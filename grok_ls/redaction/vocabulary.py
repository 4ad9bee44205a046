"""The secrets of one session and the words that stand for them; restoring them, whole or streamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from grok_ls.redaction.indentation import Raw, lead_at, put
from grok_ls.redaction.needles import Needles
from grok_ls.redaction.placeholder import (
    PLACEHOLDER,
    TYPES,
    glued,
    held_back,
    is_misspelt,
    is_of_a_word,
    kind_of,
    mangled,
    meant,
    number_of,
    word,
)


@dataclass(frozen=True, slots=True)
class Restored:
    """``text`` with the originals back; ``unknown`` the placeholder-like words that were not issued (left as they stand)."""

    text: str
    unknown: tuple[str, ...]


class Vocabulary:
    """The secrets of one session and their placeholders: same value, same placeholder. In memory only; grows while redacting.

    ``seed``: the session's random bytes, from which the two letters that end every placeholder are derived.
    Threads may share one: redactions run in worker threads.
    """

    __slots__ = ("__weakref__", "_last", "_lock", "_seed", "_taken", "_values", "_words", "needles")

    def __init__(self, seed: bytes) -> None:
        if not seed:
            raise ValueError("A vocabulary needs random bytes as its seed; give it at least 16.")
        self._seed = seed
        self._lock = Lock()
        self._words: dict[Raw, str] = {}
        self._values: dict[str, Raw] = {}
        self._taken: set[int] = set()
        self._last = 0
        # What is looked for in every text. Never log this.
        self.needles = Needles()

    def learn(self, kind: str, value: str, hang: str = "") -> str:
        """Make ``value`` known (e.g. the API key) and give its placeholder. The first ``kind`` of a value stays.

        One of several lines is given as ``indentation.taken`` has it, with its ``hang``: then it is one value, however far it is indented.
        """
        if kind not in TYPES:
            raise ValueError(f"{kind!r} is not a type of placeholder; the types are {', '.join(TYPES)}.")
        if not value:
            raise ValueError("An empty value cannot be replaced; do not learn it.")
        with self._lock:
            known = self._words.get(Raw(value, hang))
            return known if known is not None else self._issue(kind, Raw(value, hang), remember=True)

    def issue_again(self, value: Raw) -> str:
        """Another word for a known ``value``, for a text in which its own word already stands as plain text."""
        with self._lock:
            return self._issue(self._kind_of(value), value, remember=False)

    def avoid(self, words: Iterable[str]) -> None:
        """Never issue the numbers of these well-formed words: they stand in an input as plain text."""
        with self._lock:
            self._taken.update(number_of(found) for found in words if found not in self._values)

    def issued(self, found: str) -> bool:
        """Whether ``found`` is a word that stands for a value of this session."""
        return found in self._values

    @property
    def size(self) -> int:
        """How many values are known. Grows when a redaction found something new."""
        return len(self._words)

    def restored(self, text: str, allowed: frozenset[str] | None = None, *, before: str = "") -> Restored:
        """Originals back into ``text``; ``allowed`` limits that to the words of one request (None: all of the session).

        ``before``: what its first line has before it, for a text that comes in pieces.
        """
        with self._lock:
            known = dict(self._values) if allowed is None else {a: v for a, v in self._values.items() if a in allowed}
        return restore(text, known, before=before)

    def __repr__(self) -> str:
        return f"<Vocabulary of {self.size} values>"

    def __reduce_ex__(self, protocol: object) -> str:
        raise TypeError("A vocabulary holds secrets and stays in memory; it cannot be copied or pickled.")

    def _kind_of(self, value: Raw) -> str:
        return kind_of(self._words[value])

    def _issue(self, kind: str, value: Raw, *, remember: bool) -> str:
        self._last += 1
        while self._last in self._taken:
            self._last += 1
        issued = word(kind, self._last, self._seed)
        self._values[issued] = value
        if remember:
            self._words[value] = issued
            self.needles.add(value.text, kind)
        return issued


def restore(
    text: str, values: Mapping[str, Raw], literals: frozenset[str] = frozenset(), *, before: str = ""
) -> Restored:
    """One pass: each word in ``values`` becomes its value, everything else stays; what was put in is never looked at again.

    A value of several lines is indented as its word is.

    ``literals``: placeholder-like words that stood in the original and are therefore not reported as unknown.
    """
    unknown: dict[str, None] = {}

    def put_back(match: re.Match[str]) -> str:
        found = match.group()
        value = values.get(found)
        if value is None:
            unknown[found] = None
            return found
        return put(value, lead_at(text, match.start(), before)) if "\n" in value.text else value.text

    if values:
        unknown.update(dict.fromkeys(found for found, issued in glued(text) if issued in values))
    unknown.update(dict.fromkeys(found for found in mangled(text) if _was_meant(found, values)))
    out = PLACEHOLDER.sub(put_back, text)
    return Restored(out, tuple(found for found in unknown if found not in literals))


def _was_meant(found: str, values: Mapping[str, Raw]) -> bool:
    """A word that lost its prefix counts only if it is the rest of one that was issued: the rest alone is an ordinary name."""
    return is_of_a_word(found) or (bool(values) and is_misspelt(found)) or meant(found) in values


class StreamRestorer:
    """Restores a text that arrives in pieces: holds back a tail that could begin a placeholder until it is decided."""

    __slots__ = ("_before", "_tail", "_values")

    def __init__(self, vocabulary: Vocabulary, allowed: frozenset[str] | None = None) -> None:
        self._values = vocabulary, allowed
        self._tail = ""
        self._before = ""

    def feed(self, delta: str) -> str:
        """What can be shown after ``delta`` has arrived."""
        text = self._tail + delta
        held = held_back(text)
        self._tail = text[len(text) - held :]
        return self._restored(text[: len(text) - held])

    def finish(self) -> str:
        """The rest, when no more will come."""
        rest, self._tail = self._tail, ""
        return self._restored(rest)

    def _restored(self, text: str) -> str:
        vocabulary, allowed = self._values
        done = vocabulary.restored(text, allowed, before=self._before).text
        line = text.rfind("\n") + 1
        # The beginning of a line is enough.
        self._before = (text[line:] if line else self._before + text)[:_LINE]
        return done


_LINE = 400


def words_in(text: str) -> frozenset[str]:
    """The well-formed words that stand in ``text``."""
    return frozenset(PLACEHOLDER.findall(text)) if "GROKLS_" in text else frozenset()


def literals_in(text: str) -> frozenset[str]:
    """All words in ``text`` that ``restore`` would otherwise report, well-formed or not."""
    return words_in(text).union(mangled(text))
