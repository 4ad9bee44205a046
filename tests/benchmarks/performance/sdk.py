"""The least that a program can hold which asks a model by the openai SDK: ``python sdk.py URL COUNT`` reads so many streams,
eight at once, and prints its resident megabytes in the end.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from openai import AsyncOpenAI


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def main(url: str, count: int) -> None:
    client = AsyncOpenAI(api_key="none", base_url=url, max_retries=0)

    async def one() -> None:
        stream = await client.responses.create(model="grok-4.3", input="x", stream=True, store=False)
        async with stream:
            async for _ in stream:
                pass

    for start in range(0, count, 8):
        await asyncio.gather(*(one() for _ in range(min(8, count - start))))
    print(f"{resident_mb():.1f}")
    await client.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
