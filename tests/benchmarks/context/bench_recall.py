"""How much of what a function really uses is in the prompt, and for how many tokens.

``python tests/benchmarks/context/bench_recall.py ROOT samples.jsonl [--aider PYTHON]`` takes the samples of ``oracle.py``
or ``oracle.mjs`` and prints, for prompts of 1.2k, 2k, 4k and 8k tokens, the share of the used definitions whose first line is in
the context, side by side with a window of 50 kB each side, one of 3,000 characters, and with ``--aider`` (a Python that
has aider-chat) the repository map of aider. Tokens are estimated alike for all: a third of the bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grok_ls.context.across import Quotes, Tag, pieces_for, rank, tags_of, wanted
from grok_ls.context.callers import Candidate, likely_users, pieces_using, thing_at
from grok_ls.context.collect import collect
from grok_ls.context.languages import language_of
from grok_ls.context.pieces import Context, Piece
from grok_ls.context.syntax import Syntax
from grok_ls.context.tokens import tokens_of
from grok_ls.text import Source, Span

SIZES = (1200, 2000, 4000, 8000)


def sources_of(folder: Path) -> list[Path]:
    """The files of a package that the oracles look at."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in (".py", ".ts"))
    return [path for path in found if not path.name.endswith(".d.ts") and path.is_file()]


def parsed(source: Source) -> Syntax:
    language = language_of(source.path)
    assert language is not None
    return Syntax.parse(source, language)


@dataclass(frozen=True, slots=True)
class Package:
    sources: dict[str, Source]
    by_name: dict[str, list[Tag]]
    members: dict[str, list[Tag]]
    words: dict[str, frozenset[str]]


@cache
def package_of(root: Path, name: str) -> Package:
    sources, by_name, members = {}, defaultdict[str, list[Tag]](list), defaultdict[str, list[Tag]](list)
    for path in sources_of(root / name):
        relative = str(path.relative_to(root))
        sources[relative] = Source(path.read_text("utf-8"), relative)
        for tag in tags_of(parsed(sources[relative])):
            by_name[tag.name].append(tag)
            if tag.owner:
                members[relative].append(tag)
    words = {path: frozenset(re.findall(r"\w+", source.text)) for path, source in sources.items()}
    return Package(sources, by_name, members, words)


def place_of(source: Source, sample: dict[str, Any]) -> Span:
    """The middle of the sampled function."""
    start = source.line_starts[(sample["first"] + sample["last"]) // 2 - 1]
    return Span(start, start)


def using(package: Package, syntax: Syntax, place: Span) -> list[Piece]:
    """Callers and tests in other files, as a refactoring or an explanation gets them."""
    thing = thing_at(syntax, place)
    if thing is None:
        return []
    candidates = [Candidate(path, words.__contains__) for path, words in package.words.items()]
    return pieces_using(thing, likely_users(thing, candidates), package.sources)


def ours(package: Package, sample: dict[str, Any], tokens: int, across: bool = True, users: bool = False) -> Context:
    source = package.sources[sample["path"]]
    syntax = parsed(source)
    place = place_of(source, sample)
    others = []
    if across:
        wants = wanted(source, syntax.enclosing_definition(place) or place, syntax)
        tags = [tag for name in wants.names for tag in package.by_name.get(name, ())]
        others = pieces_for(wants, rank(wants, tags), package.members, package.sources)
    if users:
        more = Quotes(tuple(using(package, syntax, syntax.enclosing_definition(place) or place)))
        others = [*Quotes(tuple(others)).then(more).pieces]
    return collect(source, place, tokens=tokens, language=syntax.language, others=others, syntax=syntax)


def lines_in(context: Context) -> set[tuple[str, int]]:
    return {(piece.path, line) for piece in context.pieces for line in range(piece.first_line, piece.last_line + 1)}


def window(source: Source, sample: dict[str, Any], characters: int) -> tuple[set[tuple[str, int]], int]:
    """So many characters each side of the function's middle, as whole lines."""
    middle = place_of(source, sample).start
    start, end = max(0, middle - characters), min(len(source.text), middle + characters)
    lines = {(source.path, line + 1) for line in range(source.line_of(start), source.line_of(end) + 1)}
    return lines, tokens_of(source.text[start:end])


def recall(sample: dict[str, Any], shown: set[tuple[str, int]]) -> float:
    used = [(path, line) for path, line, _ in sample["used"]]
    return sum(place in shown for place in used) / len(used)


def aider_maps(python: str, root: Path, samples: list[dict[str, Any]]) -> list[list[tuple[set[tuple[str, int]], int]]]:
    """For every sample and size the lines of aider's map and its tokens."""
    task = {"root": str(root), "samples": samples, "sizes": SIZES}
    script = Path(__file__).with_name("aider_map.py")
    ended = subprocess.run([python, str(script)], input=json.dumps(task), capture_output=True, text=True, check=True)
    return [
        [({(path, line) for path, line in shown}, tokens) for shown, tokens in row] for row in json.loads(ended.stdout)
    ]


def row(name: str, results: list[tuple[float, int]]) -> str:
    mean = statistics.mean(share for share, _ in results)
    median = statistics.median(tokens for _, tokens in results)
    return f"{name:38} {mean:6.1%} {median:8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("samples", type=Path)
    parser.add_argument("--aider")
    parser.add_argument("--missed", action="store_true", help="print what the prompts of 4k tokens lack")
    options = parser.parse_args()
    root = options.root.resolve()
    samples = [json.loads(line) for line in options.samples.read_text("utf-8").splitlines()]
    print(f"{len(samples)} functions, {sum(len(sample['used']) for sample in samples)} uses")
    print(f"{'':38} recall   tokens (median)")
    for across in (True, False):
        for size in SIZES:
            contexts = [ours(package_of(root, sample["package"]), sample, size, across) for sample in samples]
            results = [(recall(s, lines_in(c)), c.tokens) for s, c in zip(samples, contexts, strict=True)]
            print(row(f"grok-ls, {'' if across else 'own file only, '}{size} tokens", results))
            if options.missed and size == 4000 and across:
                for sample, context in zip(samples, contexts, strict=True):
                    lacking = [use for use in sample["used"] if (use[0], use[1]) not in lines_in(context)]
                    print("   ", sample["path"], sample["first"], context.tokens, lacking)
    for size in SIZES:
        pairs = [
            [ours(package_of(root, s["package"]), s, size, users=users) for users in (False, True)] for s in samples
        ]
        results = [(recall(s, lines_in(pair[1])), pair[1].tokens) for s, pair in zip(samples, pairs, strict=True)]
        with_users = [after.tokens / before.tokens - 1 for before, after in pairs if after.pieces != before.pieces]
        print(row(f"grok-ls, with callers and tests, {size} tokens", results))
        if with_users:
            share = len(with_users) / len(samples)
            print(f"    in {share:.0%} of the prompts, which they make {statistics.mean(with_users):.1%} longer")
    for characters, name in ((50_000, "window of 50 kB each side"), (1_500, "window of 3,000 characters")):
        shown = [window(package_of(root, s["package"]).sources[s["path"]], s, characters) for s in samples]
        print(row(name, [(recall(s, lines), tokens) for s, (lines, tokens) in zip(samples, shown, strict=True)]))
    if options.aider:
        maps = aider_maps(options.aider, root, samples)
        for index, size in enumerate(SIZES):
            found = [(recall(s, maps[n][index][0]), maps[n][index][1]) for n, s in enumerate(samples)]
            print(row(f"aider repository map, {size} tokens", found))


if __name__ == "__main__":
    main()
