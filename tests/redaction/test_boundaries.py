"""Numbers in the judgements that no example of the corpora stands on."""

from __future__ import annotations

import pytest

from grok_ls.redaction.identity import find_announced
from grok_ls.redaction.literals import pieces
from grok_ls.redaction.personal import _digit_places
from grok_ls.redaction.places import find_places
from grok_ls.redaction.prose import find_said
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


def test_a_digest_is_told_by_the_word_before_it_wherever_it_stands() -> None:
    for above in range(0, 40, 3):
        text = "x" * above + " " + f"sha512-{KEY}"
        assert not [one for one in find_shapes(text) if one.kind == "CONNECTION_KEY"], above
        assert [
            one for one in find_shapes("sha512- " + "x " * above + KEY) if one.kind == "CONNECTION_KEY"
        ] or above < 4


AWS_ID, AWS_SECRET = "AKIA5T7KQ2M3XW4PZ6RB", "q7Xw2LpQ+vRt4NbZ8sYc/MfGh5JdAe3UoTiW6xKq"


@pytest.mark.parametrize(("apart", "found"), [(1, True), (250, True), (301, False), (2_000, False)])
@pytest.mark.parametrize("id_first", [True, False])
def test_the_secret_of_an_aws_key_is_near_its_id(apart: int, found: bool, id_first: bool) -> None:
    pair = [AWS_ID, AWS_SECRET] if id_first else [AWS_SECRET, AWS_ID]
    text = f"{pair[0]}{' ' * apart}{pair[1]}\n"
    assert bool([one for one in find_places(text) if one.kind == "AWS_KEY"]) is found


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize(
    ("inside", "closed"),
    [("ab", True), (r"a\\\\b", True), ("a\\\\", True), ("a\\\\\\\\", True), ("a\\", False), ("", False)],
)
def test_a_string_ends_at_its_quote_unless_that_is_escaped(quote: str, inside: str, closed: bool) -> None:
    text = f"{quote}{inside}{quote}"
    assert bool(pieces(text, 0)) is closed


@pytest.mark.parametrize(("text", "places"), [("+4912345678;", True), ("x 2912345678;", False), ("0912345678;", True)])
def test_ten_digits_are_a_persons_number_only_behind_a_sign_or_a_zero(text: str, places: bool) -> None:
    for above in ("", "is: ", "a+b "):
        assert bool(list(_digit_places(above + text))) is places


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("CXYTR12", False),
        ("CXYTRA12", True),
        ("CXYTRABC12", True),
        ("CXYTRABCD12", False),
        ("CXYTRAB1", False),
        ("cxytra12", False),
        ("CXYT-A12", False),
    ],
)
def test_of_letters_with_few_digits_eight_to_ten_are_a_passports_number(value: str, counts: bool) -> None:
    assert bool(list(find_announced(f'passport_no = "{value}"'))) is counts


@pytest.mark.parametrize(
    ("value", "counts"),
    [
        ("030 1212", True),
        ("030 1000", False),
        ("030 121", False),
        ("030 123 456 789 0", True),
        ("030 123 456 789 01", False),
        ("49-30-1213", True),
        ("4930-1213", False),
    ],
)
def test_a_number_to_dial_has_seven_to_thirteen_digits_of_four_kinds(value: str, counts: bool) -> None:
    found = [one.kind for one in find_announced(f'phone: "{value}"')]
    assert found == ["PHONE"] * counts


@pytest.mark.parametrize("argument", ["--all-databases", "-h", "$DB_PASSWORD", "<password>", "xxxx"])
def test_what_follows_an_option_is_no_password_if_it_is_an_option_or_stands_for_one(argument: str) -> None:
    assert not [one for one in find_places(f"mysqldump -u kim -p {argument}\n") if one.kind == "PASSWORD"]
    assert [one for one in find_places("mysqldump -u kim -pZebra77x main\n") if one.kind == "PASSWORD"]
    assert not list(find_places(f'run(["sshpass", "-p", "{argument}", "ssh"])\n'))
    assert [one.kind for one in find_places('run(["sshpass", "-p", "Zebra77x", "ssh"])\n')] == ["PASSWORD"]


@pytest.mark.parametrize(
    ("behind", "counts"), [("", True), (".", True), (".com now", False), ("=1", False), ("(", False)]
)
def test_a_word_that_goes_on_is_no_password_that_a_sentence_tells(behind: str, counts: bool) -> None:
    text = f"My password is hTq7xWzRp{behind}\n"
    at = text.index("password")
    assert bool(list(find_said(text, at, at + len("password"), "PASSWORD"))) is counts
