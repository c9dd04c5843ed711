"""Many memberships in one request, for partners who keep the truth elsewhere."""

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from api.communities.service import living
from api.core.actor import Actor, Role, State
from api.core.bulk import BulkItem, HowMuch, Misfit, Outcome, refuse_all, refused, told_apart
from api.core.clock import now
from api.core.db import Database
from api.core.policy import permit
from api.core.problems import Conflict, Fault, Problem
from api.identity.models import Person
from api.memberships import changing, policy, service
from api.memberships.models import LIVE, Membership
from api.memberships.places import Places
from api.memberships.schemas import Belonging, MembershipItem

Result = tuple[Outcome, Membership]


def bring(
    db: Database,
    actor: Actor,
    places: Places,
    rows: Sequence[MembershipItem | Misfit],
    mode: HowMuch,
) -> list[BulkItem]:
    """Bring memberships to the state a partner knows; answer in the order of the rows."""
    permit(policy.add_directly, actor, places.community)
    living(places.community)
    items, misfits = told_apart(rows)
    register = Register(db, places.community.id, items)
    answers = {index: refused(index, *faults) for index, faults in misfits.items()}
    for index in _in_turn(items):
        item = items[index]
        try:
            person_id, known = register.look_up(index)
            # A newcomer is refused before anything is written, so there would be nothing to undo.
            with places.attempt() if known and mode is HowMuch.PARTIAL else nullcontext():
                bringing = _end if item.state is Belonging.ENDED else _uphold
                status, membership = bringing(db, actor, places, item, person_id, known)
        except Problem as problem:
            answers[index] = _refused(index, problem)
        except IntegrityError:
            if mode is HowMuch.ALL:
                raise
            answers[index] = _refused(index, Conflict("Somebody did the same at the same moment."))
        else:
            answers[index] = BulkItem(index=index, status=status, id=membership.id, problem=None)
    said = [answers[index] for index in range(len(rows))]
    if mode is HowMuch.ALL:
        refuse_all((f.at, f.detail) for s in said if s.problem for f in s.problem.errors or ())
    return said


class Register:
    """Whom the rows name, and how they belonged so far: read at once, not row by row."""

    def __init__(self, db: Database, community_id: UUID, items: Mapping[int, MembershipItem]):
        named = select(Person.id, Person.email, Person.disabled_at).where(
            or_(
                col(Person.id).in_([i.person_id for i in items.values() if i.person_id]),
                col(Person.email).in_([i.email for i in items.values() if i.email]),
            )
        )
        people = db.exec(named).all()
        self._enabled = {one for one, _, disabled_at in people if disabled_at is None}
        by_email = {email: one for one, email, _ in people if email}
        everybody = {one for one, *_ in people}
        self._rows = {
            n: by_email.get(i.email)
            if i.email
            else i.person_id
            if i.person_id in everybody
            else None
            for n, i in items.items()
        }
        self._fields = {n: "email" if i.email else "person_id" for n, i in items.items()}
        self._first: dict[UUID | None, int] = {}
        for index, person_id in self._rows.items():
            self._first.setdefault(person_id, index)
        self._known: dict[UUID, list[Membership]] = {one: [] for one in everybody}
        memberships = select(Membership).where(
            Membership.community_id == community_id, col(Membership.person_id).in_(everybody)
        )
        for membership in db.exec(memberships.order_by(col(Membership.id))).all():
            self._known[membership.person_id].append(membership)

    def look_up(self, index: int) -> tuple[UUID, list[Membership]]:
        """The person of a row and their memberships here, oldest first."""
        person_id = self._rows[index]
        known = self._known[person_id] if person_id else []
        if person_id is None or (person_id not in self._enabled and not known):
            raise changing.wrong(self._fields[index], "no such person")
        if self._first[person_id] != index:
            detail = f"names the same person as row {self._first[person_id]}"
            raise changing.wrong(self._fields[index], detail)
        return person_id, known


def _in_turn(items: Mapping[int, MembershipItem]) -> list[int]:
    """New leads first, so that one request can hand a community from one lead to another."""

    def leads(item: MembershipItem) -> bool:
        return item.role is Role.LEAD and item.state is Belonging.ACTIVE

    return sorted(items, key=lambda index: not leads(items[index]))


