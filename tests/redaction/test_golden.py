"""What the redaction finds in some thousand inputs is what it found when somebody last looked at the difference."""

from __future__ import annotations

import pytest

from tests.golden import Golden
from tests.redaction.golden.__main__ import FILES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("golden", FILES, ids=lambda golden: golden.path.stem)
def test_every_input_is_redacted_as_the_golden_file_says(golden: Golden) -> None:
    changed = golden.changed()
    assert not changed, "\n".join(
        ["python -m tests.redaction.golden shows all of it, --write takes it over:", *changed[:20]]
    )
