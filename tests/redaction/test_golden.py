"""What the redaction finds in some thousand inputs is what it found when somebody last looked at the difference."""

from __future__ import annotations

import pytest

from tests.golden import Golden
from tests.redaction.golden.__main__ import FILES

SLOW = {"around"}
GOLDEN = [
    pytest.param(golden, id=golden.path.stem, marks=[pytest.mark.slow] * (golden.path.stem in SLOW)) for golden in FILES
]


@pytest.mark.parametrize("golden", GOLDEN)
def test_every_input_is_redacted_as_the_golden_file_says(golden: Golden) -> None:
    changed = golden.changed()
    assert not changed, "\n".join(
        ["python -m tests.redaction.golden shows all of it, --write takes it over:", *changed[:20]]
    )
