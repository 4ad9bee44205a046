"""``grok-ls doctor``: is everything in place, and what is the next step where it is not. Prints no key and sends none."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from grok_ls import redact
from grok_ls.app import Composition
from grok_ls.budget import Ledger
from grok_ls.cli.colour import GREEN, RED, YELLOW, painted, wanted
from grok_ls.config import Layers, parse
from grok_ls.context.languages import LANGUAGES
from grok_ls.errors import GrokError
from grok_ls.observability import last_resort
from grok_ls.provider import catalogue, keys
from grok_ls.provider.endpoint import Endpoint
from grok_ls.redaction.probe import PROBES, failed_probes
from grok_ls.settings import Settings

Level = Literal["ok", "warning", "error"]
_REACH_S = 5.0
_EDITORS = (
    ("Neovim", "~/.config/nvim", ("lsp/grok_ls.lua", "init.lua", "init.vim")),
    ("VS Code", "~/.vscode/extensions", ("",)),
    ("Helix", "~/.config/helix", ("languages.toml",)),
    ("Emacs", "~/.emacs.d", ("init.el",)),
    ("Zed", "~/.config/zed", ("settings.json",)),
)


@dataclass(frozen=True, slots=True)
class Check:
    """One line. ``message`` says what was found and, unless it is ok, what to do next."""

    name: str
    level: Level
    message: str


def doctor(arguments: argparse.Namespace) -> int:
    """Exit code of ``grok-ls doctor``: 1 if any line is an error."""
    composition = Composition.from_process()
    checks = tuple(_checks(composition))
    found: dict[str, object] = {"ok": not _broken(checks), "checks": [asdict(check) for check in checks]}
    if not arguments.json:
        for check in checks:
            print(f"{_painted(check.level, composition)} {check.name}: {check.message}")
    if arguments.bundle:
        try:
            written = _bundle(Path(arguments.bundle), composition, checks)
        except GrokError as error:
            print(f"grok-ls: {error.message}", file=sys.stderr)
            return 1
        found["bundle"] = {"path": arguments.bundle, "files": written}
        if not arguments.json:
            print(f"\n{arguments.bundle} is for whoever helps you; read it before you send it. In it:")
            print("\n".join(f"  {name}" for name in written))
    if arguments.json:
        print(json.dumps(found))
    return 1 if _broken(checks) else 0


def _bundle(path: Path, composition: Composition, checks: tuple[Check, ...]) -> tuple[str, ...]:
    from grok_ls.cli.bundle import write_bundle

    settings, _ = parse(Layers(environment=composition.environment))
    return write_bundle(path, composition, settings, [asdict(check) for check in checks])


def _broken(checks: tuple[Check, ...]) -> bool:
    return any(check.level == "error" for check in checks)


def _painted(level: Level, composition: Composition) -> str:
    word = f"{level:7}"
    colour = {"ok": GREEN, "warning": YELLOW, "error": RED}[level]
    return painted(word, colour) if wanted(sys.stdout, composition.environment) else word


def _checks(composition: Composition) -> Iterator[Check]:
    settings, problems = parse(Layers(environment=composition.environment))
    for problem in problems:
        yield Check("settings", "warning", problem.message)
    endpoint = Endpoint(
        settings.base_url, settings.api, composition.environment.get(settings.api_key_env), settings.api_key_env
    )
    yield _key(endpoint)
    yield _reachable(settings)
    yield _model(settings)
    yield _grammars()
    yield _redaction()
    yield last_resort.run(_storage(composition, settings))
    yield from _editors()


def _key(endpoint: Endpoint) -> Check:
    try:
        key = keys.check(endpoint)
    except GrokError as error:
        return Check("key", "error", error.message)
    if key.warnings:
        return Check("key", "warning", key.warnings[0])
    if key.value == keys.DUMMY:
        return Check("key", "ok", f"{endpoint.name} is on this machine and needs none.")
    return Check("key", "ok", f"{endpoint.key_env} is set and has the form of a key ({len(key.value)} characters).")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def _reachable(settings: Settings) -> Check:
    """Any answer will do, also one that asks for the key: none is sent."""
    url = f"{settings.base_url}/models"
    try:
        opener = urllib.request.build_opener(_NoRedirect())
        with opener.open(url, timeout=_REACH_S) as answer:
            status = answer.status
    except urllib.error.HTTPError as error:
        with error:
            status = error.code
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        return Check(
            "endpoint",
            "error",
            f"{settings.base_url} does not answer ({reason}); check the network, HTTPS_PROXY and grok.baseUrl.",
        )
    if status >= 500:
        return Check(
            "endpoint", "warning", f"{settings.base_url} answers with {status}; try again later, see status.x.ai."
        )
    return Check("endpoint", "ok", f"{settings.base_url} answers.")


def _model(settings: Settings) -> Check:
    retired = catalogue.retired(settings.model)
    if retired is not None:
        served = catalogue.find(settings.model)
        now = f"{served.slug} answers ({catalogue.price_in_words(served)})" if served else "another model answers"
        return Check(
            "model",
            "warning",
            f"{settings.model} is a retired name that {now}; set grok.model to {catalogue.alternatives()}."
            f" Prices as of {catalogue.AS_OF}, {catalogue.SOURCE}.",
        )
    known = catalogue.find(settings.model)
    if known is None:
        return Check(
            "model", "warning", f"{settings.model} is not in the catalogue: tokens are counted, its price is unknown."
        )
    slow = settings.reasoning_effort is None and catalogue.hard_effort(settings.model) is not None
    advice = f" It thinks at effort {known.default_effort} for 20 to 40 s; set grok.reasoningEffort to {known.efforts[0]} for quick edits."
    return Check(
        "model",
        "warning" if slow else "ok",
        f"{settings.model}, {catalogue.price_in_words(known)} (as of {catalogue.AS_OF}).{advice if slow else ''}",
    )


def _grammars() -> Check:
    missing = []
    for language in LANGUAGES:
        try:
            importlib.import_module(language.module)
        except ImportError:
            missing.append(language.id)
    if missing:
        return Check(
            "grammars",
            "warning",
            f"{len(missing)} languages work by lines, without a grammar: {', '.join(sorted(missing))}.",
        )
    return Check("grammars", "ok", f"{len(LANGUAGES)} languages.")


def _redaction() -> Check:
    try:
        failed = failed_probes(redact)
    except Exception as error:
        return Check(
            "redaction",
            "error",
            f"The self-test failed ({type(error).__name__}), so nothing will be sent; reinstall grok-ls.",
        )
    if failed:
        return Check(
            "redaction",
            "error",
            f"The self-test let through: {', '.join(failed)}; do not use this installation, reinstall grok-ls.",
        )
    return Check("redaction", "ok", f"{len(PROBES)} planted secrets, one for each layer, were replaced and restored.")


async def _storage(composition: Composition, settings: Settings) -> Check:
    ledger = Ledger(composition.store(settings))
    try:
        spent = await ledger.today_usd()
    finally:
        await ledger.aclose()
        await composition.aclose()
    problems = composition.take_problems()
    if problems:
        return Check("storage", "warning", problems[0])
    where = (
        str(_short(composition.data_dir))
        if settings.storage == "sqlite"
        else settings.storage.partition("@")[2] or settings.storage
    )
    return Check("storage", "ok", f"{where}; ${spent:.4f} spent today.")


def _short(path: Path) -> Path:
    home = Path.home()
    return Path("~") / path.relative_to(home) if path.is_relative_to(home) else path


def _editors() -> Iterator[Check]:
    found = []
    for name, folder, files in _EDITORS:
        base = Path(folder).expanduser()
        if any((base / file).exists() for file in files):
            found.append(name)
    if found:
        yield Check("editors", "ok", f"configurations found of {', '.join(found)}.")
    else:
        yield Check(
            "editors", "warning", "no editor configuration found; docs/editors/ has one to copy for each editor."
        )
