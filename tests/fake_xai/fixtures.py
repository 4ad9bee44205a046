"""``from tests.fake_xai.fixtures import *`` in a conftest gives the fixtures."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.fake_xai.server import FakeXai
from tests.fake_xai.threaded import FakeXaiThread


@pytest_asyncio.fixture
async def fake_xai() -> AsyncIterator[FakeXai]:
    """A server in the test's own loop."""
    async with FakeXai() as fake:
        yield fake


@pytest.fixture
def fake_xai_thread() -> Iterator[FakeXaiThread]:
    """A server in a thread, for tests that block."""
    with FakeXaiThread() as fake:
        yield fake


__all__ = ["fake_xai", "fake_xai_thread"]
