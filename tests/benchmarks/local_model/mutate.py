"""Bugs as people make them, one at a time: mutations of the functions of a clean text, from its syntax tree.

Each operator is a function from a node to replacements of a stretch of the text; which node types it looks at is data.
Pure and deterministic: the same text gives the same mutants in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from grok_ls.context.grammar import grammar_of
from grok_ls.context.languages import Language, language_of
from grok_ls.context.syntax import Definition, Syntax

if TYPE_CHECKING:
    import tree_sitter

_COMPARED = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
    "==": ("!=",),
    "!=": ("==",),
    "===": ("!==",),
    "!==": ("===",),
}
_CALCULATED = {
    "+": ("-",),
    "-": ("+",),
    "*": ("+",),
    "/": ("*",),
    "//": ("%",),
    "%": ("/",),
    "+=": ("-=", "="),
    "-=": ("+=",),
}
_JOINED = {"and": ("or",), "or": ("and",), "&&": ("||",), "||": ("&&",)}
_BINARY = frozenset(
    (
        "binary_expression",
        "binary_operator",
        "binary",
        "comparison_operator",
        "boolean_operator",
        "augmented_assignment",
        "augmented_assignment_expression",
        "assignment_expression",
        "operator_assignment",
    )
)
_PAIRS = (
    ("min", "max"),
    ("floor", "ceil"),
    ("any", "all"),
    ("first", "last"),
    ("some", "every"),
    ("select", "reject"),
    ("push", "unshift"),
    ("toupper", "tolower"),
    ("indexOf", "lastIndexOf"),
    ("find", "findLast"),
    ("round", "floor"),
    ("index", "rindex"),
    ("bisect_left", "bisect_right"),
    ("partition", "rpartition"),
)
_NAMES = dict((*_PAIRS, *((right, left) for left, right in reversed(_PAIRS))))
_NUMBERS = frozenset(("integer", "number", "number_literal"))
_IDENTIFIERS = frozenset(("identifier", "property_identifier", "shorthand_property_identifier", "constant"))
_ARGUMENTS = frozenset(("argument_list", "arguments"))
_PLAIN_ARGUMENT = re.compile(r"keyword|pair|block|splat|spread")
_GUARDS = frozenset(("if_statement", "if_modifier", "unless_modifier"))
_CONDITIONS = _GUARDS | {"while_statement", "if", "unless"}
_LEAVES = frozenset(("return_statement", "continue_statement", "break_statement", "return", "next", "break"))
_STATEMENTS = frozenset(("expression_statement", "assignment", "operator_assignment"))
_BLOCKS = frozenset(
    ("block", "statement_block", "compound_statement", "body_statement", "block_body", "then", "else", "do")
)
_BRANCHES = frozenset(("conditional_expression", "ternary_expression", "conditional"))
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]{2,}")


@dataclass(frozen=True, slots=True)
class Mutant:
    """``text`` is the whole broken text; ``start`` and ``end`` (code points) what was replaced in the clean one."""

    operator: str
    function: str
    start: int
    end: int
    replacement: str
    text: str


@dataclass(frozen=True, slots=True)
class _Place:
    """A function that is mutated, and what its operators ask for."""

    text: str
    language: Language
    function: Definition
    names: tuple[str, ...]
    # With the first character of the value: a number is not taken for a list.
    constants: dict[str, str]

    def of(self, node: tree_sitter.Node) -> str:
        return self.text[node.start_byte : node.end_byte]


_Change = tuple[int, int, str]


def mutants(text: str, language: Language) -> list[Mutant]:
    """Every mutant that still parses, in the order of the text. ``text`` is ASCII: bytes are characters."""
    assert text.isascii()
    syntax = Syntax.parse(text, language)
    root = _root(text, language)
    constants = {name: _kind_of(name, text) for name in dict.fromkeys(_CONSTANT.findall(text))}
    found: dict[str, Mutant] = {}
    for function in syntax.outline:
        if function.kind != "function":
            continue
        names = tuple(_names_of(root, function, text))
        place = _Place(text, language, function, names, constants)
        for node in _inside(root, function.head.end, function.span.end):
            for operator, change in _OPERATORS.items():
                for start, end, replacement in change(node, place):
                    broken = text[:start] + replacement + text[end:]
                    if broken not in found and not _root(broken, language).has_error:
                        found[broken] = Mutant(operator, function.name, start, end, replacement, broken)
    found.pop(text, None)
    return sorted(found.values(), key=lambda each: (each.start, each.operator, each.replacement))


def _kind_of(constant: str, text: str) -> str:
    value = re.search(rf"(?:\b{constant} = |#define {constant} +)(.)", text)
    return "0" if value and value[1].isdigit() else value[1] if value else ""


def _root(text: str, language: Language) -> tree_sitter.Node:
    import tree_sitter

    grammar = grammar_of(language)
    assert grammar is not None
    return tree_sitter.Parser(grammar.language).parse(text.encode()).root_node


def _inside(root: tree_sitter.Node, start: int, end: int) -> Iterator[tree_sitter.Node]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.start_byte >= start and node.end_byte <= end and "comment" not in node.type:
            yield node
        if node.end_byte > start and node.start_byte < end:
            waiting += reversed(node.children)


def _names_of(root: tree_sitter.Node, function: Definition, text: str) -> Iterator[str]:
    """The names of the parameters."""
    seen = set()
    for node in _inside(root, function.span.start, function.span.end):
        if "parameters" not in node.type or node.start_byte >= function.head.end + 2:
            continue
        for inner in _inside(node, node.start_byte, node.end_byte):
            name = text[inner.start_byte : inner.end_byte]
            if inner.type == "identifier" and name not in seen:
                seen.add(name)
                yield name


def _swapped_token(table: dict[str, tuple[str, ...]]) -> Callable[[tree_sitter.Node, _Place], Iterator[_Change]]:
    def change(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
        parent = node.parent
        if node.child_count == 0 and parent is not None and parent.type in _BINARY:
            for other in table.get(node.type, ()):
                yield node.start_byte, node.end_byte, other

    return change


def _off_by_one(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    said = place.of(node).replace("_", "")
    if node.type in _NUMBERS and said.isdigit():
        yield node.start_byte, node.end_byte, str(int(said) + 1)
        if int(said):
            yield node.start_byte, node.end_byte, str(int(said) - 1)


def _other_name(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type in _IDENTIFIERS and (other := _NAMES.get(place.of(node))):
        yield node.start_byte, node.end_byte, other


def _wrong_variable(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type != "identifier" or place.of(node) not in place.names:
        return
    parent = node.parent
    if parent is None or "parameter" in parent.type or parent.child_by_field_name("name") == node:
        return
    for other in place.names:
        if other != place.of(node):
            yield node.start_byte, node.end_byte, other


def _wrong_constant(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type in ("identifier", "constant") and place.of(node) in place.constants:
        for other, kind in place.constants.items():
            if other != place.of(node) and kind == place.constants[place.of(node)]:
                yield node.start_byte, node.end_byte, other


def _swapped_arguments(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type not in _ARGUMENTS:
        return
    plain = [child for child in node.named_children if not _PLAIN_ARGUMENT.search(child.type)]
    for one, other in pairwise(plain):
        between = place.text[one.end_byte : other.start_byte]
        yield one.start_byte, other.end_byte, place.of(other) + between + place.of(one)


def _negated(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type not in _CONDITIONS:
        return
    condition = node.child_by_field_name("condition")
    if condition is None:
        return
    said, start, end = place.of(condition), condition.start_byte, condition.end_byte
    if condition.type == "parenthesized_expression":
        said, start, end = said[1:-1], start + 1, end - 1
    sign = "not " if place.language.id == "python" else "!"
    if said.startswith(sign):
        yield start, end, said[len(sign) :]
    elif re.fullmatch(r"[\w.?]+", said):
        yield start, end, sign + said


def _swapped_branches(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type not in _BRANCHES:
        return
    parts = node.named_children
    one, other = (parts[0], parts[2]) if place.language.id == "python" else (parts[1], parts[2])
    between = place.text[one.end_byte : other.start_byte]
    yield one.start_byte, other.end_byte, place.of(other) + between + place.of(one)


def _missing_guard(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type not in _GUARDS or node.child_by_field_name("alternative") is not None:
        return
    inner = [
        child for child in _inside(node, node.start_byte, node.end_byte) if child.is_named and child.type in _LEAVES
    ]
    if len(inner) == 1 and _is_statement(node):
        yield *_lines(place.text, node), ""


def _dropped_statement(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type not in _STATEMENTS or not _is_statement(node):
        return
    siblings = node.parent.named_children if node.parent is not None else []
    if len(siblings) > 1 and not place.of(node).startswith(('"', "'")):
        yield *_lines(place.text, node), ""


def _dropped_return(node: tree_sitter.Node, place: _Place) -> Iterator[_Change]:
    if node.type == "return_statement" and node.named_child_count and place.language.id in ("python", "javascript"):
        yield node.start_byte, node.named_children[0].start_byte, ""


def _is_statement(node: tree_sitter.Node) -> bool:
    return node.parent is not None and node.parent.type in _BLOCKS


def _lines(text: str, node: tree_sitter.Node) -> tuple[int, int]:
    """The whole lines of a node."""
    start = text.rfind("\n", 0, node.start_byte) + 1
    end = text.find("\n", node.end_byte)
    return start, len(text) if end < 0 else end + 1


_OPERATORS: dict[str, Callable[[tree_sitter.Node, _Place], Iterator[_Change]]] = {
    "comparison": _swapped_token(_COMPARED),
    "arithmetic": _swapped_token(_CALCULATED),
    "and-or": _swapped_token(_JOINED),
    "off by one": _off_by_one,
    "other name": _other_name,
    "wrong variable": _wrong_variable,
    "wrong constant": _wrong_constant,
    "swapped arguments": _swapped_arguments,
    "negated condition": _negated,
    "swapped branches": _swapped_branches,
    "missing guard": _missing_guard,
    "dropped statement": _dropped_statement,
    "dropped return": _dropped_return,
}


def language_named(name: str) -> Language:
    found = language_of(language_id=name)
    assert found is not None
    return found
