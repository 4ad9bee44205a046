"""The editor, the server and the Redis of other tests, for examples and simulations that are run."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import start
from tests.storage.conftest import redis_binary, redis_server

__all__ = ["redis_binary", "redis_server", "start"]


@pytest.fixture
def profile() -> str:
    return "vscode"
