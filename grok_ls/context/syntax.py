"""What a text consists of: definitions, imports, and where it does not parse.

Broken code is normal here: an editor asks while the user types. Offsets are code points, as everywhere; tree-sitter's
bytes stay inside. A tree costs about 10 ms a 100 kB; ``Syntax.parse`` takes the previous state of the document and
then costs what changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from grok_ls.context import macros
from grok_ls.context.embedded import alone, scripts
from grok_ls.context.grammar import grammar_of, is_at_hand
from grok_ls.context.languages import Language, language_of
from grok_ls.context.lines import enclosing_by_lines
from grok_ls.context.nodes import body_of, end_of_next, faulty, first_attached, is_attached, is_docstring, path_to
from grok_ls.context.parsing import common_prefix, edited, parse_tree
from grok_ls.context.positions import Positions
from grok_ls.context.window import changed_rows
from grok_ls.text import Source, Span

if TYPE_CHECKING:
    import tree_sitter

    _Matches = list[tuple[int, dict[str, list[tree_sitter.Node]]]]

Kind = Literal["function", "class", "value", "field"]
_KINDS: tuple[Kind, ...] = ("function", "class", "value", "field")
_CAPTURES = frozenset((*_KINDS, "import"))
_WINDOW = 40_000
# No more white space than this is looked for before or after a definition: a line may be megabytes long.
_INDENT = 400
# Finding a node's neighbours takes longer the more it has: beyond so many definitions a file is data.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition. ``span`` has its decorators and doc comments and starts at a line's beginning where nothing
    stands before it; ``head`` is the part that says how to use it: all before the body, and the docstring;
    ``signature`` the head without comments above and docstring.
    """

    name: str
    kind: Kind
    span: Span
    head: Span
    signature: Span


@dataclass(frozen=True, slots=True)
class Fault:
    """A place that does not parse: its lines (from 1, inclusive), the text of the first; ``missing`` what the grammar
    wants, if one thing.
    """

    line: int
    last_line: int
    text: str
    missing: str = ""


