"""Every link of the pages leads somewhere, and every picture is one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.docs.pages import ROOT, Page, page, pages


def broken(one: Page) -> list[str]:
    """The targets in the repository that are not there, or whose page has no such heading."""
    found = []
    for target in one.targets():
        parts = urlsplit(target)
        if parts.scheme:
            continue
        path = (one.path.parent / unquote(parts.path)).resolve() if parts.path else one.path
        if (path != one.path and not path.exists()) or not path.is_relative_to(ROOT):
            found.append(target)
        elif parts.fragment:
            other = one if path == one.path else page(path)
            found += [target] if parts.fragment not in other.anchors else []
    return found


@pytest.mark.parametrize("one", pages(), ids=lambda one: one.name)
def test_every_link_leads_to_a_file_and_a_heading(one: Page) -> None:
    assert not broken(one)


def test_a_broken_link_is_found() -> None:
    text = "[a](nowhere.md) [b](#here) [c](#there) ![d](no.png) [e](budget.md#the-two-limits) [f](budget.md#three)\n\n# Here"
    assert broken(Page(ROOT / "docs" / "made-up.md", text)) == ["nowhere.md", "#there", "no.png", "budget.md#three"]


def test_links_to_other_places_are_https() -> None:
    other = {target for one in pages() for target in one.targets() if urlsplit(target).scheme not in ("", "https")}
    assert not other


def _is_picture(path: Path) -> bool:
    if path.suffix == ".svg":
        return ET.fromstring(path.read_bytes()).tag.endswith("svg")
    return path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


def test_every_picture_is_one() -> None:
    assert not [path.name for path in (ROOT / "docs" / "images").iterdir() if not _is_picture(path)]
