"""Whole prompts as files: a changed prompt is a reviewed difference.

``REGENERATE=1 pytest tests/prompts`` writes them anew.
"""

from pathlib import Path

import pytest

from grok_ls.context.collect import collect
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Piece
from grok_ls.prompts.build import Draft, Failure, Note, Task, build, repair
from grok_ls.text import Source, Span

GOLDEN = Path(__file__).parent / "golden"
TEXT = '''import statistics

from shop.tax import rate_of

LIMIT = 100


class Cart:
    """What a customer wants to buy."""

    def __init__(self, items):
        self.items = items

    def mean(self):
        """Mean price; GROKLS_EMAIL_1_ab knows why."""
        return sum(self.items) / len(self.items)

    def total(self, country):
        return sum(self.items) * rate_of(country)
'''
FINDING = Note(16, 16, "division by zero when the cart is empty", "pyright", "zeroDivision", "return sum(self.items)")


def task(action: str, result: str, edit_format: str, **changes: object) -> Task:
    source = Source(TEXT, "shop/cart.py")
    start = TEXT.index("return sum(self.items) / len")
    other = Piece(
        "shop/tax.py", 12, 13, 'def rate_of(country: str) -> float:\n    """Tax of a country, 1.0 for none."""'
    )
    context = collect(source, Span(start, start), tokens=4000, language=language_of("a.py"), others=[other])
    definition = TEXT[TEXT.index("    def mean") : TEXT.index("\n\n    def total")]
    values: dict[str, object] = {
        "path": "shop/cart.py",
        "language": "python",
        "context": context,
        "first_line": 14,
        "last_line": 16,
        "definition": definition,
        "scope": "workspace",
    }
    return Task(action, result, edit_format, **{**values, **changes})  # type: ignore[arg-type]


DRAFTS = {
    "fix-diff": build(task("fix", "edit", "diff", findings=(FINDING,))),
    "fix-unnamed": build(task("fix", "edit", "diff")),
    "fix-search-replace": build(task("fix", "edit", "search-replace", findings=(FINDING,))),
    "fix-rewrite": build(task("fix", "edit", "rewrite", findings=(FINDING,))),
    "fix-short": build(task("fix", "edit", "rewrite", findings=(FINDING,), short=True)),
    "refactor-diff": build(task("refactor", "edit", "diff", instruction="Use statistics.mean.")),
    "refactor-conventions": build(
        task("refactor", "edit", "diff", project="Project: Python >=3.11; line length 100; linter ruff")
    ),
    "refactor-rewrite": build(task("refactor", "edit", "rewrite")),
    "refactor-short": build(task("refactor", "edit", "rewrite", short=True)),
    "explain-selection": build(
        task("explain", "explain", "diff", selection="        return sum(self.items) / len(self.items)")
    ),
    "explain-definition": build(task("explain", "explain", "diff", subject="definition")),
    "explain-diagnostic": build(task("explain", "explain", "diff", subject="diagnostic", findings=(FINDING,))),
    "explain-file": build(task("explain", "explain", "diff", subject="file", selection=TEXT)),
    "custom-edit": build(task("document", "edit", "diff", instruction="Write docstrings.")),
    "custom-edit-short": build(task("document", "edit", "rewrite", instruction="Write docstrings.", short=True)),
    "custom-explain": build(task("review", "explain", "diff", instruction="What can go wrong here?")),
}
DRAFTS["fix-diff-repair"] = repair(
    DRAFTS["fix-diff"],
    "```diff\n--- a/shop/cart.py\n+++ b/shop/cart.py\n@@ @@\n-        return mean(self.items)\n+        return 0\n```",
    [Failure("Hunk 1 removes a line that the file does not have.", "        return sum(self.items) / len(self.items)")],
)
DRAFTS["fix-diff-repair-rest"] = repair(
    DRAFTS["fix-diff"],
    "@@ @@\n-        return mean(self.items)\n+        return 0",
    [
        Failure(
            "Hunk 2 removes a line that the file does not have.", "        return sum(self.items) / len(self.items)"
        ),
        Failure("Hunk 3 quotes no line of the file."),
    ],
    kept=1,
)


def rendered(draft: Draft) -> str:
    return "\n".join(f"===== {role} =====\n{text}" for role, text in draft.messages) + "\n"


@pytest.mark.parametrize("name", DRAFTS)
def test_prompt_reads_as_reviewed(name: str, regenerate: bool) -> None:
    expected = GOLDEN / f"{name}.txt"
    found = rendered(DRAFTS[name])
    if regenerate:
        expected.write_text(found, "utf-8")
    assert found == expected.read_text("utf-8")


def test_every_golden_file_is_a_prompt() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == DRAFTS.keys()
