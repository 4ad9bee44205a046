"""A short session of the benchmark of canaries in odd places, so that it stays able to run and nothing new lets one out."""

from __future__ import annotations

import collections
import sys

import pytest

from tests.benchmarks.redaction.canary_channels import session


@pytest.mark.skipif(sys.platform == "win32", reason="a server is killed by a signal")
@pytest.mark.parametrize("seed", [6, 7])
async def test_no_canary_leaves_by_an_odd_channel(seed: int) -> None:
    done: collections.Counter[str] = collections.Counter()
    requests, found = await session(seed, 25, done, stages=1, commands=False)
    assert not found
    assert requests > 15
    assert done["killed"] >= 1
    assert sum(done.values()) > 30
