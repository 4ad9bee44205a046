"""What only SQLite does: several processes, a file that can be in any state, a thread of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from grok_ls.storage.base import Charge, Claim, Denied, Hold, Level, Row, StoreFailed
from grok_ls.storage.sqlite import FILE_NAME, SqliteStore

PYTHON = Path(sys.executable)


def hold(id_: str, *claims: Claim) -> Hold:
    now = time.time()
    return Hold(id_, claims, now, now + 600, Row(id_, now, "{}"))


def file_in(folder: Path) -> Path:
    return folder / FILE_NAME


async def failure(store: SqliteStore) -> StoreFailed:
    with pytest.raises(StoreFailed) as caught:
        await store.put("a", "x" * 20_000)
    await store.aclose()
    return caught.value


def test_nothing_is_opened_or_imported_before_the_first_use(tmp_path: Path) -> None:
    script = (
        "import sys, pathlib; from grok_ls.storage import open_store; "
        f"store = open_store('sqlite', pathlib.Path({str(tmp_path)!r}), print); "
        "sys.exit('sqlite3' in sys.modules or 'redis' in sys.modules)"
    )
    assert subprocess.run([PYTHON, "-c", script], check=False).returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
async def test_files_are_the_users_alone(tmp_path: Path) -> None:
    path = file_in(tmp_path / "data")
    path.parent.mkdir(parents=True, mode=0o755)
    path.touch(0o644)
    store = SqliteStore(path)
    await store.put("a", "b")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert modes
    assert set(modes.values()) == {0o600}
    await store.aclose()


async def test_contents_outlive_the_process(tmp_path: Path) -> None:
    first = SqliteStore(file_in(tmp_path))
    made = hold("h", Claim("a", 10, 100))
    await first.reserve(made)
    await first.settle(made, [Charge("a", 7)], Row("h", 1.0, "{}"))
    await first.reserve(hold("open", Claim("a", 10, 100)))
    await first.aclose()
    second = SqliteStore(file_in(tmp_path))
    assert await second.levels(["a"]) == (Level("a", 7, 10),)
    await second.aclose()


async def test_store_can_be_used_again_after_closing(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))
    await store.aclose()
    await store.put("a", "b")
    await store.aclose()
    await store.aclose()
    assert await store.get("a") == "b"
    await store.aclose()


async def test_locked_file_fails_after_the_busy_time(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path), busy_s=0.05)
    await store.put("a", "b")
    other = sqlite3.connect(file_in(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert await store.get("a") == "b", "readers do not wait for the writer"
    with pytest.raises(StoreFailed, match="Another program holds the lock") as caught:
        await store.put("a", "c")
    assert caught.value.kind == "locked"
    other.execute("ROLLBACK")
    other.close()
    await store.put("a", "c")
    assert await store.get("a") == "c"
    await store.aclose()


async def test_full_disk_is_named_and_the_old_contents_stay(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))
    await store.put("kept", "b")
    # SQLite's own limit on the number of pages gives the same error as a disk with no space left.
    await store._submit(lambda: store._connect().execute("PRAGMA max_page_count = 1").fetchone())
    with pytest.raises(StoreFailed, match=r"is full$") as caught:
        await store.put("a", "x" * 100_000)
    assert caught.value.kind == "full"
    assert await store.get("kept") == "b"
    await store.aclose()


@pytest.mark.parametrize("contents", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4000])
async def test_damaged_file_is_named_and_purge_starts_a_new_one(tmp_path: Path, contents: bytes) -> None:
    path = file_in(tmp_path)
    path.parent.mkdir()
    path.write_bytes(contents)
    store = SqliteStore(path)
    with pytest.raises(StoreFailed, match=r"is damaged.*purge") as caught:
        await store.put("a", "b")
    assert caught.value.kind == "corrupt"
    await store.purge()
    await store.put("a", "b")
    assert await store.get("a") == "b"
    await store.aclose()


async def test_page_damaged_while_open_is_named(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    store = SqliteStore(path)
    for number in range(50):
        await store.put(f"key {number}", "x" * 5000)
    await store.aclose()
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    assert (await failure(SqliteStore(path))).kind == "corrupt"


async def test_foreign_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 1")
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    assert (await failure(SqliteStore(path))).kind == "broken"


async def test_file_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    store = SqliteStore(path)
    await store.put("a", "b")
    await store._submit(lambda: store._connect().execute("PRAGMA user_version = 99").fetchone())
    await store.aclose()
    before = path.read_bytes()
    assert "newer grok-ls" in str(await failure(SqliteStore(path)))
    assert path.read_bytes() == before


async def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert (await failure(SqliteStore(tmp_path / "file" / FILE_NAME))).kind == "read-only"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a file system that nobody can write, not even root")
async def test_read_only_file_system_is_named() -> None:
    assert (await failure(SqliteStore(Path("/proc/grok-ls") / FILE_NAME))).kind == "read-only"


async def test_read_only_database_is_named(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))
    await store.put("a", "b")
    await store._submit(lambda: store._connect().execute("PRAGMA query_only = ON").fetchone())
    failed = await failure(store)
    assert (failed.kind, str(failed)) == ("read-only", f"{file_in(tmp_path)} cannot be written")


async def test_disk_that_hangs_is_given_up(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path), answer_s=0.1)
    release = threading.Event()
    hanging = asyncio.create_task(store._submit(release.wait))
    await asyncio.sleep(0)
    with pytest.raises(StoreFailed, match=r"did not answer in 0\.1 s") as caught:
        await store.put("a", "b")
    assert caught.value.kind == "timeout"
    await asyncio.gather(hanging, return_exceptions=True)
    release.set()
    store._answer_s = 8.0
    await SqliteStore.aclose(store)


async def test_cancelled_write_is_done_and_blocks_nobody(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))
    go = threading.Event()
    blocker = asyncio.create_task(store._submit(go.wait))
    await asyncio.sleep(0)
    tasks = [asyncio.create_task(store.put(f"key {number}", "v")) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert all(task.cancelled() for task in tasks)
    go.set()
    await blocker
    assert [await store.get(f"key {number}") for number in range(20)] == ["v"] * 20
    await store.aclose()


async def test_store_serves_one_event_loop_after_another(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))

    def elsewhere() -> None:
        asyncio.run(store.put("a", "b"))

    await asyncio.to_thread(elsewhere)
    assert await store.get("a") == "b"
    await store.aclose()


SPENDER = """
import asyncio, pathlib, sys, time
from grok_ls.storage.base import Charge, Claim, Denied, Hold, Row
from grok_ls.storage.sqlite import SqliteStore

