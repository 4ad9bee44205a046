"""The editor and the server of tests/e2e, for examples that are run."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import start

__all__ = ["start"]


@pytest.fixture
def profile() -> str:
    return "vscode"
