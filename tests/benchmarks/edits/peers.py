"""Other tools that apply a model's edits, behind one function each: document and answer in, new document or None out.

Each gets what it is made for: the bare diff out of its fence for the diff tools. Errors of theirs are refusals. ``GIT`` and
``patch`` are programs; the others are packages in the folder of ``--peers`` (``pip install --no-deps --target FOLDER aider-chat
diff-match-patch whatthepatch tqdm``).
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol


class Case(Protocol):
    """What a peer may see of a case of any corpus."""

    @property
    def kind(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def answer(self) -> str: ...


Peer = Callable[[Case], str | None]
_FENCE = re.compile(r"```\w*\r?\n(.*?)\r?\n?```", re.DOTALL)


def peers(folder: Path | None) -> dict[str, Peer]:
    """The peers that are installed here, by name."""
    programs: dict[str, Peer] = {"git apply --recount": _git, "patch --fuzz=3": _patch}
    found = {name: run for name, run in programs.items() if shutil.which(name.split()[0])}
    if folder is None:
        return found
    sys.path.insert(0, str(folder))
    for name, make in (
        ("aider udiff / blocks", _aider),
        ("diff-match-patch", _match_patch),
        ("whatthepatch", _whatthepatch),
    ):
        try:
            found[name] = make(folder)
        except ImportError as error:
            sys.stderr.write(f"{name} is not installed: {error}\n")
    return found


def is_for_diffs(case: Case) -> bool:
    return "<<<<<<<" not in case.answer and not case.kind.startswith("rewritten")


def _body(case: Case) -> str:
    match = _FENCE.search(case.answer)
    return (match[1] if match else case.answer) + "\n"


def _in_folder(case: Case, command: list[str]) -> str | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, case.path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(case.text, encoding="utf-8", newline="")
        Path(folder, "answer.diff").write_text(_body(case), encoding="utf-8", newline="")
        environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": folder}
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=20, check=False, env=environment)
        except subprocess.TimeoutExpired:
            return None
        if done.returncode or not file.exists():
            return None
        return file.read_bytes().decode("utf-8", "replace")


def _git(case: Case) -> str | None:
    return _in_folder(case, ["git", "apply", "--recount", "answer.diff"])


def _patch(case: Case) -> str | None:
    return _in_folder(case, ["patch", "--batch", "--forward", "--silent", "--fuzz=3", case.path, "answer.diff"])


def _aider(folder: Path) -> Peer:
    def package(name: str, path: str, **values: Any) -> None:
        module = types.ModuleType(name)
        module.__path__ = [path]
        vars(module).update(values)
        sys.modules[name] = module

    # Its appliers stand in files that also import the whole chat: empty stand-ins for that.
    package("aider", str(folder / "aider"))
    package("aider.coders", str(folder / "aider" / "coders"))
    package("aider.utils", "", GitTemporaryDirectory=None)
    package("aider.dump", "", dump=print)
    package("aider.coders.base_coder", "", Coder=object)
    sys.modules["aider"].utils = sys.modules["aider.utils"]  # type: ignore[attr-defined]
    udiff = importlib.import_module("aider.coders.udiff_coder")
    blocks = importlib.import_module("aider.coders.editblock_coder")

    def by_diff(case: Case) -> str | None:
        content: str | None = case.text
        for _, hunk in udiff.find_diffs(case.answer if "```" in case.answer else f"```diff\n{case.answer}\n```\n"):
            normal = udiff.normalize_hunk(hunk)
            if normal:
                content = udiff.do_replace(case.path, content, normal) if content else None
        return content

    def by_blocks(case: Case) -> str | None:
        content: str | None = case.text
        for path, before, after in blocks.find_original_update_blocks(case.answer, ("```", "```"), [case.path]):
            if path is not None:
                content = blocks.do_replace(__file__, content, before, after, ("```", "```")) if content else None
        return content

    def run(case: Case) -> str | None:
        try:
            content = by_diff(case) if is_for_diffs(case) else by_blocks(case)
        except Exception:
            return None
        return None if content == case.text else content

    return run


def _match_patch(_: Path) -> Peer:
    module = importlib.import_module("diff_match_patch")

    def run(case: Case) -> str | None:
        engine = module.diff_match_patch()
        text = case.text
        for hunk in re.split(r"(?m)^@@.*\n", _body(case))[1:]:
            lines = hunk.split("\n")[:-1]
            old = "".join(line[1:] + "\n" for line in lines if line[:1] in {" ", "-"})
            new = "".join(line[1:] + "\n" for line in lines if line[:1] in {" ", "+"})
            patches = engine.patch_make(old, new)
            start = text.find(old)
            for patch in patches:
                patch.start1 += max(start, 0)
                patch.start2 += max(start, 0)
            text, went = engine.patch_apply(patches, text)
            if not all(went):
                return None
        return None if text == case.text else text

    return run


def _whatthepatch(_: Path) -> Peer:
    module = importlib.import_module("whatthepatch")

    def run(case: Case) -> str | None:
        try:
            text = case.text
            for diff in module.parse_patch(_body(case)):
                text = "\n".join(module.apply_diff(diff, text)) + "\n"
        except Exception:
            return None
        return None if text == case.text else text

    return run
