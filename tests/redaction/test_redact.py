from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import random
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.redaction.redact import Found, Policy, Redacted, RedactionStopped, Vocabulary, redact
from grok_ls.redaction.vocabulary import StreamRestorer

SEED = b"0123456789abcdef"
_dice = random.Random(5)
TOKEN = "gh" + "p_" + "".join(_dice.choices("abcdefgh123456789ABCDEF", k=36))
PASSWORD = "s3cr" + "et!Pa55"
TEXT = f'import os\ndb_password = "{PASSWORD}"\ntoken = "{TOKEN}"\nmail = "jo.smith@corp' + '-mail.io"\n'
pieces = st.sampled_from(
    [TEXT, PASSWORD, TOKEN, "GROKLS_PASSWORD_1_ab", "GROKLS_", "grokls_x", "\n", '"', "password = ", "😀", "\r\n"]
)
texts = st.lists(st.one_of(st.text(max_size=20), pieces), max_size=8).map("".join)


def clean(text: str, vocabulary: Vocabulary | None = None) -> Redacted:
    return redact(text, vocabulary or Vocabulary(SEED))


@given(texts)
def test_restoring_gives_back_the_input(text: str) -> None:
    redacted = clean(text)
    assert redacted.restore(redacted.text) == text
    assert redacted.restored(redacted.text).unknown == ()


@given(texts)
def test_restoring_is_exact_when_the_session_already_issued_words(text: str) -> None:
    vocabulary = Vocabulary(SEED)
    first = clean(TEXT, vocabulary)
    again = clean(first.text + text + TEXT, vocabulary)
    assert again.restore(again.text) == first.text + text + TEXT


@given(texts)
def test_every_offset_maps_to_the_same_character_or_to_its_placeholder(text: str) -> None:
    redacted = clean(text)
    covered = {at for found in redacted.findings for at in range(found.start, found.end)}
    for at in range(len(text)):
        if at not in covered:
            assert redacted.text[redacted.to_clean(at)] == text[at]
            assert redacted.to_original(redacted.to_clean(at)) == at
    assert redacted.to_clean(len(text)) == len(redacted.text)


def test_secrets_are_gone_and_the_second_pass_changes_nothing() -> None:
    vocabulary = Vocabulary(SEED)
    redacted = clean(TEXT, vocabulary)
    assert PASSWORD not in redacted.text
    assert TOKEN not in redacted.text
    assert "corp-mail" not in redacted.text
    assert clean(redacted.text, vocabulary).text == redacted.text


def test_one_value_has_one_word_in_all_documents_of_a_session() -> None:
    vocabulary = Vocabulary(SEED)
    words = {word for text in (TEXT, "x\n" + TEXT) for word in clean(text, vocabulary).placeholders}
    assert len(words) == 3
    assert vocabulary.size == 3


@pytest.mark.parametrize(
    "form",
    [
        PASSWORD,
        json.dumps(PASSWORD),
        PASSWORD.replace("!", "%21"),
        __import__("base64").b64encode(PASSWORD.encode()).decode(),
        PASSWORD[:6] + '" +\n   "' + PASSWORD[6:],
    ],
)
def test_a_known_value_is_found_in_every_form(form: str) -> None:
    vocabulary = Vocabulary(SEED)
    vocabulary.learn("PASSWORD", PASSWORD)
    redacted = clean(f"before {form} after", vocabulary)
    assert form.strip('"') not in redacted.text
    assert redacted.restore(redacted.text) == f"before {form} after"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda r: Redacted(),
        lambda r: object.__new__(Redacted),
        lambda r: object.__new__(type(r)),
        copy.copy,
        copy.deepcopy,
        pickle.dumps,
        dataclasses.replace,
        lambda r: setattr(r, "text", "x"),
        lambda r: type("Mine", (Redacted,), {}),
    ],
)
def test_only_redact_makes_a_redacted(attempt: Callable[[Redacted], object]) -> None:
    with pytest.raises((TypeError, AttributeError)):
        attempt(clean(TEXT))


