"""The repository maps of aider for ``bench_recall.py``; runs in aider's own environment.

Reads ``{"root", "samples", "sizes"}`` from stdin, writes for every sample and size the lines that the map shows and its
tokens (a third of the bytes). The map knows the file and every word of the function, as aider's chat would.
"""

import contextlib
import json
import re
import sys
from pathlib import Path

from aider.io import InputOutput
from aider.repomap import RepoMap


class Model:
    """Counts tokens as the benchmark does."""

    def token_count(self, text: str) -> int:
        return len(text.encode()) // 3


def shown_lines(text: str, root: Path) -> list[tuple[str, int]]:
    """The map prints lines of files without numbers: each is looked for in its file, in order."""
    found, path, lines, at = [], "", [], 0
    for line in text.split("\n"):
        if line.endswith(":") and (root / line[:-1]).is_file():
            path, at = line[:-1], 0
            lines = (root / path).read_text("utf-8").split("\n")
        elif line.startswith("│") and path:
            with contextlib.suppress(ValueError):
                at = lines.index(line[1:].rstrip("\n"), at) + 1
                found.append((path, at))
    return found


def main() -> None:
    task = json.load(sys.stdin)
    root = Path(task["root"])
    output = sys.stdout
    sys.stdout = sys.stderr
    rows = []
    for sample in task["samples"]:
        files = [
            str(path)
            for path in sorted((root / sample["package"]).rglob("*"))
            if path.suffix in (".py", ".ts") and not path.name.endswith(".d.ts") and path.is_file()
        ]
        own = root / sample["path"]
        text = own.read_text("utf-8").split("\n")[sample["first"] - 1 : sample["last"]]
        words = set(re.findall(r"[^\W\d]\w*", "\n".join(text)))
        row = []
        for size in task["sizes"]:
            repo = RepoMap(
                map_tokens=size, root=str(root), main_model=Model(), io=InputOutput(yes=True), refresh="files"
            )
            said = repo.get_ranked_tags_map([], files, size, {sample["path"]}, words) or ""
            row.append((shown_lines(said, root), len(said.encode()) // 3))
        rows.append(row)
    json.dump(rows, output)


if __name__ == "__main__":
    main()
