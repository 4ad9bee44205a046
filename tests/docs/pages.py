"""The pages as a Markdown parser sees them: headings with their anchors, links, pictures, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Code:
    """A fenced block, or a span of a line (``language`` is then ``None``)."""

    page: str
    line: int
    language: str | None
    text: str

    @property
    def where(self) -> str:
        return f"{self.page}:{self.line}"


@dataclass(frozen=True)
class Page:
    path: Path
    text: str

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def tokens(self) -> list[Token]:
        return _PARSER.parse(self.text)

    def code(self) -> Iterator[Code]:
        for token in self.tokens:
            line = (token.map or [0])[0] + 1
            if token.type == "fence":
                yield Code(self.name, line, token.info.split(" ")[0], token.content)
            for child in token.children or []:
                if child.type == "code_inline":
                    yield Code(self.name, line, None, child.content)

    def targets(self) -> Iterator[str]:
        """Of links and pictures, in order."""
        for token in self.tokens:
            for child in token.children or []:
                target = child.attrGet("href" if child.type == "link_open" else "src")
                if target is not None and child.type in ("link_open", "image"):
                    yield str(target)

    @cached_property
    def anchors(self) -> set[str]:
        """As code hosts make them: lower case, no punctuation, hyphens for blanks, a number for the second of a name."""
        found: dict[str, int] = {}
        for opening, inline in zip(self.tokens, self.tokens[1:], strict=False):
            if opening.type == "heading_open":
                words = "".join(child.content for child in inline.children or [])
                slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
                found[slug] = found.get(slug, -1) + 1
                if found[slug]:
                    found[f"{slug}-{found[slug]}"] = 0
        return set(found)


def page(path: Path) -> Page:
    return Page(path, path.read_text("utf-8"))


def pages() -> tuple[Page, ...]:
    """README.md and everything below docs/, but not the fragments of the changelog."""
    found = sorted(path for path in (ROOT / "docs").rglob("*.md") if "changes" not in path.parts)
    return tuple(page(path) for path in (ROOT / "README.md", *found))
