"""Random values of the twelfth corpus: characters, words, passwords as people and generators make them."""

from __future__ import annotations

import base64
import random
import string
import zlib

AN = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
URLSAFE = AN + "_-"
B64 = AN + "+/"
BASE32 = string.ascii_uppercase + "234567"
BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase

WORDS = (
    "amber anchor badger basalt beacon birch canyon cedar cobalt comet copper coral cricket delta ember falcon fjord "
    "garnet glacier granite harbor heron indigo juniper kestrel lagoon lantern maple meadow nebula nickel olive orchid "
    "otter pebble pepper quartz raven saffron sierra sparrow summit tango thistle timber tundra velvet walnut willow zephyr"
).split()
FIRST = "Anna Jonas Maria Pedro Lucia Erik Sofie Tomasz Yuki Priya Omar Chloe Liam Nadia Bruno Helga Ivana Kofi".split()
LAST = "Becker Silva Moreau Novak Larsen Rossi Tanaka Okafor Haddad Nowak Lindqvist Ferrari Petrov Castillo".split()
COMPANIES = "northgate brightpath lumenworks tidewater corvex oakline heliodyne fernhill quantaris bluepeak".split()
TOPLEVEL = "com io net de co.uk fr dev app org".split()


def pick(rng: random.Random, alphabet: str, count: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(count))


def b64(rng: random.Random, count: int) -> str:
    """Base64 of ``count`` random bytes."""
    return base64.b64encode(rng.randbytes(count)).decode()


def uuid(rng: random.Random) -> str:
    return "-".join(pick(rng, HEX, count) for count in (8, 4, 4, 4, 12))


def github(rng: random.Random, head: str) -> str:
    """With the check sum that the real ones end with."""
    body, rest, digits = pick(rng, AN, 30), 0, ""
    rest = zlib.crc32(body.encode())
    while rest:
        rest, digit = divmod(rest, 62)
        digits = BASE62[digit] + digits
    return head + body + digits.rjust(6, "0")


def domain(rng: random.Random) -> str:
    return f"{rng.choice(COMPANIES)}{rng.choice(['', '-hq', 'labs', ''])}.{rng.choice(TOPLEVEL)}"


def host(rng: random.Random) -> str:
    return f"{rng.choice(['db', 'mq', 'cache', 'auth', 'pg-1', 'prod', 'mail'])}.{domain(rng)}"


def password(rng: random.Random) -> str:
    """As people make them up (four in ten) and as generators do; no blanks, quotes, ``@ : / # $`` or backslashes."""
    word, other = rng.choice(WORDS), rng.choice(WORDS)
    made = (
        lambda: f"{word.title()}{rng.randint(10, 9999)}{rng.choice('!?*.')}",
        lambda: f"{word}-{other}-{rng.choice(WORDS)}-{rng.randint(1, 99)}",
        lambda: f"{word.title()}{other.title()}{rng.randint(1, 99)}{rng.choice('!*')}",
        lambda: (
            f"{word[0].upper()}{word[1:].replace('a', '4').replace('e', '3').replace('o', '0')}_{rng.randint(100, 999)}"
        ),
        lambda: pick(rng, AN, rng.randint(12, 24)),
        lambda: pick(rng, AN + "!*-_.~^", rng.randint(14, 22)),
        lambda: pick(rng, AN + "!%^*()_+=-", 16),
        lambda: pick(rng, string.ascii_lowercase + string.digits, 16),
        lambda: pick(rng, URLSAFE, 32).replace("-", "x"),
        lambda: pick(rng, HEX, 32),
    )
    return rng.choice(made)()


def plain(rng: random.Random) -> str:
    """A password that stands bare in a URL, a shell word or YAML."""
    return "".join(char if char in AN + "-_." else "x" for char in password(rng)).strip("-_.")


def hard(rng: random.Random) -> str:
    """A password with characters that JSON and URLs must escape."""
    return (
        pick(rng, AN, 5) + rng.choice('"&<') + pick(rng, AN, 4) + rng.choice("/+%@ ").strip() + "&" + pick(rng, AN, 6)
    )
