"""Small questions about single nodes of a tree: what belongs to a definition, where its body is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from grok_ls.context.languages import Language

if TYPE_CHECKING:
    import tree_sitter

# So many comments and decorators above a definition are looked at.
_MANY = 300
_ATTACHED = ("comment", "attribute", "decorator", "annotation", "haddock")


def path_to(root: tree_sitter.Node, start: int, end: int) -> list[tree_sitter.Node]:
    """The nodes around bytes ``start`` to ``end``, outer first. From above: asking a node for its parent starts at the
    root each time.
    """
    cursor = root.walk()
    path = [root]
    while cursor.goto_first_child_for_byte(start) is not None:
        node = cursor.node
        if node is None or node.end_byte < end or node.start_byte > start:
            break
        path.append(node)
    return path


def body_of(node: tree_sitter.Node, language: Language) -> tree_sitter.Node | None:
    """The block of a definition; of ``name = function`` that of the function."""
    body = node.child_by_field_name("body")
    if body is None:
        value = node.child_by_field_name("value") or node.child_by_field_name("right")
        body = value.child_by_field_name("body") if value is not None else None
    return body or next((child for child in node.children if child.type in language.bodies), None)


def end_of_next(node: tree_sitter.Node, language: Language) -> int:
    """Bytes up to where the definition begins that a comment or decorator stands before."""
    following: tree_sitter.Node | None = node
    for _ in range(_MANY):
        if following is None or not is_attached(following):
            break
        following = following.next_sibling
    if following is None:
        return node.end_byte
    return following.end_byte if following.type in language.wrappers else following.start_byte


def is_docstring(node: tree_sitter.Node) -> bool:
    return node.type == "string" or (
        node.type == "expression_statement" and node.child_count > 0 and node.children[0].type == "string"
    )


def is_attached(node: tree_sitter.Node) -> bool:
    return any(part in node.type for part in _ATTACHED)


def first_attached(node: tree_sitter.Node) -> tree_sitter.Node:
    """The first of the comments and attributes that stand directly above ``node``, or ``node``."""
    first = node
    for _ in range(_MANY):
        above = first.prev_sibling
        if above is None or not is_attached(above):
            break
        before = above.prev_sibling
        trailing = before is not None and before.end_point.row == above.start_point.row and not is_attached(before)
        # Some grammars end a line comment after its line end.
        gap = first.start_point.row - above.end_point.row + (above.end_point.column == 0)
        if trailing or gap > 1:
            break
        first = above
    return first


def faulty(tree: tree_sitter.Tree) -> Iterator[tree_sitter.Node]:
    """The nodes that do not parse and those that are missing, outer before inner; what parses is not looked into."""
    todo = [tree.root_node]
    while todo:
        node = todo.pop()
        if node.is_error or node.is_missing:
            yield node
        todo += [child for child in reversed(node.children) if child.has_error or child.is_error or child.is_missing]
