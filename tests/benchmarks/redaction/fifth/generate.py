"""Whole files with made-up secrets, by kind; the same seed gives the same files."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from tests.benchmarks.redaction.fifth.armour import ARMOUR
from tests.benchmarks.redaction.fifth.code import CODE
from tests.benchmarks.redaction.fifth.config import CONFIG
from tests.benchmarks.redaction.fifth.drawing import Case, Draw, fill, styles
from tests.benchmarks.redaction.fifth.free import FREE, NEUTRAL
from tests.benchmarks.redaction.fifth.named import NAMED
from tests.benchmarks.redaction.fifth.personal import HOMES, PERSONAL, PLACES
from tests.benchmarks.redaction.fifth.surroundings import around
from tests.benchmarks.redaction.fifth.tokens import TOKENS
from tests.benchmarks.redaction.fifth.whole import WHOLE

_QUOTED = re.compile(r"""["'`]«[vjx]»|>«x»<|«[jxq]»""")
_BARE_SHELL = re.compile(r"[()&;|<>$`*\\ #]")


def cases(seed: int, each: int) -> Iterator[Case]:
    """``each`` files of every kind."""
    for group, makers in TOKENS.items():
        for kind, make in makers.items():
            for number in range(each):
                d = Draw(f"{seed}/{kind}/{number}")
                value = make(d)
                yield (
                    _neutral(d, group, kind, value)
                    if number % 2
                    else _named(d, group, kind, (*kind.split(), d.one("token", "key", "secret")), value)
                )
    for kind, named in NAMED.items():
        for number in range(each):
            d = Draw(f"{seed}/{kind}/{number}")
            yield _named(d, "by name", kind, tuple(d.choice(named.names).split()), named.make(d))
    for group, whole in (("structure", WHOLE), ("armour", ARMOUR)):
        for kind, build in whole.items():
            for number in range(each):
                path, language, body, secrets = build(d := Draw(f"{seed}/{kind}/{number}"))
                if kind != "token cut":
                    body = around(d, language, body)
                yield Case(group, kind, path, body, secrets)
    for kind, templates in FREE.items():
        for number in range(each):
            yield _free(Draw(f"{seed}/{kind}/{number}"), kind, templates)
    for kind, (name, make) in PERSONAL.items():
        for number in range(each):
            yield _personal(Draw(f"{seed}/{kind}/{number}"), kind, name, make(Draw(f"{seed}/{kind}/{number}/v")))


def _neutral(d: Draw, group: str, kind: str, value: str) -> Case:
    ending, language, template = d.choice(NEUTRAL)
    return Case(group, kind, f"file.{ending}", around(d, language, fill(template, v=value)), (_core(value),))


def _core(value: str) -> str:
    """Of an address with a secret, the secret."""
    if "sig=" in value:
        return value.rsplit("sig=", 1)[1]
    if not value.startswith("https://"):
        return value
    pieces = [
        p
        for p in re.split(r"[/?&=@:]", value)
        if len(p) > 6 and not re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", p)
    ]
    return pieces[-1]


def _named(d: Draw, group: str, kind: str, words: tuple[str, ...], value: str) -> Case:
    pool = d.one("code", "code", "config")
    while True:
        if pool == "code":
            ending, language, template = d.choice(CODE[d.choice(list(CODE))])
            path = ending if ending in ("Makefile", "justfile") else f"file.{ending}"
        else:
            path, template = d.choice(CONFIG[d.choice(list(CONFIG))])
            language = "none"
        if " " in value and not _QUOTED.search(template):
            continue
        if (language == "sh" or "RUN «U»" in template) and _BARE_SHELL.search(value) and not _QUOTED.search(template):
            continue
        break
    coded = {
        "v": value,
        "j": json.dumps(value)[1:-1],
        "x": escape(value),
        "q": quote(value, safe=""),
        "b": base64.b64encode(value.encode()).decode(),
    }
    used = [coded[mark] for mark in coded if f"«{mark}»" in template]
    text = fill(template, h=d.host(), u=d.user(), **styles(words), **coded)
    return Case(group, kind, path, around(d, language, text), tuple(_core(u) for u in used))


def _free(d: Draw, kind: str, templates: tuple[str, ...]) -> Case:
    value, other = d.password("!#*-_.@"), d.password("")
    while not re.search(r"[0-9!#*@]", value):
        value = d.password("!#*-_.@")
    template = d.choice(templates)
    body = fill(template, v=value, w=other, u=d.user())
    before = d.one("", "Some notes on the environment.\n\n", "Setup\n=====\n")
    return Case(
        "free",
        kind,
        d.one("notes.txt", "a.py", "a.js", "a.md"),
        before + body + "\n",
        (value, other) if "«w»" in template else (value,),
    )


def _personal(d: Draw, kind: str, name: str, value: str) -> Case:
    ending, language, template = d.choice(PLACES)
    shown = d.choice(HOMES).replace("«»", value) if name == "path" else value
    return Case("personal", kind, f"file.{ending}", around(d, language, fill(template, v=shown, n=name)), (value,))
