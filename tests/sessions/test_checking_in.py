"""Checking in with the code that the session shows."""

from datetime import timedelta

import pytest
from sqlmodel import select

from api.core.limits import Attempt
from api.sessions import codes
from api.sessions.models import Attendance
from tests import make
from tests.looking import count, look
from tests.make import sessions as made


def check_in(client, session, code, **more):
    return client.post(f"/v1/sessions/{session.id}/check-ins", json={"code": code, **more})


def test_a_member_checks_in_however_they_write_the_code(acting, db, lena, community, asha):
    session = made.under_way(db, community)
    made.answer(db, session, asha)
    shown = acting(lena).get(f"/v1/sessions/{session.id}/check-in-code").json()
    typed = f" {shown['code'][:3].lower()}-{shown['code'][3:]} "

    answer = check_in(acting(asha), session, typed)

    assert answer.status_code == 201, answer.text
    assert (answer.json()["status"], answer.json()["source"]) == ("attended", "self")
    assert answer.json()["recorded_by_id"] == str(asha.id)
    assert check_in(acting(asha), session, typed).json() == answer.json()
    assert count(db, Attendance) == 1
    assert acting(asha).get(f"/v1/sessions/{session.id}").json()["my_attendance"] == "attended"


def test_whoever_had_not_said_they_would_come_walks_in(acting, db, community, asha):
    session = made.under_way(db, community, mode="hybrid")

    answer = check_in(acting(asha), session, session.check_in_code, mode="in_person")

    assert (answer.json()["status"], answer.json()["mode"]) == ("walk_in", "in_person")


def test_the_code_is_for_those_who_run_the_session(acting, db, community, asha):
    session = made.under_way(db, community)

    assert acting(asha).get(f"/v1/sessions/{session.id}/check-in-code").status_code == 403
    assert session.check_in_code not in acting(asha).get(f"/v1/sessions/{session.id}").text


def test_guessing_the_code_ends_after_a_few_tries(acting, db, community, asha):
    session = made.under_way(db, community)
    client = acting(asha)

    tries = [check_in(client, session, "WRONG1") for _ in range(7)]

    assert [t.status_code for t in tries] == [403] * 5 + [429] * 2
    assert tries[0].json()["type"] == "/problems/wrong-code"
    assert int(tries[6].headers["retry-after"]) > 0
    # By now the right one would not help either, but somebody else may still come in.
    assert check_in(client, session, session.check_in_code).status_code == 429
    ben = make.person(db, "Ben")
    make.member(db, community, ben)
    assert check_in(acting(ben), session, session.check_in_code).status_code == 201


def test_a_few_slips_are_forgotten_once_the_code_is_right(acting, db, community, asha):
    session = made.under_way(db, community)
    check_in(acting(asha), session, "WRONG1")

    check_in(acting(asha), session, session.check_in_code)

    assert look(db, select(Attempt).where(Attempt.key.like("check-in:%"))) == []


@pytest.mark.parametrize(
    ("starts_in", "expected"),
    [
        (timedelta(hours=2), 409),
        (timedelta(minutes=20), 201),
        (timedelta(minutes=-90), 201),
        (timedelta(hours=-3), 409),
    ],
)
def test_the_doors_are_open_around_the_session_only(
    acting, db, community, asha, starts_in, expected
):
    session = made.session(db, community, starts_in=starts_in)

    answer = check_in(acting(asha), session, session.check_in_code)

    assert answer.status_code == expected, answer.text
    can = acting(asha).get(f"/v1/sessions/{session.id}").json()["can"]
    assert ("check_in" in can) == (expected == 201)


def test_what_a_facilitator_saw_is_not_undone_with_the_code(acting, db, community, asha):
    session = made.under_way(db, community)
    made.came(db, session, asha, status="no_show")

    refused = check_in(acting(asha), session, session.check_in_code)

    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/seen-otherwise"


def test_who_may_not_come_may_not_check_in(acting, db, lena, community):
    stranger = make.person(db, "Stranger")
    closed = made.under_way(db, community)
    cancelled = made.under_way(db, community, title="Other")
    etag = acting(lena).get(f"/v1/sessions/{cancelled.id}").headers["etag"]
    acting(lena).delete(f"/v1/sessions/{cancelled.id}", headers={"If-Match": etag})

    assert check_in(acting(stranger), closed, closed.check_in_code).status_code == 404
    assert check_in(acting(lena), cancelled, cancelled.check_in_code).status_code == 409


def test_codes_are_short_and_hold_nothing_that_looks_alike():
    made_codes = {codes.make() for _ in range(200)}

    assert len(made_codes) == 200
    assert not set("".join(made_codes)) & set("IO01")
    assert {len(c) for c in made_codes} == {codes.LENGTH}