@dataclass(frozen=True)
class Syntax:
    """One state of one document, parsed."""

    source: Source
    language: Language
    _positions: Positions = field(repr=False)
    _tree: tree_sitter.Tree | None = field(repr=False)

    @classmethod
    def parse(cls, text: str | Source, language: Language, previous: Syntax | None = None) -> Syntax:
        """``previous`` is an earlier state of the same document: only what differs is parsed again. Never fails on
        any text.
        """
        source = text if isinstance(text, Source) else Source(text)
        syntax = cls._parse(source, language, previous, None)
        return syntax if syntax is not None else cls(source, language, Positions.of(source.text), None)

    @classmethod
    def attempt(
        cls, text: str | Source, language: Language, previous: Syntax | None, enough: Callable[[], bool]
    ) -> Syntax | None:
        """As ``parse``, but ``None`` when ``enough`` says so (one quote can make a tree of a long text all new), and while the grammar has
        to wait for another thread.
        """
        return cls._parse(text, language, previous, enough)

    @classmethod
    def _parse(
        cls, text: str | Source, language: Language, previous: Syntax | None, enough: Callable[[], bool] | None
    ) -> Syntax | None:
        if enough is not None and not is_at_hand(language):
            return None
        source = text if isinstance(text, Source) else Source(text)
        positions = Positions.of(source.text)
        grammar = grammar_of(language)
        if grammar is None:
            return cls(source, language, positions, None)
        old = None
        if previous is not None and previous._tree is not None and previous.language == language:
            old = edited(previous._tree, previous._positions.data, positions.data)
        tree = parse_tree(positions.data, grammar, old, enough)
        return None if tree is None else cls(source, language, positions, tree)

    @property
    def parsed(self) -> bool:
        """False where the grammar is not installed, and for text that no grammar can make anything of."""
        return self._tree is not None

    def definitions(self) -> list[tuple[str, Span]]:
        """Every function, class and module-level value with its whole span, in the order of the text, outer before
        inner.
        """
        return [(each.name, each.span) for each in self.outline if each.kind != "field"]

    @cached_property
    def _scripts(self) -> tuple[Span, ...]:
        return scripts(self.source.text) if self.language.script else ()

    @cached_property
    def script(self) -> Syntax | None:
        """The scripts of a page or component, parsed as what they are; ``None``: it has none."""
        language = language_of(language_id=self.language.script)
        if not self._scripts or language is None:
            return None
        return Syntax.parse(Source(alone(self.source.text, self._scripts), self.source.path), language)

    def _inner(self, span: Span) -> Syntax | None:
        return self.script if any(each.contains(span) for each in self._scripts) else None

    @cached_property
    def outline(self) -> tuple[Definition, ...]:
        """As ``definitions``, with kinds, heads and the fields of classes."""
        inner = self.script.outline if self.script is not None else ()
        unique: dict[tuple[str, Span], Definition] = {}
        for definition in self._found[0]:
            key = definition.name, definition.span
            if key not in unique or _KINDS.index(definition.kind) < _KINDS.index(unique[key].kind):
                unique[key] = definition
        return tuple(sorted((*unique.values(), *inner), key=lambda each: (each.span.start, -each.span.end)))

    def imports(self) -> list[Span]:
        """Imports, includes, ``package`` lines: whole lines, in the order of the text."""
        return sorted((*self._found[1], *(self.script.imports() if self.script is not None else ())))

    def enclosing_definition(self, span: Span) -> Span | None:
        """The smallest function, class or module-level value around ``span`` (``None``: there is none), with what
        belongs to it.

        Where the definition does not parse, indentation decides between what the tree says and what the lines say: a
        missing brace makes a tree swallow the rest of the file.
        """
        if (script := self._inner(span)) is not None and (inside := script.enclosing_definition(span)) is not None:
            return inside
        found = self._around(span)
        if found is None:
            broken = self._tree is None or self._tree.root_node.has_error
            return enclosing_by_lines(self.source, span) if broken else None
        definition, node = found
        if (
            node.has_error
            and (by_lines := enclosing_by_lines(self.source, span))
            and definition.span.contains(by_lines)
        ):
            same = by_lines.start <= self._span(node).start
            return Span(definition.span.start, by_lines.end) if same else by_lines
        return definition.span

    def definition_at(self, span: Span) -> Span | None:
        """As ``enclosing_definition`` by the tree alone: for the menu."""
        found = self.definition_around(span)
        return found.span if found else None

    def definition_around(self, span: Span) -> Definition | None:
        """What ``definition_at`` finds, with its name, head and kind."""
        if (script := self._inner(span)) is not None and (inside := script.definition_around(span)) is not None:
            return inside
        found = self._around(span)
        return found[0] if found else None

    def name_at(self, span: Span) -> str | None:
        """The name of what ``definition_at`` finds, ``""`` if it has none."""
        found = self.definition_around(span)
        return found.name if found else None

    def faults(self) -> list[Fault]:
        """The places that do not parse, in the order of the text."""
        own = [fault for _, fault in sorted(self._faults(), key=lambda item: item[0])]
        return own if self.script is None else sorted((*own, *self.script.faults()), key=lambda fault: fault.line)

    def error_count(self) -> int:
        return len(self._faults()) + (self.script.error_count() if self.script is not None else 0)

    @cached_property
    def _found(self) -> tuple[list[Definition], set[Span]]:
        """Definitions and imports. In parts, so that no single query of a long text holds the interpreter's lock for long; no node
        is kept, because a garbage collection that has to look at a hundred thousand objects holds it too.
        """
        definitions: list[Definition] = []
        imports: set[Span] = set()
        left = _MOST
        for start in range(0, max(1, len(self._positions.data)), _WINDOW):
            matches = self._matches((start, start + _WINDOW), begins=True)[:left]
            left -= len(matches)
            definitions += [definition for definition, _ in self._tagged(matches, _KINDS)]
            for _, captures in matches:
                imports.update(self.source.whole_lines(self._span(node)) for node in captures.get("import", ()))
            if not left:
                break
        return definitions, imports

    def _span(self, node: tree_sitter.Node) -> Span:
        start = self._positions.offset(node.start_byte)
        return Span(start, max(start, self._positions.offset(node.end_byte)))

    def _matches(self, within: tuple[int, int], begins: bool = False) -> _Matches:
        """Matches of what overlaps ``within`` (bytes), or with ``begins`` of what begins there."""
        grammar = grammar_of(self.language)
        if self._tree is None or grammar is None:
            return []
        import tree_sitter

        cursor = tree_sitter.QueryCursor(grammar.tags)
        cursor.set_byte_range(*within)
        start, end = within
        # A pattern that begins at the root overlaps every range: what it captures need not.
        return [
            match
            for match in cursor.matches(self._tree.root_node)
            if any(
                node.start_byte < end and (node.start_byte >= start if begins else node.end_byte > start)
                for name, nodes in match[1].items()
                if name in _CAPTURES
                for node in nodes
            )
        ]

    def _faults(self) -> list[tuple[int, Fault]]:
        if self._tree is None or not self._tree.root_node.has_error:
            return []
        return [(node.start_byte, self._fault(node)) for node in faulty(self._tree)]

    def _fault(self, node: tree_sitter.Node) -> Fault:
        span = self._span(node)
        line, last = self.source.line_of(span.start), self.source.line_of(span.end)
        return Fault(line + 1, last + 1, self.source.line_text(line), node.type if node.is_missing else "")

    def _around(self, span: Span) -> tuple[Definition, tree_sitter.Node] | None:
        if self._tree is None:
            return None
        span = _onto_code(self.source, span)
        within = self._range_with_neighbour(span)
        best: tuple[Definition, tree_sitter.Node] | None = None
        for definition, node in self._tagged(self._matches(within), ("function", "class", "value")):
            if definition.span.contains(span) and (best is None or len(definition.span) <= len(best[0].span)):
                best = definition, node
        return best

    def _range_with_neighbour(self, span: Span) -> tuple[int, int]:
        """Bytes of ``span``, and if it lies in what stands before a definition (comment, decorator, ``export``), up to
        that definition.
        """
        assert self._tree is not None
        start, end = self._positions.byte(span.start), self._positions.byte(span.end)
        reach = end
        for node in path_to(self._tree.root_node, start, end):
            if is_attached(node):
                reach = max(reach, end_of_next(node, self.language))
            elif node.type in self.language.wrappers and node.end_byte > reach:
                inner = [child for child in node.named_children if not is_attached(child)]
                reach = max(reach, inner[-1].end_byte if inner and inner[-1].start_byte >= start else 0)
        return max(0, start - 1), reach + 1

    def _tagged(self, matches: _Matches, kinds: Sequence[Kind]) -> Iterator[tuple[Definition, tree_sitter.Node]]:
        for _, captures in matches:
            for kind in kinds:
                for node in captures.get(kind, ()):
                    names = captures.get("name", ()) or (None,)
                    for name in names:
                        yield self._definition(kind, name, node), node

    def _definition(self, kind: Kind, name: tree_sitter.Node | None, node: tree_sitter.Node) -> Definition:
        outer = node
        while (parent := outer.parent) is not None and parent.type in self.language.wrappers:
            outer = parent
        start = self._positions.offset(first_attached(outer).start_byte)
        line_start = self.source.line_starts[self.source.line_of(start)]
        if start - line_start <= _INDENT and not self.source.text[line_start:start].strip():
            start = line_start
        end = self._without_blanks(start, self._positions.offset(outer.end_byte))
        label = self.source.slice(self._span(name)).rsplit("::", 1)[-1].lstrip(":") if name is not None else ""
        span = Span(start, end)
        body = body_of(node, self.language)
        begin = max(start, self._positions.offset(outer.start_byte))
        signature_end = max(begin, min(span.end, self._signature_end(body, span)))
        head_end = max(signature_end, min(span.end, self._docstring_end(body)))
        return Definition(label, kind, span, Span(start, head_end), Span(begin, signature_end))

    def _signature_end(self, body: tree_sitter.Node | None, span: Span) -> int:
        if body is None:
            return span.end
        start = self._positions.offset(body.start_byte)
        if self.source.text.startswith("{", start):
            return start + 1
        return self._without_blanks(span.start, start)

    def _without_blanks(self, start: int, end: int) -> int:
        """``end`` moved back over white space, not before ``start``. Looks at the end only: a definition may be long."""
        tail = self.source.text[max(start, end - _INDENT) : end]
        return max(start, end - len(tail) + len(tail.rstrip()))

    def _docstring_end(self, body: tree_sitter.Node | None) -> int:
        if body is None or self.language.layout != "indent" or not body.named_child_count:
            return 0
        first = body.named_children[0]
        return self._positions.offset(first.end_byte) if is_docstring(first) else 0


