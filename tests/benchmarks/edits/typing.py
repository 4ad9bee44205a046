"""``python -m tests.benchmarks.edits.typing``: a hundred thousand times, the user types while the model thinks."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path

_MODEL = Path(__file__).parents[2] / "edits" / "test_typing_model.py"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--games", type=int, default=100_000)
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("typing_model", _MODEL)
    assert spec is not None
    assert spec.loader is not None
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    apart = went = merged = 0
    for seed in range(options.games):
        different, through = model.play(seed)
        apart += different
        went += different and through
        merged += through
    sys.stdout.write(
        f"{options.games} interleavings, no typed mark lost, none made twice; {merged} merged;\n"
        f"of {apart} that touched different lines {100 * went / apart:.2f} % went through\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
