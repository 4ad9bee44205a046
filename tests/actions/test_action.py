"""The menu: what is offered where, in which words, and for which kinds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grok_ls.actions import ACTIONS, EXPLAIN, FIX, REFACTOR, Action, Situation, is_within, offers
from grok_ls.actions.action import MOST_FIXES, When
from grok_ls.text import Finding, Span

CURSOR, SELECTION = Span(10, 10), Span(10, 30)
OWN = Action("own", "refactor.rewrite.own", "Tidy up", "edit", "selection", "Tidy up.", origin="user")


def finding(message: str, start: int = 10, end: int = 20) -> Finding:
    return Finding(Span(start, end), message, source="check")


def titles(situation: Situation, *actions: Action) -> list[str]:
    return [offer.title for offer in offers(actions or ACTIONS, situation)]


def test_a_bare_cursor_outside_of_definitions_is_offered_nothing() -> None:
    assert titles(Situation(CURSOR)) == []


def test_a_cursor_in_a_definition_is_offered_that_by_name() -> None:
    assert titles(Situation(CURSOR, definition="area")) == ["Grok: Refactor ‘area’", "Grok: Explain ‘area’"]
    assert titles(Situation(CURSOR, definition="")) == ["Grok: Refactor definition", "Grok: Explain definition"]


def test_a_selection_is_offered_as_such_wherever_it_is() -> None:
    expected = ["Grok: Refactor selection", "Grok: Explain selection"]
    assert titles(Situation(SELECTION)) == titles(Situation(SELECTION, definition="area")) == expected


def test_each_distinct_problem_over_the_place_has_its_fix_and_all_together_one() -> None:
    twice, other = finding("unused name"), finding("wrong\n  type", 15, 40)
    elsewhere = finding("far away", 100, 110)
    situation = Situation(CURSOR, findings=(twice, twice, elsewhere, other))
    found = offers((FIX,), replace(situation, span=SELECTION))
    assert [offer.title for offer in found] == [
        "Grok: Fix: unused name",
        "Grok: Fix: wrong type",
        "Grok: Fix all 2 problems",
    ]
    assert [offer.findings for offer in found] == [(0,), (3,), (0, 3)]
    assert [offer.span for offer in found] == [Span(10, 20), Span(15, 40), Span(10, 40)]


def test_more_problems_than_a_menu_holds_are_offered_together() -> None:
    many = tuple(finding(f"number {number}") for number in range(MOST_FIXES + 3))
    found = titles(Situation(SELECTION, findings=many), FIX)
    assert len(found) == MOST_FIXES + 1
    assert found[-1] == f"Grok: Fix all {len(many)} problems"


def test_a_long_message_is_cut_in_the_title() -> None:
    (title,) = titles(Situation(SELECTION, findings=(finding("word " * 40),)), FIX)
    assert title.endswith("word…")
    assert len(title) < 80
    assert titles(Situation(SELECTION, findings=(finding(" "),)), FIX) == ["Grok: Fix"]


def test_an_automatic_request_gets_fixes_alone() -> None:
    situation = Situation(SELECTION, definition="area", findings=(finding("wrong"),), automatic=True)
    assert titles(situation) == ["Grok: Fix: wrong"]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (("refactor",), [REFACTOR]),
        (("refactor.rewrite.grok",), [REFACTOR]),
        (("refactor.extract",), []),
        (("grok", "quickfix"), [FIX, EXPLAIN]),
        (("",), [FIX, REFACTOR, EXPLAIN]),
        (("quickfix.gro",), []),
    ],
)
def test_only_the_kinds_that_are_asked_for_are_offered(only: tuple[str, ...], expected: list[Action]) -> None:
    situation = Situation(SELECTION, findings=(finding("wrong"),), only=only)
    assert [offer.action for offer in offers(ACTIONS, situation)] == expected


@pytest.mark.parametrize(
    ("when", "cursor", "in_definition", "selection"),
    [
        ("always", True, True, True),
        ("selection", False, False, True),
        ("definition", False, True, False),
        ("selection_or_definition", False, True, True),
        ("diagnostics", False, False, False),
    ],
)
def test_when_says_where_an_action_is_offered(when: When, cursor: bool, in_definition: bool, selection: bool) -> None:
    action = replace(OWN, when=when)
    assert bool(titles(Situation(CURSOR), action)) is cursor
    assert bool(titles(Situation(CURSOR, definition="area"), action)) is in_definition
    assert bool(titles(Situation(SELECTION), action)) is selection


def test_the_users_own_title_stands_as_it_is_written() -> None:
    assert titles(Situation(SELECTION), OWN) == ["Tidy up"]
    assert titles(Situation(SELECTION, findings=(finding("wrong"),)), replace(OWN, when="diagnostics")) == [
        "Tidy up: wrong"
    ]


def test_an_action_for_some_languages_is_offered_in_these_alone() -> None:
    sql = replace(OWN, languages=("sql", "python"))
    assert titles(Situation(SELECTION, "python"), sql) == ["Tidy up"]
    assert titles(Situation(SELECTION, "go"), sql) == []


def test_kinds_are_hierarchical_at_their_dots() -> None:
    assert is_within("quickfix.grok.house", "quickfix")
    assert not is_within("quickfixes", "quickfix")
    assert not is_within("quickfix", "quickfix.grok")
