"""The same value again in another form: once beside its name, once where nothing tells."""

from __future__ import annotations

import base64
import html
import json
import random
import textwrap
from collections.abc import Callable
from urllib.parse import quote, quote_plus

from tests.benchmarks.redaction.twelfth.drawing import AN, WORDS, hard, password, pick
from tests.benchmarks.redaction.twelfth.personal import email

Made = tuple[str, tuple[str, ...]]


def _b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _bare(value: str, rng: random.Random) -> Made:
    frames = (
        f"2026-01-04 DEBUG sending {value} upstream\n",
        f"# was {value} before\n",
        f"run({json.dumps(value)[1:-1]!r})\n",
    )
    text = rng.choice(frames)
    return text, (value,) if value in text else (json.dumps(value)[1:-1],)


def _base64(value: str, rng: random.Random) -> Made:
    form = _b64(value)
    return rng.choice((f'blob = "{form}"\n', f"  item: {form}\n", f"echo {form} | base64 -d\n")), (form,)


def _pair(value: str, rng: random.Random) -> Made:
    form = _b64(f"{rng.choice(WORDS)}:{value}")
    return rng.choice((f'x = fetch(url, "{form}")\n', f"2026-01-04 DEBUG < {form}\n", f'"a": "{form}"\n')), (form,)


def _urlsafe(value: str, rng: random.Random) -> Made:
    form = base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")
    return f"GET /v1/x?s={form} HTTP/1.1\n", (form,)


def _twice(value: str, rng: random.Random) -> Made:
    form = _b64(_b64(value))
    return f'payload: "{form}"\n', (form,)


def _url(value: str, rng: random.Random) -> Made:
    form = quote(value, safe="") if rng.random() < 0.6 else quote_plus(value)
    return rng.choice(
        (f"GET /login?u=ops&x={form}&v=2 HTTP/1.1\n", f"u=ops&q={form}\n", f'open("https://api.internal/s/{form}")\n')
    ), (form,)


def _json(value: str, rng: random.Random) -> Made:
    form = json.dumps(value)[1:-1]
    return f'{{"k": "{form}", "n": 1}}\n', (form,)


def _json_twice(value: str, rng: random.Random) -> Made:
    return json.dumps({"body": json.dumps({"k": value})}) + "\n", (json.dumps(json.dumps(value))[3:-3],)


def _unicode(value: str, rng: random.Random) -> Made:
    form = "".join(char if char.isalnum() else f"\\u{ord(char):04x}" for char in value)
    return f'{{"k": "{form}"}}\n', (form,)


def _markup(value: str, rng: random.Random) -> Made:
    form = html.escape(value)
    return rng.choice((f'<item v="{form}"/>\n', f"<p>{form}</p>\n")), (form,)


def _halves(value: str, rng: random.Random) -> tuple[str, str]:
    at = len(value) // 2
    return value[:at], value[at:]


def _split(value: str, rng: random.Random) -> Made:
    first, second = _halves(value, rng)
    quoted = [json.dumps(part) for part in (first, second)]
    frames = (
        f"k = {quoted[0]} + {quoted[1]}\n",
        f"k = ({quoted[0]}\n     {quoted[1]})\n",
        f"k = [{quoted[0]}, {quoted[1]}].join('')\n",
        f"$k = {quoted[0]} . {quoted[1]};\n",
    )
    return rng.choice(frames), tuple(json.dumps(part)[1:-1] for part in (first, second))


def _lines(value: str, rng: random.Random) -> Made:
    first, second = _halves(value, rng)
    frames = (
        f'k = "{first}\\\n{second}"\n',
        f"Wrapped mail text {first}=\n{second} and on.\n",
        f"| {first}\n| {second}\n",
    )
    return rng.choice(frames), (first, second)


def _base64_lines(value: str, rng: random.Random) -> Made:
    head = "user=ops\nsecret="
    rows = textwrap.wrap(_b64(f"{head}{value}\nmode=prod\n"), 32)
    start, end = -(-len(head) * 4 // 3), (len(head) + len(value.encode())) * 4 // 3
    parts = (row[max(0, start - 32 * n) : max(0, end - 32 * n)] for n, row in enumerate(rows))
    return "data: |\n" + "".join(f"  {row}\n" for row in rows), tuple(part for part in parts if len(part) >= 6)


def _path(value: str, rng: random.Random) -> Made:
    return rng.choice(
        (
            f"open /var/spool/web/{value}/out.log: no such file\n",
            f"file:///srv/cache/{value}.json\n",
            f"a/tmp_{value}.bak\n",
        )
    ), (value,)


def _diagnostic(value: str, rng: random.Random) -> Made:
    return rng.choice(
        (
            f'app.py:7:12: error: Incompatible value "{value}" for int\n',
            f"ValueError: could not parse '{value}'\n",
            f"got `{value}` [E0308]\n",
        )
    ), (value,)


FORMS: dict[str, tuple[Callable[[str, random.Random], Made], bool]] = {
    "bare": (_bare, False),
    "base64": (_base64, True),
    "base64-pair": (_pair, True),
    "base64-urlsafe": (_urlsafe, True),
    "base64-twice": (_twice, True),
    "base64-lines": (_base64_lines, True),
    "url": (_url, True),
    "json": (_json, True),
    "json-twice": (_json_twice, True),
    "unicode": (_unicode, True),
    "markup": (_markup, True),
    "split": (_split, False),
    "lines": (_lines, False),
    "path": (_path, False),
    "diagnostic": (_diagnostic, False),
}
"""Form: how it is made, and whether values that need escapes may stand in it."""


def made(kind: str, rng: random.Random) -> Made:
    """The value beside its name, the other form some lines before or after it; only the form counts."""
    form, escapes = FORMS[kind]
    value = rng.choice((password, hard if escapes else password, lambda r: pick(r, AN, 24), email))(rng)
    while len(value) < 10:
        value = password(rng)
    text, pieces = form(value, rng)
    name = (
        "contact"
        if "@" in value and "." in value.partition("@")[2]
        else rng.choice(("password", "api_key", "db_password", "secret"))
    )
    named = rng.choice((f"{name}: '{value}'\n", f"{name} = '{value}'\n"))
    between = "".join(f"step_{n} = {n * 7}\n" for n in range(rng.randint(2, 9)))
    return (named + between + text if rng.random() < 0.6 else text + between + named), pieces
