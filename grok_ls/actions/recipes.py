"""Named refactorings: where each applies, and what it asks the model for. Pure.

They have kinds of their own below ``RECIPE_KIND`` and are given to those only who ask for such a kind by name: the contract
promises one entry ``Grok: Refactor``, a menu with seven would bury those of other servers, and which recipes apply costs a
look at the code that no other menu has to pay for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from grok_ls.actions.action import Kind, Offer, is_within
from grok_ls.actions.refactor import REFACTOR
from grok_ls.context.syntax import Definition
from grok_ls.text import Source, Span

RECIPE_KIND = f"{REFACTOR.kind}.recipe"
# A definition of so many lines of code is worth a question whether it should be several.
LONG_LINES = 40
_WORTH_LINES = 3
_COMMENT = re.compile(r"\s*(?://|/\*|\*|#(?!\[|include|define|if|end)|--|;;|%|\"\"\"|''')")
_PYTHON_HEAD = re.compile(r"\bdef\s+\w+\s*(?:\[[^\]]*\])?\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(->)?")
_SCRIPT_FUNCTION = re.compile(r"\bfunction\b|=>|\bany\b|^\s*(?:async\s+)?\w+\([^)]*\)\s*\{", re.MULTILINE)
_TYPED_SCRIPTS = frozenset({"typescript", "tsx", "typescriptreact"})
_PHP_HEAD = re.compile(r"\bfunction\s+\w*\s*\(([^)]*)\)\s*(:)?")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a recipe would work on. ``code`` is the selection, else the definition around the cursor; ``undocumented``: it
    holds the beginning of a function or class without a docstring or comment above.
    """

    language: str
    code: str
    selected: bool
    undocumented: bool

    @property
    def lines(self) -> int:
        """Lines that are neither blank nor a comment."""
        return sum(1 for line in self.code.splitlines() if line.strip() and not _COMMENT.match(line))


@dataclass(frozen=True, slots=True)
class Recipe:
    """``name`` is the last part of its kind and stays; ``title`` is what people read."""

    name: str
    title: str
    instruction: str
    applies: Callable[[Subject], bool]

    @property
    def kind(self) -> Kind:
        return f"{RECIPE_KIND}.{self.name}"


def asked_for(only: Sequence[Kind]) -> bool:
    """True if a menu is asked for recipes by name, not only for a kind that they are below of."""
    return any(is_within(kind, RECIPE_KIND) for kind in only)


def recipe_offers(
    source: Source, span: Span, language: str, definition: Definition | None, only: Sequence[Kind]
) -> Iterator[Offer]:
    """The recipes among ``only`` that apply to the selection or to the definition around the cursor."""
    if not asked_for(only) or (not len(span) and definition is None):
        return
    subject = _subject(source, span, language, definition)
    for recipe in RECIPES:
        asked = any(is_within(recipe.kind, kind) for kind in only if is_within(kind, RECIPE_KIND))
        if asked and recipe.applies(subject):
            title = f"{REFACTOR.title}: {recipe.title}"
            yield Offer(REFACTOR, title, span, kind=recipe.kind, instruction=recipe.instruction)


def _subject(source: Source, span: Span, language: str, definition: Definition | None) -> Subject:
    selected = len(span) > 0
    place = source.whole_lines(span) if selected or definition is None else definition.span
    begins = definition is not None and place.start <= definition.signature.start < place.end
    undocumented = definition is not None and begins and _is_undocumented(source, definition)
    return Subject(language, source.slice(place), selected, undocumented)


def _is_undocumented(source: Source, definition: Definition) -> bool:
    if definition.kind not in ("function", "class") or definition.head.end > definition.signature.end:
        return False
    above = source.slice(Span(definition.span.start, max(definition.span.start, definition.signature.start)))
    return not any(_COMMENT.match(line) for line in above.splitlines())


def _lacks_types(subject: Subject) -> bool:
    if subject.language == "php":
        return any(_is_untyped(match[1], match[2], "$") for match in _PHP_HEAD.finditer(subject.code))
    if subject.language == "python":
        return any(_is_untyped(match[1], match[2]) for match in _PYTHON_HEAD.finditer(subject.code))
    return subject.language in _TYPED_SCRIPTS and _SCRIPT_FUNCTION.search(subject.code) is not None


def _is_untyped(parameters: str, result: str | None, first: str = "") -> bool:
    """A head without a type of its result, or with a parameter that has none."""
    names = [part.strip() for part in parameters.split(",") if part.strip()]
    if first:
        return not result or any(name.startswith(first) for name in names)
    return not result or any(":" not in name and name not in ("self", "cls", "*", "/") for name in names)


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        "extract-function",
        "extract function",
        "Extract the selected lines into a function of their own with a clear name and only the parameters that it needs,"
        " and call it in their place. Behaviour stays the same.",
        lambda subject: subject.selected and subject.lines >= 2,
    ),
    Recipe(
        "simplify",
        "simplify",
        "Simplify: less nesting, early returns, no repetition, what the standard library has already."
        " Behaviour and interface stay the same.",
        lambda subject: subject.lines >= _WORTH_LINES,
    ),
    Recipe(
        "rename",
        "rename for clarity",
        "Rename local names that do not say what they mean. Names that other code can see stay, and nothing else changes.",
        lambda subject: subject.lines >= 2,
    ),
    Recipe(
        "add-types",
        "add types",
        "Add precise type annotations to parameters and results, and to variables only where a type checker needs them."
        " Import what they need. Behaviour stays the same.",
        _lacks_types,
    ),
    Recipe(
        "document",
        "document",
        "Write the documentation that is missing, in the form that this language's tools read: what it gives, units,"
        " errors; not how it works. Change no code.",
        lambda subject: subject.undocumented,
    ),
    Recipe(
        "split",
        "split",
        "Split this into smaller functions that do one thing each and have clear names. Interface and behaviour stay the same.",
        lambda subject: subject.lines >= LONG_LINES,
    ),
)
