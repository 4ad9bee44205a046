"""Alarms on clean files: `python -m tests.benchmarks.redaction.fourth.clean --lines 100000 --seed 2 FOLDER...`.

Samples source files of every language below the folders (unpacked packages), at most `--per-file` lines of each, and counts what is
redacted, by kind. Whether an alarm is false is for the reader to judge (`--show`): test suites hold passwords, too.
"""

from __future__ import annotations

import argparse
import collections
import random
from pathlib import Path

from grok_ls import redact

_SUFFIXES = frozenset(
    ".py .pyi .js .mjs .cjs .ts .tsx .jsx .java .kt .go .rs .rb .php .cs .swift .c .h .cc .cpp .hpp .m .sh .bash .ps1 .yml .yaml .json .toml .ini .cfg"
    " .conf .properties .xml .html .css .scss .less .sql .tf .md .rst .txt .lock .scala .lua .pl .pm .r .jl .clj .hs .erl .ex .dart .vue .gradle .po .map .svg".split()
)


def files(roots: list[Path], seed: int) -> list[Path]:
    found = sorted(
        path
        for root in roots
        for path in root.rglob("*")
        if path.suffix.lower() in _SUFFIXES and path.is_file() and path.stat().st_size < 2_000_000
    )
    random.Random(seed).shuffle(found)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roots", nargs="+", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--per-file", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    kinds: collections.Counter[str] = collections.Counter()
    suffixes: collections.Counter[str] = collections.Counter()
    lines = count = 0
    for path in files(options.roots, options.seed):
        if lines >= options.lines:
            break
        text = "".join(path.read_text("utf-8", "replace").splitlines(keepends=True)[: options.per_file])
        lines += text.count("\n")
        suffixes[path.suffix] += text.count("\n")
        count += 1
        for start, end, kind in redact(text).findings:
            kinds[kind] += 1
            if options.show and kind != "EMAIL":
                low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
                line = (
                    text[max(low, start - 90) : start]
                    + "[["
                    + text[start:end][:70]
                    + "]]"
                    + text[end : min(high, end + 30) if high >= 0 else end + 30]
                )
                print(f"{kind:13} {path.name}: {' '.join(line.split())}")
    secret = sum(number for kind, number in kinds.items() if kind != "EMAIL")
    print(f"{lines} lines of {count} files ({', '.join(f'{s} {n}' for s, n in suffixes.most_common(12))})")
    print(
        f"alarms: {dict(kinds.most_common())}; without e-mail addresses {1000 * secret / max(1, lines):.3f} in 1,000 lines, addresses {1000 * kinds['EMAIL'] / max(1, lines):.3f}"
    )


if __name__ == "__main__":
    main()