def _uphold(
    db: Database,
    actor: Actor,
    places: Places,
    item: MembershipItem,
    person_id: UUID,
    known: list[Membership],
) -> Result:
    """See to it that somebody belongs; a pause of theirs goes on, and so does their waiting."""
    live = _live(known)
    if live is None:
        role = item.role or Role.MEMBER
        permit(policy.give_role, actor, policy.Giving(places.community, person_id, role))
        _apart(known, item.joined_at, None)
        return Outcome.CREATED, service.admit(db, actor, places, person_id, role, item.joined_at)
    before = live.changed_at
    if item.role and item.role is not live.role:
        changing.give_role(db, actor, places, live, item.role)
    if live.state in (State.INVITED, State.REQUESTED):
        changing.in_order(item.joined_at, None, now())
        _apart(known, item.joined_at, None)
        live.sqlmodel_update({"changed_at": now(), "decided_by_id": actor.person_id})
        places.enter(live, item.joined_at)
    elif item.joined_at and live.joined_at:
        changing.correct(db, actor, places, live, item.joined_at, None)
    return Outcome.UNCHANGED if live.changed_at == before else Outcome.UPDATED, live


def _end(
    db: Database,
    actor: Actor,
    places: Places,
    item: MembershipItem,
    person_id: UUID,
    known: list[Membership],
) -> Result:
    """See to it that somebody no longer belongs, or that a membership of the past is known."""
    joined_at, ended_at = item.joined_at, item.ended_at
    meant = _meant(known, joined_at, ended_at)
    if meant is None:
        if not joined_at or not ended_at:
            detail = "never belonged; to write a past membership down, send joined_at and ended_at"
            raise changing.wrong("state", detail)
        _apart(known, joined_at, ended_at)
        role = item.role or Role.MEMBER
        made = service.recall(db, actor, places, person_id, role, joined_at, ended_at)
        return Outcome.CREATED, made
    before = meant.changed_at
    if meant.state is State.REQUESTED:
        raise changing.wrong("state", "has asked to join; approve or decline that")
    if meant.state is State.INVITED:
        changing.move(db, actor, places, meant, State.REMOVED)
    elif meant.state in LIVE:
        if joined_at and meant.joined_at:
            changing.correct(db, actor, places, meant, joined_at, None)
        at = ended_at if meant.joined_at else None
        changing.move(db, actor, places, meant, State.ENDED, at=at)
    else:
        changing.correct(db, actor, places, meant, joined_at, ended_at)
    return Outcome.UNCHANGED if meant.changed_at == before else Outcome.UPDATED, meant


def _meant(
    known: list[Membership], joined_at: datetime | None, ended_at: datetime | None
) -> Membership | None:
    """Which membership a row means that says somebody has left; None is one not known yet."""
    past = [m for m in known if m.state not in LIVE and m.joined_at]
    same = [m for m in known if joined_at and m.joined_at == joined_at]
    live = _live(known)
    if same:
        return same[-1]
    if live and not (ended_at and live.joined_at and ended_at <= live.joined_at):
        return live
    if joined_at and ended_at:
        return None
    return past[-1] if past else None


def _live(known: list[Membership]) -> Membership | None:
    return next((m for m in known if m.state in LIVE), None)


def _apart(known: list[Membership], joined_at: datetime | None, ended_at: datetime | None) -> None:
    """Refuse a time in which the person belonged already."""
    for other in known:
        if (
            joined_at
            and other.joined_at
            and (ended_at is None or other.joined_at < ended_at)
            and (other.ended_at is None or other.ended_at > joined_at)
        ):
            raise changing.wrong("joined_at", "overlaps another time in which they belonged")


def _refused(index: int, problem: Problem) -> BulkItem:
    """The answer to a row that cannot be, saying where in the whole request the fault lies."""
    body = problem.body()
    row = f"body/items/{index}"
    found = body.errors or [Fault(at="body", detail=problem.detail or problem.title)]
    body.errors = [Fault(at=f.at.replace("body", row, 1), detail=f.detail) for f in found]
    return BulkItem(index=index, status=Outcome.REFUSED, id=None, problem=body)
