"""The demo with the real server in a process of its own and the fake xAI behind it."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grok_ls.demo import backend
from grok_ls.demo.driver import demo
from grok_ls.demo.show import Show
from grok_ls.errors import ConfigError, GrokError
from tests.fake_xai import FakeXaiThread, answer
from tests.fake_xai.faults import BY_NAME

FIX = """```diff
--- a/reviews.py
+++ b/reviews.py
@@ @@
     total = sum(review.stars for review in reviews)
-    return round(total / len(reviews), 1)
+    return round(total / len(reviews), 1) if reviews else 0.0
```
"""
KEY = "xai-" + "0123456789abcdef" * 5


@pytest.fixture
def fake() -> Iterator[FakeXaiThread]:
    with FakeXaiThread() as running:
        yield running


def environment(fake: FakeXaiThread, tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GROK_LS_", "XAI_"))}
    return kept | {
        "XAI_API_KEY": KEY,
        "GROK_LS_BASE_URL": fake.url,
        "GROK_LS_DATA_DIR": str(tmp_path),
        "GROK_LS_RETRIES": "0",
    }


async def run(fake: FakeXaiThread, tmp_path: Path) -> tuple[bool, str]:
    printed = io.StringIO()
    fixed = await demo(environment(fake, tmp_path), None, Show(printed))
    return fixed, printed.getvalue()


async def test_right_fix_is_applied_and_the_tests_pass(fake: FakeXaiThread, tmp_path: Path) -> None:
    fake.script(answer(FIX))
    fixed, printed = await run(fake, tmp_path)
    assert fixed
    for said in (
        "python -m unittest: FAILED (errors=1)",
        "Grok: Fix",
        "1 secrets",
        'in the request: request.add_header("Authorization", "Bearer GROKLS_',
        "applied:",
        "+    return round(total / len(reviews), 1) if reviews else 0.0",
        "python -m unittest: OK; the fix touched 2 lines",
        "session ",
    ):
        assert said in printed, printed


async def test_planted_key_reaches_nobody(fake: FakeXaiThread, tmp_path: Path) -> None:
    fake.script(answer(FIX))
    await run(fake, tmp_path)
    assert len(fake.requests) == 1
    body = fake.requests[0].raw.decode()
    assert "GROKLS_" in body
    assert "xai-" not in body


async def test_fix_that_does_not_help_is_said(fake: FakeXaiThread, tmp_path: Path) -> None:
    fake.script(answer(FIX.replace("if reviews else 0.0", "or 0.0")))
    fixed, printed = await run(fake, tmp_path)
    assert not fixed
    assert "the model's fix does not fix it" in printed
    assert "ZeroDivisionError" in printed.rpartition("does not fix it")[2]


@pytest.mark.parametrize(
    "reply", [answer("NO_CHANGE"), answer("I would rather not."), BY_NAME["401 expired credentials"].reply]
)
async def test_answer_without_a_fix_changes_nothing(fake: FakeXaiThread, tmp_path: Path, reply: object) -> None:
    fake.default = reply  # type: ignore[assignment]
    fixed, printed = await run(fake, tmp_path)
    assert not fixed
    assert "No fix: " in printed
    assert "workspace/applyEdit" not in printed


def test_key_means_xai_unless_a_local_model_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend, "ensure_model", lambda model: tmp_path / model.file)
    assert backend.choose({"XAI_API_KEY": KEY}, None, yes=True) is None
    for choice in (
        backend.choose({"XAI_API_KEY": KEY}, "0.5b", yes=True),
        backend.choose({"XAI_API_KEY": " "}, "0.5b", yes=True),
        backend.choose({}, "0.5b", yes=True),
    ):
        assert choice is not None
        assert choice.path == tmp_path / "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"


def test_download_is_not_started_unasked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_LS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(backend.Declined, match="demo --yes"):
        backend.choose({}, "0.5b", yes=False)
    assert not (tmp_path / "models").exists()


def test_user_who_says_no_is_told_what_else_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GROK_LS_MODELS_DIR", str(tmp_path))
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", terminal)
    monkeypatch.setattr("builtins.input", lambda question: "n")
    with pytest.raises(GrokError, match="XAI_API_KEY"):
        backend.choose({}, "0.5b", yes=False)
    said = capsys.readouterr().out
    for fact in ("0.5 GB", str(tmp_path), "huggingface.co", "package index", "SHA-256", "Apache-2.0"):
        assert fact in said


def test_unknown_local_model_is_told() -> None:
    with pytest.raises(ConfigError, match="choose one of"):
        backend.choose({}, "900b", yes=True)
