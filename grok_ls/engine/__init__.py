"""One action from end to end: collect, redact, prompt, cache, reserve, stream, settle, parse, locate, restore.

Knows ports, not adapters, and no LSP. What it gives is a value: the new text of the document, an explanation, or that nothing needs to
change; everything else is a ``GrokError``. Applying is the caller's: an editor and a command line do it differently.
"""

from grok_ls.engine.engine import Engine
from grok_ls.engine.values import Explanation, FileChange, Preview, Proposal, Report, Request, Unchanged, Watcher

__all__ = ["Engine", "Explanation", "FileChange", "Preview", "Proposal", "Report", "Request", "Unchanged", "Watcher"]
