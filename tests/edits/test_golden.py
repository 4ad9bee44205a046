"""What becomes of some hundred damaged answers is what became of them when somebody last looked at the difference."""

from __future__ import annotations

import pytest

from tests.edits.golden.__main__ import FILES
from tests.golden import Golden

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("golden", FILES, ids=lambda golden: golden.path.stem)
def test_every_answer_becomes_what_the_golden_file_says(golden: Golden) -> None:
    changed = golden.changed()
    assert not changed, "\n".join(
        ["python -m tests.edits.golden shows all of it, --write takes it over:", *changed[:20]]
    )
