"""What holds for every text: found places are right, nothing else moves, order and line ends make no difference."""

import random
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from grok_ls.edits import Resolved, apply, resolve
from grok_ls.edits.elision import is_elision, is_placeholder
from grok_ls.text import Source

WORDS = st.sampled_from(
    [
        "alpha",
        "beta",
        "gamma",
        "x = 1",
        "return y",
        "}",
        "",
        "if a:",
        "漢字",
        "😀 e\u0301",
        "\f",
        "a\u2028b",
        "\ttab",
        "  two",
    ]
)
# Any characters but those that end a line, and lines that mean something in an edit.
ANY = st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20).filter(
    lambda line: not is_elision(line) and not is_placeholder(line)
)
TEXTS = st.lists(WORDS | ANY, min_size=6, max_size=40).map(
    lambda words: [f"{word}{n}" if word.strip() else word for n, word in enumerate(words)]
)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


def hunk(lines: list[str], at: int, removed: int, added: list[str]) -> str:
    before, after = lines[max(0, at - 3) : at], lines[at + removed : at + removed + 3]
    start = max(0, at - 3) + 1
    return "\n".join(
        [
            f"@@ -{start},{len(before) + removed + len(after)} +{start},{len(before) + len(added) + len(after)} @@",
            *(" " + line for line in before),
            *("-" + line for line in lines[at : at + removed]),
            *("+" + line for line in added),
            *(" " + line for line in after),
        ]
    )


@given(TEXTS, ENDS, st.booleans(), st.data())
def test_a_true_diff_is_applied_and_nothing_else_moves(
    lines: list[str], end: str, final: bool, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(lines) - 2))
    removed = data.draw(st.integers(0, 2))
    added = data.draw(st.lists(st.sampled_from(["new", "deep(1)", "漢"]), min_size=1, max_size=3))
    text = end.join(lines) + (end if final else "")
    expected = end.join([*lines[:at], *added, *lines[at + removed :]]) + (end if final else "")
    result = resolve(text, f"```diff\n{hunk(lines, at, removed, added)}\n```")
    if not isinstance(result, Resolved):
        # Only where the hunk's lines really stand in several places, or are all blank.
        old = lines[max(0, at - 3) : at + removed + 3]
        assert not "".join(old).strip() or (not final and not lines[-1]) or result.code == "ambiguous_edit", result
        return
    if final or lines[-1]:
        assert result.text == expected
    assert apply(text, result.edits) == result.text
    assert all(one.span.end < two.span.start for one, two in pairwise(result.edits))


@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_disjoint_hunks_does_not_matter(lines: list[str], rng: random.Random) -> None:
    lines = [f"{line} #{n}" for n, line in enumerate(lines)]
    spots = sorted(rng.sample(range(0, len(lines), 8), min(3, len(range(0, len(lines), 8)))))
    hunks = [hunk(lines, spot, 1, [f"new {spot}"]) for spot in spots]
    text = "\n".join(lines) + "\n"
    results = []
    for _ in range(3):
        rng.shuffle(hunks)
        result = resolve(text, "```diff\n" + "\n".join(hunks) + "\n```")
        assert isinstance(result, Resolved), result
        results.append(result.text)
    assert len(set(results)) == 1


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_answer_makes_it_fail(text: str, answer: str) -> None:
    for written in (
        answer,
        f"```diff\n{answer}\n```",
        f"<<<<<<< SEARCH\n{answer}\n=======\n{text}\n>>>>>>> REPLACE",
        f"```\n{answer}\n```",
    ):
        result = resolve(text, written)
        if isinstance(result, Resolved):
            assert apply(text, result.edits) == result.text


@settings(max_examples=300)
@example(["+b", " a", "-a", "-b"], ["", "a", "b"])
@given(
    st.lists(
        st.sampled_from([" a", "-a", "+b", " b", "-b", "", " ", "@@", "...", " ...", "a", "+", "-", "\\ No newline"]),
        max_size=12,
    ),
    st.lists(st.sampled_from(["a", "b", "", "...", "  a"]), max_size=10),
)
def test_no_diff_makes_it_fail(diff: list[str], lines: list[str]) -> None:
    for end in ("", "\n"):
        text = "\n".join(lines) + end
        result = resolve(text, "```diff\n" + "\n".join(diff) + "\n```")
        if isinstance(result, Resolved):
            assert apply(text, result.edits) == result.text


@given(
    st.text(alphabet=st.sampled_from("aé漢😀\u0301\r\n\f\u2028"), max_size=40),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_positions_of_edits_survive_the_round_trip(text: str, encoding: str) -> None:
    source = Source(text)
    for offset in range(len(text) + 1):
        line, character = source.position_of(offset, encoding)  # type: ignore[arg-type]
        back = source.offset_at(line, character, encoding)  # type: ignore[arg-type]
        assert back == offset or text[back:offset] in {"\r", "\n", "\r\n"}
