"""User-defined actions: what is read, and one sentence for what is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.actions import Action
from grok_ls.actions.custom import from_mapping, from_markdown

WHOLE = """---
title: "Write a docstring"
kind: refactor.rewrite.docs
languages: [python, 'pyi']
when: definition
result: edit
model: grok-4.3
# a comment: with a colon
unknown: is ignored
---

Write a docstring.
---
With a line of its own.
"""


def test_every_field_is_read() -> None:
    action = from_markdown("docstring", WHOLE, "user")
    assert action == Action(
        name="docstring",
        kind="refactor.rewrite.docs",
        title="Write a docstring",
        result="edit",
        when="definition",
        instruction="Write a docstring.\n---\nWith a line of its own.",
        languages=("python", "pyi"),
        model="grok-4.3",
        origin="user",
    )


@pytest.mark.parametrize("change", [lambda t: t.replace("\n", "\r\n"), lambda t: "\ufeff" + t])
def test_line_ends_and_byte_order_mark_do_not_matter(change: Any) -> None:
    action = from_markdown("docstring", change(WHOLE), "user")
    assert isinstance(action, Action)
    assert (action.title, action.when, action.languages) == ("Write a docstring", "definition", ("python", "pyi"))


def test_defaults() -> None:
    edit = from_markdown("Tidy Up!", "---\ntitle: Tidy\n---\nTidy it.", "user")
    explain = from_mapping("why", {"title": "Why", "instruction": "Say why.", "result": "explain"}, "user")
    assert isinstance(edit, Action)
    assert isinstance(explain, Action)
    assert (edit.name, edit.kind, edit.when, edit.result) == ("tidy-up", "refactor.rewrite.grok", "selection", "edit")
    assert (edit.languages, edit.model) == ((), None)
    assert explain.kind == "grok.explain"


def test_a_workspace_action_is_shown_as_such() -> None:
    action = from_markdown("tidy", "---\ntitle: Tidy\n---\nTidy it.", "workspace")
    assert isinstance(action, Action)
    assert (action.title, action.origin) == ("Tidy (workspace)", "workspace")


@pytest.mark.parametrize(
    ("stem", "text", "named"),
    [
        ("tidy", "Tidy it.", "front matter"),
        ("tidy", "---\ntitle: Tidy\nTidy it.", "front matter"),
        ("tidy", "", "front matter"),
        ("tidy", "---\ntitle: Tidy\n---\n   \n", "instruction"),
        ("tidy", "---\nkind: quickfix\n---\nTidy it.", "title"),
        ("tidy", "---\ntitle: T\nwhen: always-on\n---\nx", "when: always-on"),
        ("tidy", "---\ntitle: T\nresult: diff\n---\nx", "result: diff"),
        ("tidy", "---\ntitle: T\nkind: source.fixAll\n---\nx", "kind: source.fixAll"),
        ("tidy", "---\ntitle: T\nkind: no kind\n---\nx", "kind: no kind"),
        ("fix", "---\ntitle: T\n---\nx", "built in"),
        ("Explain", "---\ntitle: T\n---\nx", "built in"),
        ("!!", "---\ntitle: T\n---\nx", "another name"),
    ],
)
def test_what_is_wrong_is_one_sentence_that_names_it(stem: str, text: str, named: str) -> None:
    problem = from_markdown(stem, text, "workspace")
    assert isinstance(problem, str)
    assert named in problem
    assert stem in problem
    assert "\n" not in problem


VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.lists(st.text(max_size=5), max_size=3)


@given(st.text(max_size=8), st.dictionaries(st.sampled_from([*"abc", "title", "instruction", "when", "kind"]), VALUES))
def test_no_settings_entry_makes_it_fail(name: str, raw: dict[str, Any]) -> None:
    assert isinstance(from_mapping(name, raw, "user"), Action | str)


@given(st.text(max_size=200))
def test_no_file_makes_it_fail(text: str) -> None:
    assert isinstance(from_markdown("tidy", f"---\n{text}\n---\nTidy.", "workspace"), Action | str)
