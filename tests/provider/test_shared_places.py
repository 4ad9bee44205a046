"""Places of a team: a ceiling for everybody's requests, and each process's own pace for its own."""

from __future__ import annotations

from contextlib import AsyncExitStack

from grok_ls.provider.limits import LocalPlaces, SharedPlaces


async def test_a_process_that_has_just_started_gets_a_place_while_others_are_busy() -> None:
    team = LocalPlaces("host")
    busy, newcomer = (SharedPlaces(team, LocalPlaces("host"), at_once=20) for _ in range(2))
    async with AsyncExitStack() as held:
        for _ in range(10):
            await held.enter_async_context(busy.place(at_once=lambda: 15, per_minute=0))
        said: list[str] = []
        async with newcomer.place(at_once=lambda: 1, per_minute=0, on_wait=said.append):
            assert not said


async def test_everybody_together_keeps_to_the_ceiling() -> None:
    team = LocalPlaces("host")
    processes = [SharedPlaces(team, LocalPlaces("host"), at_once=2) for _ in range(3)]
    said: list[str] = []

    def stop(words: str) -> None:
        said.append(words)
        raise InterruptedError

    async with AsyncExitStack() as held:
        for process in processes[:2]:
            await held.enter_async_context(process.place(at_once=lambda: 5, per_minute=0))
        try:
            async with processes[2].place(at_once=lambda: 5, per_minute=0, on_wait=stop):
                raise AssertionError("a third place")
        except InterruptedError:
            pass
    assert said == ["Other requests to host are running (grok.concurrency, at most 2 now)."]
    async with processes[2].place(at_once=lambda: 1, per_minute=0):
        pass
