"""What the measured servers hold: a network, a session with few places, a million activities."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import text

from api.communities.models import Community
from api.core.clock import now
from api.core.db import Database, create_engine
from api.core.ids import new_id
from api.identity.models import Person
from tests import make

PURPOSE = "Sharing what works in trauma-informed care between schools, clinics and families. "


def network(url: str, communities: int = 60) -> str:
    """A network with communities; returns the token of the steward who founded them."""
    engine = create_engine(url, connections=1)
    with Database(engine, expire_on_commit=False) as db:
        steward = make.steward(db)
        root = make.community(db, "Midlands Network", lead=steward, topics=["well-being"])
        for n in range(communities):
            make.community(
                db,
                f"Community {n}",
                lead=steward,
                parent=root,
                purpose=PURPOSE * 2,
                topics=["trauma", "schools"],
            )
        token = make.token(db, steward.id)
    engine.dispose()
    return token


def people(db: Database, community: Community, count: int) -> list[tuple[UUID, str]]:
    """Members of a community, each with a token."""
    found: list[tuple[UUID, str]] = []
    for n in range(count):
        person: Person = make.person(db, f"Member {n}")
        make.member(db, community, person)
        found.append((person.id, make.token(db, person.id)))
    return found


def activities(url: str, count: int) -> tuple[str, UUID]:
    """A community with this many activities, written by the database itself."""
    engine = create_engine(url, connections=1)
    with Database(engine, expire_on_commit=False) as db:
        steward = make.steward(db)
        community = make.community(db, "Midlands Network", lead=steward)
        token = make.token(db, steward.id)
    sqlite = engine.dialect.name == "sqlite"
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) "
        if sqlite
        else ""
    )
    source = "n" if sqlite else "generate_series(1, :count) AS n(i)"
    # The last twelve digits of an id count the rows; everything before them is the same.
    stem = str(new_id())[:24]
    made = (
        f"printf('%s%012d', '{stem}', i)"
        if sqlite
        else f"('{stem}' || lpad(i::text, 12, '0'))::uuid"
    )
    moment = now() - timedelta(days=1)
    written = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ") if sqlite else moment
    with engine.connect() as connection:
        connection.execute(
            text(
                # Every part is written above; nothing comes from outside.
                "INSERT INTO activities (tx, id, person_id, community_id, verb, kind, "
                "occurred_at, recorded_at, source, source_id) "
                + numbers
                + f"SELECT 0, {made}, :person, :community, 'resource.published', 'contribution', "
                f":moment, :moment, 'bench', 'row-' || i FROM {source}"
            ),
            {
                "count": count,
                "person": str(steward.id) if sqlite else steward.id,
                "community": str(community.id) if sqlite else community.id,
                "moment": written,
            },
        )
        connection.commit()
    engine.dispose()
    return token, community.id
