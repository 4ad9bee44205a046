"""Libraries that several threads load (``grok_ls/loading.py``)."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The libraries that each thread imports while it does not hold the lock.
WATCH = """
import sys, threading
from grok_ls.loading import LOADING

class Watch:
    def find_spec(self, name, path=None, target=None):
        ours = threading.current_thread() is threading.main_thread() or LOADING._is_owned()
        # A module of Python that stands alone waits for no other.
        alone = name.split(".")[0] in sys.stdlib_module_names - {"importlib"}
        if not ours and not alone and not name.startswith("grok_ls"):
            free.append(name)

free, failed = [], []
threading.excepthook = lambda told: failed.append(repr(told.exc_value))
sys.meta_path.insert(0, Watch())

def loaded(*works):
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return sorted(free) + failed
"""
GRAMMARS = "[lambda each=each: grammar_of(each) for each in LANGUAGES]"


def printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("imports", "works"),
    [
        (
            "from grok_ls.context.grammar import grammar_of\nfrom grok_ls.context.languages import LANGUAGES\n"
            "from grok_ls.provider.rehearsal import rehearse",
            f"rehearse, *{GRAMMARS}",
        ),
        ("from grok_ls.storage.redis import _client", "lambda: _client('redis://127.0.0.1:1', 1)"),
        ("from grok_ls.server.handlers.configuration import _load", "_load, _load"),
        (
            "from grok_ls.observability.start import _crashes, _metrics, _traces",
            "lambda: _metrics(0, None, []).close(),"
            "lambda: _traces({'OTEL_EXPORTER_OTLP_ENDPOINT': 'http://127.0.0.1:1'}, '1', []).close(),"
            "lambda: _crashes({'GROK_LS_SENTRY_DSN': 'http://a@127.0.0.1:1/1'}, '1', str).close()",
        ),
    ],
)
def test_a_thread_loads_libraries_while_no_other_does(imports: str, works: str) -> None:
    assert printed(f"{WATCH}\n{imports}\nprint(loaded({works}))") == "[]"


def test_no_grammar_is_lost_where_the_client_of_the_model_is_loaded_beside_it() -> None:
    """A module of ``importlib.resources`` and that package asked for at once: seen with Python 3.11."""
    code = """
import threading
from importlib import _bootstrap

there, taken = threading.Event(), threading.Event()
acquire = _bootstrap._ModuleLock.acquire

def slow(lock):
    package, thread = lock.name == "importlib.resources", threading.current_thread().name
    if package and thread == "client":
        # It holds the module. It goes on when the other thread has begun with the package, or after a while if that may not.
        there.set()
        taken.wait(1)
    got = acquire(lock)
    if package and thread == "grammar":
        taken.set()
    return got

_bootstrap._ModuleLock.acquire = slow

from grok_ls.context.grammar import grammar_of
from grok_ls.context.languages import LANGUAGES
from grok_ls.provider.rehearsal import rehearse

failed = []
threading.excepthook = lambda told: failed.append(repr(told.exc_value))
grammar = threading.Thread(target=grammar_of, args=[LANGUAGES[0]], name="grammar")
client = threading.Thread(target=rehearse, name="client")
client.start()
there.wait(60)
grammar.start()
grammar.join()
client.join()
print(failed)
"""
    assert printed(code) == "[]"
