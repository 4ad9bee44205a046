"""Attack the redaction with a corpus that its authors' rules were not written from: ``python tests/benchmarks/redaction/attack/run.py``."""

from __future__ import annotations

import argparse
import re
import sys
import sysconfig
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

import clean
import contexts
import structures
import values

from grok_ls import redact


@dataclass(frozen=True, slots=True)
class Case:
    """``kind``: what it is, ``context``: where it stands, ``secrets``: what must not be left in the redacted text."""

    kind: str
    context: str
    text: str
    secrets: tuple[str, ...]


def place(template: str, name: str, value: str) -> str:
    half = len(value) // 2
    filled = re.sub(r"(?:(?<=-D)|\b)N\b", lambda _: name, template)
    return re.sub(
        r"(?<!EN)V([12])?(?![a-z0-9A-Z_])", lambda m: {"1": value[:half], "2": value[half:], None: value}[m[1]], filled
    )


def corpus(seed: int, rounds: int) -> Iterator[Case]:
    rng = Random(seed)
    everywhere = [*contexts.CODE, *contexts.DATA]
    for _ in range(rounds):
        for kind, form, names in values.TOKENS:
            for context, template in rng.sample(everywhere, 4):
                yield _case(kind, context, template, rng.choice(names.split()), values.fill(form, rng))
            for context, template in rng.sample(contexts.BARE, 3):
                yield _case(kind, "bare " + context, template, "x", values.fill(form, rng))
        for kind, form, names in values.NAMED:
            for context, template in rng.sample([*everywhere, *contexts.OPTION], 8):
                yield _case(kind, context, template, rng.choice(names.split()), values.fill(form, rng))
        for context, template in [*everywhere, *contexts.OPTION]:
            for _ in range(2):
                yield _case("password", context, template, rng.choice(values.PASSWORD_NAMES), values.password(rng))
            yield _case("api-key by context", context, template, "API_KEY", values.fill("{an32}", rng))
        for context, template in contexts.PROSE:
            for _ in range(3):
                yield _case("password in prose", context, template, "x", values.password(rng))
        for context, template in contexts.LOGIN:
            for _ in range(3):
                v = values.password(rng)
                url = context.startswith(("url", "git-", "form", "go-dsn")) and "oracle" not in context
                yield _case("login", context, template, "x", quote(v, safe="") if url else v)
        for kind, make in structures.HEADERS.items():
            for _ in range(4):
                yield Case(kind, "header", *_frozen(make(rng)))
        for _ in range(12):
            yield Case("cookie", "cookie", *_frozen(structures.cookie(rng)))
            yield Case("parameter", "url", *_frozen(structures.parameter(rng)))
        for group, forms in (
            ("pem", structures.pem_forms(rng)),
            ("encoded", structures.encoded_forms(rng)),
            ("cloud", structures.clouds(rng)),
        ):
            for context, made in forms.items():
                yield Case(group if group == "pem" else context, context, *_frozen(made))
        for _ in range(6):
            for kind, value in structures.person(rng).items():
                template = rng.choice(structures.PLACES)
                yield Case(kind, template.strip(), template.replace("V", value), (value,))
            user, home = rng.choice(structures.USERS), rng.choice(structures.HOMES)
            yield Case("home", home, home.replace("V", user) + "\n", (user,))


def _frozen(made: structures.Made) -> tuple[str, tuple[str, ...]]:
    return made[0], tuple(made[1])


def _case(kind: str, context: str, template: str, name: str, value: str) -> Case:
    if template.startswith("<") and "<N>" in template:
        name = name.replace("$", "")
    text = place(template, name, value)
    half = len(value) // 2
    return Case(kind, context, text, (value,) if value in text else (value[:half], value[half:]))


def survives(case: Case, clean_text: str) -> bool:
    """Whether a secret, or most of it, is still there."""
    for secret in case.secrets:
        if secret in clean_text:
            return True
        piece = max(8, len(secret) // 2)
        if len(secret) > piece and any(secret[at : at + piece] in clean_text for at in range(len(secret) - piece + 1)):
            return True
    return False


Redactor = Callable[[str], str]


def measure(cases: list[Case], redactor: Redactor) -> tuple[dict[str, list[Case]], Counter[str]]:
    missed: dict[str, list[Case]] = defaultdict(list)
    total: Counter[str] = Counter()
    for case in cases:
        total[case.kind] += 1
        if survives(case, redactor(case.text)):
            missed[case.kind].append(case)
    return missed, total


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--rounds", type=int, default=2)
    ask.add_argument("--lines", type=int, default=60_000, help="clean lines of installed packages")
    ask.add_argument("--show", type=int, default=0, help="survivors and alarms to print")
    ask.add_argument("--roots", nargs="*", type=Path, default=[Path(sysconfig.get_paths()["purelib"])])
    ask.add_argument(
        "--survive", type=float, default=100.0, help="exit with 1 if more survive, in %% by kind or by case"
    )
    ask.add_argument("--tempted", type=int, default=10**6, help="exit with 1 if more of the tempting lines are changed")
    args = ask.parse_args()
    cases = list(corpus(args.seed, args.rounds))
    missed, total = measure(cases, lambda text: redact(text).text)
    rates = {kind: len(missed[kind]) / total[kind] for kind in total}
    count = sum(map(len, missed.values()))
    print(
        f"{len(cases)} cases, {len(total)} kinds: {100 * sum(rates.values()) / len(rates):.2f} % survive by kind, {100 * count / len(cases):.2f} % by case"
    )
    for kind, rate in sorted(rates.items(), key=lambda r: -r[1]):
        if rate:
            where = Counter(case.context for case in missed[kind])
            print(
                f"  {kind:24} {100 * rate:5.1f} % of {total[kind]:4}  {', '.join(f'{c} {n}' for c, n in where.most_common(12))}"
            )
    by_context: Counter[str] = Counter(case.context for found in missed.values() for case in found)
    print("by context:", by_context.most_common(60))
    for case in [case for found in missed.values() for case in found][: args.show]:
        print(
            f"--- {case.kind} / {case.context}\n{case.text[:400]}\n  -> {redact(case.text).text[:400]}", file=sys.stderr
        )
    worst = 100 * max(sum(rates.values()) / len(rates), count / len(cases))
    sys.exit(int(false_alarms(args) > args.tempted or worst > args.survive))


def false_alarms(args: argparse.Namespace) -> int:
    """How many of the tempting lines were changed; prints that, and the alarms in clean files."""
    rng = Random(args.seed)
    alarms = [(line, redact(line)) for line in [*clean.tempting(), *clean.noise(rng)]]
    wrong = [(line, done) for line, done in alarms if done.findings]
    print(f"tempting lines: {len(wrong)} of {len(alarms)} changed")
    for line, done in wrong:
        print("   ", line[:110], "->", [(line[f.start : f.end][:40], f.kind) for f in done.findings])
    if args.lines < 1:
        return len(wrong)
    lines = 0
    kinds: Counter[str] = Counter()
    for path, text in clean.files(args.roots, args.lines, rng):
        lines += text.count("\n") + 1
        for found in redact(text).findings:
            kinds[found.kind] += 1
            if args.show and found.kind != "EMAIL":
                start = text.rfind("\n", 0, found.start) + 1
                print(f"    {found.kind} {path.name}: {text[max(start, found.start - 60) : found.end + 20]!r}"[:260])
    other = sum(n for kind, n in kinds.items() if kind != "EMAIL")
    print(f"{lines} clean lines: {1000 * other / lines:.3f} alarms per 1,000 without e-mail ({dict(kinds)})")
    return len(wrong)


if __name__ == "__main__":
    main()
