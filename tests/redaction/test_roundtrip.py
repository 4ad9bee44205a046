"""What a model does to a text with placeholders in it, and what comes back."""

from __future__ import annotations

import base64
import json
import random
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grok_ls.redaction.redact import Redacted, Vocabulary, redact

SEED = b"0123456789abcdef"
_dice = random.Random(9)
VALUES = {
    "api_key": "".join(_dice.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=32)),
    "db_password": "tiger" + "1960!x",
    "github_token": "gh" + "p_" + "".join(_dice.choices("abcdefgh123456789ABCDEF", k=36)),
}
LINES = st.lists(
    st.one_of(
        st.sampled_from([f'    {name} = "{value}"' for name, value in VALUES.items()]),
        st.sampled_from(["def f(x):", "    return x", "# note", "", "GROKLS_TOKEN_7_zz = 1", "x = 'é😀'"]),
    ),
    min_size=1,
    max_size=12,
)


def made(lines: list[str]) -> Redacted:
    return redact("\n".join(lines), Vocabulary(SEED))


@given(LINES, st.randoms(use_true_random=False), st.integers(0, 8))
def test_moved_doubled_dropped_and_indented_lines_come_back_exactly(
    lines: list[str], dice: random.Random, indent: int
) -> None:
    redacted = made(lines)
    clean = redacted.text.split("\n")
    assert len(clean) == len(lines)
    order = [dice.randrange(len(lines)) for _ in range(dice.randrange(1, 2 * len(lines) + 1))]
    answer = textwrap.indent("\n".join(clean[at] for at in order), " " * indent)
    expected = textwrap.indent("\n".join(lines[at] for at in order), " " * indent)
    restored = redacted.restored(answer)
    assert restored.text == expected
    assert restored.unknown == ()


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_other_quotes_and_signs_around_a_word_do_not_matter(lines: list[str]) -> None:
    redacted = made(lines)
    for word in redacted.placeholders:
        value = redacted.restore(word)
        for frame in ("'{}'", "`{}`", "+{}", "-{}", "({})", "x={};", "https://u:{}@h/", "${}", "{}{}", "a%3D{}"):
            assert redacted.restore(frame.replace("{}", word)) == frame.replace("{}", value)


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_an_answer_in_json_comes_back_after_decoding(lines: list[str]) -> None:
    redacted = made(lines)
    answer = json.dumps({"text": redacted.text, "again": [redacted.text]})
    assert redacted.restore(json.loads(answer)["text"]) == "\n".join(lines)


@given(st.sampled_from(sorted(VALUES)), st.data())
def test_a_word_that_lost_or_changed_a_character_is_never_restored_silently(name: str, data: st.DataObject) -> None:
    redacted = made([f'{name} = "{VALUES[name]}"'])
    (word,) = redacted.placeholders
    at = data.draw(st.integers(0, len(word) - 1))
    other = data.draw(st.sampled_from(["", "x", "_", "-", "9", word[at].swapcase()]))
    damaged = word[:at] + other + word[at + 1 :]
    restored = redacted.restored(f'{name} = "{damaged}"')
    if damaged == word:
        return
    assert VALUES[name] not in restored.text
    assert restored.unknown


@pytest.mark.parametrize(
    "invented", ["GROKLS_PASSWORD_99_aa", "GROKLS_NEW_SECRET", "grokls_password_1", "GROKLS-PASSWORD-1"]
)
def test_an_invented_word_is_reported(invented: str) -> None:
    redacted = made([f'db_password = "{VALUES["db_password"]}"'])
    assert redacted.restored(f"x = {invented}").unknown


@given(st.text(max_size=200))
def test_json_and_escaped_forms_of_any_text_come_back(text: str) -> None:
    for form in (text, json.dumps(text), json.dumps({"password": text}), f'password = "{text}"'):
        redacted = redact(form, Vocabulary(SEED))
        assert redacted.restore(redacted.text) == form


def _parted(sign: str) -> Callable[[str], str]:
    return lambda word: word.replace("_", sign)


def _wrapped(encode: Callable[[bytes], str], before: bytes = b"") -> Callable[[str], str]:
    return lambda word: encode(before + word.encode())


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


MANGLED: dict[str, Callable[[str], str]] = {
    **{
        f"parted by {sign!r}": _parted(sign)
        for sign in (" ", ".", ":", "/", "-", "\\_", "`_`", "%5F", "&#95;", "\u200b_")
    },
    "one word": _parted(""),
    "camelCase": lambda word: "g" + word.title().replace("_", "")[1:],
    "PascalCase": lambda word: word.title().replace("_", ""),
    "lower case": str.lower,
    **{f"base64 behind {len(before)} bytes": _wrapped(_b64, before) for before in (b"", b"k", b"u:", b"kim:")},
    "hexadecimal digits": _wrapped(bytes.hex),
    **{f"split at {at}": lambda word, at=at: f'{word[:at]}" + "{word[at:]}' for at in (1, 3, 6, 7, 10, -3, -2, -1)},
    **{f"broken at {at}": lambda word, at=at: f"{word[:at]}\n    {word[at:]}" for at in (1, 3, 6, 7, 10, -3, -2, -1)},
}


