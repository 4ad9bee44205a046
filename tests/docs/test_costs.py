"""Prices on the budget page, computed from the catalogue; ``GROK_LS_WRITE_DOCS=1 pytest tests/docs/test_costs.py`` writes them."""

from __future__ import annotations

import os
import re

from grok_ls.provider import catalogue
from grok_ls.settings import Settings
from grok_ls.usage import Usage
from tests.docs.pages import ROOT

# Looked at here, because no test runs with the user's own variables.
WRITE = "GROK_LS_WRITE_DOCS" in os.environ
PAGE = ROOT / "docs" / "budget.md"
MODELS = ("grok-code-fast-1", "grok-4.3", "grok-4.7")
# A fix of one function in a small file, a middling one, and the largest prompt with a long answer.
JOBS = ((1_500, 200), (4_000, 700), (Settings().context_tokens, 2_500))


def table() -> str:
    head = [f"{sent:,} in, {got:,} out" for sent, got in JOBS]
    lines = [f"| model | {' | '.join(head)} | reserved for the last |", f"| --- |{' ---: |' * (len(JOBS) + 1)}"]
    for name in MODELS:
        found = catalogue.find(name)
        assert found is not None
        costs = [catalogue.cost_usd(found, Usage(input_tokens=i, cached_tokens=0, output_tokens=o)) for i, o in JOBS]
        worst = catalogue.worst_cost_usd(found, JOBS[-1][0], Settings().max_output_tokens)
        served = f" (served by {found.slug})" if found.slug != name else ""
        lines.append(f"| {name}{served} | {' | '.join(f'${cost:.4f}' for cost in (*costs, worst))} |")
    return "\n".join([*lines, "", f"Prices as of {catalogue.AS_OF}."])


def test_the_costs_of_the_budget_page_are_those_of_the_catalogue() -> None:
    text = PAGE.read_text("utf-8")
    marked = re.compile(r"<!-- costs -->\n.*?(?=\nSo the default)", re.DOTALL)
    if WRITE:
        text = marked.sub(lambda _: f"<!-- costs -->\n\n{table()}\n", text)
        PAGE.write_text(text, "utf-8")
    assert f"<!-- costs -->\n\n{table()}\n" in text, "GROK_LS_WRITE_DOCS=1 pytest tests/docs/test_costs.py"
