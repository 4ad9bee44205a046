"""The garbage collector beside imports: what dies young is freed, the rest is left alone, and afterwards all is as usual."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from threading import Event, Thread

import pytest

from grok_ls import app, collector
from grok_ls.loading import LOADING
from grok_ls.provider import rehearsal

USUAL = gc.get_threshold()


class Knot:
    """Only a collection frees it."""

    def __init__(self) -> None:
        self.self = self


@pytest.fixture
def as_before() -> Iterator[None]:
    yield
    gc.set_threshold(*USUAL)
    gc.unfreeze()


@pytest.mark.usefixtures("as_before")
def test_while_loading_only_what_is_new_is_looked_at() -> None:
    gc.collect()
    old = Knot()
    gc.collect()
    seen = weakref.ref(old)
    del old
    collector.loading()
    young = [weakref.ref(Knot()) for _ in range(10_000)]
    assert sum(each() is not None for each in young) < 2_000
    assert seen() is not None


@pytest.mark.usefixtures("as_before")
def test_what_was_loaded_is_never_looked_at_again() -> None:
    collector.loading()
    loaded = Knot()
    collector.loaded()
    assert gc.get_threshold() == USUAL
    assert gc.get_freeze_count() > 1_000
    later = Knot()
    seen = weakref.ref(loaded), weakref.ref(later)
    del loaded, later
    gc.collect()
    assert (seen[0]() is None, seen[1]() is None) == (False, True)


@pytest.mark.usefixtures("as_before")
def test_without_a_beginning_there_is_no_end() -> None:
    """Each connection says that loading is over: what the others left behind is still collected."""
    collector.loaded()
    assert gc.get_freeze_count() == 0


@pytest.mark.usefixtures("as_before")
def test_a_job_that_comes_while_the_start_still_loads_leaves_its_own_alone_too(monkeypatch: pytest.MonkeyPatch) -> None:
    thresholds: list[tuple[int, int, int]] = []

    def rehearse() -> None:
        with LOADING:
            thresholds.append(gc.get_threshold())

    monkeypatch.setattr(rehearsal, "rehearse", rehearse)
    running = Event()

    def job() -> None:
        running.set()
        app._warm.__wrapped__()

    with LOADING:
        collector.loading()
        thread = Thread(target=job)
        thread.start()
        running.wait()
        # Time for it to come as far as it gets.
        thread.join(0.2)
        collector.loaded()
        gc.unfreeze()
    thread.join()
    assert thresholds[0][1:] != USUAL[1:]
    assert gc.get_freeze_count() > 1_000
