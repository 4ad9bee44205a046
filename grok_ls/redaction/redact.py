"""Text in, text without secrets out, and the way back.

Layers find, the vocabulary names, one pass replaces. The result is sealed: only ``redact`` makes one, and the provider takes nothing
else, so text that has not passed here cannot be sent.
"""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from grok_ls.redaction.assignments import find_assignments
from grok_ls.redaction.beside import find_beside
from grok_ls.redaction.encoded import find_encoded, find_known_encoded
from grok_ls.redaction.indentation import Raw, leads, taken
from grok_ls.redaction.known import find_known, find_users
from grok_ls.redaction.personal import find_personal
from grok_ls.redaction.piece import Piece, like
from grok_ls.redaction.placeholder import PERSONAL, PLACEHOLDER, glued, mangled
from grok_ls.redaction.shapes import find_shapes
from grok_ls.redaction.sight import occurrences
from grok_ls.redaction.span import AFTER, Detector, Found, disjoint, in_windows, without
from grok_ls.redaction.structure import find_cut_blocks, find_structure
from grok_ls.redaction.views import find_within
from grok_ls.redaction.vocabulary import Restored, Vocabulary, literals_in, restore, words_in

__all__ = ["Detector", "Found", "Policy", "Redacted", "RedactionStopped", "Restored", "Vocabulary", "redact"]


class RedactionStopped(Exception):
    """``cancelled`` said stop before the text was clean. The text must not be sent."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What to look for. ``terms`` are the user's own words to hide."""

    secrets: bool = True
    personal: bool = True
    terms: tuple[str, ...] = ()


_DEFAULT: Final = Policy()


class Redacted(metaclass=ABCMeta):
    """Text from which every secret is out. Only ``redact`` makes one; the provider takes nothing else (sealed constructor).

    ``text``; ``findings``; ``placeholders``, the words that ``restore`` puts back; ``literals``, the placeholder-like words that stood
    in the input and stay, and what words are glued to. The original is not public. Positions are code points.
    """

    __slots__ = ("_edits", "_values", "findings", "literals", "placeholders", "text")

    text: str
    findings: tuple[Found, ...]
    placeholders: frozenset[str]
    literals: frozenset[str]
    _edits: _Edits
    _values: dict[str, Raw]

    def __new__(cls, *_: object, **__: object) -> Redacted:
        raise TypeError("Only redact() makes a Redacted; pass the text through it.")

    def __init_subclass__(cls) -> None:
        raise TypeError("Redacted is sealed; it has no subclasses.")

    @abstractmethod
    def _sealed(self) -> NoReturn:
        """Keeps ``object.__new__`` from making one: no instance of an abstract class can be made, only turned into one."""

    def restore(self, other: str) -> str:
        """Originals back into any text derived from ``text``; unknown placeholder-like words stay."""
        return self.restored(other).text

    def restored(self, other: str) -> Restored:
        """As ``restore``, and which placeholder-like words were neither issued here nor in the input."""
        return restore(other, self._values, self.literals)

    def to_clean(self, offset: int) -> int:
        """Offset in the input -> offset in ``text``; inside a secret: the placeholder's start."""
        return self._edits.to_clean(offset)

    def to_original(self, offset: int) -> int:
        """Offset in ``text`` -> offset in the input; inside a placeholder: the secret's start."""
        return self._edits.to_original(offset)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("A Redacted does not change.")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("A Redacted does not change.")

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("A Redacted knows secrets and stays in memory; it cannot be copied or pickled.")

    def __repr__(self) -> str:
        return f"<Redacted of {len(self.text)} characters, {len(self.findings)} findings>"


class _Mould:
    """What a ``Redacted`` is before it is sealed: the same slots, writable."""

    __slots__ = Redacted.__slots__


