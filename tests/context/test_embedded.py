"""Scripts in pages and components are code of their own, at the offsets of the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.across import tags_of
from grok_ls.context.embedded import MOST_CHARACTERS, alone, scripts
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax, first_new_error
from grok_ls.text import Source, Span

VUE = """<template>
  <p title="größer">{{ total }}</p>
</template>
<script lang="ts">
import { sum } from './sum';
export function total(items: number[]): number {
  return sum(items);
}
</script>
"""


def parsed(text: str, path: str) -> Syntax:
    language = language_of(path)
    assert language
    return Syntax.parse(Source(text, path), language)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<SCRIPT type='module'>a()</SCRIPT><script>b()</script>", ["a()", "b()"]),
        ("<script type=application/ld+json>{}</script>", []),
        ('<script type="text/template"><b></b></script>', []),
        ("<!-- <script>a()</script> --><script>b()</script>", ["b()"]),
        ("<script src=x></script>", []),
        ("<script>\nunfinished(", ["\nunfinished("]),
        ("<p>no script</p>", []),
    ],
)
def test_only_code_is_a_script(text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in scripts(text)] == found


@given(
    st.lists(st.sampled_from(["<script>", "</script>", "é", "a()", "\n", "\r\n", "<!--", "-->", "𝄞", "<p>"])).map(
        "".join
    )
)
def test_what_is_blanked_out_moves_nothing(text: str) -> None:
    spans = scripts(text)
    blank = alone(text, spans)
    assert len(blank) == len(text)
    assert Source(blank).line_starts == Source(text).line_starts
    assert all(blank[span.start : span.end] == text[span.start : span.end] for span in spans)


def test_a_function_in_a_script_is_found_where_it_stands() -> None:
    syntax = parsed(VUE, "Total.vue")
    at = VUE.index("return sum")
    place = syntax.enclosing_definition(Span(at, at))
    assert place is not None
    assert VUE[place.start : place.end].startswith("export function total")
    assert syntax.name_at(Span(at, at)) == "total"
    assert [VUE[span.start : span.end].strip() for span in syntax.imports()] == ["import { sum } from './sum';"]


def test_other_files_use_what_scripts_define_and_no_elements() -> None:
    assert [tag.name for tag in tags_of(parsed(VUE, "Total.vue"))] == ["total"]


@pytest.mark.parametrize("path", ["a.vue", "a.html"])
def test_an_edit_that_breaks_a_script_is_seen(path: str) -> None:
    language = language_of(path)
    assert language
    text = VUE.replace(": number[]", "").replace("): number", ")").replace("export ", "")
    fault = first_new_error(text, text.replace("return sum(items);", "return sum(items;"), language)
    assert fault is not None
    assert fault.line == 7
    assert first_new_error(text, text.replace("sum(items)", "sum(items, 2)"), language) is None


def test_a_page_that_is_data_is_not_looked_into() -> None:
    assert scripts("<script>a()</script>" + " " * MOST_CHARACTERS) == ()
