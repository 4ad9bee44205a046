"""Texts that are made to be slow, long, or cut at a window's border."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable

import pytest

from grok_ls.redaction.redact import RedactionStopped, Vocabulary, redact
from grok_ls.redaction.span import AFTER, BEFORE, CORE, windows

pytestmark = pytest.mark.slow


SEED = b"0123456789abcdef"
_dice = random.Random(3)
B64 = string.ascii_letters + string.digits + "+/"
TOKEN = "gh" + "p_" + "".join(_dice.choices(string.ascii_letters + string.digits, k=36))
SIZE = 3_000

HOSTILE: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "A" * n,
    "camelCase names that end oddly": lambda n: 'login("kim", "' + "ConfigurationKeyName" * 20 + '_1")\n' * (n // 400),
    "quotes": lambda n: "'\"" * (n // 2),
    "backslashes in a string": lambda n: 'token="' + "\\" * n,
    "brackets": lambda n: "[" * n + "]" * n,
    "nested JSON": lambda n: '{"a":' * (n // 5) + '"x"' + "}" * (n // 5),
    "nested YAML": lambda n: "".join(" " * (at % 200) + "password:\n" for at in range(n // 110)),
    "base64": lambda n: "".join(_dice.choices(B64, k=n)),
    "base64 before the end of a key": lambda n: ("A1b2" * 16 + "\n") * (n // 65) + "-----END PRIVATE KEY-----\n",
    "beginnings of keys": lambda n: "-----BEGIN PRIVATE KEY-----\n" * (n // 28),
    "names without values": lambda n: "password" * (n // 8),
    "names with signs": lambda n: "password=" * (n // 9),
    "a name and spaces": lambda n: "password" + " " * n,
    "parameters": lambda n: "?token=" * (n // 7),
    "secrets of Kubernetes": lambda n: "kind: Secret\ndata:\n" * (n // 19),
    "rows": lambda n: "insert into t (a,password) values " + "('a','bcde1')," * (n // 14),
    "addresses": lambda n: "".join(f"user{at}@corp{at}.io\n" for at in range(n // 20)),
    "digits": lambda n: "1 " * (n // 2),
    "placeholders": lambda n: "GROKLS_TOKEN_1_ab " * (n // 18),
    "half placeholders": lambda n: "GROKLS_" * (n // 7),
    "heads of tables": lambda n: "a,password,b\n1,2,3\n" * (n // 19),
    "ruled tables": lambda n: "|a|password|\n|-|-|\n" * (n // 19),
    "names and literals": lambda n: 'token, "x", ' * (n // 12),
    "users": lambda n: "user " * (n // 5),
    "colons": lambda n: "::1:" * (n // 4),
    "joined words": lambda n: "jwt_secret: a-b-" * (n // 16),
    "names for tuples": lambda n: '("user", "password"), [' * (n // 24),
    "tuples": lambda n: '(("user", "password"), [' + '("kim", "x"), ' * (n // 14),
    "bars": lambda n: "||a||password||\n|x|y|\n" * (n // 24),
    "sentences": lambda n: "the password was " * (n // 17),
    "one long sentence": lambda n: "password " + "word " * (n // 5),
    "mentions": lambda n: "the password. it's " * (n // 19),
    "pointers": lambda n: "password\n" + "it is one to " * (n // 13),
    "changes": lambda n: 'password = "a1" -> ' * (n // 19),
    "listed commands": lambda n: '["mysql", "-p", ' * (n // 16),
    "unpacked names": lambda n: "password, password = " * (n // 21),
    "functions": lambda n: "password() { return " * (n // 20),
    "formats": lambda n: '"://%s:%s@" % (' * (n // 15),
    "questions": lambda n: "password a?\n" * (n // 12),
    "tags": lambda n: "password <b><b><b>" * (n // 18),
    "names of users": lambda n: "USER kim\nPASS\n" * (n // 14),
    "telephones": lambda n: "phone: 1 " * (n // 9),
    "words in a row": lambda n: 'password: "' + "abc " * (n // 4) + '"',
    "templates in addresses": lambda n: "://{a}:" * (n // 7),
    "settings": lambda n: "[a]\n; password = abcdefgh\n" * (n // 26),
    "new lines": lambda n: "\n" * n,
    "a literal and new lines": lambda n: 'signature = "(a: int) -> None"' + "\n" * n,
    "a literal and blanks": lambda n: 'password = "aB3dE5gH"' + " " * n,
    "values alike": lambda n: "".join(f'KEY="{at:04x}a9f4c27be81d05736c2f9e1b4d7a{at:04x}"\n' for at in range(n // 43)),
    "a value and backslashes": lambda n: f"x = '{TOKEN}'\n" + "\\" * n,
    "a value and percent signs": lambda n: f"x = '{TOKEN}'\n" + "%25" * (n // 3),
    "a value and entities": lambda n: f"x = '{TOKEN}'\n" + "&amp;" * (n // 5),
    "a value and NUL": lambda n: f"x = '{TOKEN}'\n" + "\\\0" * (n // 2) + "\0" * n,
    "a value and bytes": lambda n: f"x = '{TOKEN}'\n" + "6b, " * (n // 4),
    "a value many times": lambda n: f"x = '{TOKEN}'\n" * (n // 48),
    "misspelt placeholders": lambda n: "GR0KLS_" * (n // 7) + "GROKS_" * (n // 7),
    "placeholders that are glued": lambda n: "xGROKLS_TOKEN_1_ab" * (n // 18),
    "a key's lines": lambda n: "  -----BEGIN PRIVATE KEY-----\n" + "  A1b2C3d4E5f6G7h8\n" * (n // 19),
    "a secret's name and new lines": lambda n: "the password:" + "\n" * n + "x",
}


def spent(text: str) -> float:
    """Processor seconds of this thread."""
    start = time.thread_time()
    redact(text, Vocabulary(SEED))
    return time.thread_time() - start


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_time_grows_with_the_text_and_no_faster(kind: str) -> None:
    small, large = HOSTILE[kind](SIZE), HOSTILE[kind](8 * SIZE)
    least, most = min(spent(small), spent(small)), min(spent(large), spent(large))
    for _ in range(4):
        # Between 8 and 15 where nothing disturbs it; quadratic would be 64. The floor keeps the clock's grain out.
        if most < 30 * max(least, 0.003):
            return
        # What a busy machine adds is gone in the least of several; what the text costs is not.
        least, most = min(least, spent(small)), min(most, spent(large))
    assert most < 30 * max(least, 0.003)


@pytest.mark.parametrize("size", [0, 1, CORE, CORE + AFTER, CORE + AFTER + 1, 5 * CORE + 17])
def test_windows_cover_the_text_once(size: int) -> None:
    found = list(windows(size))
    assert [window.start for window in found[1:]] == [window.end for window in found[:-1]]
    assert (found[0].start if found else 0, found[-1].end if found else size) == (0, size)
    assert all(window.low <= window.start <= window.end <= window.high for window in found)


@pytest.mark.parametrize("at", [CORE - 20, CORE - 1, CORE, CORE + 1, 2 * CORE - BEFORE, 2 * CORE + 7, 3 * CORE - 39])
def test_a_secret_at_the_border_of_a_window_is_found_whole(at: int) -> None:
    key = "\n".join(
        [
            "-----BEGIN PRIVATE KEY-----",
            *("".join(_dice.choices(B64, k=64)) for _ in range(30)),
            "-----END PRIVATE KEY-----",
        ]
    )
    for secret in (TOKEN, key, "jo.smith@corp" + "-mail.io"):
        text = ("x = 1\n" * 20_000)[:at] + f'\nv = """{secret}"""\n' + "y = 2\n" * 12_000
        redacted = redact(text, Vocabulary(SEED))
        assert len(redacted.findings) == 1
        assert secret not in redacted.text
        assert redacted.restore(redacted.text) == text


def test_a_stop_is_asked_for_inside_of_a_long_text() -> None:
    asked = 0

    def later() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    with pytest.raises(RedactionStopped):
        redact("x = 1\n" * 60_000, Vocabulary(SEED), cancelled=later)
    assert asked == 6
