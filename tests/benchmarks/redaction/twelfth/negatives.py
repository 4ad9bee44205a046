"""Alarms on packages that no earlier corpus used, each of them printed: whether it is false is for the reader to judge.

    python -m tests.benchmarks.redaction.twelfth.negatives FOLDER [--lines 40000] [--seed 1]

The first run fetches the packages into FOLDER, by pip and npm from the registries that these are set up for.
"""

from __future__ import annotations

import argparse
import collections
import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.redaction.fourth.clean import files
from tests.benchmarks.redaction.sixth.measure import cleaned

WHEELS = ("pgcli==4.7.1", "borgmatic==2.1.10", "certbot==5.8.0", "peewee==4.5.3")
SOURCES = ("octodns==1.22.0", "luigi==3.8.1", "patroni==4.1.5")
NPM = ("pm2@7.0.4", "imapflow@2.10.2", "smtp-server@3.21.6", "ldapjs@3.0.7", "mqtt@5.16.0")
PER_FILE = 400


def fetch(folder: Path) -> None:
    """Unpacked below ``folder``; a failure of pip or npm is an error."""
    archives = folder / "archives"
    archives.mkdir(parents=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(archives)]
    subprocess.run([*pip, "--only-binary", ":all:", *WHEELS], check=True)
    subprocess.run([*pip, "--no-binary", ":all:", *SOURCES], check=True)
    subprocess.run(["npm", "pack", "--silent", *NPM], cwd=archives, check=True)
    for archive in sorted(archives.iterdir()):
        shutil.unpack_archive(archive, folder / archive.name, "zip" if archive.suffix == ".whl" else "gztar")
    shutil.rmtree(archives)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=40_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.folder.exists():
        fetch(options.folder)
    lines, kinds = 0, collections.Counter[str]()
    for path in files([options.folder], options.seed):
        if lines >= options.lines:
            break
        rows = path.read_text("utf-8", "replace").splitlines(keepends=True)
        start = random.Random(str(path.name)).randrange(max(1, len(rows) - PER_FILE + 1))
        text = "".join(rows[start : start + PER_FILE])
        lines += text.count("\n")
        for low, high, kind in cleaned(text)[1]:
            kinds[kind] += 1
            before, after = text[max(0, low - 70) : low].rpartition("\n")[2], text[high : high + 30].partition("\n")[0]
            print(f"{kind:12} {path.relative_to(options.folder)}: {before}[[{text[low:high][:60]!r}]]{after}")
    email = kinds.pop("EMAIL", 0)
    print(f"{lines} lines: {sum(kinds.values())} alarms {dict(kinds)}, {email} e-mail addresses")


if __name__ == "__main__":
    main()
