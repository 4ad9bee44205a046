"""The page by message: every code, every sentence of the source, and nothing that the source no longer says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import get_args

import pytest

from grok_ls.errors import Code
from tests.docs.pages import ROOT, page
from tests.docs.sentences import Sentence, sentences, words

PAGE = page(ROOT / "docs" / "troubleshooting.md")
# A sentence is on the page when so much of its words stand in one row: a comma may change, a new message needs a new row.
_SHARE = 0.75
# No messages: the head of a generated page, SQL.
_NO_MESSAGES = ("Generated from", "DELETE FROM")
# The rows of these headings are about what is seen, or said by the editors' own code.
_OTHER_ROWS = {"There is no message", "In the editors", "Storage", "The local model", "Done, and look twice"}


def rows(heading: str | None = None) -> Iterator[tuple[str, str]]:
    """(heading, first cell) of each row."""
    current = ""
    for line in PAGE.text.splitlines():
        if line.startswith("## "):
            current = line[3:]
        elif (
            line.startswith("| ")
            and not re.match(r"\| (---|message|line|what you see)", line)
            and heading in (None, current)
        ):
            yield current, line.split(" | ")[0][2:]


@cache
def row_words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words(cell)) for _, cell in rows())


def is_told(sentence: Sentence) -> bool:
    return any(len(sentence.words & row) >= _SHARE * len(sentence.words) for row in row_words())


@pytest.mark.parametrize("code", get_args(Code))
def test_every_code_has_its_messages(code: str) -> None:
    assert code in PAGE.anchors
    assert list(rows(code))


def test_every_sentence_of_the_source_is_on_the_page() -> None:
    found = [one for one in sentences() if not one.text.startswith(_NO_MESSAGES)]
    assert len(found) > 150, "the source is no longer read"
    missing = [f"{one.where}: {one.text}" for one in found if not is_told(one)]
    assert not missing, "add to docs/troubleshooting.md, with what to do:\n" + "\n".join(missing)


def test_every_message_of_the_page_is_still_in_the_source() -> None:
    said = " ".join(path.read_text("utf-8") for path in sorted((ROOT / "grok_ls").rglob("*.py")))
    known = words(said)
    source = [one.words for one in sentences()]
    stale = []
    for heading, cell in rows():
        own = words(cell)
        best = max(len(own & one) for one in source)
        if heading not in _OTHER_ROWS and best < 0.6 * len(own) and not own <= known:
            stale.append(cell)
    assert not stale, "no longer said:\n" + "\n".join(stale)


def test_a_new_message_would_be_missing() -> None:
    assert not is_told(Sentence("", "The moon is in the way of …: wait for another night, or move the antenna."))
