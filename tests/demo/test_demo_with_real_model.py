"""The promise of the README: the local model fixes the bundled bug, through the real server."""

from __future__ import annotations

import asyncio
import io
import os

import pytest

from grok_ls.demo.backend import choose
from grok_ls.demo.driver import demo
from grok_ls.demo.show import Show

pytestmark = [pytest.mark.model, pytest.mark.timeout(1800), pytest.mark.xdist_group("model")]


async def test_local_model_fixes_the_bundled_bug() -> None:
    printed = io.StringIO()
    own = {name: value for name, value in os.environ.items() if not name.startswith(("XAI_", "GROK_LS_"))}
    fixed = await demo(own, await asyncio.to_thread(choose, own, None, yes=True), Show(printed))
    said = printed.getvalue()
    assert fixed, said
    assert "1 secrets and 0 personal data replaced" in said
    assert "python -m unittest: OK" in said
