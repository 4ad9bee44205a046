"""A fake xAI endpoint on loopback: real sockets, real SSE, scripted answers and faults. See README.md next to this
file."""

from tests.fake_xai.reply import Cut, Fee, Gate, Hold, Reply, Responder, answer, failure, plain
from tests.fake_xai.server import FakeXai, Recorded
from tests.fake_xai.threaded import FakeXaiThread

__all__ = [
    "Cut",
    "FakeXai",
    "FakeXaiThread",
    "Fee",
    "Gate",
    "Hold",
    "Recorded",
    "Reply",
    "Responder",
    "answer",
    "failure",
    "plain",
]
