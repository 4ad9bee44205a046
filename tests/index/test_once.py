from pathlib import Path

import pytest

from grok_ls.context.across import wanted
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.index.listing import files_below
from grok_ls.index.once import quotes_around, quotes_at, quotes_once
from grok_ls.text import Place, Source, Span

USES = {
    "a.py": ("from shop.prices import total\ntotal(1)\n", "shop/prices.py", "def total(items):\n    return 1\n"),
    "a.ts": (
        "import { total } from './prices';\ntotal(1);\n",
        "prices.ts",
        "export const total = (x: number) => {\n};\n",
    ),
    "a.go": (
        "package shop\nfunc f() { Total(1) }\n",
        "prices.go",
        "package shop\n\nfunc Total(x int) int {\n\treturn x\n}\n",
    ),
    "A.java": (
        "class A { void f() { Prices.total(1); } }\n",
        "Prices.java",
        "class Prices {\n  static int total(int x) { return x; }\n}\n",
    ),
    "a.c": (
        '#include "prices.h"\nint f(void) { return total(1); }\n',
        "prices.c",
        "int total(int x)\n{\n    return x;\n}\n",
    ),
    "a.rs": (
        "use crate::prices::total;\nfn f() { total(1); }\n",
        "prices.rs",
        "pub fn total(x: i32) -> i32 {\n    x\n}\n",
    ),
    "a.rb": ("require_relative 'prices'\ntotal(1)\n", "prices.rb", "def total(x)\n  x\nend\n"),
}


@pytest.mark.parametrize("path", USES)
def test_definition_in_another_file_is_found(tmp_path: Path, path: str) -> None:
    text, other, defines = USES[path]
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text(defines, "utf-8")
    (tmp_path / "unrelated.py").write_text("def nothing():\n    return total\n", "utf-8")
    language = language_of(path)
    assert language
    syntax = Syntax.parse(Source(text, path), language)
    wants = wanted(syntax.source, Span(0, len(text)), syntax)
    pieces = quotes_once(tmp_path, wants, files_below(tmp_path, lambda path: True)).pieces
    assert [piece.path for piece in pieces][:1] == [other]
    assert "otal(" in pieces[0].text or "total =" in pieces[0].text


def test_nothing_wanted_reads_nothing(tmp_path: Path) -> None:
    syntax = Syntax.parse(Source("1\n", "a.py"), language_of("a.py") or pytest.fail("no Python"))
    assert quotes_once(tmp_path, wanted(syntax.source, Span(0, 1), syntax), ["missing.py"]).pieces == ()


def test_folders_of_tools_links_and_refused_files_are_left_out(tmp_path: Path) -> None:
    for path in (
        "a.py",
        "b/c.py",
        "b/secret.py",
        "out/d.py",
        "node_modules/x.js",
        "env/pyvenv.cfg",
        "env/lib/e.py",
        "f.json",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x = 1\n", "utf-8")
    (tmp_path / "link.py").symlink_to(tmp_path / "a.py")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = list(files_below(tmp_path, lambda path: "secret" not in path and not path.startswith("out/")))
    assert found == ["a.py", "b/c.py"]


def test_listing_ends_at_its_limit_near_the_root(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.py").write_text("", "utf-8")
    (tmp_path / "0").mkdir()
    (tmp_path / "0" / "deep.py").write_text("", "utf-8")
    assert list(files_below(tmp_path, lambda path: True, limit=5)) == [f"{number}.py" for number in range(5)]


def test_folder_that_is_not_there_has_no_files(tmp_path: Path) -> None:
    assert list(files_below(tmp_path / "missing", lambda path: True)) == []


def test_what_a_place_uses_is_found_below_a_folder(tmp_path: Path) -> None:
    (tmp_path / "prices.py").write_text("def total(items):\n    return 1\n", "utf-8")
    (tmp_path / "secret.py").write_text("def total(items):\n    return 2\n", "utf-8")
    text = "from prices import total\n\n\ndef f():\n    return total(1)\n\n\ndef g():\n    return 2\n"
    source, python = Source(text, "a.py"), language_of("a.py")
    assert python

    def found(needle: str) -> list[str]:
        at = text.index(needle)
        pieces = quotes_around(source, Span(at, at), python, tmp_path, lambda path: path != "secret.py").pieces
        return [f"{piece.path}: {piece.text}" for piece in pieces]

    assert found("return total") == ["prices.py: def total(items):", "prices.py:     return 1"]
    assert found("return 2") == []


def test_the_code_at_a_place_is_read_only_where_it_may_be_sent(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    for path in (root / "a.py", root / "hidden.py", tmp_path / "outside.py"):
        path.write_text("def total(items):\n    return sum(items)\n")
    places = [Place("see", path, 2, 2) for path in ("a.py", "hidden.py", "../outside.py", "gone.py")]
    found = quotes_at(root, places, lambda path: path != "hidden.py")
    assert [(piece.path, piece.text) for piece in found.pieces] == [
        ("a.py", "def total(items):\n    return sum(items)")
    ]
    assert set(found.sources) == {"a.py"}
