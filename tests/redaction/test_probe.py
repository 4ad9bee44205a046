"""The self-test of ``grok-ls doctor``."""

from __future__ import annotations

import pytest

from grok_ls.redaction.probe import PROBES, failed_probes
from grok_ls.redaction.redact import Policy, Redacted, Vocabulary, redact


def whole(text: str) -> Redacted:
    return redact(text, Vocabulary(b"0123456789abcdef"))


def test_a_sound_installation_passes_every_probe() -> None:
    assert failed_probes(whole) == []


def test_a_redaction_that_finds_nothing_fails_every_probe() -> None:
    off = Policy(secrets=False, personal=False)
    assert len(failed_probes(lambda text: redact(text, Vocabulary(b"x" * 16), policy=off))) == len(PROBES)


@pytest.mark.parametrize("layer", ["find_shapes", "find_structure", "find_assignments", "find_personal"])
def test_a_lost_layer_is_named(layer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"grok_ls.redaction.redact.{layer}", lambda text: [])
    assert failed_probes(whole)
