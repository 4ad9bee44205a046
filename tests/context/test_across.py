from grok_ls.context.across import Quotes, Tag, pieces_at, pieces_for, pieces_of, rank, tags_of, wanted
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Piece
from grok_ls.context.syntax import Syntax
from grok_ls.text import Place, Source, Span


def parsed(text: str, path: str = "pkg/a.py") -> Syntax:
    language = language_of(path)
    assert language
    return Syntax.parse(Source(text, path), language)


def tag(path: str, name: str, kind: str = "function", owner: str = "", line: int = 1) -> Tag:
    return Tag(path, name, kind, line, line, line + 3, owner)  # type: ignore[arg-type]


def ranked(text: str, *tags: Tag, path: str = "pkg/a.py") -> list[str]:
    syntax = parsed(text, path)
    wants = wanted(syntax.source, Span(0, len(text)), syntax)
    return [f"{each.path}:{each.name}" for each in rank(wants, tags)]


def test_imported_name_is_found_in_the_file_that_the_import_names() -> None:
    found = ranked(
        "from pkg.prices import total\ntotal(1)\n",
        tag("pkg/other.py", "total"),
        tag("pkg/prices.py", "total"),
        tag("tests/prices_test.py", "total"),
    )
    assert found[0] == "pkg/prices.py:total"
    assert "pkg/other.py:total" not in found


def test_package_file_answers_for_its_folder() -> None:
    found = ranked(
        "from pkg.shop import total\ntotal(1)\n", tag("pkg/shop/__init__.py", "total"), tag("x/y.py", "total")
    )
    assert found[0] == "pkg/shop/__init__.py:total"


def test_name_that_everybody_defines_says_nothing() -> None:
    many = [tag(f"pkg/m{number}.py", "get", owner=f"C{number}") for number in range(20)]
    assert ranked("x.get(1)\n", *many) == []


def test_rare_method_is_found_without_an_import() -> None:
    assert ranked("x.settle_all(1)\n", tag("pkg/b.py", "settle_all", owner="Ledger")) == ["pkg/b.py:settle_all"]


def test_own_definitions_and_own_file_are_not_wanted() -> None:
    text = "def total():\n    return 1\n\ntotal()\n"
    assert ranked(text, tag("pkg/a.py", "total"), tag("pkg/b.py", "total")) == []


def test_go_sees_its_folder_without_an_import() -> None:
    found = ranked(
        "package shop\n\nfunc f() { Total() }\n",
        tag("other/b.go", "Total"),
        tag("shop/b.go", "Total"),
        path="shop/a.go",
    )
    assert found[0] == "shop/b.go:Total"


def test_words_of_a_diagnostic_are_wanted() -> None:
    syntax = parsed("x = 1\n")
    wants = wanted(syntax.source, Span(0, 1), syntax, ["expected Money, got int"])
    assert [each.name for each in rank(wants, [tag("pkg/money.py", "Money", "class")])] == ["Money"]


def test_tags_know_their_class_and_their_head() -> None:
    text = 'class A:\n    """Doc."""\n    x: int = 1\n\n    def f(self):\n        """Doc of f."""\n        return 1\n'
    found = {each.name: each for each in tags_of(parsed(text))}
    assert found["f"] == Tag("pkg/a.py", "f", "function", 5, 6, 7, "A")
    assert found["x"].owner == "A"
    assert found["A"].owner == ""


def test_long_class_is_shown_by_its_fields_and_what_is_used_of_it() -> None:
    text = "class Ledger:\n    limit: int = 1\n\n    def __init__(self, limit):\n        self.limit = limit\n\n"
    text += "".join(f"    def method_{n}(self):\n        return {n}\n\n" for n in range(20))
    syntax = parsed(text, "pkg/ledger.py")
    user = parsed("from pkg.ledger import Ledger\nLedger(1).method_7()\n")
    wants = wanted(user.source, Span(0, len(user.source.text)), user)
    tags = tags_of(syntax)
    members = {"pkg/ledger.py": [each for each in tags if each.owner]}
    order = rank(wants, [each for each in tags if each.name in wants.names])
    shown = "\n".join(piece.text for piece in pieces_for(wants, order, members, {"pkg/ledger.py": syntax.source}))
    assert "class Ledger:" in shown
    assert "limit: int = 1" in shown
    assert "def __init__(self, limit):" in shown
    assert "def method_7(self):" in shown
    assert "method_8" not in shown


