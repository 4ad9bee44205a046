"""grok-ls: code actions written by a Grok model, for every editor that speaks LSP.

The three functions of the public Python API live here; importing them loads neither openai nor pygls, and what they need is imported
on first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grok_ls._version import __version__

if TYPE_CHECKING:
    from grok_ls.api import Applied, Refused, apply_answer, collect_context, redact

__all__ = ["Applied", "Refused", "__version__", "apply_answer", "collect_context", "redact"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from grok_ls import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