def _onto_code(source: Source, span: Span) -> Span:
    """An empty span in the white space at either end of its line moves to the code of that line."""
    if span.start != span.end:
        return Span(min(span.start, len(source.text)), min(span.end, len(source.text)))
    offset = min(span.start, len(source.text))
    line = source.line_of(offset)
    text, start = source.line_text(line), source.line_starts[line]
    if not text.strip():
        return Span(offset, offset)
    first = start + len(text) - len(text.lstrip())
    last = start + len(text.rstrip())
    offset = max(first, min(offset, last))
    return Span(offset, offset)


def first_new_error(old_text: str, new_text: str, language: Language, known: Syntax | None = None) -> Fault | None:
    """``None`` if ``new_text`` parses no worse than ``old_text``; else the first place that does not parse and did
    parse before. ``known``: the state of ``old_text``, if it is at hand.

    Where macros are, and where C may be C++, only what no macro excuses and no grammar can read counts; in Flow, and in files with many
    such places before, brackets that do not close.
    """
    if known is not None and (known.language != language or known.source.text != old_text):
        known = None
    rows = changed_rows(old_text, new_text, language) if known is None else None
    if rows is not None and not any(Syntax.parse(each, language).error_count() for each in rows):
        return None
    new = Syntax.parse(new_text, language, known)
    if not new.error_count():
        return None
    # From one text to the other takes no time, but around what does not parse it is not always the tree that one gets from the whole:
    # that one has the last word before an edit is refused.
    if not _new_faults(known or Syntax.parse(old_text, language, new), new):
        return None
    old = known or Syntax.parse(old_text, language)
    new = Syntax.parse(new_text, language) if known is not None else new
    found = _new_faults(old, new)
    if found and _is_foreign(old, language) and not macros.closes_worse(old_text, new_text):
        return None
    if found and language.id in macros.SIBLINGS and not macros.closes_worse(old_text, new_text):
        found = [fault for fault in found if _is_sure(fault, old, new)]
        sibling = language_of(language_id=macros.SIBLINGS[language.id])
        if found and sibling is not None:
            old, new = Syntax.parse(old_text, sibling), Syntax.parse(new_text, sibling)
            found = found if any(_is_sure(fault, old, new) for fault in _new_faults(old, new)) else []
    return _narrowed(found[0], old.source, new.source) if found else None


