"""The clean projects that bugs are seeded into: small, our own, in four languages, each with checks of what calls must give.

A project is a folder below ``projects/``: a main file that is named like the folder, at most one other file that it
uses, and ``checks.txt`` with one ``expression -> expected`` a line, in the project's language. The checks are never
shown to a model; what the first failing one says is the diagnostic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "projects"
LANGUAGES = {".py": "python", ".js": "javascript", ".c": "c", ".rb": "ruby"}
CHECKS = "checks.txt"


@dataclass(frozen=True, slots=True)
class Project:
    """``main`` is the file that bugs go into, ``others`` the texts of the files beside it, by name."""

    folder: Path
    main: str
    language: str
    text: str
    others: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.folder.name


@cache
def projects() -> tuple[Project, ...]:
    """All of them, in the order of their names."""
    return tuple(_project(folder) for folder in sorted(FOLDER.iterdir()) if (folder / CHECKS).is_file())


def _project(folder: Path) -> Project:
    main = next(path for path in sorted(folder.iterdir()) if path.stem == folder.name)
    code = [path for path in sorted(folder.iterdir()) if path.suffix in (*LANGUAGES, ".h") and path != main]
    lines = (folder / CHECKS).read_text("utf-8").splitlines()
    checks = [tuple(part.strip() for part in line.rsplit(" -> ", 1)) for line in lines if line.strip()]
    return Project(
        folder,
        main.name,
        LANGUAGES[main.suffix],
        main.read_text("utf-8"),
        tuple((path.name, path.read_text("utf-8")) for path in code),
        tuple((expression, expected) for expression, expected in checks),
    )
