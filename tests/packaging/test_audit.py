"""What the audit says of the tools' answers: a vulnerability is one, and silence of a registry is not "none"."""

from __future__ import annotations

import json

from tests.packaging.audit import of_npm, of_pip


def test_a_known_vulnerability_is_named_with_its_fix() -> None:
    vulns = [{"id": "PYSEC-2026-1", "fix_versions": ["1.2"], "aliases": [], "description": ""}]
    audit = of_pip(json.dumps({"dependencies": [{"name": "left", "version": "1.0", "vulns": vulns}], "fixes": []}))
    assert audit.known == ("  left 1.0: PYSEC-2026-1, fixed in 1.2",)
    assert not audit.unaudited


def test_packages_that_nobody_looked_at_are_not_counted_as_sound() -> None:
    listed = [{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "Dependency not found on PyPI"}]
    audit = of_pip(json.dumps({"dependencies": listed, "fixes": []}))
    assert (audit.audited, audit.known) == (1, ())
    assert audit.unaudited == "1 packages, such as b (Dependency not found on PyPI)"
    assert "NOT AUDITED" in str(audit)


def test_a_tool_that_broke_audited_nothing() -> None:
    assert "No module named pip_audit" in of_pip("\nNo module named pip_audit\n").unaudited


def test_the_extensions_vulnerabilities_are_named() -> None:
    found = {"vulnerabilities": {"tar": {"severity": "high"}}, "metadata": {"dependencies": {"total": 12}}}
    audit = of_npm(json.dumps(found))
    assert (audit.audited, audit.known, audit.unaudited) == (12, ("  tar: high",), "")


def test_a_registry_that_refuses_to_answer_is_told() -> None:
    audit = of_npm(json.dumps({"message": "405 Method Not Allowed - POST", "statusCode": 405}))
    assert "405 Method Not Allowed" in audit.unaudited
    assert audit.audited == 0
