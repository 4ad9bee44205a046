"""Layer 1: tokens that can be told by their own form (the data is in ``rules``)."""

from __future__ import annotations

from collections.abc import Iterator

from grok_ls.redaction.rules import RULES, Rule
from grok_ls.redaction.span import Found
from grok_ls.redaction.values import is_stand_in


def find_shapes(text: str) -> Iterator[Found]:
    """Each rule runs only where one of its keys stands, so a text without them costs a few substring searches."""
    for rule in RULES:
        for key in rule.keys:
            at = text.find(key)
            while at != -1:
                end = at + len(key)
                match = rule.regex.match(text, at)
                if match is not None and match.end() > at:
                    start, end = match.span("v") if "v" in rule.regex.groupindex else match.span()
                    start = _widen(text, start, rule)
                    if rule.plain or not is_stand_in(text[start:end]):
                        yield Found(start, end, rule.kind)
                at = text.find(key, max(end, at + 1))


def _widen(text: str, start: int, rule: Rule) -> int:
    """To the left, where the key stands inside the token (``12345678:AA...``, ``...Q~...``, ``....atlasv1....``)."""
    if not rule.pattern.startswith("(?<="):
        return start
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_~-"):
        start -= 1
    return start