@pytest.mark.parametrize("kind", MANGLED)
@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_mangled_word_is_reported_and_gives_nothing_away(name: str, kind: str) -> None:
    redacted = made([f'{name} = "{VALUES[name]}"'])
    (word,) = redacted.placeholders
    restored = redacted.restored(f'before = 1\n{name} = "{MANGLED[kind](word)}"\n')
    assert restored.unknown
    assert VALUES[name] not in restored.text


GLUED = ["{}x", "{}3", "{}_suffix", "{}s", "x{}", "3{}", "PREFIX_{}", "my{}", "--p{}", "a-p{}", "{}x{}", "{}_{}"]


@pytest.mark.parametrize("frame", GLUED)
def test_a_word_that_became_part_of_another_name_is_reported(frame: str) -> None:
    redacted = made([f'db_password = "{VALUES["db_password"]}"'])
    (word,) = redacted.placeholders
    assert redacted.restored(f"y = '{frame.replace('{}', word)}'").unknown


@pytest.mark.parametrize("frame", GLUED)
def test_what_stood_beside_a_value_in_the_input_may_stand_beside_its_word(frame: str) -> None:
    redacted = made([f'db_password = "{VALUES["db_password"]}"'])
    (word,) = redacted.placeholders
    text = f'db_password = "{VALUES["db_password"]}"\ny = "{frame.replace("{}", VALUES["db_password"])}"\n'
    again = redact(text, Vocabulary(SEED))
    assert frame.replace("{}", word) in again.text
    restored = again.restored(again.text + again.text.replace("y =", "    z ="))
    assert restored.unknown == ()
    assert restored.text == text + text.replace("y =", "    z =")


FREE = [
    "{}{}",
    "a%3D{}",
    "a%3d{}",
    "\\n{}",
    "\\t{}\\n",
    "\\x41{}",
    "\\u0041{}",
    "\\101{}",
    "0x{}",
    "mysql -p{} db",
    "\\033[1;31m{}\\033[0m",
]


@pytest.mark.parametrize("frame", [*FREE, "密码{}吗", "${}", "@{}.", "/{}/", "-{}-", "f'{x}{}'", "{}\n{}"])
def test_a_word_may_stand_beside_what_is_no_part_of_a_name(frame: str) -> None:
    redacted = made([f'db_password = "{VALUES["db_password"]}"'])
    (word,) = redacted.placeholders
    restored = redacted.restored(f"y = '{frame.replace('{}', word)}'")
    assert restored.unknown == ()
    assert restored.text == f"y = '{frame.replace('{}', VALUES['db_password'])}'"


_SLIPS = [
    "GR0KLS",
    "GROK1S",
    "GROKL5",
    "6ROKLS",
    "GR0KL5",
    "GROKS",
    "GROKKLS",
    "GORKLS",
    "ROKLS",
    "GRXKLS",
    "GROKLSX",
    "GRQKLS",
]


@pytest.mark.parametrize("stem", _SLIPS)
@pytest.mark.parametrize(
    "rest", ["PASSWORD_1_{}", "PASSWORD_1", "PASSWORD_12_xy", "PASSWORD", "DATABASE_PASSWORD_1_{}x"]
)
def test_a_slip_in_the_stem_is_reported_whatever_the_rest_is(stem: str, rest: str) -> None:
    redacted = made([f'db_password = "{VALUES["db_password"]}"'])
    (word,) = redacted.placeholders
    slip = f"{stem}_{rest.format(word[-2:])}"
    assert redacted.restored(f'x = "{slip}"').unknown
    # It may be a name of the file's own.
    again = made([f'db_password = "{VALUES["db_password"]}"', f"{slip} = 1"])
    assert again.restored(again.text).unknown == ()


@pytest.mark.parametrize(
    "text",
    [
        'key = os.environ["GROK_API_KEY"]',
        "GROUP_TOKEN = 1",
        "XKLS_PASSWORD_1 = 2",
        "grokls is a name",
        "pip install grok-ls",
        "the grokls token is short",
        "from grok_ls import redact",
        "R1JPS0 is base64",
    ],
)
def test_words_that_are_no_placeholder_are_not_reported(text: str) -> None:
    redacted = made(['db_password = "' + VALUES["db_password"] + '"'])
    assert redacted.restored(text).unknown == ()


@pytest.mark.parametrize("kind", MANGLED)
def test_a_mangled_word_that_stood_in_the_input_stays_unreported(kind: str) -> None:
    text = f'note = "{MANGLED[kind]("GROKLS_PASSWORD_1_ab")}"\n'
    redacted = redact(text, Vocabulary(SEED))
    restored = redacted.restored(redacted.text)
    assert restored.text == text
    assert restored.unknown == ()


def test_every_document_of_the_corpora_comes_back_and_is_clean_at_the_second_pass() -> None:
    from tests.benchmarks.redaction.seventh import measure
    from tests.benchmarks.redaction.sixth.generate import samples

    texts = [sample.text for sample in samples(4, each=1)] + [text for _, _, text, _ in measure.samples(4, each=2)]
    for text in texts:
        redacted = redact(text, Vocabulary(SEED))
        assert redacted.restore(redacted.text) == text
        assert redact(redacted.text, Vocabulary(b"another session!")).text == redacted.text
