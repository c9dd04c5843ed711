"""Ideas held against ten thousand communities: who is found, who is called the same, how soon."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import httpx2

from api.core.actor import Actor
from api.core.db import Database, create_engine, for_reading
from api.similarity.queries import alike
from tests import make
from tests.bench import server
from tests.bench.report import Report
from tests.databases import Fresh
from tests.similarity.pairs import HALVES, LAST, Pair, judge, pairs, settle

COMMUNITIES = 10_000
LIMITS = {"SQLite": 10}


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        url = make_database()
        bound = create_engine(url, connections=1)
        with Database(bound, expire_on_commit=False) as db:
            network = make.community(db, "Middle Shires", lead=make.steward(db))
            asha = make.person(db, "Asha")
            make.member(db, network, asha)
            keys = settle(db, network, others=COMMUNITIES)
            actor, token = make.actor(db, asha), make.token(db, asha.id)
        with Database(for_reading(bound)) as db:
            for half in HALVES:
                judged = judge(db, actor, [p for p in pairs() if p.half == half], keys)
                what = f"similarity, {engine}, half {half}"
                report.line(f"{what}: recall@5", judged.recall, "≥", 0.9)
                report.line(f"{what}: precision", judged.precision, "≥", 0.8)
                report.note(f"{what}: paraphrases called the same", f"{judged.reach:.2f}")
            last = judge(db, actor, [p for p in pairs() if p.half == LAST], keys)
            report.note(
                f"similarity, {engine}, {LAST}",
                f"recall@5 {last.recall:.2f}, precision {last.precision:.2f}, "
                f"called the same {last.reach:.2f}",
            )
            _speed(report, engine, "in process", partial(_inside, db, actor))
        bound.dispose()
        with (
            server.trellis(url, TRELLIS_WORKER="none") as ours,
            httpx2.Client(headers={"Authorization": f"Bearer {token}"}) as client,
        ):
            _speed(report, engine, "through HTTP", partial(_outside, client, ours.url))


def _inside(db: Database, actor: Actor, pair: Pair) -> None:
    alike(db, actor, pair.idea)


def _outside(client: httpx2.Client, url: str, pair: Pair) -> None:
    client.post(f"{url}/v1/similarity-checks", json=pair.idea._asdict()).raise_for_status()


def _speed(report: Report, engine: str, where: str, ask: Callable[[Pair], None]) -> None:
    """How long each idea takes, asked three times over."""
    times = []
    for pair in pairs() * 3:
        began = time.perf_counter()
        ask(pair)
        times.append((time.perf_counter() - began) * 1000)
    what = f"similarity, {engine}, {COMMUNITIES:,} communities, {where}: median"
    if limit := LIMITS.get(engine):
        report.line(what, median(times), "<", limit, " ms")
    else:
        report.note(what, f"{median(times):.1f} ms")
