"""What is known about communities at a moment, read once and counted many times.

Each table is read by one statement, when the first metric needs it, whatever the number of
metrics, windows and communities. Only what had been recorded by `as_of` is read, so the same
question gives the same answer for ever.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Executable,
    Integer,
    Select,
    String,
    case,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import col

from api.communities.models import Mode
from api.core.db import Database, Moment
from api.engagement.metrics.known import Id, Line, Meeting, People, Record, Yes
from api.engagement.models import LED, Activity, ActivityKind, HopedFor
from api.engagement.queries import known_at
from api.identity.models import Affiliation
from api.memberships.models import Spell
from api.sessions.models import (
    PRESENT,
    Answer,
    Attendance,
    AttendanceStatus,
    Place,
    Rsvp,
    SessionFact,
    SessionStatus,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Gathering:
    """The communities that are looked at, what is asked of them, and as of when.

    `communities` is a condition on a column that holds a community's id.
    """

    community_id: UUID
    communities: Select[UUID] | None
    as_of: datetime

    def holds(self, column: Any) -> ColumnElement[bool]:
        one = col(column)
        return one == self.community_id if self.communities is None else one.in_(self.communities)


class Facts:
    def __init__(
        self,
        db: Database,
        gathering: Gathering,
        edges: Iterable[datetime],
        start: datetime,
        end: datetime,
    ):
        self._db = db
        self.about = gathering
        self._edges = sorted(set(edges))
        self.start, self.end = start, end
        self._found: dict[Callable[[Facts], Any], Any] = {}
        self._dialect = db.get_bind().dialect

    @cached_property
    def people(self) -> People:
        spell = Spell
        statement = (
            select(
                bare(spell.person_id),
                col(spell.began_at),
                col(spell.ended_at),
                bare(Affiliation.organisation_id),
                col(Affiliation.team),
            )
            .outerjoin(Affiliation, self._affiliated(spell.person_id))
            .where(
                self.about.holds(spell.community_id),
                known_at(spell, self.about.as_of),
                # A time that begins where the window ends may continue one that ends there.
                col(spell.began_at) <= self.end,
                _counted(),
            )
        )
        return People(self.read(statement))

    @cached_property
    def record(self) -> Record:
        edges = self._edges
        if len(edges) < 2:
            return Record(edges, ())
        c = Activity
        kinds = [
            func.coalesce(func.sum(case((col(c.kind) == kind, 1), else_=0)), 0)
            for kind in (
                ActivityKind.CONTRIBUTION,
                ActivityKind.ATTENDANCE,
                ActivityKind.CONSUMPTION,
            )
        ]
        led = func.count(case((col(c.verb).in_(LED), col(c.object_id))).distinct())
        piece = self._piece(col(c.occurred_at)).label("piece")
        statement = (
            select(bare(c.person_id), piece, *kinds, led)
            .where(
                self.about.holds(c.community_id),
                col(c.occurred_at) >= edges[0],
                col(c.occurred_at) < edges[-1],
                col(c.recorded_at) <= self.about.as_of,
                col(c.retracted_at).is_(None) | (col(c.retracted_at) > self.about.as_of),
            )
            .group_by(col(c.person_id), piece)
        )
        return Record(edges, self.read(statement))

    @cached_property
    def meetings(self) -> dict[Id, Meeting]:
        fact = SessionFact
        statement = select(
            bare(fact.session_id),
            col(fact.starts_at),
            col(fact.ends_at),
            col(fact.status) == SessionStatus.HELD,
            col(fact.mode) == Mode.HYBRID,
            col(fact.capacity),
            col(fact.online_capacity),
        ).where(*self._took_place())
        return {session: Meeting(*rest) for session, *rest in self.read(statement)}

    @cached_property
    def registers(self) -> dict[Id, list[Line]]:
        line = Attendance
        statement = (
            select(
                bare(line.session_id),
                bare(line.person_id),
                col(line.status),
                col(line.seating),
                func.coalesce(col(Affiliation.counted), True),
            )
            .join(SessionFact, col(SessionFact.session_id) == col(line.session_id))
            .outerjoin(Affiliation, self._affiliated(line.person_id))
            .where(*self._took_place(), known_at(line, self.about.as_of))
        )
        found: dict[Id, list[Line]] = defaultdict(list)
        for session, person, status, seating, counted in self.read(statement):
            came = AttendanceStatus(status) in PRESENT
            found[session].append(Line(person, came, seating, bool(counted)))
        return found

    @cached_property
    def answers(self) -> dict[Id, list[Yes]]:
        rsvp = Rsvp
        statement = (
            select(
                bare(rsvp.session_id),
                bare(rsvp.person_id),
                col(rsvp.seating),
                col(rsvp.recorded_at),
                col(rsvp.replaced_at),
                func.coalesce(col(Affiliation.counted), True),
            )
            .join(SessionFact, col(SessionFact.session_id) == col(rsvp.session_id))
            .outerjoin(Affiliation, self._affiliated(rsvp.person_id))
            .where(
                *self._took_place(),
                col(rsvp.answer) == Answer.YES,
                col(rsvp.place) == Place.CONFIRMED,
                col(rsvp.recorded_at) <= self.about.as_of,
            )
        )
        found: dict[Id, list[Yes]] = defaultdict(list)
        for session, person, seating, since, until, counted in self.read(statement):
            found[session].append(Yes(person, seating, since, until, bool(counted)))
        return found

    @cached_property
    def hoped_for(self) -> frozenset[Id]:
        statement = select(bare(HopedFor.organisation_id)).where(
            col(HopedFor.community_id) == self.about.community_id,
            known_at(HopedFor, self.about.as_of),
        )
        return frozenset(row[0] for row in self.read(statement))

    def _took_place(self) -> tuple[ColumnElement[bool], ...]:
        fact = SessionFact
        return (
            self.about.holds(fact.community_id),
            known_at(fact, self.about.as_of),
            col(fact.status) != SessionStatus.CANCELLED,
            col(fact.starts_at) >= self.start,
            col(fact.starts_at) < self.end,
            col(fact.starts_at) <= self.about.as_of,
        )

    def _affiliated(self, person: Any) -> ColumnElement[bool]:
        same = col(Affiliation.person_id) == col(person)
        return same & known_at(Affiliation, self.about.as_of)

    def _piece(self, column: Any) -> ColumnElement[int]:
        """Number the gap between neighbouring edges in which a moment lies, from 0."""
        if self._dialect.name == "postgresql":
            return func.width_bucket(column, literal(self._edges, ARRAY(Moment()))) - 1
        written = [Moment().process_bind_param(edge, self._dialect) for edge in self._edges]
        # A plain number would be taken for the place of a column by GROUP BY.
        return literal_column(f"abs({_search('activities.occurred_at', written)})", Integer)

    def read(self, statement: Executable) -> Iterable[Any]:
        return self._db.connection().execute(statement).all()

    def once(self, find: Callable[["Facts"], T]) -> T:
        """Let somebody else read facts, the first time they are needed."""
        if find not in self._found:
            self._found[find] = find(self)
        return self._found[find]  # type: ignore[no-any-return]  # what `find` gave


def bare(column: Any) -> ColumnElement[Any]:
    """Leave an id as it is stored: making an object of each would cost more than counting."""
    return type_coerce(col(column), String)


def _counted() -> ColumnElement[bool]:
    return func.coalesce(col(Affiliation.counted), True)


def _search(column: str, edges: Sequence[str], first: int = 0) -> str:
    """Write a search by halves through moments of our own making, for an engine that has none."""
    if len(edges) == 2:
        return str(first)
    half = len(edges) // 2
    below = _search(column, edges[: half + 1], first)
    above = _search(column, edges[half:], first + half)
    return f"CASE WHEN {column} < '{edges[half]}' THEN {below} ELSE {above} END"
