"""Tables: the cells under a name that announces a secret, wherever the column stands."""

from __future__ import annotations

import pytest

from grok_ls.redaction.columns import find_columns

SECRET = "Blue-Kettle-7719"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_cell_is_found_whole_in_every_column(separator: str, place: int, end: str) -> None:
    names, cells = ["user", "team"], ["kim", "blue"]
    names.insert(place, "password")
    cells.insert(place, SECRET)
    text = separator.join(names) + (end or "\n") + separator.join(cells) + end
    assert [text[found.start : found.end] for found in find_columns(text)] == [SECRET]


def test_a_table_ends_with_a_row_of_another_length_and_with_the_text() -> None:
    head = "user,password\n"
    assert len(list(find_columns(head + f"kim,{SECRET}\n" * 3))) == 3
    assert len(list(find_columns(head + f"kim,{SECRET}\n" + f"kim,{SECRET},x\n" + f"kim,{SECRET}\n"))) == 1