async def main(path, name, count):
    store = SqliteStore(pathlib.Path(path), busy_s=20, answer_s=30)
    got = 0
    for number in range(int(count)):
        now = time.time()
        hold = Hold(f"{name}-{number}", (Claim("a", 10, 1000),), now, now + 600, Row(f"{name}-{number}", now, "{}"))
        if not isinstance(await store.reserve(hold), Denied):
            await store.settle(hold, [Charge("a", 10)], Row(hold.id, now, "{}"))
            got += 1
    await store.aclose()
    print(got)

asyncio.run(main(*sys.argv[1:]))
"""


def start(script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([PYTHON, "-c", script, *arguments], stdout=subprocess.PIPE)


async def test_processes_that_start_at_once_share_one_ceiling(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    spenders = [start(SPENDER, str(path), f"p{number}", "60") for number in range(4)]
    got = [int(spender.communicate(timeout=60)[0]) for spender in spenders]
    assert sum(got) == 100
    store = SqliteStore(path)
    assert await store.levels(["a"]) == (Level("a", 1000, 0),)
    assert len(await store.rows(0)) == 100
    assert isinstance(await store.reserve(hold("one more", Claim("a", 1, 1000))), Denied)
    await store.aclose()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
async def test_killed_process_leaves_a_sound_file_and_its_hold(tmp_path: Path) -> None:
    script = SPENDER.replace("await store.settle(", "print('held', flush=True); time.sleep(60); await store.settle(")
    path = file_in(tmp_path)
    victim = start(script, str(path), "victim", "1")
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"held\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stdout.close()
    store = SqliteStore(path, now=lambda: time.time() + 601)
    assert await store.levels(["a"]) == (Level("a", 10, 0),)
    assert [row.id for row in await store.rows(0)] == ["victim-0"]
    await store.aclose()


@pytest.mark.skipif(os.name != "posix", reason="open files cannot be deleted elsewhere")
async def test_deleted_or_replaced_file_is_opened_anew(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    store, other = SqliteStore(path), SqliteStore(path)
    await store.put("a", "b")
    shutil.rmtree(path.parent)
    await store.put("a", "c")
    assert await other.get("a") == "c"
    await store.aclose()
    await other.aclose()


async def test_trouble_that_is_over_is_over_for_this_store_too(tmp_path: Path) -> None:
    path = file_in(tmp_path)
    store = SqliteStore(path)
    await store.put("a", "b")
    await store._submit(lambda: store._connect().execute("PRAGMA query_only = ON").fetchone())
    with pytest.raises(StoreFailed):
        await store.put("a", "c")
    await store.put("a", "d")
    assert await store.get("a") == "d"
    await store.aclose()


async def test_purge_by_one_process_is_seen_by_another_that_goes_on(tmp_path: Path) -> None:
    store, other = SqliteStore(file_in(tmp_path)), SqliteStore(file_in(tmp_path))
    made = hold("h", Claim("a", 10, 100))
    await store.reserve(made)
    await other.purge()
    await store.settle(made, [Charge("a", 7)], Row("h", 1.0, "{}"))
    assert await other.levels(["a"]) == (Level("a", 7, 0),)
    await store.aclose()
    await other.aclose()


async def test_purge_leaves_no_word_on_the_disk(tmp_path: Path) -> None:
    store = SqliteStore(file_in(tmp_path))
    await store.put("a", "a very peculiar word")
    await store.append(Row("r", 1.0, "a very peculiar word"))
    await store.purge()
    for file in file_in(tmp_path).parent.iterdir():
        assert b"peculiar" not in file.read_bytes()
    await store.aclose()
