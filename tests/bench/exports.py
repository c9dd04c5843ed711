"""A million activities as NDJSON: how fast, and in how much memory."""

import time
from pathlib import Path

import httpx2

from tests.bench import server, town
from tests.bench.report import Report
from tests.databases import Fresh

ROWS = 1_000_000


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        url = make_database()
        token, community_id = town.activities(url, ROWS)
        with server.trellis(url, TRELLIS_WORKER="none") as ours:
            asked = {"format": "ndjson", "community_id": str(community_id)}
            began = time.perf_counter()
            first, lines = 0.0, 0
            with httpx2.stream(
                "GET",
                f"{ours.url}/v1/exports/activities",
                params=asked,
                headers={"Authorization": f"Bearer {token}"},
                timeout=300,
            ) as answer:
                answer.raise_for_status()
                for chunk in answer.iter_bytes():
                    first = first or time.perf_counter() - began
                    lines += chunk.count(b"\n")
            seconds = time.perf_counter() - began
            most = ours.memory("VmHWM")
        report.line(f"export, {engine}: rows", lines, "=", ROWS)
        report.line(f"export, {engine}: most memory", most, "<", 150, " MB")
        report.note(f"export, {engine}", f"{lines / seconds:,.0f} rows/s, first byte {first:.2f} s")
