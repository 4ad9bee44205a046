"""A value that comes back has to fit where the model put its placeholder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grok_ls.engine import Proposal
from grok_ls.errors import AnswerUnusable
from grok_ls.redaction.redact import Vocabulary, redact

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "def connect():\n    password = 'Tr0ub\"4dor&3x'\n    return password\n"


def answer(old: str, new: str) -> str:
    return f"```diff\n--- a/main.py\n+++ b/main.py\n@@ @@\n-{old}\n+{new}\n```\n"


async def test_other_quotes_that_the_value_breaks_are_refused_and_asked_again(bench: Bench) -> None:
    line = redact(TEXT, Vocabulary(b"0123456789abcdef")).text.split("\n")[1]
    assert "GROKLS" in line
    bad, good = answer(line, line.replace("'", '"')), answer(line, line.replace("password =", "word ="))
    with pytest.raises(AnswerUnusable, match="does not fit") as refused:
        await bench.ask(TEXT, bad, bad, bad, at="password =")
    assert refused.value.code == "syntax_broken"
    outcome = await bench.ask(TEXT, bad, good, at="password =")
    assert isinstance(outcome, Proposal)
    assert outcome.text == TEXT.replace("password =", "word =")
    # Nothing of the value is in what the model was told.
    assert not any("dor&3x" in text for number in (0, 1) for _, text in bench.asked(number))


async def test_other_quotes_that_fit_are_applied(bench: Bench) -> None:
    text = TEXT.replace('"', "-")
    line = redact(text, Vocabulary(b"0123456789abcdef")).text.split("\n")[1]
    outcome = await bench.ask(text, answer(line, line.replace("'", '"')), at="password =")
    assert isinstance(outcome, Proposal)
    assert outcome.text == text.replace("'", '"')


_KEY = [
    "-----BEGIN " + "PRIVATE KEY-----",
    "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj",
    "MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu",
    "-----END " + "PRIVATE KEY-----",
]
_BLOCK = "tls:\n  key: |\n" + "".join(f"    {line}\n" for line in _KEY) + "  port: 443\n"


async def test_a_key_that_the_model_indents_further_is_indented_in_all_its_lines(bench: Bench) -> None:
    clean = redact(_BLOCK, Vocabulary(b"0123456789abcdef")).text.split("\n")
    diff = "".join(f"-{line}\n" for line in clean[1:3]) + "".join(
        f"+{line}\n" for line in ("  server:", "  " + clean[1], "  " + clean[2])
    )
    given = f"```diff\n--- a/deploy.yaml\n+++ b/deploy.yaml\n@@ @@\n{diff}```\n"
    outcome = await bench.ask(_BLOCK, given, at="key:", path="deploy.yaml")
    assert isinstance(outcome, Proposal)
    deeper = "tls:\n  server:\n    key: |\n" + "".join(f"      {line}\n" for line in _KEY) + "  port: 443\n"
    assert outcome.text == deeper


@pytest.mark.parametrize("damage", ["{}x", "MY_{}", "{}_2"])
async def test_a_placeholder_that_became_another_name_is_refused_and_asked_again(bench: Bench, damage: str) -> None:
    line = redact(TEXT, Vocabulary(b"0123456789abcdef")).text.split("\n")[1]
    word = line.split("'")[1]
    bad, good = (
        answer(line, line.replace(word, damage.format(word))),
        answer(line, line.replace("password =", "word =")),
    )
    with pytest.raises(AnswerUnusable, match="altered a placeholder"):
        await bench.ask(TEXT, bad, bad, bad, at="password =")
    outcome = await bench.ask(TEXT, bad, good, at="password =")
    assert isinstance(outcome, Proposal)
    assert outcome.text == TEXT.replace("password =", "word =")


async def test_a_value_that_would_say_something_else_in_its_string_is_refused_and_asked_again(bench: Bench) -> None:
    text = TEXT.replace('Tr0ub"4dor&3x', "Tr0ub{a}4dor3x")
    line = redact(text, Vocabulary(b"0123456789abcdef")).text.split("\n")[1]
    assert "GROKLS" in line
    bad, good = answer(line, line.replace("= '", "= f'")), answer(line, line.replace("password =", "word ="))
    with pytest.raises(AnswerUnusable, match=r"does not fit where the model put it in main.py \(line 2\)"):
        await bench.ask(text, bad, bad, bad, at="password =")
    outcome = await bench.ask(text, bad, good, at="password =")
    assert isinstance(outcome, Proposal)
    assert outcome.text == text.replace("password =", "word =")
