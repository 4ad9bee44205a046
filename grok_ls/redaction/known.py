"""Layer 5: what is known already is found again wherever it stands: raw, escaped, percent-encoded, over several lines or comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from grok_ls.redaction.needles import Needles
from grok_ls.redaction.plain import BROKEN, UNBROKEN, View, continued, plain
from grok_ls.redaction.sight import left, line_start, occurrences, right
from grok_ls.redaction.span import Found

_APART, _FAR = 3, 200


def find_known(text: str, needles: Needles, stopped: Callable[[], None] = lambda: None) -> Iterator[Found]:
    """Every place of every value, however it is written; ``stopped`` is called now and then and may raise."""
    if not needles:
        return
    for start, end, kind in needles.find(text, stopped):
        yield Found(start, end, kind)
    readable = plain(text)
    views = [View(readable, signs) for signs in ((BROKEN, UNBROKEN) if needles.unbroken else (BROKEN,))]
    joined = continued(readable)
    if joined != readable:
        views.append(View(joined))
    for view in views:
        for start, end, kind in needles.find(view.text, stopped):
            low, high, between = view.back(start, end)
            if between <= _APART * (end - start) + _FAR:
                yield Found(low, high, kind)


_BEFORE_USER = re.compile(
    r"(?i)(?:\b(?:user|username|login|owner|logname|author|runas|uname)[\"'`]?\s{0,4}[:=]\s{0,4}[\"'`]?|\b(?:by|as|to|user|chown|su|ssh|scp|rsync|-[ulo])[ \t]{1,4}|[ \t]1[ \t]|^)\Z"
)
_AFTER_USER = re.compile(
    r"@[\w-]|[ \t]{1,8}(?:staff|users|wheel|root|adm|admin|sudo|docker)\b|:(?:staff|users|wheel|root)\b"
)


def find_users(text: str, users: Iterable[str]) -> Iterator[Found]:
    """A person's name from a home folder again where a user is named: ``kim@host``, ``user: kim``, ``-rw- 1 kim staff``."""
    for user in users:
        for at in occurrences(text, user) if len(user) > 2 else ():
            end = at + len(user)
            if not (left(text, at).isalnum() or right(text, end).isalnum() or right(text, end) in {"_", "-"}):
                line = line_start(text, at, 30)
                if _AFTER_USER.match(text, end) or _BEFORE_USER.search(text[line:at]):
                    yield Found(at, end, "USER")
