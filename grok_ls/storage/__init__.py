"""Where counts, usage records and cached answers are kept. ``open_store`` is the way in; adapters load on first use."""

from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, Settled, Store, StoreFailed
from grok_ls.storage.open import open_store

__all__ = ["Charge", "Claim", "Denied", "Hold", "Level", "Row", "Settled", "Store", "StoreFailed", "open_store"]