def _new_faults(old: Syntax, new: Syntax) -> list[Fault]:
    """The places that do not parse and did before; none if there are no more of them than there were."""
    before, after = old.faults(), new.faults()
    if len(after) <= len(before):
        return []
    known = Counter(fault.text.strip() for fault in before)
    found = []
    for fault in after:
        if known[fault.text.strip()]:
            known[fault.text.strip()] -= 1
        else:
            found.append(fault)
    return found or after[-1:]


def _is_foreign(old: Syntax, language: Language) -> bool:
    """True if the grammar does not know what the file is written in: one place more or less then says nothing."""
    if language.layout == "indent" or language.id in macros.SIBLINGS:
        return False
    return macros.is_flow(old.source.text, language.id) or old.error_count() >= macros.FOREIGN


def _is_sure(fault: Fault, old: Syntax, new: Syntax) -> bool:
    if old.error_count() >= macros.FOREIGN:
        return False
    return not macros.is_excused(new.source.text, fault.line, fault.last_line)


def _narrowed(fault: Fault, old: Source, new: Source) -> Fault:
    """An error may span the whole text; the first line that is new in it is what a reader wants to see."""
    line = new.line_of(common_prefix(old.text, new.text)) + 1
    if fault.line < line <= fault.last_line:
        return Fault(line, fault.last_line, new.line_text(line - 1), fault.missing)
    return fault


def parses_no_worse(old_text: str, new_text: str, language: Language) -> bool:
    """True if ``new_text`` has no more places that do not parse than ``old_text`` has."""
    return first_new_error(old_text, new_text, language) is None
