"""A call goes to people, is answered in two clicks, closes by itself, and never moves its marks."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest

from api.core import clock
from api.worker import Worker
from tests import make
from tests.proposals.idea import TEXT, notices, ok


@pytest.fixture
def scoped(idea, cora, members):
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    idea.sounding()
    return idea


@pytest.fixture
def called(scoped, cora):
    scoped.open_call(cora)
    return scoped


def test_its_size_is_known_before_it_is_sent(scoped, acting, cora, nia, harbour):
    path = f"/v1/proposals/{scoped.id}/audience-checks"
    size = ok(acting(cora).post(path, json={}))

    # Ten members, Beth and Cora; the proposer knows already.
    assert size["size"] == 12
    assert sum(s["people"] for s in size["organisations"]) == 12
    fewer = {"organisation_ids": [str(harbour.id)]}
    assert ok(acting(cora).post(path, json=fewer))["size"] == 6
    assert acting(nia).post(path, json={}).status_code == 403


def test_an_audience_is_narrowed_by_umbrella_and_topic(scoped, acting, db, cora, cyp, network):
    path = f"/v1/proposals/{scoped.id}/audience-checks"
    sleep = make.community(db, "Sleep", parent=cyp, topics=["Sleep"], lead=cora)
    make.member(db, sleep, make.person(db, "Sam"))

    def size(**audience):
        return ok(acting(cora).post(path, json=audience))["size"]

    assert size(community_ids=[str(cyp.id)]) == 2
    assert size(topics=["sleep"]) == 2
    assert size(topics=["grief"]) == 0
    elsewhere = make.community(db, "Elsewhere")
    body = {"community_ids": [str(elsewhere.id)]}
    assert acting(cora).post(path, json=body).status_code == 422


def test_its_marks_are_frozen_when_it_opens(scoped, acting, cora):
    step = scoped.open_call(cora, min_people=3)
    path = f"/v1/communities/{scoped.read()['parent_id']}/proposal-settings"
    tag = {"If-Match": acting(cora).get(path).headers["etag"]}
    ok(acting(cora).patch(path, json={"min_people": 20}, headers=tag))

    assert step["evidence"]["threshold"] == {"people": 3, "organisations": 2, "co_leads": 1}
    assert step["evidence"]["audience_size"] == 12
    [call] = scoped.calls(cora)
    assert (call["min_people"], call["audience_size"]) == (3, 12)


def test_it_lasts_three_weeks_unless_somebody_says(called, cora):
    [call] = called.calls(cora)
    opens, closes = (datetime.fromisoformat(call[n]) for n in ("opens_at", "closes_at"))

    assert closes - opens == timedelta(days=21)


@pytest.mark.parametrize(
    ("details", "at"),
    [
        ({"text": TEXT, "closes_at": "2026-01-01T00:00:00Z"}, "body/details/closes_at"),
        ({"text": TEXT, "opens_at": "2025-01-01T00:00:00Z"}, "body/details/opens_at"),
        ({"text": TEXT, "closes_at": "2026-02-30T00:00:00Z"}, "body/details/closes_at"),
        ({"text": TEXT, "opens_at": "2100-12-31T23:59:59-14:00"}, "body/details/opens_at"),
        ({"text": TEXT, "min_people": 1}, "body/details/min_people"),
        ({"text": TEXT, "min_people": 100_000}, "body/details/min_people"),
        ({"text": TEXT, "min_organisations": 0}, "body/details/min_organisations"),
        ({"text": "Come!"}, "body/details/text"),
        ({}, "body/details/text"),
        ({"text": TEXT, "audience": {"topics": ["grief"]}}, "body/details/audience"),
    ],
)
def test_what_makes_no_sense_opens_nothing(scoped, cora, details, at):
    refused = scoped.ask(cora, "interest_call", **details)

    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["at"] == at
    assert scoped.read()["state"] == "scoping"
    assert scoped.calls(cora) == []


def test_everybody_is_told_in_the_application(called, acting, members, nia):
    called.work()

    assert any("Would you come?" in title for title in notices(acting(members[3])))
    assert not any("Would you come?" in title for title in notices(acting(nia)))
    called.work()
    assert sum("Would you come?" in t for t in notices(acting(members[3]))) == 1


def test_interest_is_said_by_role_and_counted(called, acting, cora, members):
    for n, role in enumerate(("member", "co_lead", "speaker", "observer", "sponsor")):
        ok(called.express(members[n], role), 201)
    ok(called.express(members[5], interested=False), 201)

    [seen] = called.calls(members[0])
    assert seen["progress"] == {"people": 5, "organisations": 2, "co_leads": 1, "met": False}
    assert seen["my_answer"]["role"] == "member"
    assert seen["reach"] is None
    reach = called.calls(cora)[0]["reach"]
    assert (reach["reached"], reach["answered"], reach["interested"]) == (12, 6, 5)
    assert {r["organisation"]: r["answered"] for r in reach["by_organisation"]} == {
        "Harbour Lane": 3, "Mill Street Practice": 3
    }  # fmt: skip
    assert {r["role"]: r["people"] for r in reach["by_role"]}["co_lead"] == 1


def test_an_answer_can_be_changed_and_counts_once(called, acting, cora, members):
    ok(called.express(members[0]), 201)
    ok(called.express(members[0], "co_lead"), 201)
    assert called.calls(cora)[0]["progress"]["people"] == 1
    assert called.calls(cora)[0]["progress"]["co_leads"] == 1

    ok(called.express(members[0], interested=False), 201)

    assert called.calls(cora)[0]["progress"]["people"] == 0


def test_names_are_for_the_coordinators(called, acting, cora, members, nia):
    ok(called.express(members[0], comment="I can host."), 201)
    path = f"/v1/proposals/{called.id}/expressions"

    [found] = ok(acting(cora).get(path))["items"]
    assert (found["person_name"], found["comment"]) == (members[0].name, "I can host.")
    assert acting(nia).get(path).status_code == 403
    assert acting(members[1]).get(path).status_code == 403


def test_the_network_reads_what_it_is_asked_and_nobody_else(called, acting, db, members):
    stranger = make.person(db, "Stranger")

    assert called.read(members[0])["state"] == "interest_call"
    assert acting(stranger).get(f"/v1/proposals/{called.id}").status_code == 404
    assert called.express(stranger).status_code == 404


def test_a_coordinator_closes_early_only_what_is_met(called, cora, members):
    for person in members[:7]:
        ok(called.express(person), 201)
    refused = called.ask(cora, "interest_met")
    assert {e["at"] for e in refused.json()["errors"]} == {"guard/people", "guard/co_leads"}
    assert "7 of 8 people" in refused.json()["detail"]
    ok(called.express(members[8]), 201)

    ok(called.express(members[7], "co_lead"), 201)
    step = called.move(cora, "interest_met")

    assert step["evidence"]["counts"] == {"people": 9, "organisations": 2, "co_leads": 1}


def test_time_closes_a_call_that_is_met(called, members):
    for n, person in enumerate(members[:8]):
        ok(called.express(person, "co_lead" if n == 0 else "member"), 201)

    called.later(days=20)
    assert called.read()["state"] == "interest_call"
    called.later(days=22)

    assert called.read()["state"] == "interest_met"


def test_time_closes_a_call_that_failed_and_points_elsewhere(called, acting, db, network,
                                                            members):  # fmt: skip
    near = make.community(db, "Debriefing after incidents at night", parent=network)
    ok(called.express(members[0]), 201)

    called.later(days=22)

    assert called.read()["state"] == "interest_not_met"
    path = f"/v1/proposals/{called.id}/transitions"
    last = ok(acting(members[0]).get(path))["items"][0]
    assert last["actor_id"] is None
    assert last["evidence"]["counts"]["people"] == 1
    assert [r["id"] for r in last["evidence"]["related"]] == [str(near.id)]
    assert any("does not begin yet" in t for t in notices(acting(members[0])))


def test_an_answer_after_the_close_is_told_so(called, cora, members):
    with clock.at(datetime.now(UTC) + timedelta(days=22)):
        # Nobody has closed it yet, but its time is over.
        late = called.express(members[0])
    called.later(days=22)
    later = called.express(members[1])

    for refused in (late, later):
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/came-too-late")
    assert called.calls(cora)[0]["progress"]["people"] == 0


def test_a_call_may_open_later(scoped, cora, members):
    opens = datetime.now(UTC) + timedelta(days=3)
    scoped.open_call(cora, opens_at=opens.isoformat())

    early = scoped.express(members[0])

    assert (early.status_code, early.json()["type"]) == (409, "/problems/call-not-open")
    with clock.at(opens + timedelta(minutes=1)):
        ok(scoped.express(members[0]), 201)


def test_a_second_round_comes_later_and_says_something_else(called, cora, members):
    called.later(days=22)

    with clock.at(datetime.now(UTC) + timedelta(days=30)):
        early = called.ask(cora, "interest_call", text=TEXT)
    assert {e["at"] for e in early.json()["errors"]} == {
        "guard/second_round_pause", "guard/changed_text"
    }  # fmt: skip
    with clock.at(datetime.now(UTC) + timedelta(days=22 + 28, hours=1)):
        called.open_call(cora, "Fewer evenings: would you meet every other month?")
        called.work()
    called.later(days=80)

    assert called.read()["round"] == 2
    third = called.ask(cora, "interest_call", text="Please?" * 5)
    assert (third.status_code, third.json()["legal"]) == (409, ["withdrawn"])


def test_the_undecided_are_reminded_once(called, acting, cora, members):
    called.work()
    ok(called.express(members[0]), 201)
    path = f"/v1/proposals/{called.id}/reminders"

    assert ok(acting(cora).post(path))["reminded"] == 11
    called.work()

    assert any("Still open" in t for t in notices(acting(members[1])))
    assert not any("Still open" in t for t in notices(acting(members[0])))
    again = acting(cora).post(path)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/reminded-already")
    assert acting(members[0]).post(path).status_code == 403


class TestTheMail:
    """What arrives in a mailbox, and what its link can do."""

    @pytest.fixture
    def link(self, called, settings, tmp_path, members):
        """The link in the mail to the first member."""
        own = settings.model_copy(update={"smtp_url": f"file:{tmp_path}"})
        Worker(own).run_once()
        letters = [
            message_from_bytes(file.read_bytes(), policy=policy.default)
            for file in tmp_path.rglob("*.eml")
        ]
        [mail] = [m for m in letters if m["To"].addresses[0].addr_spec == members[0].email]
        text = mail.get_body(("plain",)).get_content()
        assert TEXT.split("?")[0] in " ".join(text.split())
        address = next(w for w in text.split() if w.startswith("http://testserver/calls/answer#"))
        return {"word": address.partition("#")[2]}

    def test_it_is_answered_without_signing_in(self, called, acting, cora, link, members):
        letter = ok(acting(None).post("/v1/call-links/read", json=link))
        assert (letter["open"], letter["my_answer"]) == (True, None)
        assert letter["person_name"] == members[0].name

        ok(acting(None).post("/v1/call-links/answer", json={**link, "role": "co_lead"}))

        assert called.calls(cora)[0]["reach"]["answered"] == 1
        assert called.calls(members[0])[0]["my_answer"]["role"] == "co_lead"
        changed = ok(acting(None).post("/v1/call-links/answer", json={**link, "interested": False}))
        assert changed["my_answer"] == "not_for_me"

    def test_what_opens_every_link_answers_nothing(self, called, acting, cora, link):
        """Mail scanners fetch addresses; what they fetch holds no secret and changes nothing."""
        acting(None).get("/calls/answer")
        ok(acting(None).post("/v1/call-links/read", json=link))

        assert called.calls(cora)[0]["reach"]["answered"] == 0

    def test_it_answers_for_one_person_and_one_call_only(self, acting, called, link):
        forged = link["word"][:-4] + "AAAA"

        assert acting(None).post("/v1/call-links/read", json={"word": forged}).status_code == 404
        word = link["word"]
        answer = acting(None).get("/v1/me", headers={"Authorization": f"Bearer {word}"})
        assert answer.status_code == 401

    def test_it_ends_with_the_call(self, acting, called, link):
        called.later(days=22)

        late = acting(None).post("/v1/call-links/answer", json=link)

        assert (late.status_code, late.json()["type"]) == (409, "/problems/came-too-late")

    def test_it_ends_with_the_access_of_its_person(self, acting, db, called, link, members):
        members[0].disabled_at = datetime.now(UTC)
        db.add(members[0])
        db.commit()

        assert acting(None).post("/v1/call-links/read", json=link).status_code == 404


def test_a_second_round_is_not_met_before_it_opens(called, acting, cora, members):
    """What was said in the first round counts, but nobody has been asked yet."""
    ok(called.express(members[0], "co_lead"), 201)
    ok(called.express(members[1]), 201)
    called.later(days=22)
    with clock.at(datetime.now(UTC) + timedelta(days=51)):
        opens = datetime.now(UTC) + timedelta(days=61)
        called.open_call(cora, "Every other month?  Would that suit you?", min_people=2,
                         opens_at=opens.isoformat())  # fmt: skip
        refused = called.ask(cora, "interest_met")

    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/call-not-open")
