"""What is escaped in another text is found there as if it were not."""

from __future__ import annotations

import html
import json
import re

import pytest

from grok_ls import redact
from grok_ls.redaction import views
from grok_ls.redaction.assignments import find_assignments
from grok_ls.redaction.span import Found
from grok_ls.redaction.views import find_within

CODE = 'String db_password = "Hammer.Mirror-88";\nconfig:\n  api_token: |\n    m1rr0r$Tower9\n'
SECRETS = ("Hammer.Mirror-88", "m1rr0r$Tower9")


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        json.dumps({"source": CODE}),
        json.dumps(json.dumps({"body": json.dumps({"source": CODE})})),
        json.dumps({"source": CODE.splitlines(keepends=True)}, indent=1),
        repr(CODE),
        html.escape(CODE, quote=True),
        json.dumps({"html": html.escape(CODE, quote=True)}),
        # Cut off at its beginning and at its end, as a selection cuts it.
        json.dumps({"source": CODE})[14:],
        json.dumps({"source": CODE})[:-2],
    ],
)
def test_secrets_are_found_however_often_the_code_is_escaped(text: str) -> None:
    result = redact(text)
    assert not [secret for secret in SECRETS if secret in result.text]
    assert result.restore(result.text) == text


def _found(text: str, wanted: str) -> list[str]:
    def layer(inner: str) -> list[Found]:
        at = inner.find(wanted)
        return [Found(at, at + len(wanted), "X")] if at >= 0 else []

    return [text[start:end] for start, end, _ in find_within(text, (layer,))]


@pytest.mark.parametrize(
    ("text", "wanted", "slices"),
    [
        (r'{"a": "say \"pass\u0026word\" now"}', '"pass&word"', [r"\"pass\u0026word\""]),
        ("x = &quot;a&amp;bcd&quot;;", "a&bcd", ["a&amp;bcd"]),
        (r'["one \"two\"", "three \"four\""]', 'two"\nthree', [r"two\"", "three"]),
        (r'plain "text" without any', "text", []),
        ('don\'t "say \\"hidden\\""', "hidden", ["hidden"]),
    ],
)
def test_what_is_found_in_the_view_is_found_where_it_stands(text: str, wanted: str, slices: list[str]) -> None:
    assert _found(text, wanted) == slices


def test_lines_of_a_key_within_a_message_are_a_key_and_those_of_data_and_certificates_are_not() -> None:
    line = "yW3imHUVgz9xkYCv/1aVj90O2l4tCZNRmqUnxDP2lwbE+HiKvnf/zOpaPBvToIFb"
    lines = f"{line}\n{line[::-1]}\n{line[7:]}{line[:7]}\n"
    assert line not in redact(f"Please look at this:\nit says\n\n{lines}\nWhat is it?\nThanks\n").text
    for kept in (
        f"a = 1\nicon = (\n{lines})\nb = 2\n",
        f"a\nb\n-----BEGIN CERTIFICATE-----\n{lines}-----END CERTIFICATE-----\nc\nd\n",
        f"Subject: x\nContent-Transfer-Encoding: base64\n\n{lines}\nbye\nbye\n",
    ):
        assert redact(kept).text == kept


def test_the_way_back_of_a_piece_is_found_once_however_much_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    class Counted(views._Runs):
        def __init__(self, text: str, start: int, end: int, escape: re.Pattern[str]) -> None:
            made.append(start)
            super().__init__(text, start, end, escape)

    monkeypatch.setattr(views, "_Runs", Counted)
    value = "-".join(("Blue", "Kettle", "77"))
    lines = [f'password_{n} = "{value}{n:02}"\n' for n in range(50)]
    text = json.dumps(["".join(lines[:30]), "".join(lines[30:])])
    found = list(find_within(text, (find_assignments,)))
    assert {text[one.start : one.end] for one in found} == {f"{value}{n:02}" for n in range(50)}
    assert len(made) == 2
