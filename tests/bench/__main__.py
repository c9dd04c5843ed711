"""`make bench`: speed and size as ratios in one run, each beside its limit.

Machines differ and are noisy, so what counts is compared with a bare FastAPI hello on the same
uvicorn, asked in turns with Trellis. Name parts to run only those:
`python -m tests.bench lists crowd rsvps start export similarity`.
"""

import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench import crowds, exports, lists, rsvps, similarity, starting
from tests.bench.report import Report
from tests.databases import Fresh, databases

PARTS = {
    "lists": lists.measure,
    "crowd": crowds.measure,
    "rsvps": rsvps.measure,
    "start": starting.measure,
    "export": exports.measure,
    "similarity": similarity.measure,
}


@contextmanager
def engines() -> Iterator[dict[str, Fresh]]:
    with databases("sqlite") as file, databases("postgresql") as server:
        yield {"SQLite": file, "PostgreSQL": server}


async def main(wanted: list[str]) -> int:
    report = Report()
    with tempfile.TemporaryDirectory() as folder, engines() as fresh:
        for name, measure in PARTS.items():
            if not wanted or name in wanted:
                await measure(report, fresh, Path(folder))
    return report.finish()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
