"""Sums of usage."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grok_ls.usage import Usage, added

counts = st.none() | st.integers(0, 10**6)
usages = st.none() | st.builds(Usage, counts, counts, counts, counts, st.none() | st.floats(0, 9), st.booleans())


@given(usages, usages)
def test_adding_never_loses_tokens(one: Usage | None, other: Usage | None) -> None:
    total = added(one, other)
    assert (total.billed_tokens if total else 0) == sum(usage.billed_tokens for usage in (one, other) if usage)
