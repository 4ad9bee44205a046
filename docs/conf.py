"""How Sphinx makes a site of these pages: ``sphinx-build -W --keep-going docs build/site`` (``poe site``).

The pages are plain Markdown that reads well without a site, so nothing of Sphinx stands in them: the navigation is made of the links on the
start page, section by section. A page that the start page does not lead to is a warning, and warnings are errors.
"""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

from pygments.lexers.special import TextLexer

_HERE = Path(__file__).parent

project = "grok-ls"
author = "The grok-ls authors"
project_copyright = "The grok-ls authors, MIT licence"
release = version = runpy.run_path(str(_HERE.parent / "grok_ls" / "_version.py"))["__version__"]

extensions = ["myst_parser"]
root_doc = "index"
exclude_patterns = ["changes", "_build"]
# Anchors as code hosts make them, so that page.md#heading leads to the same place there and here.
myst_heading_anchors = 4
# A link to a folder beside docs/ works in a clone and on a code host; the site has no page for it. tests/docs look whether it is there.
nitpick_ignore_regex = [("myst", r"(\.\./)+[a-z].*")]
# Languages of examples that Pygments does not know.
_WITHOUT_COLOURS = ("kak",)

html_theme = "furo"
html_title = f"grok-ls {release}"
html_show_sphinx = False
html_copy_source = False
_LINKED = r"\]\((?!https?:)([\w/.-]+)\.md(?:#[\w-]+)?\)"
_LISTED = rf"^- \[[^\]]*{_LINKED}"


def navigation(start_page: str) -> str:
    """A hidden table of contents for each section of the start page that links to pages; a page that is listed somewhere is there alone."""
    listed, parts = set(re.findall(_LISTED, start_page, flags=re.MULTILINE)), []
    for section in re.split(r"^## ", start_page, flags=re.MULTILINE)[1:]:
        own = set(re.findall(_LISTED, section, flags=re.MULTILINE))
        pages = [page for page in dict.fromkeys(re.findall(_LINKED, section)) if page in own or page not in listed]
        if pages:
            caption = section.partition("\n")[0]
            parts.append("\n".join(["```{toctree}", ":hidden:", f":caption: {caption}", "", *pages, "```"]))
    return "\n\n".join(parts)


def _add_navigation(app: Any, name: str, source: list[str]) -> None:
    if name == root_doc:
        source[0] += f"\n\n{navigation(source[0])}\n"


def setup(app: Any) -> dict[str, bool]:
    app.connect("source-read", _add_navigation)
    for name in _WITHOUT_COLOURS:
        app.add_lexer(name, TextLexer)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
