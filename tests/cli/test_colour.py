from __future__ import annotations

import io

import pytest

from grok_ls.cli.colour import marked_words, painted_diff, wanted


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "expected"),
    [
        (Terminal(), {"TERM": "xterm"}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Terminal(), {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {"TERM": "xterm"}, False),
        (io.StringIO(), {"TERM": "xterm", "FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (io.StringIO(), {"TERM": "xterm", "FORCE_COLOR": "0"}, False),
        (Terminal(), {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colour_is_for_terminals_of_people_who_want_it(
    stream: io.StringIO, environment: dict[str, str], expected: bool
) -> None:
    assert wanted(stream, environment) is expected


def test_a_painted_diff_without_its_colours_is_the_diff() -> None:
    diff = "--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-old\r\n+new\r\n\\ No newline at end of file"
    painted = painted_diff(diff)
    assert "\033[31m-old\033[0m\r\n" in painted
    assert "\033[32m+new\033[0m\r\n" in painted
    for code in (31, 32, 36, 0):
        painted = painted.replace(f"\033[{code}m", "")
    assert painted == diff


def test_marked_words_stand_out_without_colour_and_nothing_else_changes() -> None:
    text = "key = 'GROKLS_API_KEY_1_k7'\turl=%3DGROKLS_API_KEY_1_k7é\nGROKLS_API_KEY_2_aa\n"
    marked = marked_words(text, ["GROKLS_API_KEY_1_k7"])
    assert marked.count("\033[1;7mGROKLS_API_KEY_1_k7\033[0m") == 2
    assert marked.replace("\033[1;7m", "").replace("\033[0m", "") == text
    assert marked_words(text, []) == text


@pytest.mark.parametrize("control", ["\033[2K", "\r", "\x07", "\x9b1A", "\x7f", "\b"])
def test_a_control_character_of_a_file_is_seen_and_does_nothing(control: str) -> None:
    marked = marked_words(f"before{control}after", [])
    assert not set(marked) & {chr(code) for code in (*range(32), *range(0x7F, 0xA0))}
    assert len(marked) == len(f"before{control}after")
