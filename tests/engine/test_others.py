"""What is quoted of other files, as the model reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grok_ls.context.across import Quotes, Wanted
from grok_ls.context.callers import Thing
from grok_ls.context.pieces import Piece
from grok_ls.text import Source

if TYPE_CHECKING:
    from tests.engine.conftest import Bench

TEXT = "from tax import rate\n\n\ndef total(x):\n    return x * rate(x)\n"
TAX = "A = 1\n\n\ndef rate(x):\n    return 2\n\n\nB = 3\n\n\nC = 4\n"


class Tax:
    """The neighbours of a document: one file, of which some lines are quoted."""

    def __init__(self, text: str, *lines: tuple[int, int]) -> None:
        self._source = Source(text, "tax.py")
        self._lines = lines

    async def quote(self, wants: Wanted, thing: Thing | None = None) -> Quotes:
        def shown(first: int, last: int) -> str:
            return "\n".join(self._source.line_text(line) for line in range(first - 1, last))

        pieces = tuple(Piece("tax.py", first, last, shown(first, last)) for first, last in self._lines)
        return Quotes(pieces, {"tax.py": self._source})

    async def conventions(self, path: str, language: str) -> str:
        return ""


async def shown(bench: Bench, text: str, *lines: tuple[int, int]) -> str:
    answer = "```diff\n def total(x):\n-    return x * rate(x)\n+    return rate(x) * x\n```\n"
    await bench.ask(TEXT, answer, at="return x", neighbours=Tax(text, *lines))
    said = bench.asked(0)[1][1]
    return said[said.index("File: tax.py") : said.index("</context>")]


async def test_quoted_lines_of_another_file_come_without_blank_lines_around(bench: Bench) -> None:
    wanted = "File: tax.py\n⋮ 3 lines not shown\ndef rate(x):\n⋮ 3 lines not shown\nB = 3\n"
    assert await shown(bench, TAX, (4, 4), (8, 8)) == wanted
    assert await shown(bench, TAX.replace("\n", "\r\n"), (4, 4), (8, 8)) == wanted


async def test_the_last_line_of_another_file_is_quoted_whole(bench: Bench) -> None:
    assert await shown(bench, TAX.rstrip("\n"), (11, 11)) == "File: tax.py\n⋮ 10 lines not shown\nC = 4\n"
