"""Finding whom and what the lines of a list mean. Identity is never guessed: what could mean two
is refused, and what means nobody is refused unless the caller asks to add people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, true

from api.communities.models import Mode
from api.core.actor import Actor, State
from api.core.db import Database, columns
from api.core.rows import folded
from api.identity.models import Person
from api.identity.people.queries import known_to
from api.identity.policy import governs_somewhere
from api.sessions.imports.lines import Fault, Line, fault
from api.sessions.models import Seating, SessionStatus
from api.sessions.queries import M, S

PEOPLE = columns(Person)
_CHUNK = 5_000
Key = tuple[str, date]


class Found(NamedTuple):
    """A session of the list that is in the programme already."""

    id: UUID
    starts_at: datetime
    mode: Mode


class Meant(NamedTuple):
    """What the lines mean, and what nobody knows yet."""

    people: dict[str, UUID]
    strangers: dict[str, Line]
    sessions: dict[Key, Found]
    faults: list[Fault]


def match(
    db: Database,
    actor: Actor,
    community_id: UUID,
    lines: Sequence[Line],
    zone: ZoneInfo,
    moment: datetime,
    *,
    add_people: bool,
) -> Meant:
    """Match every line with a person and a session."""
    people, doubtful = _people(db, actor, community_id, lines)
    sessions, unfit = _sessions(db, community_id, lines, zone, moment)
    strangers: dict[str, Line] = {}
    faults: list[Fault] = []
    for line in lines:
        if line.who in doubtful:
            faults.append(fault(line, "person", "could be several people; use an e-mail address"))
        elif line.who not in people and not add_people:
            unknown = "nobody here is called that; `add_people` would add them"
            faults.append(fault(line, "person", unknown))
        elif line.who not in people:
            strangers.setdefault(line.who, line)
        if detail := unfit.get(line.meeting):
            faults.append(fault(line, "session", detail))
        elif (known := sessions.get(line.meeting)) and not _fits(known.mode, line.seating):
            faults.append(fault(line, "mode", f"the session was {known.mode.replace('_', ' ')}"))
    faults += _twice(lines, people)
    return Meant(people, strangers, sessions, faults)


def _twice(lines: Sequence[Line], people: Mapping[str, UUID]) -> list[Fault]:
    """Name the lines that say again what an earlier one said."""
    first: dict[tuple[object, Key], int] = {}
    faults = []
    for line in lines:
        said = (people.get(line.who, line.who), line.meeting)
        if said in first:
            detail = f"is in line {first[said]} with the same session"
            faults.append(fault(line, "person", detail))
        else:
            first[said] = line.number
    return faults


def _fits(mode: Mode, seating: Seating | None) -> bool:
    return seating is None or mode is Mode.HYBRID or Seating(mode) is seating


def _people(
    db: Database, actor: Actor, community_id: UUID, lines: Sequence[Line]
) -> tuple[dict[str, UUID], set[str]]:
    """Match names with members first, else with those the caller may look up; addresses likewise.

    Who governs may bring in anybody by their address, so a list of theirs may name anybody too.
    """
    found: dict[str, UUID] = {}
    doubtful: set[str] = set()
    belongs = (
        select(M.person_id)
        .where(M.community_id == community_id, M.state.in_((State.ACTIVE, State.PAUSED)))
        .scalar_subquery()
    )
    known = true() if governs_somewhere(actor) else or_(known_to(actor), PEOPLE.id.in_(belongs))
    addresses = {line.who for line in lines if line.email}
    for chunk in _chunks(addresses):
        rows = db.execute(select(PEOPLE.email, PEOPLE.id).where(PEOPLE.email.in_(chunk), known))
        found.update((row.email, row.id) for row in rows)
    names = {line.who for line in lines if not line.email}
    members = select(PEOPLE.name, PEOPLE.id).where(PEOPLE.id.in_(belongs))
    _by_name(db.execute(members), names, found, doubtful)
    names -= found.keys() | doubtful
    for chunk in _chunks(names):
        # Lower case is what PostgreSQL folds to; the comparison that counts is ours.
        wanted = {*chunk, *(name.lower() for name in chunk)}
        everybody = select(PEOPLE.name, PEOPLE.id).where(
            folded(PEOPLE.name).in_(wanted), known_to(actor)
        )
        _by_name(db.execute(everybody), names, found, doubtful)
    return found, doubtful


def _by_name(
    rows: Iterable[Any], names: set[str], found: dict[str, UUID], doubtful: set[str]
) -> None:
    called: dict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        called[" ".join(row.name.split()).casefold()].add(row.id)
    for name in names & called.keys():
        if len(called[name]) > 1:
            doubtful.add(name)
        else:
            found[name] = next(iter(called[name]))


def _sessions(
    db: Database, community_id: UUID, lines: Sequence[Line], zone: ZoneInfo, moment: datetime
) -> tuple[dict[Key, Found], dict[Key, str]]:
    """Match sessions by title and day; say of those that match badly what is wrong."""
    if not lines:
        return {}, {}
    wanted = {line.meeting for line in lines}
    first, last = min(day for _, day in wanted), max(day for _, day in wanted)
    midnight = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last, datetime.min.time(), zone) + timedelta(days=2)
    rows = db.execute(
        select(S.id, S.title, S.starts_at, S.mode, S.status).where(
            S.community_id == community_id,
            S.starts_at >= midnight - timedelta(days=1),
            S.starts_at < end,
        )
    ).all()
    called: dict[Key, list[Found]] = defaultdict(list)
    cancelled: set[Key] = set()
    for row in rows:
        title = " ".join(row.title.split()).casefold()
        key = title, row.starts_at.astimezone(zone).date()
        if row.status is SessionStatus.CANCELLED:
            cancelled.add(key)
        else:
            called[key].append(Found(row.id, row.starts_at, row.mode))
    unfit: dict[Key, str] = {}
    for key in wanted:
        same = called.get(key, [])
        if len(same) > 1:
            unfit[key] = "several sessions have this title on that day"
        elif same and same[0].starts_at > moment:
            unfit[key] = "has not started yet"
        elif not same and key in cancelled:
            unfit[key] = "was cancelled"
    return {key: called[key][0] for key in wanted & called.keys() if key not in unfit}, unfit


def _chunks(words: set[str]) -> Iterable[list[str]]:
    ordered = sorted(words)
    return (ordered[i : i + _CHUNK] for i in range(0, len(ordered), _CHUNK))
