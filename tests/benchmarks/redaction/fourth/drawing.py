"""Small generators of random values, and checksums, for the fourth corpus; everything comes from one seeded source."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import zlib

DIGIT = string.digits
HEX = "0123456789abcdef"
LOWER = string.ascii_lowercase
UPPER = string.ascii_uppercase
LETTER = string.ascii_letters
LOWER_NUM = LOWER + DIGIT
UPPER_NUM = UPPER + DIGIT
WORD = LETTER + DIGIT
URL = WORD + "-_"
B64 = WORD + "+/"
B32 = UPPER + "234567"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"

Rng = random.Random


def some(rng: Rng, alphabet: str, count: int) -> str:
    """`count` characters; the first and the last are never punctuation, as a copied token's are not."""
    body = [rng.choice(alphabet) for _ in range(count)]
    for at in (0, -1):
        while count and body[at] in "-_":
            body[at] = rng.choice(alphabet)
    return "".join(body)


def between(rng: Rng, alphabet: str, low: int, high: int) -> str:
    return some(rng, alphabet, rng.randint(low, high))


def uuid(rng: Rng) -> str:
    raw = some(rng, HEX, 32)
    return f"{raw[:8]}-{raw[8:12]}-4{raw[13:16]}-{rng.choice('89ab')}{raw[17:20]}-{raw[20:]}"


def b64_bytes(rng: Rng, count: int) -> str:
    return base64.b64encode(rng.randbytes(count)).decode()


def b64_text(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def b64_url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def base62(number: int, width: int) -> str:
    digits = DIGIT + UPPER + LOWER
    out = ""
    while number:
        number, rest = divmod(number, 62)
        out = digits[rest] + out
    return out.rjust(width, "0")


def github(rng: Rng, prefix: str) -> str:
    """Thirty random characters and the base-62 CRC-32 of them (GitHub's format of 2021)."""
    body = some(rng, WORD, 30)
    return f"{prefix}{body}{base62(zlib.crc32(body.encode()), 6)}"


def jwt(rng: Rng, **claims: object) -> str:
    header = json.dumps({"alg": rng.choice(["HS256", "RS256", "ES256"]), "typ": "JWT"}, separators=(",", ":"))
    payload = json.dumps(
        {"sub": some(rng, DIGIT, 10), "iat": rng.randint(1_600_000_000, 1_780_000_000), **claims}, separators=(",", ":")
    )
    return f"{b64_url(header.encode())}.{b64_url(payload.encode())}.{b64_url(rng.randbytes(32))}"


def wif(rng: Rng) -> str:
    """A Bitcoin private key in wallet import format, with its checksum (compressed and uncompressed)."""
    payload = b"\x80" + rng.randbytes(32) + rng.choice([b"", b"\x01"])
    payload += hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4]
    number, out = int.from_bytes(payload, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        out = BASE58[rest] + out
    return out


def luhn(digits: str) -> str:
    """The check digit that makes `digits` + it a Luhn number."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def pem_body(rng: Rng, lines: int, width: int = 64) -> str:
    rows = [some(rng, B64, width) for _ in range(lines - 1)]
    rows.append(some(rng, B64, rng.randint(20, width - 2)) + "==")
    return "\n".join(rows)


def pem(rng: Rng, label: str, lines: int, lead: str = "MII") -> str:
    body = lead + pem_body(rng, lines)[len(lead) :]
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----"


_WORDS = (
    "harbor meadow copper falcon winter silver garden rocket pepper marble thunder orange purple cactus walnut "
    "breeze anchor castle dragon ginger hunter jaguar kitten lemon monkey ninja ocean panda quartz river summer tiger "
    "ulysses violet willow yellow zephyr sommer kaffee berlin madrid torino geheim bailando soleil fromage "
    "banana cookie wizard guitar planet turbo phoenix raven sunset liverpool arsenal"
).split()


def word(rng: Rng) -> str:
    return rng.choice(_WORDS)


def password(rng: Rng) -> str:
    """A password as people and as password managers make them; without quotes, blanks and backslashes."""
    style = rng.randrange(11)
    one, two = word(rng), word(rng)
    if style == 0:
        return f"{one.capitalize()}{rng.randint(1950, 2026)}{rng.choice('!#?*.')}"
    if style == 1:
        return f"{one.translate(str.maketrans('aeio', '4310'))}{rng.choice('@!#-_')}{rng.randint(1, 999)}"
    if style == 2:
        return f"{one}-{two}-{word(rng)}-{rng.randint(1, 99)}"
    if style == 3:
        return some(rng, WORD, rng.randint(10, 24))
    if style == 4:
        return some(rng, WORD + "!#%*+-_=?@^~", rng.randint(12, 20))
    if style == 5:
        return f"{one}{rng.randint(1, 9999)}"
    if style == 6:
        return f"{one.capitalize()}{two.capitalize()}{rng.randint(1, 99)}"
    if style == 7:
        return f"{one[:1].upper()}{one[1:]}_{two}{rng.choice('$!&')}"
    if style == 8:
        return b64_bytes(rng, rng.choice([12, 18, 24]))
    if style == 9:
        return some(rng, HEX, rng.choice([16, 20, 24, 32]))
    return f"{one}{two}{rng.randint(10, 99)}"


def url_password(rng: Rng) -> str:
    """A password that needs no escaping within a URL."""
    while True:
        text = password(rng)
        if not set(text) & set("@#%?/&+=^$!*"):
            return text
