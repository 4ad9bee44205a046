"""Markdown from a model is untrusted: what could run a command, load something or carry HTML is taken out before it is shown or written.

Works on a stream: whatever may still become a construct is held back, so every prefix that was shown is safe too. Code spans and fenced
blocks are shown as they are; renderers do not interpret them.
"""

from __future__ import annotations

import html
import re

_FENCE = re.compile(r"( {0,3})(`{3,}(?=[^`]*$)|~{3,})")
_SCHEME = re.compile(r"[^/?#]*?:")
_SAFE_SCHEME = re.compile(r"(?:https?|mailto):", re.I)
_CODE = r"(?P<code>(?<!`)(`+)(?!`)(?:.*?[^`])\2(?!`))|"
_ESCAPED = r"(?P<escaped>\\[!-/:-@\[-`{-~])"
_REST = (
    _ESCAPED + r"|(?P<image>!\[)"
    r"|(?P<link>\]\(\s*<?(?P<target>[^\s)>]*)[^)]*(?P<closed>\))?)"
    r"|(?P<definition>\]:\s*<?(?P<goal>[^\s>]*))"
    r"|(?P<html><(?=[A-Za-z/!?]))"
    r"|(?P<entity>&(?=#|[A-Za-z]))"
)
_INLINE = re.compile(_CODE + _REST)
_INLINE_NO_CODE = re.compile(_REST)
_SPANS = re.compile(_CODE + _ESCAPED)
# The one form of a link's target in which a "<" is no HTML, if nothing else stands in it.
_ANGLED = re.compile(r"\]\(\s*<[^<>\s`\\&!\[\]]*>\s*\)")
_TICKS = re.compile(r"`+")
# Held back at the end of a line that is still being written: it could open a construct that the next delta completes.
_PENDING = re.compile(r"[`!\[\]<&~\\]")


def safe_markdown(text: str) -> str:
    """``text`` with command links, images and raw HTML made harmless."""
    cleaner = MarkdownCleaner()
    return cleaner.feed(text) + cleaner.finish()


class MarkdownCleaner:
    """The streaming form: ``feed`` gives what is safe to show by now, ``finish`` the rest."""

    def __init__(self) -> None:
        self._fence = ""
        self._indent = 0
        self._open_span = False
        self._line = ""
        self._shown = 0

    def feed(self, delta: str) -> str:
        out: list[str] = []
        for piece in re.split(r"(?<=\n)", delta):
            self._line += piece
            if self._line.endswith("\n"):
                out.append(self._end_line())
            else:
                out.append(self._part_of_line())
        return "".join(out)

    def finish(self) -> str:
        return self._end_line()

    def _end_line(self) -> str:
        line = self._line
        if self._fence and line.strip() and len(line) - len(line.lstrip(" ")) < self._indent:
            # The list item that holds the block has ended, and the block with it.
            self._fence = ""
        cleaned = self._clean(line)
        rest = cleaned[self._shown :]
        self._note_blocks(line)
        self._line, self._shown = "", 0
        return rest

    def _part_of_line(self) -> str:
        pending = re.match(r"[\s`~]*", self._line) if self._fence and not self._indent else None
        if pending is not None:
            # A line in a code block is shown as it is, but it could be the fence that closes the block.
            safe = "" if pending.end() == len(self._line) else self._line
        elif self._fence:
            safe = ""
        else:
            opening = _PENDING.search(self._line)
            safe = self._line[: opening.start()] if opening else self._line
            if not safe.strip():
                safe = ""
        fresh = safe[self._shown :]
        self._shown = max(self._shown, len(safe))
        return fresh

    def _note_blocks(self, line: str) -> None:
        match = _FENCE.match(line)
        if match and not self._fence:
            self._fence, self._indent, self._open_span = match[2], len(match[1]), False
        elif match and match[2].startswith(self._fence) and not line[match.end() :].strip():
            self._fence = ""
        elif not self._fence:
            # A code span may go on over lines; from there to the end of the paragraph no pair of backticks can be trusted.
            unpaired = _TICKS.search(_SPANS.sub("", line)) is not None
            self._open_span = bool(line.strip()) and (self._open_span or unpaired)

    def _clean(self, line: str) -> str:
        if self._fence or _FENCE.match(line):
            return line
        pattern, out, at = _INLINE_NO_CODE if self._open_span else _INLINE, [], 0
        while match := pattern.search(line, at):
            out.append(line[at : match.start()])
            text, at = _harmless(match)
            out.append(text)
        return "".join((*out, line[at:]))


def _is_safe(target: str) -> bool:
    """Relative, or of a scheme that only opens a page. Entities and escapes would hide the scheme, so they are resolved first."""
    plain = re.sub(r"[\\\x00-\x20]", "", html.unescape(target))
    if plain.startswith(("//", "\\\\")):
        return False
    return not _SCHEME.match(plain) or _SAFE_SCHEME.match(plain) is not None


def _harmless(match: re.Match[str]) -> tuple[str, int]:
    """What is shown instead, and where to go on. What is kept of a link is looked at again: if it is no link after all (a space in the
    target, a word behind a definition), what stands in it is a backtick, HTML or an image like anywhere else.
    """
    if match["image"]:
        # Without its mark an image is a link, which loads nothing until it is clicked; the target is looked at as a link's.
        return "[", match.end()
    if match["link"]:
        # A link whose target stands on the next line cannot be judged here.
        if _is_safe(match["target"]) and (match["target"] or match["closed"]):
            return (match["link"], match.end()) if _ANGLED.fullmatch(match["link"]) else ("](", match.start() + 2)
        return "] (link removed)" + ("" if match["closed"] else " "), match.end()
    if match["definition"]:
        if match["goal"] and _is_safe(match["goal"]):
            return "]:", match.start() + 2
        return "]: (link removed) ", match.end()
    if match["html"]:
        return "&lt;", match.end()
    if match["entity"]:
        # Shown as written: an entity could spell what is looked for above.
        return "&amp;", match.end()
    return match[0], match.end()
