"""Recording who came: one by one, and what is done about mistakes."""

from datetime import timedelta

from sqlmodel import col, select

from api.communities.models import Community
from api.core.actor import Role
from api.core.events import Outbox
from api.core.work import transaction
from api.identity.sign_ins import service as sign_ins
from api.sessions.models import Attendance
from tests import make
from tests.honest import HonestClient
from tests.looking import look
from tests.make import sessions as made


def url(session, person=None):
    return f"/v1/sessions/{session.id}/attendances" + (f"/{person.id}" if person else "")


def events(db, kind):
    found = look(db, select(Outbox).where(Outbox.kind == kind).order_by(col(Outbox.seq)))
    return [e.payload for e in found]


def test_a_facilitator_records_who_came_and_who_did_not(acting, db, community, asha, ben, session):
    femi = make.person(db, "Femi")
    make.member(db, community, femi, Role.FACILITATOR)

    said = {"status": "partial", "minutes": 40, "mode": "online", "reason": "Had to leave"}
    came = acting(femi).put(url(session, asha), json=said)
    absent = acting(femi).put(
        url(session, ben), json={"status": "no_show", "source": "facilitator"}
    )

    body = came.json()
    assert came.status_code == 200, came.text
    assert {k: body[k] for k in said} == said
    assert body["recorded_by_id"] == str(femi.id)
    assert body["source"] == "api"
    assert absent.json()["source"] == "facilitator"
    [first, second] = events(db, "attendance.recorded")
    assert first["person_id"] == str(asha.id)
    assert first["object_id"] == str(session.id)
    assert first["attendance_id"] == body["id"]
    assert first["replaces_id"] is None
    assert second["status"] == "no_show"


def test_what_is_recorded_in_a_browser_comes_from_a_facilitator(app, db, lena, asha, session):
    with transaction(app.state.engine) as writing:
        signed_in = sign_ins.make(writing, lena.id)
    browser = HonestClient(app, cookies={"trellis": signed_in.cookie})

    answer = browser.put(url(session, asha), json={"status": "attended"})

    assert answer.json()["source"] == "facilitator", answer.text


def test_saying_it_again_changes_nothing_and_a_correction_keeps_what_was_known(
    acting, db, lena, asha, session
):
    lead = acting(lena)
    first = lead.put(url(session, asha), json={"status": "attended"}).json()

    again = lead.put(url(session, asha), json={"status": "attended"}).json()
    corrected = lead.put(url(session, asha), json={"status": "no_show"}).json()

    assert again == first
    assert corrected["id"] != first["id"]
    rows = look(db, select(Attendance).order_by(col(Attendance.recorded_at)))
    assert [r.status for r in rows] == ["attended", "no_show"]
    assert rows[0].replaced_at == rows[1].recorded_at
    assert events(db, "attendance.recorded")[1]["replaces_id"] == first["id"]


def test_a_record_is_taken_back(acting, db, lena, asha, session):
    lead = acting(lena)
    made.came(db, session, asha)

    assert lead.delete(url(session, asha)).status_code == 204
    assert lead.delete(url(session, asha)).status_code == 404
    assert acting(asha).get("/v1/attendances").json()["items"] == []
    line = lead.get(url(session) + "?recorded=true").json()["items"]
    assert line == []
    assert len(events(db, "attendance.withdrawn")) == 1
    # Nothing recorded is not the same as a no-show.
    register = lead.get(url(session)).json()["items"]
    assert {r["name"]: r["status"] for r in register} == {"Asha": None, "Lena": None}


def test_the_register_lists_everybody_who_could_have_come(acting, db, lena, asha, ben, session):
    guest, carol = make.person(db, "Zoe Guest"), make.person(db, "carol")
    make.member(db, db.get_one(Community, session.community_id), carol)
    made.answer(db, session, asha)
    made.answer(db, session, ben, "no")
    made.came(db, session, asha)
    made.came(db, session, guest, status="walk_in")
    made.came(db, session, ben, status="no_show")

    lines = acting(lena).get(url(session)).json()["items"]

    assert [(r["name"], r["answer"], r["status"]) for r in lines] == [
        ("Asha", "yes", "attended"),
        ("Ben", "no", "no_show"),
        ("carol", None, None),
        ("Lena", None, None),
        ("Zoe Guest", None, "walk_in"),
    ]
    assert {r["session_id"] for r in lines} == {str(session.id)}
    unmarked = acting(lena).get(url(session) + "?recorded=false").json()["items"]
    assert [r["name"] for r in unmarked] == ["carol", "Lena"]
    assert acting(asha).get(url(session)).status_code == 403


def test_the_register_goes_on_from_page_to_page(acting, lena, asha, ben, session):
    first = acting(lena).get(url(session) + "?limit=2").json()
    second = acting(lena).get(url(session), params={"limit": 2, "cursor": first["next"]}).json()

    assert [r["name"] for r in first["items"] + second["items"]] == ["Asha", "Ben", "Lena"]


