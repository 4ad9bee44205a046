"""The real program with one part of its redaction broken: what is run instead of ``-m grok_ls``, and a scanner that hangs in mid-text."""

from __future__ import annotations

# Plain words of the user's: not a secret, so nothing but care keeps them out of a log.
MARK = "zanzibar_quarterly_plan"
TEXT = f'"""A small module."""\n\n\ndef {MARK}(width, height):\n    return width + height\n'

_START = """
import sys
from threading import Event
from grok_ls.engine import ask
from grok_ls.redaction import redact
from grok_ls.redaction.span import Found
from grok_ls.scanner.process import ScannerProcess

class Panic(BaseException):
    pass

def broken_off(text):
    yield Found(0, 4, "TOKEN")
    raise MemoryError(text)

def fails(error):
    def detector(text):
        if MARK in text:
            raise error("cannot read " + text)
        return []
    return detector

def hangs(text):
    if MARK in text:
        Event().wait()
    return []

def scanner(answer):
    ScannerProcess.__call__ = lambda self, text: answer(text)

def layer(answer):
    redact.find_shapes = answer

"""
_END = """
from grok_ls.__main__ import main
raise SystemExit(main())
"""

FAULTS = {
    "a detector raises": "scanner(fails(OSError))",
    "a detector runs out of memory": "scanner(fails(MemoryError))",
    "a detector recurses without end": "scanner(fails(RecursionError))",
    "a library below panics": "scanner(fails(Panic))",
    "a detector wants to exit": "scanner(fails(SystemExit))",
    "a detector is interrupted": "scanner(fails(KeyboardInterrupt))",
    "a detector ends in the middle": "scanner(broken_off)",
    "a detector hangs": "ask.REDACTION_S = 1.0; scanner(hangs)",
    "a place outside of the text": "scanner(lambda text: [Found(0, len(text) + 1, 'TOKEN')])",
    "a place before the text": "scanner(lambda text: [Found(-3, 4, 'TOKEN')])",
    "a place that ends before it begins": "scanner(lambda text: [Found(9, 3, 'TOKEN')])",
    "a kind that is none": "scanner(lambda text: [Found(0, 8, 'WHATEVER')])",
    "places in words": "scanner(lambda text: [Found('0', '8', 'TOKEN')])",
    "places in fractions": "scanner(lambda text: [Found(0.0, 8.0, 'TOKEN')])",
    "words instead of places": "scanner(lambda text: ['TOKEN'])",
    "nothing instead of a list": "scanner(lambda text: None)",
    "an own layer raises": "layer(fails(ValueError))",
    "an own layer hangs": "ask.REDACTION_S = 1.0; layer(hangs)",
}
HANGING = tuple(name for name in FAULTS if "hangs" in name)
OVERLAPPING = "scanner(lambda text: [Found(at, min(len(text), at + 9), 'TOKEN') for at in range(0, len(text), 5)])"


def program(fault: str) -> tuple[str, ...]:
    """Arguments of Python for the program with this fault."""
    return "-c", f"MARK = {MARK!r}\n{_START}\n{fault}\n{_END}"


# Says that its rules are ready, takes a text, and then does nothing more.
_CHILD = """
import os, sys, time
folder = sys.argv[1]
sys.stdout.write('""\\n'); sys.stdout.flush()
size = sys.stdin.buffer.readline()
sys.stdin.buffer.read(int(size))
with open(os.path.join(folder, "asking"), "w") as file: file.write(str(os.getpid()))
os.replace(os.path.join(folder, "asking"), os.path.join(folder, "asked"))
time.sleep(600)
"""


def hanging_scanner(folder: str) -> str:
    """A fault: the scanner's process takes a text and says nothing. Its number is in the file ``asked`` of ``folder`` then."""
    command = f"(sys.executable, '-c', {_CHILD!r}, {folder!r})"
    return f"ScannerProcess.__init__.__kwdefaults__['command'] = {command}"
