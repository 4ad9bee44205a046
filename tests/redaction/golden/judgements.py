"""What is said of values and of names: every public function of the modules that judge a single string."""

from __future__ import annotations

import inspect
import json
import random
import re
import string
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType

from grok_ls.redaction import beside, grades, leads, made_up, names, near, phrases, prose, topic, values, verdict
from tests.golden import Entry

LENGTHS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 19, 20, 21, 23, 24, 25, 31, 32, 33, 39, 40, 41, 63, 64, 65, 80, 81, 199, 200, 201)  # fmt: skip
ALPHABETS = (
    string.hexdigits[:16],
    string.digits,
    string.ascii_lowercase,
    string.ascii_letters,
    string.ascii_letters + string.digits,
    string.ascii_letters + string.digits + "+/",
    string.ascii_letters + "!@#%",
    string.ascii_lowercase + "_",
    string.ascii_uppercase + "_9",
    string.ascii_lowercase + " -",
    "ab1",
    "x",
)
WORDS = "api key password token secret client user my db name id access test old count list new size prod hash login base url max pin code type".split()
BY_HAND = (
    "correct-horse-battery-staple|hunter2|Passw0rd!|qwerty123|letmein|p@ss|changeme|your-api-key|<YOUR_KEY>|${TOKEN}|{{ secret }}|%(pw)s|$PASSWORD|xxxx|****|0000|None|null|true"
    "|os.environ['X']|process.env.KEY|vault:secret/db|file:///run/secrets/x|/etc/ssl/key.pem|C:\\\\keys\\\\id_rsa|utf-8|sha256|AES-256-GCM|2024-01-02|1.2.3|v1.2.3-rc1|10.0.0.1"
    "|user@host|https://a.b/c?d=e|[a-z]+|^\\d{4}$|(?i)x|SELECT 1|Hello, world!|not a secret at all|MySecretClass|get_password|PASSWORD_RESET_URL|heightAboveWGS84"
    "|V3OAuth2mTlsClientCredential|dGhpcyBpcyB0ZXh0IQ==|YWJjZA|c2VjcmV0|abcd|Zm9v|aGVsbG8gd29ybGQhIQ|-----|====|a1b2c3d4|A1B2C3D4|ABCDEFGH|aBcDeFgH|aBCdeFGhIJklMN|1234|12345|1111|0012"
    "|12345678901|blue.sky.42|summer2024|Summer2024!|tr0ub4dor&3|Tr0ub4dor|kim:pa55|s3cr3t|s3cr3t-t0k3n|é3ñ9ü2ß7|пароль123|密码1234|a b c d e|a-b-c-d-e|a_b_c_d_e|foo/bar/baz1|p4$$w0rd|$2b$12$abc"
).split("|")


def _judges(module: ModuleType, parameter: str) -> dict[str, Callable[[str], object]]:
    found = inspect.getmembers(module, inspect.isfunction)
    own = {name: function for name, function in found if function.__module__ == module.__name__}
    return {name: function for name, function in own.items() if _asked(function) == [parameter]}


def _asked(function: Callable[..., object]) -> list[str]:
    parameters = inspect.signature(function).parameters.values()
    return [parameter.name for parameter in parameters if parameter.default is parameter.empty]


MODULES = (values, phrases, verdict, made_up, grades, beside)
JUDGES = {name: judge for module in MODULES for name, judge in _judges(module, "value").items()}
JUDGES |= {f"topic {name}": judge for name, judge in _judges(topic, "word").items()}
KINDS = list(names.Announced)


def judged(entry: Entry) -> Entry:
    """Of a value: what is true of it, and whether it counts (+) as a secret: by kind, quoted and bare; given to a name of each kind;
    near one; as a password and a secret by how sure the place is, quoted and bare; in prose. Of a name: what it announces.
    """
    if "name" in entry:
        kind = names.secret_kind(entry["name"])
        return {
            "name": entry["name"],
            "words": names.words_of(entry["name"]),
            "kind": kind.name if kind is not None else None,
        }
    value = entry["value"]
    said = {name: judge(value) for name, judge in JUDGES.items()}
    told = {name: _told(result) for name, result in said.items() if result}
    counts = [
        _signs(verdict.is_secret(value, kind, quoted=quoted) for kind in KINDS for quoted in (True, False)),
        _signs(grades.is_given(value, kind) for kind in KINDS),
        _signs(near.is_telling(value, kind) for kind in KINDS),
        _signs(
            grades.counts(value, kind, grade, quoted=quoted)
            for kind in (names.PASSWORD, names.SECRET)
            for grade in (leads.SURE, leads.LIKELY, leads.LOOSE)
            for quoted in (True, False)
        ),
        _signs(
            prose.reads_as_password(value, near=beside_it, marked=marked)
            for beside_it in (True, False)
            for marked in (True, False)
        ),
    ]
    return {
        "value": value,
        "is": " ".join(
            name.removeprefix("is_") if result == "True" else f"{name}={result}" for name, result in told.items()
        ),
        "counts": " ".join(counts),
    }


def _signs(answers: Iterable[bool]) -> str:
    return "".join("-+"[answer] for answer in answers)


def _told(result: object) -> str:
    return f"{result:.6f}" if isinstance(result, float) else str(result)


def strings() -> Iterator[Entry]:
    dice = random.Random(2)
    drawn = [*BY_HAND]
    for alphabet in ALPHABETS:
        drawn += ["".join(dice.choices(alphabet, k=length)) for length in LENGTHS]
    for _ in range(150):
        words = dice.sample(WORDS, dice.choice([1, 2, 2, 3]))
        style = dice.choice(
            [
                "_".join(words),
                "-".join(words),
                "".join(map(str.capitalize, words)),
                "_".join(words).upper(),
                words[0] + "".join(map(str.capitalize, words[1:])),
            ]
        )
        yield {"name": style}
        drawn.append(style + dice.choice(["", "", "1", "42", "!", "2024!", "_x9", "99a"]))
    # Made of what there is: cut, joined and with one character another.
    for _ in range(350):
        one = dice.choice(drawn)[: dice.choice([6, 9, 14, 22, 40])]
        other = dice.choice(drawn)[: dice.choice([2, 5, 9])]
        made = one + dice.choice(["", "-", "_", ".", "/", "1", "A", " "]) + other
        drawn.append(
            re.sub(
                dice.choice(["[aeiou]", "[a-m]", "[0-4]", "$"]),
                dice.choice(["7", "Q", "x", "-", "!"]),
                made,
                count=dice.choice([1, 2, 0]),
            )
        )
    for value in dict.fromkeys([*drawn, *_met(dice)]):
        yield {"value": value}


# What may stand between two values of a line.
_APART = re.compile(r"[\s\"'`<>(){}\[\],;=]+")


def _met(dice: random.Random) -> Iterator[str]:
    """Words and values of the cases, and some of them with one character another, which decides what is near a limit."""
    cases = (Path(__file__).parent / "cases.jsonl").read_text("utf-8").splitlines()
    words = {word for line in cases for word in _APART.split(json.loads(line)["text"]) if 4 <= len(word) <= 80}
    for word in dice.sample(sorted(words), 2_400):
        yield word
        if dice.random() < 0.5:
            at = dice.randrange(len(word))
            yield word[:at] + dice.choice(["", "7", "Q", "x", "-", "!", word[at] * 2]) + word[at + 1 :]
