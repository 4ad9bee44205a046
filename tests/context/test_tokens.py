"""The estimate of tokens: what is known of its size, and that no text is a burden."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grok_ls.context.tokens import weighed

# Counted with the tokenizer of Qwen2.5, which gives a digit a token of its own.
COUNTED = [
    ("def mean(values):\n    return sum(values) / len(values)\n", 13),
    ("for (const item of items) {\n  total += item.price * item.count;\n}\n", 18),
    ('if err != nil {\n\treturn nil, fmt.Errorf("open %s: %w", path, err)\n}\n', 23),
    ("0123456789" * 20, 200),
    ('{\n  "name": "grok-ls",\n  "private": true\n}\n', 18),
    ("    # Häufigkeit aller Wörter\n    for wort in text.split():\n        anzahl[wort] += 1\n", 28),
]


@pytest.mark.parametrize(("text", "tokens"), COUNTED)
def test_a_text_is_about_as_long_as_the_tokenizer_says(text: str, tokens: int) -> None:
    found = weighed(text)
    assert found.likely == pytest.approx(tokens, rel=0.2 if not found.digits else 0.35)
    assert found.most >= tokens


@given(st.text(max_size=300), st.text(max_size=300))
def test_what_is_likely_is_never_more_than_what_is_most(one: str, other: str) -> None:
    found = weighed(one)
    assert 0 <= found.digits <= found.likely <= found.most
    together = weighed(f"{one}\n{other}").most
    assert together <= found.most + weighed(other).most + 10


@given(
    st.text(alphabet=st.sampled_from(" \n\t\r"), max_size=2000)
    | st.text(alphabet=st.sampled_from("\ud800é中a_"), max_size=400)
)
def test_no_text_is_too_odd(text: str) -> None:
    found = weighed(text)
    assert found.likely <= found.most
    assert (found.most > 0) is bool(text)


@pytest.mark.parametrize("unit", [" ", "\n", " \n", "a", "+ ", "aB", "é", "=-"])
def test_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    def taken(size: int) -> float:
        text = unit * (size // len(unit))
        times = []
        for _ in range(3):
            started = time.thread_time()
            weighed(text)
            times.append(time.thread_time() - started)
        return min(times)

    # Twenty times as much text: 400 times the work if it grew with the square. Of this thread alone, however busy the machine is.
    assert taken(200_000) < 150 * max(taken(10_000), 0.0005)
