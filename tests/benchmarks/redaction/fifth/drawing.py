"""Made-up values and names from a seed: nothing here was ever anybody's."""

from __future__ import annotations

import base64
import random
import string
from dataclasses import dataclass

HEX = "0123456789abcdef"
ALNUM = string.ascii_letters + string.digits
LOWER = string.ascii_lowercase + string.digits
UPPER = string.ascii_uppercase + string.digits
URLSAFE = ALNUM + "-_"
BASE64 = ALNUM + "+/"
BASE32 = string.ascii_uppercase + "234567"

WORDS = (
    "amber anchor apple arrow autumn basil beacon birch bridge bronze canyon cedar cherry cobalt comet copper coral crane dragon eagle ember "
    "falcon forest garnet ginger glacier granite harbor hazel heron indigo island jasper kettle lantern lemon lilac maple marble meadow "
    "monkey nickel ocean olive orange otter pepper pigeon planet quartz rabbit raven river saddle salmon silver spider summer sunset "
    "thunder tiger timber tulip turtle velvet violet walnut willow winter yellow zebra"
).split()


@dataclass(frozen=True, slots=True)
class Case:
    """A file with what must not be left of it, or nothing that must not be."""

    group: str
    kind: str
    path: str
    text: str
    secrets: tuple[str, ...]


Made = tuple[str, str, str, tuple[str, ...]]
"""File name, language around it, body, secrets in it."""


class Draw:
    """A source of values; the same seed gives the same."""

    def __init__(self, seed: object) -> None:
        self.random = random.Random(str(seed))
        self.choice = self.random.choice
        self.int = self.random.randint

    def of(self, alphabet: str, size: int) -> str:
        """A run that has letters and digits where its alphabet has both."""
        while True:
            run = "".join(self.random.choices(alphabet, k=size))
            plain = any(c.isdigit() for c in alphabet) and any(c.isalpha() for c in alphabet) and size > 7
            mixed = any(c.isdigit() for c in run) and any(c.isalpha() for c in run)
            if (mixed or not plain) and run[-1] not in "-_+/" and run[0] not in "-_+/":
                return run

    def hex(self, size: int) -> str:
        return self.of(HEX, size)

    def an(self, size: int) -> str:
        return self.of(ALNUM, size)

    def u(self, size: int) -> str:
        return self.of(URLSAFE, size)

    def digits(self, size: int) -> str:
        return self.random.choice("123456789") + "".join(self.random.choices(string.digits, k=size - 1))

    def uuid(self) -> str:
        h = self.hex(30)
        return f"{h[:8]}-{h[8:12]}-4{h[12:15]}-{self.choice('89ab')}{h[15:18]}-{h[18:30]}"

    def b64(self, size: int) -> str:
        """``size`` random bytes in base64, with its padding."""
        return base64.b64encode(self.random.randbytes(size)).decode()

    def b64url(self, size: int) -> str:
        return base64.urlsafe_b64encode(self.random.randbytes(size)).decode().rstrip("=")

    def jwt(self) -> str:
        payload = (
            f'{{"sub":"{self.digits(10)}","iat":{self.int(1600000000, 1790000000)},"scope":"{self.choice(WORDS)}"}}'
        )
        head = '{"alg":"HS256","typ":"JWT"}'
        coded = [base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in (head, payload)]
        return ".".join([*coded, self.b64url(32)])

    def word(self) -> str:
        return self.choice(WORDS)

    def password(self, marks: str = "!#%*-_.@+=?") -> str:
        """As people make them: words with digits and marks, leet, a phrase, or random."""
        form = self.int(0, 7)
        a, b, c = self.word(), self.word(), self.word()
        mark = self.choice(marks) if marks else self.choice(string.digits)
        if form == 0:
            return a.capitalize() + mark + self.digits(self.int(2, 4))
        if form == 1:
            return a.capitalize() + b.capitalize() + self.digits(2) + mark
        if form == 2:
            return a.replace("a", "4").replace("e", "3").replace("i", "1").replace("o", "0") + mark + b + self.digits(3)
        if form == 3:
            return self.of(ALNUM + marks.replace("-", "").replace("_", "").replace("+", ""), self.int(10, 24))
        if form == 4:
            return f"{a}{mark}{b}{mark}{c}{self.digits(1)}" if marks else f"{a}{b}{c}{self.digits(2)}"
        if form == 5:
            return self.an(self.int(8, 20))
        if form == 6:
            return a + self.digits(4)
        return f"{a.capitalize()}{self.choice(['2019', '2021', '2023', '2024', '2025'])}{mark}"

    def one(self, *options: str) -> str:
        return self.choice(options)

    def host(self) -> str:
        return self.one(
            f"db.{self.word()}.internal",
            f"{self.word()}-db.corp.lan",
            "localhost",
            "10.0.3.7",
            f"{self.word()}.{self.word()}.svc.cluster.local",
            "127.0.0.1",
            "postgres",
            "cache",
        )

    def domain(self) -> str:
        return f"{self.word()}{self.word()}.{self.one('io', 'com', 'net', 'dev', 'de', 'fr')}"

    def user(self) -> str:
        return self.one("app", "admin", "svc_" + self.word(), self.word(), "root", "deploy", self.word() + "_rw")


def styles(words: tuple[str, ...]) -> dict[str, str]:
    """A name in every way of writing it."""
    title = [w.capitalize() for w in words]
    return {
        "U": "_".join(words).upper(),
        "s": "_".join(words),
        "c": words[0] + "".join(title[1:]),
        "P": "".join(title),
        "k": "-".join(words),
        "d": ".".join(words),
        "T": " ".join(title),
        "w": " ".join(words),
    }


def fill(template: str, **parts: str) -> str:
    """``«name»`` becomes the part of that name."""
    for name, part in parts.items():
        template = template.replace(f"«{name}»", part)
    return template
