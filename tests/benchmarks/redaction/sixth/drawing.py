"""Values and the words around them, all drawn from one seed: nothing here was ever valid anywhere."""

from __future__ import annotations

import base64
import random
import re
import string
from collections.abc import Callable

LOWER = string.ascii_lowercase
ALNUM = string.ascii_letters + string.digits
URLSAFE = ALNUM + "_-"
HEX = "0123456789abcdef"
BASE64 = ALNUM + "+/"
BASE32 = string.ascii_uppercase + "234567"
WORDS = """velvet otter lantern copper meadow thunder pickle saddle harbor walnut breeze canyon dragon ember falcon
glacier hazel island jasmine kettle lemon marble nectar orchid pepper quartz raven sierra timber umber violet willow
zephyr anchor basil cedar dolphin eagle fennel ginger hammer indigo juniper koala lotus mango nutmeg onyx panther quill
rocket salmon tulip unicorn vortex walrus yonder zigzag sommer winter wolke brunnen kirsche soleil fromage montagne
papillon naranja ventana estrella girassol janela cachorro""".split()
NOUNS = """order invoice customer ledger report session widget channel bucket shipment catalog profile ticket payment
queue cluster account batch metric device""".split()
VERBS = "load store fetch render update parse merge check build list send sync open close".split()
USERS = "mkowalski t.berger anna.lind jpark rosa_m dvries hnakamura okafor lfontaine psingh".split()
HOSTS = """db01.prod.lan pg-main.intra.net mail.nordwind-logistik.de cache-2.svc api.ferrovia-tools.io sql.kestrel-group.com
broker.eu-west.kestrel-group.com ldap.nordwind-logistik.de git.ferrovia-tools.io""".split()


class Dice(random.Random):
    """The one source of chance of a corpus."""

    def text(self, alphabet: str, size: int) -> str:
        return "".join(self.choices(alphabet, k=size))

    def mixed(self, alphabet: str, size: int) -> str:
        """Not all of one class, as a real token never is."""
        while True:
            text = self.text(alphabet, size)
            if re.search(r"[a-zA-Z]", text) and re.search(r"\d", text) and text[0].isalnum() and text[-1].isalnum():
                return text

    def blob(self, size: int) -> str:
        return base64.b64encode(self.randbytes(size)).decode()


def strong(dice: Dice) -> str:
    size = dice.randint(10, 18)
    while True:
        text = dice.text(ALNUM + "#!%*+-=?.^~", size)
        if text[0].isalnum() and text[-1].isalnum() and re.search(r"\d", text) and re.search(r"[a-z]", text):
            return text


def worded(dice: Dice) -> str:
    word = dice.choice(WORDS).capitalize()
    return f"{word}{dice.choice(['', '_', '#', '-'])}{dice.randint(10, 2031)}{dice.choice(['', '!', '!!', '$', '?'])}"


def leet(dice: Dice) -> str:
    text = "".join(dice.sample(WORDS, 2)).translate(str.maketrans("aeio", "4310"))
    return text if re.search(r"\d", text) else text + str(dice.randint(10, 99))


def letters(dice: Dice) -> str:
    """A passphrase without a digit."""
    words = dice.sample(WORDS, dice.randint(3, 4))
    return dice.choice(["".join, "-".join, lambda w: "".join(word.capitalize() for word in w)])(words)


def spaced(dice: Dice) -> str:
    return " ".join(dice.sample(WORDS, 4))


def short(dice: Dice) -> str:
    return dice.choice(
        [
            lambda: dice.mixed(ALNUM, 6),
            lambda: dice.choice([w for w in WORDS if len(w) == 5]) + dice.choice("123456789"),
            lambda: dice.mixed(ALNUM, 5) + dice.choice("!#?"),
        ]
    )()


def word(dice: Dice) -> str:
    return "".join(dice.sample(WORDS, dice.choice([1, 2])))


def digits(dice: Dice) -> str:
    return dice.text("123456789", dice.randint(6, 8))


def password(dice: Dice) -> str:
    return dice.choice([strong, strong, worded, leet, letters, short])(dice)


def filled(template: str, dice: Dice, secrets: Callable[[str], str]) -> str:
    """``template`` with its ``@NAME@`` marks drawn; ``secrets`` answers those that it knows, else the empty string."""
    kept: dict[str, str] = {}

    def answer(match: re.Match[str]) -> str:
        name = match[1]
        return secrets(name) or kept.setdefault(name, _drawn(name, dice))

    return re.sub(r"@([A-Z]+\d?)@", answer, template)


def _drawn(name: str, dice: Dice) -> str:
    kind = name.rstrip("0123456789")
    verb, noun, other = dice.choice(VERBS), dice.choice(NOUNS), dice.choice(NOUNS)
    return {
        "N": f"{verb}_{noun}",
        "C": f"{noun.capitalize()}{other.capitalize()}",
        "L": f"{verb}{noun.capitalize()}",
        "W": noun,
        "H": dice.choice(HOSTS),
        "U": dice.choice(USERS),
        "D": str(dice.randint(2, 900)),
        "P": str(dice.choice([5432, 3306, 8080, 6379, 5672, 1433])),
        "T": f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "X": dice.text(HEX, 7),
    }[kind]
