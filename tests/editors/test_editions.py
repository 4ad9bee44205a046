"""No run leaves the newest editors out in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.editions import editions
from tests.editors.neovim import EditorMissing, find_neovim
from tests.editors.vscode.driver import installation


def test_ci_drives_the_newest_too_and_others_the_oldest_alone() -> None:
    assert editions({"CI": "true"}, newest_too=True) == ("oldest", "newest")
    assert editions({"CI": "true"}, newest_too=False) == ("oldest",)
    assert editions({}, newest_too=True) == ("oldest",)


@pytest.mark.parametrize("newest_too", [True, False])
def test_whoever_asks_for_the_newest_gets_nothing_else(newest_too: bool) -> None:
    assert editions({"EDITORS": "newest", "CI": "true"}, newest_too=newest_too) == ("newest",)


def test_a_newest_editor_that_is_missing_is_told_with_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(EditorMissing, match=r"run tests/editors/neovim\.sh"):
        find_neovim("newest", cache=tmp_path)
    with pytest.raises(EditorMissing, match=r"run editors/vscode/scripts/code-server\.sh newest"):
        installation("newest", cache=tmp_path).command()