def test_bodies_of_small_functions_come_after_all_heads() -> None:
    lines = [f"    {name} = {name} + 1" for name in "abcdefghijklmnop"]
    short = "def area(w, h):\n    side = w\n    return side * h\n"
    source = Source(f"{short}\n\ndef long(a):\n    b = a\n" + "\n".join(lines) + "\n    return a\n", "pkg/b.py")
    language = language_of("pkg/b.py")
    assert language
    tags = tags_of(Syntax.parse(source, language))
    text = "from pkg.b import area, long\narea(long(1), 2)\n"
    syntax = parsed(text)
    wants = wanted(syntax.source, Span(0, len(text)), syntax)
    pieces = pieces_for(wants, rank(wants, tags), {}, {"pkg/b.py": source})
    shown = [piece.text for piece in pieces]
    assert [each.split("\n")[0] for each in shown[:2]] == ["def area(w, h):", "def long(a):"]
    assert "    return side * h" in "\n".join(shown)
    assert "    p = p + 1" not in "\n".join(shown)


def test_lines_that_touch_are_one_piece_and_lines_that_are_gone_are_none() -> None:
    source = Source("a\nb\nc\nd\n", "x.py")
    pieces = pieces_of(source, [(1, 1), (2, 2), (4, 4), (90, 95)])
    assert [(piece.first_line, piece.last_line, piece.text) for piece in pieces] == [(1, 2, "a\nb"), (4, 4, "d")]


def test_the_definition_that_a_diagnostic_points_to_is_quoted() -> None:
    source = Source("import os\n\n\ndef one(x):\n    return x\n\n\ndef two(x):\n    return x\n", "pkg/b.py")
    found = pieces_at([Place("see", "pkg/b.py", 5, 5), Place("gone", "pkg/c.py", 1, 1)], {"pkg/b.py": source})
    assert found == [Piece("pkg/b.py", 4, 5, "def one(x):\n    return x")]


def test_of_a_long_definition_the_head_and_the_lines_around_are_quoted() -> None:
    lines = ["def one(x):", '    """Of one."""', *(f"    x += {number}" for number in range(60)), "    return x"]
    source = Source("\n".join(lines), "b.py")
    shown = {line for piece in pieces_at([Place("", "b.py", 40, 40)], {"b.py": source}) for line in lines_in(piece)}
    assert {1, 2} | set(range(37, 44)) == shown


def test_a_place_beyond_the_end_of_the_file_is_left_out() -> None:
    assert pieces_at([Place("", "b.py", 9, 9)], {"b.py": Source("x = 1\n", "b.py")}) == []


def test_lines_that_were_quoted_already_are_not_quoted_again() -> None:
    text = "a\nb\nc\nd\ne"
    first = Quotes((Piece("b.py", 2, 2, "b"), Piece("b.py", 4, 4, "d")))
    found = first.then(Quotes((Piece("b.py", 1, 5, text), Piece("c.py", 2, 2, "x"))))
    assert [(piece.path, piece.first_line, piece.text) for piece in found.pieces] == [
        ("b.py", 2, "b"),
        ("b.py", 4, "d"),
        ("b.py", 1, "a"),
        ("b.py", 3, "c"),
        ("b.py", 5, "e"),
        ("c.py", 2, "x"),
    ]


def test_a_file_that_was_saved_between_two_readings_is_quoted_as_first_read() -> None:
    first = Quotes((Piece("b.py", 1, 1, "a"),), {"b.py": Source("a", "b.py")})
    later = Quotes((Piece("b.py", 5, 5, "e"),), {"b.py": Source("a\nb\nc\nd\ne", "b.py")})
    assert first.then(later).pieces == first.pieces


def lines_in(piece: Piece) -> range:
    return range(piece.first_line, piece.last_line + 1)


def test_what_a_compiler_made_of_typescript_does_not_hide_its_source() -> None:
    made = [tag(f"dist/{kind}/prices.{end}", "total") for kind in ("cjs", "esm", "es5") for end in ("js", "d.ts")]
    made += [tag("dist/prices.d.cts", "total"), tag("dist/prices.mjs", "total")]
    text = "import { total } from './prices';\ntotal(1);\n"
    assert ranked(text, *made, tag("src/prices.ts", "total"), path="src/shop.ts") == ["src/prices.ts:total"]
    assert ranked(text, *made[:2], path="src/shop.ts")
    assert ranked(text, *made[:1], tag("src/prices.ts", "total"), path="dist/cjs/shop.js")[0].startswith("dist")
