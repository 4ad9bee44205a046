"""What a prompt is made of: words of ours, and data between delimiters that it cannot close. Nothing else fits into a template.

A value of the user's files, tools or editor becomes ``Words`` in ``data.py`` alone, with its delimiters around it; a template in
``wording.py`` takes nothing but ``Words``. So no value can stand in a prompt where the model would read it as ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9+#._-]{0,23}")


class Words:
    """A part of a prompt. Made by ``trusted`` alone, which ``tests/prompts/test_words.py`` says who calls."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, *_: object, **__: object) -> Words:
        raise TypeError("A value gets into a prompt between delimiters: see grok_ls.prompts.data.")

    def __str__(self) -> str:
        return self.text


def trusted(text: str) -> Words:
    """For delimiters with their data, and for templates that are filled in."""
    words: Words = object.__new__(Words)
    words.text = text
    return words


def sentence(form: str, *numbers: int) -> Words:
    """``form``, a literal, with ``numbers`` in it."""
    return trusted(form.format(*map(int, numbers)))


def number(value: int) -> Words:
    return sentence("{:d}", value)


def language_word(language: str) -> Words:
    """The id of a language, as editors and grammars have them: one short word, which says nothing else; ``text`` for what is none."""
    return trusted(language if _LANGUAGE.fullmatch(language) else "text")


def joined(parts: Iterable[Words], between: str = "\n\n") -> Words:
    """``between`` is white space."""
    return trusted(between.join(part.text for part in parts))
