"""The bundled project: broken as it says, in the one place that it says, and never the same key twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from grok_ls import redact
from grok_ls.demo import bundled
from grok_ls.demo.bundled import MODULE, SAMPLE, copy_project, run_tests

BROKEN = "    return round(total / len(reviews), 1)\n"
FIXED = "    return round(total / len(reviews), 1) if reviews else 0.0\n"


def test_one_test_fails_and_names_the_line(tmp_path: Path) -> None:
    copy_project(tmp_path)
    outcome = run_tests(tmp_path)
    assert not outcome.passed
    assert outcome.verdict == "FAILED (errors=1)"
    assert outcome.failure is not None
    assert outcome.failure.message == "ZeroDivisionError: division by zero"
    assert outcome.failure.test == "test_badge_of_a_product_that_nobody_has_reviewed"
    line = (tmp_path / MODULE).read_text().splitlines(keepends=True)[outcome.failure.line]
    assert line == BROKEN


def test_repaired_module_passes(tmp_path: Path) -> None:
    copy_project(tmp_path)
    module = tmp_path / MODULE
    module.write_text(module.read_text().replace(BROKEN, FIXED))
    outcome = run_tests(tmp_path)
    assert outcome.passed
    assert outcome.failure is None
    assert outcome.verdict == "OK"


def test_module_that_cannot_be_read_fails(tmp_path: Path) -> None:
    copy_project(tmp_path)
    (tmp_path / MODULE).write_text("def broken(:\n")
    assert not run_tests(tmp_path).passed


def test_tests_that_hang_are_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_project(tmp_path)
    (tmp_path / MODULE).write_text("while True: pass\n")
    monkeypatch.setattr(bundled, "_TEST_TIMEOUT_S", 0.5)
    outcome = run_tests(tmp_path)
    assert not outcome.passed
    assert "did not end" in outcome.verdict


def test_key_is_another_one_each_time_and_the_redactor_takes_it_out(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        keys.append(copy_project(tmp_path / name))
    assert keys[0] != keys[1]
    text = (tmp_path / "one" / MODULE).read_text()
    assert keys[0] in text
    assert keys[0] not in redact(text, path=MODULE).text


def test_bundle_itself_holds_no_key() -> None:
    for path in SAMPLE.iterdir():
        text = path.read_text()
        found = {text[start:end] for start, end, _ in redact(text, path=path.name).findings}
        assert found <= {"PASTE-A-KEY-HERE"}
