"""Rows as they would be if things had been recorded at some time in the past.

The services always record now; a metric asked with `as_of` needs facts that were recorded earlier.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from api.communities.models import Community, Mode
from api.core.actor import Role, State
from api.core.db import Database
from api.core.ids import new_id
from api.engagement.models import Activity, ActivityKind, Submission
from api.identity.models import Person
from api.memberships.models import Membership, Spell
from api.proposals.lifecycle import ProposalState
from api.proposals.models import MilestoneFact, Proposal, Supporter, Transition
from api.sessions.models import (
    Access,
    Answer,
    Attendance,
    AttendanceStatus,
    Place,
    Rsvp,
    Seating,
    Session,
    SessionFact,
    SessionStatus,
    Source,
)


def at(text: str) -> datetime:
    """`2026-03-01` or `2026-03-01T18:00` in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def spell(
    db: Database,
    community: Community,
    person: Person,
    began: str,
    ended: str | None = None,
    *,
    recorded: str | None = None,
    replaced: str | None = None,
) -> Spell:
    """A time somebody belonged, recorded when it began."""
    membership = Membership(
        community_id=community.id,
        person_id=person.id,
        role=Role.MEMBER,
        state=State.ENDED,
        joined_at=at(began),
        ended_at=at(ended or began),
        changed_at=at(began),
    )
    made = Spell(
        membership_id=membership.id,
        community_id=community.id,
        person_id=person.id,
        role=Role.MEMBER,
        began_at=at(began),
        ended_at=at(ended) if ended else None,
        recorded_at=at(recorded or began),
        replaced_at=at(replaced) if replaced else None,
    )
    db.add(membership)
    db.flush()
    db.add(made)
    db.commit()
    return made


def session(
    db: Database,
    community: Community,
    starts: str,
    *,
    status: SessionStatus = SessionStatus.HELD,
    recorded: str | None = None,
    **fields: Any,
) -> Session:
    """A session of an hour, known since it began."""
    mode = fields.pop("mode", Mode.ONLINE)
    made = Session(
        community_id=community.id,
        title="Monthly meeting",
        status=status,
        mode=mode,
        starts_at=at(starts),
        ends_at=at(starts) + timedelta(hours=1),
        check_in_code="LEAF42",
        changed_at=at(recorded or starts),
        **fields,
    )
    db.add(made)
    db.flush()
    db.add(
        SessionFact(
            session_id=made.id,
            community_id=community.id,
            status=status,
            mode=mode,
            access=Access.MEMBERS,
            starts_at=made.starts_at,
            ends_at=made.ends_at,
            capacity=made.capacity,
            online_capacity=made.online_capacity,
            recorded_at=at(recorded or starts),
        )
    )
    db.commit()
    return made


def attendance(
    db: Database,
    session: Session,
    *people: Person,
    status: AttendanceStatus = AttendanceStatus.ATTENDED,
    recorded: str | None = None,
    replaced: str | None = None,
    seating: Seating | None = None,
) -> None:
    """Lines of a register, written when the session began unless said otherwise."""
    db.add_all(
        Attendance(
            session_id=session.id,
            person_id=person.id,
            status=status,
            seating=seating,
            source=Source.FACILITATOR,
            recorded_at=at(recorded) if recorded else session.starts_at,
            replaced_at=at(replaced) if replaced else None,
        )
        for person in people
    )
    db.commit()


def rsvp(
    db: Database,
    session: Session,
    *people: Person,
    answer: Answer = Answer.YES,
    recorded: str,
    replaced: str | None = None,
    seating: Seating = Seating.ONLINE,
    place: Place | None = None,
) -> None:
    """Answers, with a confirmed place where they are a yes."""
    default = Place.CONFIRMED if answer is Answer.YES else Place.NONE
    db.add_all(
        Rsvp(
            session_id=session.id,
            person_id=person.id,
            answer=answer,
            seating=seating,
            place=place or default,
            recorded_at=at(recorded),
            replaced_at=at(replaced) if replaced else None,
        )
        for person in people
    )
    db.commit()


def activity(
    db: Database,
    community: Community,
    person: Person,
    occurred: str,
    kind: ActivityKind = ActivityKind.CONTRIBUTION,
    *,
    verb: str = "thread.replied",
    recorded: str | None = None,
    retracted: str | None = None,
    object_id: Any = None,
) -> Activity:
    """Something somebody did, recorded at once unless said otherwise."""
    made = Activity(
        person_id=person.id,
        community_id=community.id,
        verb=verb,
        kind=kind,
        object_id=object_id,
        occurred_at=at(occurred),
        recorded_at=at(recorded or occurred),
        retracted_at=at(retracted) if retracted else None,
        source="forum",
        source_id="",
    )
    made.source_id = str(made.id)
    db.add(made)
    db.commit()
    return made


def proposal(
    db: Database,
    community: Community,
    proposer: Person,
    *steps: tuple[str, str],
    supporters: tuple[Person, ...] = (),
    targets: tuple[tuple[str, UUID], ...] = (),
) -> Proposal:
    """An idea with its steps as (state, moment), `submitted` first; `targets` are (kind, id)."""
    moves = [(ProposalState(state), at(moment)) for state, moment in steps]
    made = Proposal(
        name="Night staff reflecting together",
        proposer_id=proposer.id,
        parent_id=community.id,
        state=moves[-1][0],
        state_since=moves[-1][1],
        quiet_since=moves[-1][1],
        changed_at=moves[-1][1],
        submitted_at=moves[0][1],
    )
    db.add(made)
    db.flush()
    before = ProposalState.DRAFT
    for number, (state, moment) in enumerate(moves, 1):
        named = [{"kind": kind, "id": str(target)} for kind, target in targets]
        evidence = {"targets": named} if state is ProposalState.REFERRED else {}
        db.add(
            Transition(
                proposal_id=made.id,
                number=number,
                from_state=before,
                to_state=state,
                at=moment,
                evidence=evidence,
            )
        )
        before = state
    db.add(Submission(proposal_id=made.id, community_id=community.id, submitted_at=moves[0][1]))
    db.add_all(Supporter(proposal_id=made.id, person_id=person.id) for person in supporters)
    db.commit()
    return made


def milestone(
    db: Database,
    community: Community,
    due: str,
    done: str | None = None,
    *,
    phase: str = "Design",
    recorded: str = "2026-01-01",
    replaced: str | None = None,
) -> None:
    """What was known of a milestone, from when it was recorded."""
    db.add(
        MilestoneFact(
            milestone_id=new_id(),
            community_id=community.id,
            phase=phase,
            due_on=date.fromisoformat(due),
            done_on=date.fromisoformat(done) if done else None,
            recorded_at=at(recorded),
            replaced_at=at(replaced) if replaced else None,
        )
    )
    db.commit()
