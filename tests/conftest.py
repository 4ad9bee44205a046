"""Rules for every test: only loopback is reachable, no key of the user is used, and on CI nothing is skipped in silence."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No test may fail because the machine is busy, nor because of what was drawn: the same examples on every run.
settings.register_profile("patient", deadline=None, max_examples=150, derandomize=True)
# For the inner loop: fewer examples.
settings.register_profile("quick", deadline=None, max_examples=10, derandomize=True)
# To find what no run has drawn yet (poe explore): other examples each time, and many.
settings.register_profile("explore", deadline=None, max_examples=2000, print_blob=True)
settings.load_profile("patient")

pytest_plugins = ["tests.fake_xai.fixtures"]


@pytest.fixture(autouse=True, scope="session")
def _only_loopback() -> Iterator[None]:
    """A connection to any other address is an error of the test, before a packet leaves."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return real(self, address)

    return connect


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups that the workers do not heed cost minutes and make tests of editors fail by chance; nothing else would say so."""
    if getattr(session.config.option, "loadgroup", False):
        for item in session.items:
            if item.get_closest_marker("xdist_group") and "@" not in item.nodeid:
                raise pytest.UsageError(f"xdist does not keep {item.nodeid} in its group: pytest is too new for it.")


@pytest.fixture(autouse=True, scope="session")
def _no_key_of_the_user() -> Iterator[None]:
    """Neither the key nor the settings of whoever runs the tests reach a server that a test starts, git's settings included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        # It names an ignore file, so that the one at the usual place is not read.
        patch.setenv("GIT_CONFIG_GLOBAL", str(Path(__file__).with_name("gitconfig")))
        for name in [name for name in os.environ if name.startswith(("XAI_", "OPENAI_", "GROK_LS_"))]:
            if name != "GROK_LS_DATA_DIR":
                patch.delenv(name)
        yield


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("Tests were skipped, and on CI that is a failure.", red=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests measured and do not judge (``record_property``), because a busy machine would fail them."""
    measured = [each for report in terminalreporter.getreports("passed") for each in report.user_properties]
    if measured:
        terminalreporter.section("measured")
    for name, value in measured:
        terminalreporter.write_line(f"{name}: {value}")