def test_representations_show_no_secret() -> None:
    vocabulary = Vocabulary(SEED)
    shown = repr(clean(TEXT, vocabulary)) + repr(vocabulary)
    assert PASSWORD not in shown
    assert TOKEN not in shown


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda w: w[:-1] + "_",
        lambda w: w[:-3],
        lambda w: w.replace("_", "\\_"),
        lambda w: w[7:],
        lambda w: w.replace("_1_", "_99_"),
    ],
)
def test_an_altered_word_is_reported_and_stays(change: Callable[[str], str]) -> None:
    vocabulary = Vocabulary(SEED)
    word = vocabulary.learn("PASSWORD", PASSWORD)
    restored = vocabulary.restored(f'x = "{change(word)}"', frozenset({word}))
    assert restored.unknown
    assert PASSWORD not in restored.text


def test_words_that_were_not_allowed_stay_and_are_reported() -> None:
    vocabulary = Vocabulary(SEED)
    one, two = vocabulary.learn("TOKEN", TOKEN), vocabulary.learn("PASSWORD", PASSWORD)
    restored = vocabulary.restored(f"{one} {two}", frozenset({one}))
    assert restored.text == f"{TOKEN} {two}"
    assert restored.unknown == (two,)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30))
def test_a_stream_restores_like_the_whole(sizes: list[int]) -> None:
    vocabulary = Vocabulary(SEED)
    word = vocabulary.learn("PASSWORD", PASSWORD)
    text, at, shown = f"G GROK {word}{word}x {word[:-1]} end GROKLS_", 0, ""
    stream = StreamRestorer(vocabulary)
    for size in sizes:
        shown += stream.feed(text[at : at + size])
        at += size
    shown += stream.feed(text[at:]) + stream.finish()
    assert shown == vocabulary.restored(text).text


def test_a_detector_that_raises_fails_the_redaction() -> None:
    def broken(text: str) -> list[Found]:
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError):
        redact(TEXT, Vocabulary(SEED), detectors=(broken,))


def test_a_detector_that_answers_nonsense_fails_the_redaction() -> None:
    with pytest.raises(ValueError, match="place"):
        redact(TEXT, Vocabulary(SEED), detectors=(lambda text: [Found(-1, 10**9, "TOKEN")],))


def test_a_stop_between_stages_leaves_nothing_to_send() -> None:
    with pytest.raises(RedactionStopped):
        redact(TEXT, Vocabulary(SEED), cancelled=lambda: True)


def test_the_policy_says_what_is_looked_for() -> None:
    assert "corp-mail" in redact(TEXT, Vocabulary(SEED), policy=Policy(personal=False)).text
    assert PASSWORD in redact(TEXT, Vocabulary(SEED), policy=Policy(secrets=False)).text
    assert "Apollo" not in redact("project apollo Apollo", Vocabulary(SEED), policy=Policy(terms=("Apollo",))).text


STAYS = [
    "max_tokens = 500", 'key = os.environ["API_KEY"]', 'api_key = "<YOUR_KEY>"', 'password = "${DB_PASSWORD}"', 'token: "{{ vault.token }}"', 'secret = "xxxxxxxxxxxx"',
    "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "commit 9fceb02d0ae598e95dc970b74767f19372d61af8", "id = '123e4567-e89b-12d3-a456-426614174000'",
    "color: #ff00aa;", "password_field = 'user_password'", "secretName: db-creds", "git@github.com:a/b.git", "jo@example.com", "127.0.0.1 10.0.0.1 192.168.1.1 8.8.8.8",
    "version = '1.2.3.4'", 'label = "Enter your password"', "def check(password: str, token: str) -> None:", "-----BEGIN CERTIFICATE-----", "/home/user/x",
]  # fmt: skip


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_secret_stays(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize("between", ["\\", "\\\\", "\\\\\\\\", "/"])
def test_the_signs_before_a_value_stay_when_it_is_found_again(between: str) -> None:
    text = f"folder = C:{between}Users{between}anna.berger{between}x\n"
    assert "anna.berger" not in clean(text).text
    assert re.sub(r"GROKLS_USER_\d+_..", "anna.berger", clean(text).text) == text
