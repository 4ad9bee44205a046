"""A support archive helps, and gives nothing away."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grok_ls.cli import main
from tests.cli.conftest import KEY

PLANTED = "ghp_" + "A1b2C3d4" * 4 + "Zz9x"


@pytest.fixture
def _lived_in(tmp_path: Path, environment: Callable[[], dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with a log that went wrong in every way, and addresses with credentials."""
    monkeypatch.setenv("HOME", str(tmp_path / "alexandra"))
    monkeypatch.setenv("LOGNAME", "alexandra")
    log = tmp_path / "data" / "log"
    log.mkdir(parents=True)
    line = json.dumps({"message": f"{tmp_path}/alexandra/x.py: token {PLANTED} and {KEY}"})
    (log / "server-1.jsonl").write_text(f"{line}\n" * 3000)
    fallback = {"baseUrl": "https://bob:hunter2hunter2@proxy.example/v1", "model": "m", "apiKeyEnv": "OTHER_KEY"}
    monkeypatch.setenv("GROK_LS_FALLBACKS", json.dumps([fallback]))
    monkeypatch.setenv("OTHER_KEY", "unusual-shape-of-a-key-7")


@pytest.mark.usefixtures("_lived_in")
def test_the_archive_says_what_is_in_it_and_holds_no_secret(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "support.zip"
    assert main(["doctor", "--json", "--bundle", str(path)]) in (0, 1)
    told = json.loads(capsys.readouterr().out)["bundle"]
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == told["files"]
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, text in texts.items():
        for secret in (KEY, PLANTED, "hunter2", "unusual-shape", "alexandra"):
            assert secret not in text, f"{secret} is in {name}"
    assert {check["name"] for check in json.loads(texts["doctor.json"])} >= {"key", "redaction", "storage"}
    assert "GROK_LS_FALLBACKS" in json.loads(texts["settings.json"])["variables"]
    assert json.loads(texts["versions.json"])["dependencies"]["pygls"]
    assert texts["log/server-1.jsonl"].startswith("{"), "the log is cut between lines"
    assert 0 < len(texts["log/server-1.jsonl"]) < 250_000
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.usefixtures("environment")
def test_an_existing_file_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "thesis.zip"
    path.write_text("mine")
    assert main(["doctor", "--bundle", str(path)]) == 1
    assert path.read_text() == "mine"
    assert "choose another name" in capsys.readouterr().err
