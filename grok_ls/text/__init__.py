"""Ground floor: texts, spans and positions. Standard library only."""

from grok_ls.text.source import Encoding, Finding, Place, Severity, Source, Span

__all__ = ["Encoding", "Finding", "Place", "Severity", "Source", "Span"]
