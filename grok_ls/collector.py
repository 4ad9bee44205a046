"""Python's garbage collector, out of the way of imports.

What is imported stays, but while it grows the collector walks through all of it again and again: a sixth of the time until ``initialize``
is answered, and later the event loop held up for 30 ms and more (``docs/performance.md``). What dies young is freed all the same.
"""

from __future__ import annotations

import gc
from typing import Final

_USUAL: Final = gc.get_threshold()
_NEVER: Final = 1_000_000


def loading() -> None:
    """Until ``loaded``, look only at what is new."""
    gc.set_threshold(_USUAL[0], _NEVER, _NEVER)


def loaded() -> None:
    """From here on collect as usual, but never again what is there by now. Does nothing unless ``loading`` came before."""
    if gc.get_threshold() != _USUAL:
        gc.freeze()
        gc.set_threshold(*_USUAL)
