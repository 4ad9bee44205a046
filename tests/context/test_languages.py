"""One fixture a language: ``cases/<id>.case`` is code, ``cases/<id>.expected`` what is found in it.

``REGENERATE=1 pytest tests/context`` writes the expected files anew: read the difference before you keep it.
"""

from pathlib import Path

import pytest

from grok_ls.context.grammar import grammar_of
from grok_ls.context.languages import LANGUAGES, Language, language_of
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span

CASES = Path(__file__).parent / "cases"


def lines(source: Source, span: Span) -> str:
    first, last = source.line_of(span.start) + 1, source.line_of(max(span.start, span.end - 1)) + 1
    return str(first) if first == last else f"{first}-{last}"


def described(text: str, language: Language) -> str:
    syntax = Syntax.parse(text, language)
    source = syntax.source
    said = [f"faults {syntax.error_count()}"]
    said += [f"import {lines(source, span)}" for span in syntax.imports()]
    for each in syntax.outline:
        said.append(f"{each.kind} {each.name} {lines(source, each.span)} head {lines(source, each.head)}")
    for number in range(source.line_count - 1):
        start = source.line_starts[number]
        span = syntax.enclosing_definition(Span(start, start))
        said.append(f"line {number + 1} in {lines(source, span) if span else '-'}")
    return "\n".join(said) + "\n"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.id)
def test_definitions_and_imports_are_found(language: Language, regenerate: bool) -> None:
    if grammar_of(language) is None:
        (pytest.skip if language.extra else pytest.fail)(f"{language.module} is not installed")
    text = (CASES / f"{language.id}.case").read_text("utf-8")
    expected = CASES / f"{language.id}.expected"
    found = described(text, language)
    if regenerate:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


@pytest.mark.parametrize(
    ("path", "language_id", "first_line", "expected"),
    [
        ("a.py", "", "", "python"),
        ("a.txt", "python", "", "python"),
        ("a.tsx", "typescript", "", "typescriptreact"),
        ("a.ts", "typescript", "", "typescript"),
        ("a.jsx", "javascriptreact", "", "javascript"),
        ("dir\\Gemfile", "", "", "ruby"),
        ("bin/tool", "", "#!/usr/bin/env python3.11", "python"),
        ("bin/tool", "", "#!/bin/sh -e", "shellscript"),
        ("bin/tool", "", "#!/usr/bin/env -S node --x", "javascript"),
        ("bin/tool", "plaintext", "", None),
        ("a.H", "", "", "c"),
        ("a.h", "cpp", "", "cpp"),
    ],
)
def test_language_is_known_by_id_name_or_first_line(
    path: str, language_id: str, first_line: str, expected: str | None
) -> None:
    language = language_of(path, language_id, first_line)
    assert (language.id if language else None) == expected


def test_no_two_languages_claim_the_same_name() -> None:
    for names in ("suffixes", "filenames", "interpreters"):
        claimed = [name for language in LANGUAGES for name in getattr(language, names)]
        assert len(claimed) == len(set(claimed))
