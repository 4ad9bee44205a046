"""Pages that are generated, or that have to be read again when the code that they describe changes."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from grok_ls import settings

ROOT = Path(__file__).parents[1]


def test_the_settings_reference_is_what_the_code_says() -> None:
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == settings.reference(), "run python -m grok_ls.settings"


def test_the_protocol_page_was_read_again_after_the_shapes_changed() -> None:
    shapes = b"".join((ROOT / "grok_ls" / name).read_bytes() for name in ("server/wire.py", "engine/report.py"))
    expected = hashlib.sha256(shapes).hexdigest()[:16]
    page = (ROOT / "docs" / "protocol.md").read_text("utf-8")
    assert f"Hash: `{expected}`" in page, f"read docs/protocol.md again, then write Hash: `{expected}`"


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = []
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        targets = re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", page.read_text("utf-8"))
        broken += [f"{page.relative_to(ROOT)}: {target}" for target in targets if not (page.parent / target).exists()]
    assert not broken, broken
