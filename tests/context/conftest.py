import os

import pytest


@pytest.fixture
def regenerate() -> bool:
    """``REGENERATE=1 pytest tests/...`` writes the expected files anew: read the difference before you keep it."""
    return os.environ.get("REGENERATE") == "1"
