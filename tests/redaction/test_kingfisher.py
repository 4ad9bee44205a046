from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from grok_ls.redaction.kingfisher import Kingfisher
from grok_ls.redaction.redact import Vocabulary, redact


class Scanner:
    """Finds the word SECRET, in UTF-8 bytes as the real one does."""

    def scan(self, text: str) -> list[SimpleNamespace]:
        start = text.encode().find(b"SECRET")
        return [SimpleNamespace(location={"start_offset": start, "end_offset": start + 6})] if start >= 0 else []


def test_a_cold_scanner_finds_nothing(tmp_path: Path) -> None:
    assert Kingfisher(tmp_path)("SECRET") == []


@pytest.mark.parametrize("before", ["", "abc ", "é ", "😀😀 ", "日本語\n"])
def test_bytes_become_code_points(tmp_path: Path, before: str) -> None:
    kingfisher = Kingfisher(tmp_path)
    kingfisher._scanner = Scanner()
    text = f"{before}SECRET after"
    redacted = redact(text, Vocabulary(b"seed"), detectors=(kingfisher,))
    assert "SECRET" not in redacted.text
    assert redacted.restore(redacted.text) == text


def test_half_of_a_surrogate_pair_is_looked_over(tmp_path: Path) -> None:
    kingfisher = Kingfisher(tmp_path)
    kingfisher._scanner = Scanner()
    text = "\ud83d é SECRET \ude00"
    redacted = redact(text, Vocabulary(b"seed"), detectors=(kingfisher,))
    assert "SECRET" not in redacted.text
    assert redacted.restore(redacted.text) == text
