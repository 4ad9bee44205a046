"""What is said arrives whole and in order, however slowly it is taken, and nobody waits for a client that takes nothing."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import threading
from collections.abc import Iterator

import pytest

from grok_ls.server.outbox import CLOSE_S, LAG_BYTES, MOST_BYTES, PipeOutbox, StreamOutbox


class Pipe:
    """Both ends; the reading one is the test's to close."""

    def __init__(self) -> None:
        self.reader, self.writer = os.pipe()
        self.lost = threading.Event()

    def outbox(self, *, most_bytes: int = MOST_BYTES, close_s: float = CLOSE_S) -> PipeOutbox:
        return PipeOutbox(self.writer, self.lost.set, most_bytes=most_bytes, close_s=close_s)

    def read_all(self) -> bytes:
        """Until the other end is closed."""
        found = bytearray()
        while chunk := os.read(self.reader, 7919):
            found += chunk
        return bytes(found)

    def close_reader(self) -> None:
        reader, self.reader = self.reader, -1
        os.close(reader)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    if made.reader >= 0:
        made.close_reader()


def messages(seed: int) -> list[bytes]:
    dice = random.Random(seed)
    return [dice.randbytes(dice.choice([1, 100, 4095, 4096, 4097, 70_000, 300_000])) for _ in range(60)]


def test_a_short_message_is_there_at_once_and_needs_no_thread(pipe: Pipe) -> None:
    before = threading.active_count()
    out = pipe.outbox()
    out.write(b"x" * 10_000)
    assert os.read(pipe.reader, 20_000) == b"x" * 10_000
    assert threading.active_count() == before
    out.close()
    assert pipe.read_all() == b""


@pytest.mark.parametrize("seed", range(4))
def test_all_arrives_in_order_at_whatever_pace_it_is_read(pipe: Pipe, seed: int) -> None:
    said = messages(seed)
    out = pipe.outbox(close_s=60)
    found: list[bytes] = []
    reading = threading.Thread(target=lambda: found.append(pipe.read_all()))
    for number, data in enumerate(said):
        if number == 20:
            # Nobody read so far, and nobody waited for that.
            assert out.lags
            reading.start()
        out.write(data)
    out.close()
    reading.join(60)
    assert found == [b"".join(said)]
    assert not out.lags


@pytest.mark.parametrize("stuck", [False, True], ids=["at once", "while the thread writes"])
def test_a_client_that_is_gone_is_told_once_and_ends_nothing_with_an_error(pipe: Pipe, stuck: bool) -> None:
    out = pipe.outbox()
    if stuck:
        out.write(b"x" * 500_000)
    pipe.close_reader()
    if not stuck:
        out.write(b"x")
    assert pipe.lost.wait(60)
    out.write(b"more")
    out.close()


def test_a_client_that_takes_nothing_is_given_up_in_the_end(pipe: Pipe) -> None:
    out = pipe.outbox(most_bytes=1_000_000, close_s=0.01)
    for _ in range(8):
        out.write(b"x" * 100_000)
        assert not pipe.lost.is_set()
    for _ in range(4):
        out.write(b"x" * 100_000)
    assert pipe.lost.is_set()
    out.close()


def test_the_end_does_not_wait_without_end_for_a_client_that_takes_nothing(pipe: Pipe) -> None:
    out = pipe.outbox(close_s=0.01)
    out.write(b"x" * 500_000)
    out.close()
    assert not pipe.lost.is_set()


async def test_a_socket_lags_and_is_given_up_alike() -> None:
    here, there = socket.socketpair()
    _, writer = await asyncio.open_connection(sock=here)
    out = StreamOutbox(writer, most_bytes=1_000_000)
    out.write(b"x")
    assert not out.lags
    while not writer.is_closing():
        before = writer.transport.get_write_buffer_size()
        out.write(b"x" * 100_000)
        assert writer.is_closing() or out.lags == (writer.transport.get_write_buffer_size() > LAG_BYTES)
    assert before > LAG_BYTES
    out.write(b"for nobody")
    out.close()
    there.close()
