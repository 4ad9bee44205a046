"""Known vulnerabilities of what is installed, in Python and for the VS Code extension; and, as loudly, what could not be audited.

    python tests/packaging/audit.py

Exit code 1 if one is known. A registry without advisories (a mirror, a proxy) answers that it has none or refuses to answer: that is told
as "not audited" and is never the same as "none known". Needs pip-audit, and npm with ``editors/vscode/package-lock.json``.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_TIMEOUT_S = 300
_PIP = [sys.executable, "-m", "pip_audit", "--progress-spinner", "off", "--skip-editable", "-f", "json"]
_NPM = ["npm", "audit", "--json"]


@dataclass(frozen=True, slots=True)
class Audit:
    """``known``: a line for each vulnerability; ``unaudited``: why nobody knows about the rest, empty if everything was looked at."""

    what: str
    audited: int
    known: tuple[str, ...]
    unaudited: str = ""

    def __str__(self) -> str:
        said = f"{self.what}: {self.audited} packages audited, {len(self.known)} known vulnerabilities."
        return "\n".join([said, *self.known, *([f"NOT AUDITED: {self.unaudited}"] if self.unaudited else [])])


def of_pip(output: str) -> Audit:
    found = _object(output)
    if "dependencies" not in found:
        return Audit("Python", 0, (), f"pip-audit gave no report: {_first(output)}")
    skipped = [each for each in found["dependencies"] if "skip_reason" in each]
    looked = [each for each in found["dependencies"] if "skip_reason" not in each]
    known = tuple(
        f"  {each['name']} {each['version']}: {vuln['id']}, fixed in {', '.join(vuln['fix_versions']) or 'no version'}"
        for each in looked
        for vuln in each["vulns"]
    )
    why = f"{len(skipped)} packages, such as {skipped[0]['name']} ({skipped[0]['skip_reason']})" if skipped else ""
    return Audit("Python", len(looked), known, why)


def of_npm(output: str) -> Audit:
    found = _object(output)
    if "vulnerabilities" not in found:
        why = found.get("message") or found.get("error") or _first(output)
        return Audit("VS Code extension", 0, (), f"the registry did not answer npm audit ({why})")
    total = int(found.get("metadata", {}).get("dependencies", {}).get("total", 0))
    known = tuple(f"  {name}: {each['severity']}" for name, each in sorted(found["vulnerabilities"].items()))
    return Audit("VS Code extension", total, known)


def _object(output: str) -> dict[str, Any]:
    try:
        found = json.loads(output)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _first(output: str) -> str:
    return next((line.strip() for line in output.splitlines() if line.strip()), "no output")


def _output(command: Sequence[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{command[0]} could not be run ({type(error).__name__})"
    return done.stdout if done.stdout.strip() else done.stderr


def main() -> int:
    audits = (of_pip(_output(_PIP, ROOT)), of_npm(_output(_NPM, ROOT / "editors" / "vscode")))
    print("\n".join(map(str, audits)))
    return 1 if any(audit.known for audit in audits) else 0


if __name__ == "__main__":
    sys.exit(main())
