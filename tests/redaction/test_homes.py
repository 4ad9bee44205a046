"""Names of users in paths of their home folders."""

from __future__ import annotations

import pytest

from grok_ls.redaction.homes import find_homes
from grok_ls.redaction.redact import Vocabulary, redact


def names(text: str) -> list[str]:
    return [text[found.start : found.end] for found in find_homes(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cd ~jdoe/projects", "jdoe"),
        ("scp host:~jdoe/.ssh/config .", "jdoe"),
        ("/mnt/c/Users/Jane Doe/code/x.py", "Jane Doe"),
        ("C:/Documents and Settings/jdoe/My Documents/a.txt", "jdoe"),
        (r"C:\Documents and Settings\jane doe\Desktop", "jane doe"),
        (r"\\srv\jdoe\Documents\x.doc", "jdoe"),
        (r"\\srv\jdoe\proj\x.py", "jdoe"),
        (r"\\srv\jdoe$\proj", "jdoe"),
        (r"\\srv\home$\jdoe\x", "jdoe"),
        (r"\\srv\homes\jdoe\x", "jdoe"),
        (r'"\\\\srv\\users\\jdoe\\x"', "jdoe"),
        ('File "/u/jdoe/proj/x.py", line 3', "jdoe"),
        ("/u/jdoe/.profile", "jdoe"),
        ("/export/home/jdoe/x", "jdoe"),
        ("/home2/jdoe/x.py", "jdoe"),
        ("/home/jdoe", "jdoe"),
        (r"C:\Users\Jane Doe\AppData\x", "Jane Doe"),
        (r'"C:\\Users\\Jane Doe\\AppData"', "Jane Doe"),
        (r"C:\Users\Jane van der Berg\x", "Jane van der Berg"),
        (r'"C:\Users\Jane Doe"', "Jane Doe"),
        ("file:///c%3A/Users/Jane%20Doe/x.py", "Jane%20Doe"),
        ("file:///Users/jane%20doe/x.py", "jane%20doe"),
        (r"/Users/Jane\ Doe/Library", r"Jane\ Doe"),
        ("see /Users/jane or /tmp/x", "jane"),
        ("/Users/jane/Library/Application Support/x", "jane"),
        ("/run/media/jdoe/USB/x", "jdoe"),
        ("/afs/cern.ch/user/j/jdoe/x", "jdoe"),
        ("/Volumes/Macintosh HD/Users/jdoe/x", "jdoe"),
        (r"\\wsl.localhost\Ubuntu-22.04\home\jdoe\x", "jdoe"),
    ],
)
def test_the_whole_name_is_found(text: str, name: str) -> None:
    assert names(text) == [name]
    redacted = redact(text, Vocabulary(b"0" * 16))
    assert name not in redacted.text
    assert redacted.restore(redacted.text) == text


@pytest.mark.parametrize(
    "text",
    [
        '@import "~bootstrap/scss/bootstrap";',
        "background: url(~assets/img.png)",
        "import x from '~components/projects/List.vue'",
        "x = ~mask/2",
        "y = a & ~flags/size",
        '"/u/settings/"',
        'app.get("/u/profile/edit")',
        "reddit.com/u/someone/",
        r're.compile(r"\\bfoo\bar\\s")',
        r'"\\d+\\.\\d+\\w"',
        r"$$ x \\alpha\beta\gamma $$",
        r"\\server\share\file.txt",
        r'"\\\\server\\share\\file.txt"',
        'app.get("/users/jane/profile")',
        "https://example.com/users/jane/",
        "/home/runner/builds/x",
        "cd ~/projects",
        "the users are at home and users / homes differ",
    ],
)
def test_what_only_looks_like_a_home_stays(text: str) -> None:
    assert names(text) == []