@dataclass(frozen=True, slots=True)
class _Edits:
    """The replaced places, in order: where each begins and ends in the input (``starts``, ``ends``) and in the clean text."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    clean_starts: tuple[int, ...]
    clean_ends: tuple[int, ...]

    def to_clean(self, offset: int) -> int:
        return _mapped(offset, self.starts, self.ends, self.clean_starts, self.clean_ends)

    def to_original(self, offset: int) -> int:
        return _mapped(offset, self.clean_starts, self.clean_ends, self.starts, self.ends)


def _mapped(
    offset: int, starts: Sequence[int], ends: Sequence[int], other_starts: Sequence[int], other_ends: Sequence[int]
) -> int:
    before = bisect_right(starts, offset) - 1
    if before < 0:
        return offset
    if offset < ends[before]:
        return other_starts[before]
    return offset - ends[before] + other_ends[before]


def redact(
    text: str,
    vocabulary: Vocabulary,
    *,
    path: str = "",
    policy: Policy = _DEFAULT,
    cancelled: Callable[[], bool] | None = None,
    detectors: Sequence[Detector] = (),
) -> Redacted:
    """``text`` with every secret replaced; never changes a placeholder that stands in it already.

    ``path`` helps to tell formats apart. ``detectors`` are asked after the own layers. ``cancelled`` is asked between the pieces of a long
    text and between values: when it says stop, ``RedactionStopped`` is raised. Whatever a detector raises goes through: without a result nothing can be sent.
    """
    literals = literals_in(text)
    vocabulary.avoid(words_in(text))
    found = _all_found(text, vocabulary, policy, cancelled, detectors)
    values: dict[str, Raw] = {}
    words: list[str] = []
    for (start, end, kind), lead in zip(found, leads(text, [span[:2] for span in found]), strict=True):
        value = taken(text[start:end], lead)
        word = vocabulary.learn(kind, value.text, value.hang)
        if word in literals:
            word = next((w for w, v in values.items() if v == value), None) or vocabulary.issue_again(value)
        values[word] = value
        words.append(word)
    return _seal(text, tuple(found), words, values, literals)


def _all_found(
    text: str,
    vocabulary: Vocabulary,
    policy: Policy,
    cancelled: Callable[[], bool] | None,
    detectors: Sequence[Detector],
) -> list[Found]:
    """Layer by layer; then what was found is looked for everywhere else in the text."""
    holes = [match.span() for match in PLACEHOLDER.finditer(text)]
    layers: list[Detector] = []
    whole: list[Detector] = []
    if policy.secrets:
        layers += [find_shapes, find_structure, find_assignments]
        whole += [find_cut_blocks, *detectors]
    if policy.personal:
        layers.append(find_personal)
    found: list[Found] = [
        Found(at, at + len(term), "TERM") for term in policy.terms if term for at in _places(text, term)
    ]

    def stopped() -> None:
        if cancelled is not None and cancelled():
            raise RedactionStopped("The redaction was stopped before it was done; nothing may be sent.")

    piece = Piece.whole(text)
    for layer in layers:
        found.extend(in_windows(layer, piece, stopped, _MARGINS.get(layer, AFTER)))
    for layer in whole:
        stopped()
        found.extend(layer(text))
    found = disjoint(_checked(found, len(text)))
    if policy.secrets:
        # Last, in what is left: what another layer has found has the bounds and the kind that this one gives it.
        beside = in_windows(find_beside, like(piece, _masked(text, found)), stopped)
        found = disjoint([*found, *_apart(beside, found)])
        escaped = find_within(_masked(text, found), (find_structure, find_assignments, find_beside), stopped)
        found = disjoint([*found, *_apart(escaped, found)])
    found = without(found, holes)
    needles = vocabulary.needles
    for start, end, kind in found:
        # A name of a person that is a mere word stands for other things elsewhere: find_users looks for it.
        if kind != "USER" or not text[start:end].replace("_", "").replace("-", "").isalpha():
            needles.add(text[start:end], kind)
    users = {text[start:end] for start, end, kind in found if kind == "USER"} if policy.personal else set()
    found += find_users(text, users)
    again = list(find_known(text, needles, stopped))
    if policy.secrets:
        again += in_windows(lambda piece: find_known_encoded(piece, needles), text, stopped)
        again += in_windows(lambda piece: find_encoded(piece, _look_inside), text, stopped)
    if not policy.personal:
        again = [span for span in again if span.kind not in PERSONAL]
    return without(disjoint([*found, *again]), holes)


_MARGINS: Final[dict[Detector, int]] = {find_shapes: 5_000, find_personal: 400}
"""What a layer needs to see behind a window, where it is less than most: the longest token, the longest address."""


def _masked(text: str, found: Sequence[Found]) -> str:
    """``text`` with a stand-in of the same length for all that was found."""
    parts, at = [], 0
    for start, end, _ in found:
        parts += [text[at:start], "x" * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _apart(more: Iterable[Found], found: Sequence[Found]) -> Iterator[Found]:
    """Those of ``more`` that touch none of ``found``, which are in order and disjoint."""
    ends = [span.end for span in found]
    for span in more:
        at = bisect_right(ends, span.start)
        if at == len(found) or found[at].start >= span.end:
            yield span


def _look_inside(text: str) -> list[Found]:
    return [*find_shapes(text), *find_structure(text), *find_assignments(text)]


def _checked(found: Sequence[Found], size: int) -> Sequence[Found]:
    """A detector that answers nonsense is a detector that failed."""
    for span in found:
        if not 0 <= span.start <= span.end <= size:
            raise ValueError(f"A detector reported the place {span.start}-{span.end} in a text of {size} characters.")
    return found


def _places(text: str, term: str) -> list[int]:
    lowered, term = text.lower(), term.lower()
    return list(occurrences(lowered, term))


def _seal(
    text: str, found: tuple[Found, ...], words: list[str], values: dict[str, Raw], literals: frozenset[str]
) -> Redacted:
    parts: list[str] = []
    clean_starts, clean_ends = [], []
    at = size = 0
    for (start, end, _), word in zip(found, words, strict=True):
        size += start - at
        clean_starts.append(size)
        size += len(word)
        clean_ends.append(size)
        parts += [text[at:start], word]
        at = end
    parts.append(text[at:])
    clean = "".join(parts)
    edits = _Edits(tuple(f.start for f in found), tuple(f.end for f in found), tuple(clean_starts), tuple(clean_ends))
    mould = _Mould()
    sealed: tuple[tuple[str, object], ...] = (
        ("text", clean),
        ("findings", found),
        ("placeholders", frozenset(values)),
        ("literals", literals.union(mangled(clean), (found for found, _ in glued(clean)))),
        ("_edits", edits),
        ("_values", values),
    )
    for name, value in sealed:
        object.__setattr__(mould, name, value)
    mould.__class__ = Redacted  # type: ignore[assignment]
    return mould  # type: ignore[return-value]
