"""How much of their beginning the prompts of consecutive actions share, and what that is worth.

``python tests/benchmarks/context/bench_prefix.py SITE_PACKAGES samples.jsonl [--files 60]`` takes the files of the samples
of ``oracle.py`` and builds the prompts of: a fix and then an explanation at one place, fixes of two lines of one function,
and five fixes in five functions. For several sizes up to which a file is shown whole, each prompt made anew or going on
from the one before, it prints the share of the second prompt that a provider's prefix cache has (in blocks of 128 tokens,
xAI), and the price of one, two and five actions in tokens of uncached input, a cached one at a quarter (grok-4.7).
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

from bench_recall import Package, package_of, parsed

from grok_ls.context import collect as collecting
from grok_ls.context.across import pieces_for, rank, wanted
from grok_ls.context.continued import continued
from grok_ls.context.pieces import Context
from grok_ls.context.syntax import Syntax
from grok_ls.context.tokens import weighed
from grok_ls.prompts.build import Note, Task, build
from grok_ls.text import Source, Span

CACHED = 0.25
BLOCK = 128
ACTIONS = 5
ALLOWED = 12_000


def prompts(
    package: Package, source: Source, syntax: Syntax, asked: Sequence[tuple[int, str]], *, going_on: bool
) -> list[str]:
    """One after the other: lines and the actions there."""
    before: Context | None = None
    found = []
    for line, action in asked:
        now = context_at(package, source, syntax, line)
        before = continued(before, now, ALLOWED) if going_on else now
        found.append(prompt(source, before, line, action))
    return found


def context_at(package: Package, source: Source, syntax: Syntax, line: int) -> Context:
    span = Span(source.line_starts[line], source.line_starts[line])
    place = syntax.enclosing_definition(span) or source.whole_lines(span)
    wants = wanted(source, place, syntax)
    tags = [tag for name in wants.names for tag in package.by_name.get(name, ())]
    others = pieces_for(wants, rank(wants, tags), package.members, package.sources)
    return collecting.collect(source, span, tokens=ALLOWED, language=syntax.language, others=others, syntax=syntax)


def prompt(source: Source, context: Context, line: int, action: str) -> str:
    notes = (
        (Note(line + 1, line + 1, "this is wrong", "check", "E1", source.line_text(line)),) if action == "fix" else ()
    )
    result = "explain" if action == "explain" else "edit"
    draft = build(
        Task(action, result, "diff", source.path, "python", context, line + 1, line + 1, findings=notes)  # type: ignore[arg-type]
    )
    return f"{draft.system}\n{draft.user}"


def shared(before: Sequence[str], text: str) -> float:
    """The tokens of ``text`` that a cache of the prompts before has: the longest common beginning, in whole blocks."""
    longest = 0
    for other in before:
        common = next(
            (at for at, (a, b) in enumerate(zip(other, text, strict=False)) if a != b), min(len(other), len(text))
        )
        longest = max(longest, common)
    return weighed(text[:longest]).likely // BLOCK * BLOCK


def price(prompts: Sequence[str]) -> float:
    """In tokens of uncached input, an action."""
    total = 0.0
    for number, text in enumerate(prompts):
        cached = shared(prompts[:number], text)
        total += weighed(text).likely - cached * (1 - CACHED)
    return total / len(prompts)


def files(
    root: Path, samples: Sequence[dict[str, str]], count: int
) -> Iterator[tuple[Package, Source, Syntax, list[int]]]:
    rng = random.Random(4)
    paths = sorted({(sample["package"], sample["path"]) for sample in samples})
    rng.shuffle(paths)
    found = 0
    for name, path in paths:
        package = package_of(root, name)
        source = package.sources[path]
        syntax = parsed(source)
        functions = [each for each in syntax.outline if each.kind == "function"]
        long_enough = [
            each for each in functions if source.line_of(each.span.end) - source.line_of(each.span.start) > 4
        ]
        if len(long_enough) < ACTIONS:
            continue
        # One works on what stands together.
        first = rng.randrange(len(long_enough) - ACTIONS + 1)
        chosen = long_enough[first : first + ACTIONS]
        yield package, source, syntax, [source.line_of(each.span.end) - 1 for each in chosen]
        found += 1
        if found == count:
            return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--files", type=int, default=60)
    options = parser.parse_args()
    samples = [json.loads(line) for line in options.samples.read_text("utf-8").splitlines()]
    chosen = list(files(options.root.resolve(), samples, options.files))
    sizes = [len(source.text) for _, source, _, _ in chosen]
    print(f"{len(chosen)} files, {statistics.median(sizes) / 1000:.0f} kB (median)")
    for share, going_on in ((1000.0, False), (3.0, False), (3.0, True), (1.0, False)):
        collecting.WHOLE_SHARE = share  # type: ignore[assignment]
        same, near, apart, tokens = list[float](), list[float](), list[float](), list[float]()
        one, two, five = list[float](), list[float](), list[float]()
        for package, source, syntax, lines in chosen:
            ask = partial(prompts, package, source, syntax, going_on=going_on)
            fixes = ask([(line, "fix") for line in lines])
            first, explained = ask([(lines[0], "fix"), (lines[0], "explain")])
            above, below = ask([(lines[0] - 2, "fix"), (lines[0], "fix")])
            same.append(shared([first], explained) / weighed(explained).likely)
            near.append(shared([above], below) / weighed(below).likely)
            apart += [shared([before], after) / weighed(after).likely for before, after in pairwise(fixes)]
            tokens += [weighed(text).likely for text in fixes]
            for number, prices in ((1, one), (2, two), (ACTIONS, five)):
                prices.append(price(fixes[:number]))
        whole = f"{ALLOWED / share / 1000 * 3:.0f} kB" if share < 1000 else "never"
        how = ", going on" if going_on else ""
        print(
            f"whole up to {whole}{how}: {statistics.median(tokens):.0f} tokens (median), {statistics.mean(tokens):.0f} (mean)"
        )
        for name, found in (("fix, explain", same), ("same function", near), ("next function", apart)):
            high = sum(each >= 0.7 for each in found) / len(found)
            print(f"    {name:14} {statistics.median(found):4.0%} (median), {high:4.0%} of them share 70 % or more")
        said = ", ".join(f"{n} action(s) {statistics.mean(v):.0f}" for n, v in ((1, one), (2, two), (ACTIONS, five)))
        print(f"    price an action: {said}")


if __name__ == "__main__":
    main()
