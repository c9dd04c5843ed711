"""The list people live in, asked by a crowd: nobody is refused, and no second passes unanswered."""

from pathlib import Path

from tests.bench import server, town
from tests.bench.load import press
from tests.bench.report import Report
from tests.databases import Fresh

SECONDS = 8.0


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        url = make_database()
        token = town.network(url)
        with server.trellis(url) as ours:
            for clients in (256, 512):
                seen = await press(
                    f"{ours.url}/v1/communities?limit=50",
                    clients,
                    SECONDS,
                    {"Authorization": f"Bearer {token}"},
                )
                wrong = seen.errors + sum(n for s, n in seen.statuses.items() if s != "200")
                empty = sum(1 for n in seen.by_second if n == 0)
                what = f"{clients} clients, {engine}"
                report.line(f"{what}: errors", wrong, "=", 0)
                report.line(f"{what}: empty seconds", empty, "=", 0)
                report.note(what, f"{seen.rate:,.0f}/s, p50 {seen.p50:.2f} s, p99 {seen.p99:.2f} s")
