"""HTTP/1.1 over asyncio streams, by hand: the faults need every byte and every close under control, which no server
library gives."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass

REASONS = {
    200: "OK",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    429: "Too Many Requests",
}


@dataclass(frozen=True, slots=True)
class Head:
    method: str
    path: str
    headers: dict[str, str]
    raw_headers: tuple[tuple[str, str], ...]


async def read_request(reader: asyncio.StreamReader, first: bytes = b"") -> tuple[Head, bytes] | None:
    """The next request of a connection, ``None`` at its end. ``first``: bytes already taken from the stream."""
    try:
        block = first + await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    lines = block.decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    pairs = tuple(
        (name.strip().lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines[1:] if line)
    )
    headers = dict(pairs)
    try:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    # A client that takes this server for its proxy sends the whole URL.
    path = "/" + target.split("/", 3)[3] if target.startswith("http://") else target
    return Head(method, path.partition("?")[0], headers, pairs), body


def response_head(status: int, headers: dict[str, str]) -> bytes:
    lines = [
        f"HTTP/1.1 {status} {REASONS.get(status, 'Status')}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


def reset(writer: asyncio.StreamWriter) -> None:
    """Close with RST, as a crashed server or a firewall does."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
