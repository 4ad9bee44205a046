"""Numbers that differ in the end that checks the rest, in a line where such a number may stand."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.golden import Entry

DIGITS, LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TAILS = {
    "digits": [*DIGITS],
    "digits and X": [*DIGITS, "X"],
    "letters": [*LETTERS],
    "00 to 99": [f"{number:02}" for number in range(100)],
}
# The registry of SWIFT, release 99.
IBAN = (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18"
    " GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24"
    " PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20"
).split()
HEADS = (
    "4000 3400 3499 3500 3699 3700 3799 3800 3899 3900 5099 5100 5599 5600 2220 2221 2720 2721 2999 3000 3059 3060 3527 3528 3589 3590 6010 6011 6012 6200 6299"
    " 6300 6400 6499 6500 6599 6600"
).split()
ADDRESSES = (
    "19.59.59.59 20.59.59.59 19.60.59.59 19.59.59.60 52.95.110.1 8.8.8.8 8.8.8.9 1.2.3.4 1.2.3.5 10.0.0.1 11.0.0.1 100.64.0.1 100.128.0.1 127.0.0.1 169.254.1.1"
    " 172.15.0.1 172.16.0.1 172.31.0.1 172.32.0.1 192.0.2.1 192.168.0.1 192.169.0.1 198.51.100.1 203.0.113.1 203.0.114.1 223.255.255.254 224.0.0.1 240.0.0.1 255.255.255.255"
    " 256.1.1.1 99.99.99.0 2600:1f18::1 2001:db8::1 fe80::1 fd00::1 2a00:1450:4001:81b::200e ::1 1:2:3:4:5:6:7:8 2606:4700:4700::1111 ff02::1"
).split()
PHONES = (
    "+49 30 1234567 +49 30 12 +1 415 555 2671 (415) 555-2671 415-555-2671 115-555-2671 415-155-2671 415.555.2671 415.555-2671 030/1234567 03/1234567 030/1234"
    " 0030/12345 06 12 34 56 78 00 12 34 56 78 06.12.34.56.78 (11) 91234-5678 0049 30 123456 0151 2345678 0151/234567 0141 2345678 07700 900123"
)


def numbers() -> Iterator[Entry]:
    """``head`` with each of its ``tails``: the name of a set, or all of them with bars between."""
    dice = random.Random(2)

    def drawn(alphabet: str, count: int) -> str:
        return "".join(dice.choices(alphabet, k=count))

    for country in IBAN:
        size = int(country[2:])
        made = [_iban(country[:2], drawn(DIGITS, count - 4))[2:] for count in (size - 1, size, size + 1)]
        yield _one("iban: {}", country[:2], "|".join(made))
    for _ in range(6):
        whole = _iban("DE", drawn(DIGITS, 18))
        yield _one("to {} now", "", f"{whole}|" + " ".join(whole[at : at + 4] for at in range(0, 22, 4)))
        yield _one("to {} now", "DE", "|".join(f"{check:02}{whole[4:]}" for check in range(0, 99, 7)))
    for head in HEADS:
        for size in range(12, 21):
            yield _one("pay {};", head + drawn(DIGITS, size - 5), "digits")
    for _ in range(12):
        yield from _national(drawn)
    # The check letter for each character in each place.
    base = "RSSMRA85T10A562"
    for place in range(15):
        for char in DIGITS if base[place].isdigit() else LETTERS:
            yield _one("{}", base[:place] + char + base[place + 1 :], "letters")
    for line in ("host = {}", "version {}", "{}/24", "requires >= {}", "x {} y", "https://{}:80/"):
        yield _one(line, "", "|".join(ADDRESSES))
    words = PHONES.split(" ")
    some = {" ".join(words[at : at + count]) for at in range(len(words)) for count in (1, 2, 3, 4)}
    yield _one("call {}.", "", "|".join(sorted(some)))


def _one(line: str, head: str, tails: str) -> Entry:
    return {"line": line, "head": head, "tails": tails}


def _national(drawn: Callable[[str, int], str]) -> Iterator[Entry]:
    pesel = drawn(DIGITS, 2) + drawn("01", 1) + drawn("12", 1) + drawn("012", 1) + drawn(DIGITS, 5)
    yield _one('x = "{}"', pesel, "digits")
    for month in ("00", "01", "12", "13", "20", "21", "32", "33"):
        for day in ("00", "01", "31", "32"):
            yield _one("<a>{}</a>", f"{pesel[:2]}{month}{day}{pesel[6:10]}", "digits")
    cpf = drawn(DIGITS, 9)
    yield _one("'{}'", cpf, "00 to 99")
    yield _one("{} x", f"{cpf[:3]}.{cpf[3:6]}.{cpf[6:]}-", "00 to 99")
    year = drawn("90", 1).replace("9", "19").replace("0", "20") + drawn(DIGITS, 2)
    yield _one("id {} ok", "110105" + year + "1231" + drawn(DIGITS, 3), "digits and X")
    dni = drawn(DIGITS, 8)
    for head in (dni, *(first + dni[:7] for first in "XYZ")):
        yield _one("dato {}", head, "letters")
    yield _one("assure {}", drawn("12", 1) + drawn(DIGITS, 2) + "0775" + drawn(DIGITS, 6), "00 to 99")
    aadhaar = drawn("23456789", 1) + drawn(DIGITS, 10)
    yield _one("uid {}", f"{aadhaar[:4]} {aadhaar[4:8]} {aadhaar[8:]}", "digits")


def _iban(country: str, account: str) -> str:
    """With its check digits, by ISO 13616."""
    number = "".join(str(int(char, 36)) for char in account + country + "00")
    return f"{country}{98 - int(number) % 97:02}{account}"
