"""The page about dependencies is what is installed, and we may use all of it."""

from __future__ import annotations

import pytest

from tests.packaging.dependencies import PAGE, closure, compatible, licence, licences_table


def test_the_page_lists_every_package_with_its_licence() -> None:
    # Another Python or platform may need fewer packages than the one that wrote the page, never others.
    missing = set(licences_table().splitlines()) - set(PAGE.read_text("utf-8").splitlines())
    assert not missing, "run python tests/packaging/dependencies.py"


def test_every_licence_is_compatible() -> None:
    assert not {name: licence(name) for name in closure() if not compatible(licence(name))}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("MIT OR GPL-3.0-only", True),
        ("MIT AND GPL-3.0-only", False),
        ("MPL-2.0 AND MIT", True),
        ("AGPL-3.0-or-later", False),
        ("not stated", False),
    ],
)
def test_an_expression_is_judged_by_all_its_sides(expression: str, expected: bool) -> None:
    assert compatible(expression) is expected
