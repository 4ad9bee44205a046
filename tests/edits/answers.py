"""What the tests of limits say over and over: a text, an answer, and what becomes of them."""

from __future__ import annotations

from grok_ls.edits import Refusal, Resolved, resolve

FUNCTION = "def f(x):\n    a = one(x)\n    b = two(a)\n\n    return b\n"


def made(text: str, answer: str, path: str = "a.py") -> str:
    result = resolve(text, answer, path=path)
    assert isinstance(result, Resolved), result
    return result.text


def refused(text: str, answer: str, path: str = "a.py") -> Refusal:
    result = resolve(text, answer, path=path)
    assert isinstance(result, Refusal), result
    return result


def fenced(text: str, info: str = "python") -> str:
    return f"```{info}\n{text}\n```\n"
