"""Why the model's diffs are not read with unidiff; each test fails when a later unidiff would do."""

from __future__ import annotations

import pytest
import unidiff

from grok_ls import edits

TEXT = "a\nb\nc\nd\n"
BODY = " a\n-b\n+B\n c\n-d\n+D\n"
EXPECTED = "a\nB\nc\nD\n"


def with_header(counts: str) -> str:
    return f"--- a/x.txt\n+++ b/x.txt\n@@ {counts} @@\n{BODY}".replace("@@  @@", "@@")


@pytest.mark.parametrize("counts", ["-1,2 +1,2", "-1,9 +1,9", "", "-1,4 +1,4"])
def test_counts_in_a_header_do_not_matter_to_us(counts: str) -> None:
    outcome = edits.resolve(TEXT, with_header(counts))
    assert isinstance(outcome, edits.Resolved)
    assert outcome.text == EXPECTED


def test_unidiff_rejects_counts_that_are_too_large() -> None:
    with pytest.raises(unidiff.UnidiffParseError):
        unidiff.PatchSet(with_header("-1,9 +1,9"))


def test_unidiff_loses_lines_when_counts_are_too_small() -> None:
    patch = unidiff.PatchSet(with_header("-1,2 +1,2"))
    assert "D" not in str(patch)


def test_unidiff_sees_no_hunk_without_numbers() -> None:
    assert sum(len(file) for file in unidiff.PatchSet(with_header(""))) == 0
