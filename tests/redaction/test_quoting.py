"""A value between other quotes than its own."""

from __future__ import annotations

import pytest

from grok_ls.redaction.quoting import first_misread

WORD = "GROKLS_PASSWORD_1_ab"


def misread(path: str, old: str, new: str, value: str) -> bool:
    line = first_misread(f"a\n{old.replace('W', WORD)}\n", f"a\nb\n{new.replace('W', WORD)}\n", path, lambda _: value)
    assert line in (None, 3)
    return line is not None


@pytest.mark.parametrize(
    ("path", "old", "new", "value"),
    [
        ("a.py", "p = 'W'", "p = f'W'", "a{b}c1"),
        ("a.py", 'p = "W"', 'p = r"W"', "a\\\\b12"),
        ("a.py", "p = r'W'", "p = 'W'", "a\\d12"),
        ("a.py", "p = 'W'", 'url = f"https://u:W@{host}"', "a{{b12"),
        ("a.sh", "P='W'", 'P="W"', "pa$$w0rd"),
        ("a.sh", "P='W'", "P=W", "a&b#12"),
        ("a.ts", "p = 'W'", "p = `W`", "a${b}12"),
        ("a.rb", "p = 'W'", 'p = "W"', "a#{b}12"),
        ("a.php", "p = 'W'", 'p = "W"', "pa$w0rd"),
        ("a.yaml", 'p: "W"', "p: 'W'", 'a\\"b12'),
        ("a.yaml", 'p: "W"', "p: W", "a\\\\b12"),
        ("a.go", 'p := "W"', "p := `W`", "a\\\\b12"),
        ("a.cs", 'p = "W"', 'p = $"W"', "a{b}12"),
        ("a.cs", 'p = "W"', 'p = @"W"', "a\\\\b12"),
        ("a.ps1", "$p = 'W'", '$p = "W"', "pa$w0rd"),
    ],
)
def test_a_value_that_says_something_else_there_is_told(path: str, old: str, new: str, value: str) -> None:
    assert misread(path, old, new, value)
    assert not misread(path, old, new, "Tr0ub4dor-3x")
    assert not misread(path, old, old + "  ", value)
    # It stands both ways in the file: whoever wrote it knows.
    assert not misread(path, f"{old}\n{new}", new + "  ", value)


@pytest.mark.parametrize(
    ("path", "old", "new", "value"),
    [
        ("a.py", "p = 'W'", 'p = "W"', "a$b{c}\\\\d12"),
        ("a.py", "p = 'W'", "p = b'W'", "a\\x4112"),
        ("a.py", "p = 'W'  # don't", "p = 'W'", "a{b}12"),
        ("a.js", "p = 'W'", 'p = "W"', "a$b${c}12"),
        ("a.js", 'p = "W"', "p = `W`", "a$b12"),
        ("a.sh", 'P="W"', 'export P="W"', "a$b12"),
        ("a.txt", "P='W'", 'P="W"', "a$b12"),
        ("Dockerfile", "P='W'", 'P="W"', "a$b12"),
        ("a.java", 'p = "W"', 'q = x("W")', "a\\\\b12"),
    ],
)
def test_a_value_that_says_the_same_there_is_not(path: str, old: str, new: str, value: str) -> None:
    assert not misread(path, old, new, value)


def test_a_word_of_another_file_is_not_judged() -> None:
    assert first_misread("a\n", f"p = f'{WORD}'\n", "a.py", lambda _: "a{b}12") is None
