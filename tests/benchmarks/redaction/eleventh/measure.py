"""The eleventh corpus, by a hand that had seen neither the ninth nor the tenth: ``python -m tests.benchmarks.redaction.eleventh.measure --seed 1``.

Mostly passwords as people make them up, in the lines in which each language, tool and file writes them.
"""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Iterator
from random import Random
from typing import Final
from urllib.parse import quote

from tests.benchmarks.redaction.eleventh.places import PLACES
from tests.benchmarks.redaction.survey import Sample, report

_EACH: Final = 20
_WORDS: Final = "harbor maple copper falcon winter anchor velvet canyon ember quartz raven sierra timber willow zephyr orbit pepper saddle marble cinder".split()  # fmt: skip
_AROUND: Final = ("", "x = compute(3)", "return total", "# next step", "count: 4", "import os", "}")
_HEX: Final = "0123456789abcdef"
_ALNUM: Final = string.ascii_letters + string.digits
_SIGNS: Final = "!@#$"
_MARK: Final = re.compile(r"@([A-Z]\d?)@")


def _text(draw: Random, alphabet: str, *sizes: int) -> str:
    return "".join(draw.choice(alphabet) for _ in range(draw.choice(sizes)))


def _password(draw: Random) -> str:
    one, two, three = draw.sample(_WORDS, 3)
    leet = str.maketrans("aeoi", "4301")
    number = draw.randint(1, 99)
    return draw.choice(
        [
            f"{one.capitalize()}{two.capitalize()}{number}{draw.choice('!@#$%&*?')}",
            f"{one}{draw.randint(1000, 9999)}",
            f"{one.capitalize()}@{draw.randint(2000, 2026)}",
            f"{one}-{two}-{three}-{number}",
            _text(draw, _ALNUM + "!@#$%^&*", *range(10, 17)),
            _text(draw, _ALNUM, *range(8, 21)),
            f"{one.capitalize()}_{two.capitalize()}_{number}!",
            f"{one.translate(leet)}{two.translate(leet)}{number}",
            _text(draw, _HEX, 16, 24, 32),
            f"P@ss{one.capitalize()}{number}",
            f"{one.capitalize()}{draw.choice(_SIGNS)}{two.capitalize()}{draw.choice(_SIGNS)}{number}",
            f"{_text(draw, string.ascii_lowercase, 4)}{draw.randint(10, 9999)}{_text(draw, _SIGNS, 2)}",
        ]
    )


def _values(draw: Random) -> dict[str, str]:
    """By mark: a password in quotes (P), bare (S, Q, X), in JSON (J), a URL (U), base64 (K, A); a token (T, its halves), digits (H), bytes (B)."""
    password, token = _password(draw), _text(draw, _ALNUM, 24, 32, 40, 48)
    bare = "".join(char for char in password if char.isalnum() or char in "-_.") or "Zephyr77x"
    return {
        "P": "".join(char for char in password if char not in "'\"`\\$") or bare,
        "S": bare,
        "Q": bare,
        "X": bare,
        "J": password,
        "U": quote(password, safe=""),
        "K": base64.b64encode(f"{password}-{token[:6]}".encode()).decode(),
        "A": base64.b64encode(f"svc:{password}".encode()).decode(),
        "T": token,
        "T1": token[: len(token) // 2],
        "T2": token[len(token) // 2 :],
        "H": _text(draw, _HEX, 32, 40, 64),
        "B": base64.b64encode(draw.randbytes(draw.choice([24, 32, 48, 64]))).decode(),
    }


def samples(seed: int) -> Iterator[Sample]:
    draw = Random(f"eleventh {seed}")
    for kind, places in PLACES.items():
        for number in range(max(_EACH, 2 * len(places))):
            place, values = places[number % len(places)], _values(draw)
            line = _MARK.sub(lambda mark, values=values: values[mark[1]], place)
            before, after = (draw.sample(_AROUND, draw.randint(0, 3)) for _ in range(2))
            pieces = tuple(dict.fromkeys(values[mark] for mark in _MARK.findall(place)))
            yield "secret", kind, "\n".join([*before, line, *after, ""]), pieces


if __name__ == "__main__":
    report(__doc__, samples)
