"""A date for the first session, found among those who would come."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core import clock
from api.proposals.models import Suits
from api.proposals.polls.reading import Tally, best, tally
from tests import make
from tests.proposals.idea import notices, ok

SOON = datetime(2027, 3, 1, 19, tzinfo=UTC)


@pytest.fixture
def planning(idea, cora, members):
    idea.through_call(cora, members[:8])
    idea.through_planning(cora, members[0], members[1])
    return idea


def dates(*days):
    base = datetime.now(UTC).replace(microsecond=0) + timedelta(days=20)
    return [(base + timedelta(days=day)).isoformat() for day in days]


@pytest.fixture
def ask(planning, acting, members):
    def ask(who=members[0], **body):
        path = f"/v1/proposals/{planning.id}/date-polls"
        return acting(who).post(path, json={"options": dates(0, 1, 2), **body})

    return ask


def vote(acting, who, poll, *suits):
    votes = [
        {"option_id": option["id"], "suits": said}
        for option, said in zip(poll["options"], suits, strict=False)
    ]
    return acting(who).put(f"/v1/date-polls/{poll['id']}/votes/me", json={"votes": votes})


def test_the_session_is_scheduled_from_the_winner(planning, acting, ask, members):
    poll = ok(ask(minutes=90), 201)
    ok(vote(acting, members[2], poll, "yes", "if_need_be", "no"))
    ok(vote(acting, members[3], poll, "no", "yes", "yes"))
    seen = ok(vote(acting, members[4], poll, "no", "yes", "if_need_be"))
    assert [(o["yes"], o["if_need_be"], o["no"]) for o in seen["options"]] == [
        (1, 0, 2), (2, 1, 0), (1, 1, 1)
    ]  # fmt: skip
    assert [o["best"] for o in seen["options"]] == [False, True, False]
    assert (seen["voters"], seen["asked"]) == (3, 10)

    done = ok(acting(members[0]).post(f"/v1/date-polls/{poll['id']}/decision", json={}))

    session = ok(acting(members[0]).get(f"/v1/sessions/{done['session_id']}"))
    assert session["starts_at"] == seen["options"][1]["starts_at"]
    assert (session["kind"], session["status"]) == ("launch", "tentative")
    starts, ends = (datetime.fromisoformat(session[n]) for n in ("starts_at", "ends_at"))
    assert ends - starts == timedelta(minutes=90)
    assert [f["person_id"] for f in session["facilitators"]] == [str(members[0].id)]
    path = f"/v1/communities/{planning.read()['community_id']}/ground-rules"
    ok(acting(members[0]).post(path, json={"rules": ["Listen first"]}), 201)
    planning.move(members[0], "scheduled")


def test_a_lead_may_choose_another_date(acting, ask, members):
    poll = ok(ask(), 201)
    last = poll["options"][2]["id"]

    body = {"option_id": last, "title": "We begin", "mode": "online"}
    done = ok(acting(members[0]).post(f"/v1/date-polls/{poll['id']}/decision", json=body))

    assert done["chosen_id"] == last
    again = acting(members[0]).post(f"/v1/date-polls/{poll['id']}/decision", json={})
    assert (again.status_code, again.json()["type"]) == (409, "/problems/poll-over")


def test_the_same_moment_is_meant_everywhere(acting, ask):
    """07:30 in London in March is one moment; who lives elsewhere is told in their own time."""
    poll = ok(
        ask(options=["2027-03-25T07:30:00+00:00", "2027-03-29T07:30:00+01:00"],
            timezone="Europe/London"),
        201,
    )  # fmt: skip

    assert [o["starts_at"] for o in poll["options"]] == [
        "2027-03-25T07:30:00Z", "2027-03-29T06:30:00Z"
    ]  # fmt: skip
    assert poll["timezone"] == "Europe/London"


def test_those_who_would_come_are_asked(acting, ask, members):
    ok(ask(), 201)

    assert any("meet first?" in t for t in notices(acting(members[4])))
    assert not any("meet first?" in t for t in notices(acting(members[9])))


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"options": []}, "body/options"),
        ({"options": dates(1)}, "body/options"),
        ({"options": ["2020-01-01T10:00:00Z", *dates(1)]}, "body/options/0"),
        ({"options": dates(1, 1)}, "body/options/1"),
        ({"options": dates(0, 400)}, "body/options/1"),
        ({"options": ["2027-02-30T10:00:00Z", *dates(1)]}, "body/options/0"),
        ({"minutes": 5}, "body/minutes"),
        ({"timezone": "Mars/Base"}, "body/timezone"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "body/closes_at"),
    ],
)
def test_a_poll_that_makes_no_sense_is_not_asked(ask, body, at):
    refused = ask(**body)

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["at"] == at


def test_one_question_at_a_time(ask, cora):
    ok(ask(), 201)

    assert ask(cora).status_code == 409


def test_strangers_do_not_vote_and_nobody_twice(acting, db, ask, members):
    poll = ok(ask(), 201)
    assert vote(acting, members[9], poll, "yes").status_code == 403
    assert vote(acting, make.person(db, "Stranger"), poll, "yes").status_code == 404
    unknown = {"votes": [{"option_id": str(make.UNKNOWN), "suits": "yes"}]}
    path = f"/v1/date-polls/{poll['id']}/votes/me"
    assert acting(members[2]).put(path, json=unknown).status_code == 422

    ok(vote(acting, members[2], poll, "yes"))
    changed = ok(vote(acting, members[2], poll, "no"))

    assert (changed["options"][0]["yes"], changed["options"][0]["no"]) == (0, 1)
    assert changed["options"][0]["my_vote"] == "no"


def test_votes_are_taken_until_it_closes(planning, acting, ask, members):
    poll = ok(ask(), 201)
    with clock.at(datetime.now(UTC) + timedelta(days=8)):
        late = vote(acting, members[2], poll, "yes")
    planning.later(days=8)

    assert late.status_code == 409
    assert any("are in" in t for t in notices(acting(members[0])))
    ok(acting(members[0]).post(f"/v1/date-polls/{poll['id']}/decision", json={}))


def test_only_who_prepares_it_asks_and_decides(acting, ask, members, nia):
    assert ask(members[3]).status_code == 403
    poll = ok(ask(), 201)

    assert acting(nia).post(f"/v1/date-polls/{poll['id']}/decision", json={}).status_code == 403


counts = st.builds(Tally, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
polls = st.dictionaries(
    st.integers(0, 500).map(lambda day: SOON + timedelta(days=day)), counts, min_size=1
)


@given(polls)
def test_no_date_suits_more_people_than_the_best(dates):
    chosen = dates[best(dates)]

    assert all(d.yes + d.if_need_be <= chosen.yes + chosen.if_need_be for d in dates.values())


@given(polls)
def test_the_order_in_which_dates_are_offered_does_not_matter(dates):
    assert best(dates) == best(dict(reversed(dates.items())))


@given(st.lists(st.sampled_from(Suits)))
def test_every_vote_is_counted_once(votes):
    assert sum(tally(votes)) == len(votes)
