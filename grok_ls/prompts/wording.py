"""The words of the prompts, read once from ``templates/*.md``; each set is named by a hash of its bytes."""

from __future__ import annotations

import hashlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from string import Template

from grok_ls.prompts.words import Words, trusted


@cache
def template(name: str) -> Template:
    """The text of ``templates/<name>.md`` without its final line end. Words with ``$`` are filled in by ``filled``."""
    words = pkgutil.get_data("grok_ls.prompts", f"templates/{name}.md") or b""
    return Template(words.decode().replace("\r\n", "\n").rstrip("\n"))


def filled(name: str, values: Mapping[str, Words]) -> Words:
    """The template with its values. Raises ``KeyError`` for one that is missing."""
    return trusted(template(name).substitute({key: value.text for key, value in values.items()}))


@cache
def version(*names: str) -> str:
    """``fix+format-diff@1a2b3c4d``: which templates wrote a prompt, and a hash of their words."""
    words = "\0".join(template(name).template for name in names)
    return f"{'+'.join(names)}@{hashlib.sha256(words.encode()).hexdigest()[:8]}"
