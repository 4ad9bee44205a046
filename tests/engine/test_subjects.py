"""What an explanation is asked for: of a selection, a definition, a problem or a file, and what the model does not see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grok_ls.text import Finding, Span

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "import os\n\n\ndef f(x):\n    y = x + 1\n    return os.sep * y\n"
LONG = TEXT + "".join(f"\n\ndef g_{number}(x):\n    return x * {number}\n" for number in range(900))


async def asked(bench: Bench, text: str, at: str, findings: tuple[Finding, ...] = ()) -> str:
    await bench.ask(text, "It adds.", at=at, action="explain", findings=findings)
    return bench.asked(0)[-1][1]


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("", "Task: explain lines 1 to 1 of"),
        ("x + 1", "Task: explain lines 5 to 5 of"),
        ("def f(x):\n    y = x + 1\n    return os.sep * y\n", "Task: explain the definition in lines 4 to 6 of"),
        (TEXT, "Task: explain the file <file-name>"),
    ],
)
async def test_an_explanation_is_about_what_the_user_pointed_at(bench: Bench, at: str, said: str) -> None:
    assert said in await asked(bench, TEXT, at)


async def test_an_explanation_of_a_problem_is_about_the_problem(bench: Bench) -> None:
    text = await asked(bench, TEXT, "x + 1", (Finding(Span(5, 9), "no such thing"),))
    assert "Task: explain the problem that <diagnostics> describes" in text
    assert "no such thing" in text


async def test_what_is_not_shown_is_said_in_numbers(bench: Bench) -> None:
    assert "The file is shown whole. No other file is shown." in await asked(bench, TEXT, "x + 1")
    text = await asked(bench, LONG, "x + 1")
    count = LONG.count("\n") + 1
    left_out = sum(int(line.split()[1]) for line in text.split("\n") if line.startswith("⋮"))
    assert f"Of the file's {count} lines {left_out} are not shown." in text
