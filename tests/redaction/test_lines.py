"""What ``AtLines`` finds is what ``(?m)^`` finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.redaction.lines import AtLines

PATTERN = r"[ab]{1,3}(?P<v>x*)$"


@given(st.text(alphabet="abx \n", max_size=40))
def test_a_pattern_is_found_where_a_line_begins_and_nowhere_else(text: str) -> None:
    expected = [match.span("v") for match in re.finditer(f"(?m)^{PATTERN}", text)]
    assert [match.span("v") for match in AtLines(PATTERN).finditer(text)] == expected
