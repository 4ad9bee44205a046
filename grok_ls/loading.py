"""One thread at a time loads libraries.

Python locks a module before the package around it. ``importlib.metadata``, which openai needs, asks for ``importlib.resources.abc`` and so
for the package around that; every grammar asks for that package, and so for ``importlib.resources.abc``. Where two threads do so at once,
each waits for the other, and Python ends one of the imports with an error.
"""

from __future__ import annotations

from threading import RLock
from typing import Final

LOADING: Final = RLock()
"""Held by whoever imports a library late, when other threads may do so too. No module takes it at its top level: it would hold its own lock
and wait for this one, while another thread does it the other way round.
"""
