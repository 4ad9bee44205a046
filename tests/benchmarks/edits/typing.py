"""``python -m tests.benchmarks.edits.typing``: a hundred thousand times, the user types while the model thinks, and as often while its edit
is on its way into an editor.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from tests.edits import test_typing_model as rebasing
from tests.server import test_landing_model as landing
from tests.server.clockwork import Clockwork


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--games", type=int, default=100_000)
    options = parser.parse_args()
    _rebase(options.games)
    _land(options.games)
    return 0


def _rebase(games: int) -> None:
    apart = went = merged = 0
    for seed in range(games):
        different, through = rebasing.play(seed)
        apart += different
        went += different and through
        merged += through
    sys.stdout.write(
        f"rebase: {games} interleavings, no typed mark lost, none made twice; {merged} merged;\n"
        f"of {apart} that touched different lines {100 * went / apart:.2f} % went through\n"
    )


def _land(games: int) -> None:
    loop = Clockwork()
    said: Counter[str] = Counter()
    apart = went = 0
    for seed in range(games):
        game = landing.play(seed, loop)
        apart += game.apart
        went += game.apart and game.went
        said["".join(each for each in game.said if not each.isdigit()) or "went in"] += 1
    loop.close()
    sys.stdout.write(
        f"landing: {games} interleavings, no typed mark lost, none made twice, nothing left of what was refused, unless the sentence says so;\n"
        f"of {apart} that touched different lines, in editors that keep to the protocol, {100 * went / apart:.2f} % went in\n"
    )
    for sentence, count in said.most_common():
        sys.stdout.write(f"  {count:7} {sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
