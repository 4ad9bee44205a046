"""Grammars and their queries, each loaded when its language is first used. The only module that imports tree_sitter."""

from __future__ import annotations

import importlib
import pkgutil
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grok_ls.context.languages import Language
from grok_ls.loading import LOADING

if TYPE_CHECKING:
    import tree_sitter


@dataclass(frozen=True, slots=True)
class Grammar:
    """A loaded grammar with its two queries: what is defined, and what does not parse. ``shallow``: deep nesting
    kills it. ``endless``: it may never come to an end, however short the text is.
    """

    language: tree_sitter.Language
    tags: tree_sitter.Query
    shallow: bool = False
    endless: bool = False


_known: dict[Language, Grammar | None] = {}


def grammar_of(language: Language) -> Grammar | None:
    """``None`` if the grammar's package is not installed or does not fit this tree_sitter: the language then works by
    lines.
    """
    if language not in _known:
        with LOADING:
            _known[language] = _loaded(language)
    return _known[language]


def is_at_hand(language: Language) -> bool:
    """False while another thread loads libraries and ``grammar_of`` would wait for it."""
    if language in _known:
        return True
    if not LOADING.acquire(blocking=False):
        return False
    try:
        grammar_of(language)
    finally:
        LOADING.release()
    return True


def _loaded(language: Language) -> Grammar | None:
    import tree_sitter

    try:
        module = importlib.import_module(language.module)
        with warnings.catch_warnings():
            # Older grammar packages hand over a plain integer, which tree_sitter still takes, with a
            # DeprecationWarning.
            warnings.simplefilter("ignore", DeprecationWarning)
            grammar = tree_sitter.Language(getattr(module, language.function)())
    except (ImportError, AttributeError, ValueError):
        return None
    file = f"{language.tags or language.id}.scm"
    tags = (pkgutil.get_data("grok_ls.context", f"tags/{file}") or b"").decode()
    # tree-sitter-kotlin 1.1 recovers from a lone backtick for ever.
    return Grammar(grammar, tree_sitter.Query(grammar, tags), language.id == "yaml", language.id == "kotlin")
