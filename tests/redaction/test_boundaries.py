"""Numbers in the judgements that no example of the corpora stands on."""

from __future__ import annotations

import pytest

from grok_ls.redaction.shapes import find_shapes
from grok_ls.redaction.structure import find_structure
from grok_ls.redaction.values import is_named, is_scrambled, is_stand_in

KEY = "k9Xw2LpQ7vRt4NbZ8sYc1MfGh5JdAe3UoTiW6xKqPzVnBrCm0SyDlFgHjEu+/aOIQkRwLXt2ZpN7vYb4M9cTsQ=="


@pytest.mark.parametrize(("size", "named"), [(79, True), (80, True), (81, False)])
def test_a_name_has_eighty_characters_at_most(size: int, named: bool) -> None:
    assert is_named(("heightAboveSealevel" * 9)[:size]) is named


@pytest.mark.parametrize(("digits", "named"), [(4, True), (5, False)])
def test_a_name_has_four_digits_at_most(digits: int, named: bool) -> None:
    assert is_named("heightAboveSealevel" + "1" * digits) is named


@pytest.mark.parametrize(("size", "scrambled"), [(7, False), (8, True), (199, True), (200, False)])
def test_scrambled_is_said_of_eight_to_199_characters(size: int, scrambled: bool) -> None:
    assert is_scrambled(("hTqKxWzRpLmNvBcD" * 20)[:size]) is scrambled


@pytest.mark.parametrize(("size", "stands_in"), [(399, True), (400, False)])
def test_a_stand_in_is_shorter_than_four_hundred_characters(size: int, stands_in: bool) -> None:
    assert is_stand_in("x" * size) is stands_in


def test_a_storage_key_has_88_characters_and_is_no_digest() -> None:
    assert len(KEY) == 88
    found = [(one.start, one.end, one.kind) for one in find_shapes(f"is {KEY} it")]
    assert found == [(3, 91, "CONNECTION_KEY")]
    for before in ("sha512-", "SHA384: ", "sha256=="):
        assert not [one for one in find_shapes(f"{'x ' * 20}{before}{KEY}") if one.kind == "CONNECTION_KEY"]
    assert [one for one in find_shapes(f"sha512 of it is {KEY}") if one.kind == "CONNECTION_KEY"]
    assert not [one for one in find_shapes(f"is {KEY[1:]} it") if one.kind == "CONNECTION_KEY"]


def test_of_a_cookie_neither_its_attributes_nor_plain_words_are_secrets() -> None:
    text = "Set-Cookie: sid=q8Zt2Lw9; Path=/v1; Max-Age=3600; flavour=chocolate; x=${X1}; Secure\n"
    cookies = [text[one.start : one.end] for one in find_structure(text) if one.kind == "COOKIE"]
    assert cookies == ["q8Zt2Lw9"]
