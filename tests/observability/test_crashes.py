from __future__ import annotations

import json
import subprocess
import sys

import pytest
from sentry_sdk.transport import Transport

from grok_ls.errors import ConfigError
from grok_ls.observability.crashes import Crashes

DSN = "http://key@127.0.0.1:9/1"


class Kept(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def capture_envelope(self, envelope) -> None:
        self.sent += [item.payload.get_bytes().decode() for item in envelope.items]


def clean(text: str) -> str:
    return text.replace("hunter2", "[SECRET]")


def crash() -> Exception:
    password = "hunter2"  # noqa: F841 - a local variable that the SDK would like to send
    try:
        json.loads("{hunter2")
    except ValueError as error:
        try:
            raise RuntimeError("no hunter2 in /home/someone/project") from error
        except RuntimeError as outer:
            return outer
    raise AssertionError


def sent(error: BaseException) -> list[str]:
    transport = Kept()
    crashes = Crashes(DSN, "1.0", clean, transport=transport)
    crashes.see(error)
    crashes.close()
    return transport.sent


def test_types_are_sent_and_of_messages_nothing_that_may_quote_a_text() -> None:
    (text,) = sent(crash())
    event = json.loads(text)
    assert [value["type"] for value in event["exception"]["values"]] == ["JSONDecodeError", "RuntimeError"]
    assert [value["value"] for value in event["exception"]["values"]] == ["", ""]
    for word in ("hunter2", "SECRET", "project", "password", __file__, "test_crashes", sys.executable):
        assert word not in text
    assert set(event) <= {"event_id", "timestamp", "level", "platform", "release", "exception"}


def test_a_sentence_of_ours_is_sent_redacted() -> None:
    (text,) = sent(ConfigError("Set hunter2."))
    assert [value["value"] for value in json.loads(text)["exception"]["values"]] == ["Set [SECRET]."]


def test_frames_of_our_code_name_function_and_line() -> None:
    try:
        Crashes("not an address", "1.0", clean)
    except ConfigError as error:
        (text,) = sent(error)
    frames = [frame for value in json.loads(text)["exception"]["values"] for frame in value["stacktrace"]["frames"]]
    ours = [frame for frame in frames if frame["in_app"]]
    assert ours
    assert {(frame["module"], frame["function"]) for frame in ours} == {("grok_ls.observability.crashes", "__init__")}
    assert {frame["module"] for frame in frames if not frame["in_app"]} == {"(other)"}


def test_what_cannot_be_redacted_is_not_sent() -> None:
    def broken(text: str) -> str:
        raise RuntimeError(text)

    transport = Kept()
    crashes = Crashes(DSN, "1.0", broken, transport=transport)
    crashes.see(ConfigError("Set hunter2."))
    crashes.close()
    assert transport.sent == []


def test_address_that_is_none_is_named_without_showing_it() -> None:
    with pytest.raises(ConfigError, match="GROK_LS_SENTRY_DSN is no address") as caught:
        Crashes("hunter2", "1.0", clean)
    assert "hunter2" not in str(caught.value)


def test_missing_package_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ConfigError, match=r"pip install grok-ls\[sentry\]"):
        Crashes(DSN, "1.0", clean)


def test_importing_the_module_loads_no_sentry() -> None:
    script = "import sys, grok_ls.observability.crashes; sys.exit('sentry_sdk' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
