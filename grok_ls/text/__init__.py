"""Ground floor: texts, spans and positions. Standard library only."""

from grok_ls.text.source import Encoding, Finding, Severity, Source, Span

__all__ = ["Encoding", "Finding", "Severity", "Source", "Span"]
