"""Whatever people do in whatever order, the numbers agree with the people.

Hypothesis makes up histories; after each step the count, the queue, the spells and the leads are
compared with the memberships themselves.
"""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from api.communities.models import Community, JoinPolicy
from api.core.actor import Role, State
from api.core.problems import Problem
from api.memberships import changing, lifecycle, queries, service
from api.memberships.models import LIVE, Membership, Spell
from api.memberships.places import held
from api.memberships.schemas import MembershipCreate
from tests import make

PEOPLE = 4
LIMIT = 3

# Who does it, whose membership it is, and what is done: ask for a state, get a role, or come in.
STEPS = st.lists(
    st.tuples(
        st.integers(0, PEOPLE),
        st.integers(0, PEOPLE),
        st.one_of(
            st.sampled_from(sorted(State)),
            st.sampled_from([Role.LEAD, Role.MEMBER, Role.FACILITATOR]),
            st.just("come in"),
            st.just("come in"),
        ),
    ),
    min_size=5,
    max_size=40,
)


@pytest.fixture
def people(db):
    return [make.person(db, n) for n in ("Lena", "Asha", "Bram", "Cleo", "Dara")]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=STEPS,
    join_policy=st.sampled_from(sorted(JoinPolicy)),
    limit=st.sampled_from([None, 1, LIMIT]),
)
def test_the_numbers_agree_with_the_people(db, people, steps, join_policy, limit):
    community = make.community(
        db, "Peer circle", lead=people[0], join_policy=join_policy, member_limit=limit
    )

    for doer, subject, what in steps:
        with suppress(Problem), db.begin_nested():
            do(db, community, people[doer], people[subject], what)
        assert_sound(db, community)
    db.commit()


def do(db, community, doer, subject, what):
    actor = make.actor(db, doer)
    with held(db, community) as places:
        known = queries.find_live(db, community.id, subject.id)
        if what == "come in":
            if doer is subject:
                service.join(db, actor, places, None)
            else:
                service.add(db, actor, places, MembershipCreate(person_id=subject.id))
        elif known and isinstance(what, Role):
            if what is not known.role:
                changing.give_role(db, actor, places, known, what)
        elif known:
            before = known.state
            changing.move(db, actor, places, known, State(what), "It is what it is.")
            assert known.state == what or (what, known.state) == (State.ACTIVE, State.WAITLISTED)
            assert what in lifecycle.moves(before)


def assert_sound(db, community):
    db.flush()
    db.refresh(community)
    rows = db.exec(select(Membership).where(Membership.community_id == community.id)).all()
    active = [m for m in rows if m.state is State.ACTIVE]
    waiting = [m for m in rows if m.state is State.WAITLISTED]

    assert community.member_count == len(active)
    if community.member_limit is not None:
        assert len(active) <= community.member_limit
    assert not waiting or len(active) == community.member_limit, "nobody waits beside a free place"
    assert any(m.role is Role.LEAD for m in active)
    live = [m.person_id for m in rows if m.state in LIVE]
    assert len(live) == len(set(live))
    for membership in rows:
        assert_spells_tell_the_same(db, membership)
    assert db.get(Community, community.id) is community


def assert_spells_tell_the_same(db, membership):
    """Replaying the spells gives the state: lasting while active, over when paused or ended."""
    spells = db.exec(
        select(Spell)
        .where(Spell.membership_id == membership.id, Spell.replaced_at.is_(None))
        .order_by(Spell.began_at, Spell.id)
    ).all()
    lasting = [s for s in spells if s.ended_at is None]

    assert len(lasting) == (membership.state is State.ACTIVE)
    assert bool(spells) == (membership.joined_at is not None)
    if spells:
        assert spells[0].began_at == membership.joined_at
        assert [s.began_at for s in spells] == sorted(s.began_at for s in spells)
    for one, following in pairwise(spells):
        assert one.ended_at is not None
        assert one.ended_at <= following.began_at
    if lasting:
        assert lasting[0].role is membership.role
    if membership.state not in LIVE and spells:
        assert spells[-1].ended_at <= membership.ended_at
