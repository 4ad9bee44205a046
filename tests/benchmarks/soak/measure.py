"""What a process holds: read from ``/proc``, so Linux alone."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sample:
    """After ``jobs`` jobs. ``tasks`` is known only where the server runs in this process; ``reserved`` are tokens."""

    jobs: int
    files: int
    sockets: int
    threads: int
    rss_mb: float
    scanner_mb: float
    connections: int
    running: int
    reserved: int
    data_kb: int
    tasks: int | None = None


def descriptors(pid: int) -> tuple[int, int]:
    """Open files (pipes included) and open sockets."""
    links = []
    for entry in os.scandir(f"/proc/{pid}/fd"):
        try:
            links.append(os.readlink(entry.path))
        except OSError:
            continue  # closed meanwhile
    sockets = sum(link.startswith("socket:") for link in links)
    return len(links) - sockets, sockets


def threads(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/task"))


def rss_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children_mb(pid: int) -> float:
    """Resident memory of its child processes: the scanner's, while there is one."""
    found = 0.0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError):
                if int(Path(entry.path, "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                    found += rss_mb(int(entry.name))
    return found


def folder_kb(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 1024
