from hypothesis import given
from hypothesis import strategies as st

from grok_ls.index.words import has_word, words_filter

WORDS = st.from_regex(r"[^\W\d]\w{2,12}", fullmatch=True)


@given(st.sets(WORDS, max_size=50))
def test_every_word_of_a_text_is_found(words: set[str]) -> None:
    found = words_filter(" ".join(sorted(words)))
    assert all(has_word(found, word) for word in words)


def test_other_words_are_hardly_ever_found() -> None:
    found = words_filter(" ".join(f"name_{number}" for number in range(1000)))
    assert len(found) == 2000
    assert sum(has_word(found, f"other_{number}") for number in range(10_000)) < 50


def test_a_text_without_words_and_one_that_is_data_have_none() -> None:
    assert not has_word(words_filter("1 2 +"), "total")
    assert not has_word(words_filter(" ".join(f"w{number}" for number in range(30_000))), "w1")
