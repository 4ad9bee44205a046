"""Names that an endpoint gives: of the model that answered, of a request. They go into the ledger, metrics, traces, logs and messages, so
they are held to be names: an endpoint that echoes something else is not written down.
"""

from __future__ import annotations

import re

from grok_ls.redaction.redact import Vocabulary, redact

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:/@+()=,-]{0,99}")


def as_name(said: str | None, vocabulary: Vocabulary) -> str | None:
    """``said``, if it is a name of at most a hundred characters, no link, and nothing secret or personal; else ``None``, as if nothing
    had been said.
    """
    if not said or _NAME.fullmatch(said) is None or "://" in said:
        return None
    try:
        return None if redact(said, vocabulary).findings else said
    except Exception:
        # What cannot be checked is not kept.
        return None
