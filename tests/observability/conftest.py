from __future__ import annotations

import logging

import pytest

from grok_ls.observability import log


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine may not get to the writing thread for seconds; what a server in this process was told to log is another test's."""
    monkeypatch.setattr(log, "_CLOSE_S", 60.0)
    logging.getLogger("grok_ls").setLevel(logging.NOTSET)
