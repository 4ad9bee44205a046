"""Which version of an editor a test drives.

Every run drives the oldest that is supported. Where ``CI`` is set, tests marked ``newest_too`` run a second time with the newest; with
``EDITORS=newest`` all run with the newest, and nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

Edition = Literal["oldest", "newest"]


def editions(environ: Mapping[str, str], *, newest_too: bool) -> tuple[Edition, ...]:
    """What a test runs with. Whether it is installed plays no part: a missing editor is told by the test that needs it."""
    if environ.get("EDITORS") == "newest":
        return ("newest",)
    return ("oldest", "newest") if newest_too and environ.get("CI") else ("oldest",)


def everyday() -> Edition:
    """That of tests which have no second run."""
    return editions(os.environ, newest_too=False)[0]