def test_nobody_is_on_record_before_the_session_starts(acting, db, lena, community, asha):
    session = made.session(db, community)

    refused = acting(lena).put(url(session, asha), json={"status": "attended"})
    many = acting(lena).post(
        url(session), json={"items": [{"person_id": str(asha.id), "status": "attended"}]}
    )

    assert refused.status_code == many.status_code == 409
    assert refused.json()["type"] == "/problems/not-yet"


def test_only_those_who_run_it_record_who_came(acting, lena, asha, ben, session):
    refused = acting(asha).put(f"{url(session)}/me", json={"status": "attended"})
    mine = acting(lena).put(f"{url(session)}/me", json={"status": "attended"})

    assert refused.status_code == 403
    assert "Only those who run" in refused.json()["detail"]
    assert mine.json()["person_id"] == str(lena.id)
    assert acting(asha).delete(url(session, ben)).status_code == 403
    assert (
        acting(asha)
        .post(url(session), json={"items": [{"person_id": str(asha.id), "status": "attended"}]})
        .status_code
        == 403
    )


def test_a_facilitator_of_this_session_alone_runs_it(acting, db, community, asha, ben):
    session = made.under_way(db, community, facilitator_ids=[asha.id])

    assert acting(asha).put(url(session, ben), json={"status": "attended"}).status_code == 200
    other = made.under_way(db, community, title="Other")
    assert acting(asha).put(url(other, ben), json={"status": "attended"}).status_code == 403


def test_a_token_needs_the_scope_of_attendances(acting, lena, asha, session):
    said = {"status": "attended"}

    narrow = acting(lena, ["sessions:write"]).put(url(session, asha), json=said)
    right = acting(lena, ["attendances:write"]).put(url(session, asha), json=said)

    assert (narrow.status_code, right.status_code) == (403, 200)


def test_the_list_holds_the_sessions_one_runs_and_always_ones_own(
    acting, db, lena, community, asha, ben, session
):
    other = make.community(db, "Elsewhere")
    make.member(db, other, asha)
    elsewhere = made.held(db, other)
    made.came(db, session, asha, ben)
    made.came(db, elsewhere, asha)

    def listed(person, query=""):
        found = acting(person).get(f"/v1/attendances{query}").json()["items"]
        return sorted((r["session_id"], r["person_id"]) for r in found)

    here, there = str(session.id), str(elsewhere.id)
    a, b = str(asha.id), str(ben.id)
    assert listed(lena) == sorted([(here, a), (here, b)])
    assert listed(asha) == sorted([(here, a), (there, a)])
    assert listed(ben) == [(here, b)]
    assert listed(lena, f"?person_id={a}") == [(here, a)]
    assert listed(asha, f"?community_id={other.id}") == [(there, a)]
    assert listed(asha, f"?session_id={here}") == [(here, a)]
    day = session.starts_at.date()
    assert listed(asha, f"?to={day - timedelta(days=1)}") == [(there, a)]
    assert listed(asha, f"?from={day - timedelta(days=1)}") == [(here, a)]


def test_a_lead_of_the_umbrella_lists_what_happens_beneath(acting, db):
    nia = make.person(db, "Nia")
    umbrella = make.community(db, "Umbrella", lead=nia)
    beneath = make.community(db, "Beneath", parent=umbrella)
    session = made.held(db, beneath)
    made.came(db, session, make.person(db, "Asha"))

    query = f"/v1/attendances?community_id={umbrella.id}"
    assert acting(nia).get(query).json()["items"] == []
    assert len(acting(nia).get(query + "&include=descendants").json()["items"]) == 1


def test_a_copy_elsewhere_learns_of_corrections_and_of_records_taken_back(
    acting, db, lena, asha, ben, session
):
    lead = acting(lena)
    made.came(db, session, asha, ben)
    copied = lead.get("/v1/attendances").json()["items"]
    since = max(r["recorded_at"] for r in copied)

    lead.put(url(session, asha), json={"status": "no_show"})
    lead.delete(url(session, ben))
    news = lead.get("/v1/attendances", params={"changed_since": since}).json()["items"]

    changed = {r["person_id"]: r for r in news if r["recorded_at"] > since or r["withdrawn_at"]}
    assert changed[str(asha.id)]["status"] == "no_show"
    assert changed[str(asha.id)]["withdrawn_at"] is None
    assert changed[str(ben.id)]["withdrawn_at"] is not None
    assert len(changed) == 2


def test_somebody_recorded_again_after_all_is_listed_once(acting, db, lena, asha, session):
    lead = acting(lena)
    start = session.starts_at.isoformat()
    made.came(db, session, asha)
    lead.delete(url(session, asha))
    lead.put(url(session, asha), json={"status": "attended"})

    news = lead.get("/v1/attendances", params={"changed_since": start}).json()["items"]

    assert [r["withdrawn_at"] for r in news] == [None]


def test_what_belongs_to_an_archived_community_stays_as_it_is(
    acting, db, lena, community, asha, session
):
    made.came(db, session, asha)
    assert acting(lena).post(f"/v1/communities/{community.id}/archive", json={}).status_code == 200

    assert acting(lena).put(url(session, asha), json={"status": "no_show"}).status_code == 409
    assert acting(lena).delete(url(session, asha)).status_code == 409
    assert len(acting(lena).get(url(session)).json()["items"]) == 2
