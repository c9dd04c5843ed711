"""A thousand people want twenty-five places at the same time."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import httpx2
from sqlmodel import select

from api.core.clock import now
from api.core.db import Database, create_engine
from api.sessions.models import Rsvp, Session
from tests import make
from tests.bench import server, town
from tests.bench.report import Report
from tests.databases import Fresh

PEOPLE, CLIENTS, PLACES = 1000, 64, 25


async def measure(report: Report, fresh: dict[str, Fresh], folder: Path) -> None:
    for engine, make_database in fresh.items():
        url = make_database()
        bound = create_engine(url, connections=1)
        with Database(bound, expire_on_commit=False) as db:
            lead = make.steward(db)
            community = make.community(db, "Peer support workers", lead=lead)
            lead_token = make.token(db, lead.id)
            crowd = town.people(db, community, PEOPLE)
        with server.trellis(url, TRELLIS_WORKER="none") as ours:
            session_id = await _schedule(ours.url, str(community.id), lead_token)
            began = now()
            statuses = await _answer(ours.url, session_id, [token for _, token in crowd])
            seconds = (now() - began).total_seconds()
        with Database(bound) as db:
            seated = db.exec(select(Session)).one().taken
            rows = db.exec(select(Rsvp).where(Rsvp.replaced_at == None)).all()  # noqa: E711  (SQL)
        bound.dispose()
        waiting = sorted((r for r in rows if r.place == "waitlisted"), key=lambda r: r.queue or 0)
        late = [r.recorded_at for r in waiting]
        failed = sum(n for status, n in statuses.items() if status >= 500)
        report.line(f"{PEOPLE} RSVPs, {engine}: places given", seated, "=", PLACES)
        confirmed = sum(1 for r in rows if r.place == "confirmed")
        report.line(f"{PEOPLE} RSVPs, {engine}: people with a place", confirmed, "=", PLACES)
        report.line(f"{PEOPLE} RSVPs, {engine}: waiting in order", late == sorted(late), "=", True)
        report.line(f"{PEOPLE} RSVPs, {engine}: 5xx", failed, "=", 0)
        report.note(f"{PEOPLE} RSVPs, {engine}", f"{PEOPLE / seconds:,.0f}/s, {dict(statuses)}")


async def _schedule(url: str, community_id: str, token: str) -> str:
    starts_at = now() + timedelta(days=7)
    new = {
        "title": "Holding a boundary kindly",
        "mode": "in_person",
        "status": "confirmed",
        "capacity": PLACES,
        "starts_at": starts_at.isoformat(),
        "ends_at": (starts_at + timedelta(hours=1)).isoformat(),
    }
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx2.AsyncClient(base_url=url, headers=headers) as client:
        answer = await client.post(f"/v1/communities/{community_id}/sessions", json=new)
    answer.raise_for_status()
    return str(answer.json()["id"])


async def _answer(url: str, session_id: str, tokens: list[str]) -> Counter[int]:
    """Everybody says yes, from a fixed number of connections."""
    statuses: Counter[int] = Counter()
    line = iter(tokens)
    limits = httpx2.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx2.AsyncClient(base_url=url, limits=limits, timeout=60) as client:

        async def work() -> None:
            for token in line:
                answer = await client.put(
                    f"/v1/sessions/{session_id}/rsvps/me",
                    json={"answer": "yes"},
                    headers={"Authorization": f"Bearer {token}"},
                )
                statuses[answer.status_code] += 1

        await asyncio.gather(*(work() for _ in range(CLIENTS)))
    return statuses
