"""Who uses the thing at a place: which files are looked into, and which of their lines are quoted."""

import pytest

from grok_ls.context.callers import Candidate, Thing, is_test, likely_users, pieces_using, thing_at
from grok_ls.context.languages import language_of
from grok_ls.context.syntax import Syntax
from grok_ls.text import Source, Span

CART = """\
class Cart:
    def __init__(self, items):
        self.items = items

    def total(self):
        def inner():
            return 1
        return sum(self.items)


def empty_cart():
    return Cart([])
"""


def at(text: str, needle: str, path: str = "shop/cart.py") -> Thing | None:
    language = language_of(path)
    assert language
    syntax = Syntax.parse(Source(text, path), language)
    place = syntax.enclosing_definition(Span(text.index(needle), text.index(needle)))
    return thing_at(syntax, place) if place is not None else None


def users(thing: Thing, files: dict[str, str]) -> list[str]:
    return likely_users(thing, [Candidate(path, text.__contains__) for path, text in files.items()])


def quoted(thing: Thing, files: dict[str, str]) -> list[str]:
    sources = {path: Source(text, path) for path, text in files.items()}
    return [f"{each.path}:{each.first_line}:{each.text}" for each in pieces_using(thing, users(thing, files), sources)]


def test_a_thing_has_the_name_that_others_use() -> None:
    words = frozenset({"cart"})
    assert at(CART, "sum(self") == Thing("shop/cart.py", "python", "total", "Cart", words)
    assert at(CART, "self.items = items") == Thing("shop/cart.py", "python", "Cart", "", words)
    assert at(CART, "return Cart([])") == Thing("shop/cart.py", "python", "empty_cart", "", words)
    assert at("def f():\n    return 1\n", "return") is None, "too short to mean anything"
    assert at("def __getattr__(name):\n    return 1\n", "return") is None


def test_a_package_is_known_by_its_folder() -> None:
    thing = at("def empty_cart():\n    return 1\n", "return", "shop/cart/__init__.py")
    assert thing is not None
    assert thing.module == {"cart"}


def test_files_that_name_the_module_come_first_and_tests_last() -> None:
    thing = at(CART, "return Cart([])")
    assert thing is not None
    files = {
        "tests/test_cart.py": "from shop.cart import empty_cart",
        "web/pages.py": "empty_cart()",
        "shop/orders.py": "from shop.cart import empty_cart",
        "shop/cart.py": CART,
        "web/app.ts": "empty_cart(cart)",
        "web/none.py": "cart",
    }
    assert users(thing, files) == ["shop/orders.py", "web/pages.py", "tests/test_cart.py"]


def test_a_name_that_many_files_have_needs_its_class_or_module_beside() -> None:
    thing = at(CART, "sum(self")
    assert thing is not None
    files = {f"pkg/m{number}.py": "x.total()" for number in range(20)}
    assert users(thing, files) == []
    assert users(thing, {**files, "web/pages.py": "Cart([]).total()"}) == ["web/pages.py"]


def test_go_files_of_the_same_folder_are_of_the_same_package() -> None:
    thing = at("package shop\n\nfunc Total() int {\n\treturn 1\n}\n", "return", "shop/prices.go")
    assert thing is not None
    files = {f"other{number}/b.go": "Total()" for number in range(9)}
    assert users(thing, {**files, "shop/cart.go": "Total()"}) == ["shop/cart.go"]


CALLS = '''\
"""Pages; empty_cart is in here."""
from shop.cart import empty_cart  # of the shop


# empty_cart makes one
def page(request,
         session):
    session.clear()
    cart = empty_cart()
    return cart


make = empty_cart
'''
TESTS = """\
from shop.cart import empty_cart


def test_it_is_empty():
    cart = empty_cart()
    assert cart.items == []
"""


def test_calls_are_quoted_with_the_head_of_their_function() -> None:
    thing = at(CART, "return Cart([])")
    assert thing is not None
    assert quoted(thing, {"web/pages.py": CALLS}) == [
        "web/pages.py:6:def page(request,\n         session):",
        "web/pages.py:9:    cart = empty_cart()",
        "web/pages.py:1:" + CALLS.split("\n")[0],
    ]


def test_a_short_test_is_quoted_whole() -> None:
    thing = at(CART, "return Cart([])")
    assert thing is not None
    whole = TESTS[TESTS.index("def test") :].rstrip()
    assert quoted(thing, {"tests/test_cart.py": TESTS}) == [f"tests/test_cart.py:4:{whole}"]


def test_a_file_that_defines_that_name_itself_means_its_own() -> None:
    thing = at(CART, "return Cart([])")
    assert thing is not None
    own = "import shop.cart\n\ndef empty_cart():\n    return 1\n\nempty_cart()\n"
    assert quoted(thing, {"web/pages.py": own}) == []


def test_what_is_quoted_stays_small() -> None:
    thing = at(CART, "return Cart([])")
    assert thing is not None
    files = {f"web/p{number}.py": CALLS.replace("clear()", f"clear({'x' * 300})") * 4 for number in range(60)}
    files |= {f"tests/test_{number}.py": TESTS * 9 for number in range(60)}
    files = {path: text.replace("cart", "cart") for path, text in files.items()}
    found = quoted(thing, files)
    assert 0 < sum(map(len, found)) < 3_000
    assert len({each.split(":")[0] for each in found}) <= 7


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("tests/a.py", True),
        ("pkg/test_a.py", True),
        ("pkg/a_test.go", True),
        ("src/a.test.ts", True),
        ("src/a.spec.tsx", True),
        ("src/CartTest.java", True),
        ("src/CartTests.cs", True),
        ("src/__tests__/a.js", True),
        ("src/latest.py", False),
        ("src/contest.py", False),
        ("src/special.ts", False),
        ("src/testing_tools/a.py", False),
    ],
)
def test_what_is_a_test_is_told_by_its_path(path: str, expected: bool) -> None:
    assert is_test(path) is expected
