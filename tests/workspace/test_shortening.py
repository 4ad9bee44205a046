"""Paths in the words of linters, compilers and people."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from grok_ls.workspace.shortening import Shortener

ROOT = PurePosixPath("/home/jdoe/my project")
WINDOWS = PureWindowsPath("C:\\Users\\Jane Doe\\proj")


@pytest.mark.parametrize(
    ("root", "text", "short"),
    [
        (ROOT, "/home/jdoe/my project/lib/x.py:3: wrong", "lib/x.py:3: wrong"),
        (ROOT, 'File "/home/jdoe/my project/lib/x.py", line 3', 'File "lib/x.py", line 3'),
        (ROOT, "see file:///home/jdoe/my%20project/lib/x.py#L3.", "see lib/x.py#L3."),
        (ROOT, "at webpack:///home/jdoe/my project/a.js:1", "at a.js:1"),
        (ROOT, "cd /home/jdoe/my\\ project/lib", "cd lib"),
        (ROOT, "in /home/jdoe/my project", "in ."),
        (ROOT, "in /home/jdoe/my project/.", "in ."),
        (ROOT, "(/home/jdoe/my project/)", "(.)"),
        (ROOT, "%2Fhome%2Fjdoe%2Fmy%20project%2Flib%2Fx.py", "lib%2Fx.py"),
        (ROOT, "/home/jdoe/my project2/x.py", "/home/jdoe/my project2/x.py"),
        (ROOT, "/home/jdoe/my project.old/x.py", "/home/jdoe/my project.old/x.py"),
        (ROOT, "/srv/home/jdoe/my project/x.py", "/srv/home/jdoe/my project/x.py"),
        (ROOT, "/home/jdoe/other/x.py", "/home/jdoe/other/x.py"),
        (WINDOWS, "C:\\Users\\Jane Doe\\proj\\lib\\x.py(3,1): error", "lib\\x.py(3,1): error"),
        (WINDOWS, '"c:\\\\users\\\\jane doe\\\\proj\\\\x.py"', '"x.py"'),
        (WINDOWS, "file:///c%3A/Users/Jane%20Doe/proj/x.py", "x.py"),
        (WINDOWS, "C:/Users/Jane Doe/proj/x.py", "x.py"),
        (PurePosixPath("/app"), "GET /app/login failed", "GET /app/login failed"),
    ],
)
def test_a_path_of_the_workspace_is_relative(root: PurePath, text: str, short: str) -> None:
    assert Shortener([root]).shortened(text) == short


def test_a_path_is_relative_to_the_deepest_folder() -> None:
    short = Shortener([PurePosixPath("/w/a"), PurePosixPath("/w/a/b")])
    assert short.shortened("/w/a/b/c.py and /w/a/d.py") == "c.py and d.py"


def test_without_a_folder_nothing_changes() -> None:
    assert Shortener([]).shortened("/home/jdoe/x.py") == "/home/jdoe/x.py"
