"""A page of fifty communities, and the cheapest route, against a bare hello."""

import asyncio
from pathlib import Path
from statistics import median

import httpx2

from tests.bench import server, town
from tests.bench.load import press
from tests.bench.report import Report
from tests.databases import Fresh

ROUNDS, SECONDS, CLIENTS = 5, 3.0, 32
LIMITS = {"SQLite": 0.15, "PostgreSQL": 0.08}


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        url = make_database()
        token = town.network(url)
        with server.hello(folder) as hello, server.trellis(url, TRELLIS_WORKER="none") as ours:
            signed_in = {"Authorization": f"Bearer {token}"}
            page = f"{ours.url}/v1/communities?limit=50"
            pages, versions, costs = [], [], []
            for _ in range(ROUNDS):
                before = hello.cpu()
                bare = await press(f"{hello.url}/hello", CLIENTS, SECONDS)
                bare_cost = (hello.cpu() - before) / bare.answered
                before = ours.cpu()
                listed = await press(page, CLIENTS, SECONDS, signed_in)
                costs.append(bare_cost / ((ours.cpu() - before) / listed.answered))
                pages.append(listed.rate / bare.rate)
                version = await press(f"{ours.url}/version", CLIENTS, SECONDS)
                versions.append(version.rate / bare.rate)
                assert set(listed.statuses) == {"200"}, listed
            report.line(f"page of 50, {engine}, of hello", median(pages), "≥", LIMITS[engine])
            report.line(f"/version, {engine}, of hello", median(versions), "≥", 0.7)
            report.note(f"page of 50, {engine}, by processor time", f"{median(costs):.3f} of hello")
            busy = await _while_somebody_writes(ours.url, page, signed_in)
            bare = await press(f"{hello.url}/hello", CLIENTS, SECONDS)
            report.note(
                f"page of 50, {engine}, ten writes a second", f"{busy / bare.rate:.3f} of hello"
            )


async def _while_somebody_writes(url: str, page: str, signed_in: dict[str, str]) -> float:
    """The rate at which pages come while preferences are saved ten times a second."""

    async def write() -> None:
        async with httpx2.AsyncClient(base_url=url, headers=signed_in, timeout=30) as client:
            while True:
                await client.put("/v1/me/preferences", json={"place_me": True})
                await asyncio.sleep(0.1)

    writer = asyncio.create_task(write())
    try:
        return (await press(page, CLIENTS, SECONDS, signed_in)).rate
    finally:
        writer.cancel()
