from __future__ import annotations

import io

import pytest

from grok_ls.cli.colour import painted_diff, wanted


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
