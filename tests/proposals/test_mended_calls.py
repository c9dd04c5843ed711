"""Calls, soundings and polls that are over, not open yet, or none of somebody's business."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event
from sqlmodel import select

from api.communities.models import Visibility
from api.core import clock
from api.core.actor import Role, State
from api.memberships.models import Membership
from api.proposals.calls import links, service
from api.proposals.models import InterestCall
from tests import make
from tests.proposals.idea import TEXT, Idea, everything, notices, ok

AGAIN = "Fewer evenings: would you meet every other month?"


def ahead(**span):
    return datetime.now(UTC) + timedelta(**span)


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


@pytest.fixture
def planning(idea, cora, members):
    idea.through_call(cora, members[:8])
    idea.through_planning(cora, members[0], members[1])
    return idea


@pytest.fixture
def link_of(called, db, cora):
    """What the mail of somebody leads to."""

    def link_of(person):
        call = UUID(called.calls(cora)[0]["id"])
        word = links.path_of(db, call, person.id).partition("#")[2]
        db.commit()
        return {"word": word}

    return link_of


def ask_dates(acting, who, proposal, *days):
    options = [ahead(days=day).isoformat() for day in days or (20, 21)]
    path = f"/v1/proposals/{proposal.id}/date-polls"
    return acting(who).post(path, json={"options": options})


def decide(acting, who, poll, **said):
    return acting(who).post(f"/v1/date-polls/{poll['id']}/decision", json=said)


class TestWhomACallReaches:
    def test_no_topic_is_guessed_of_a_community_one_cannot_see(
        self, acting, db, network, cyp, nia, beth, cora, settings
    ):
        lena = make.person(db, "Lena")
        make.member(db, cyp, lena, Role.LEAD)
        hidden = {"visibility": Visibility.CONFIDENTIAL, "topics": ["whistleblowing"]}
        make.community(db, "Hush", parent=network, lead=make.person(db, "Hugo"), **hidden)
        idea = Idea(acting, nia, settings)
        more = {"proposed_lead_id": str(nia.id), "co_supporters": [str(beth.id)]}
        idea.draft(parent_id=str(cyp.id), **more)
        idea.submit()
        path = f"/v1/proposals/{idea.id}/audience-checks"
        asked = {"topics": ["whistleblowing"]}

        assert ok(acting(lena).post(path, json=asked))["size"] == 0
        # Whoever serves the whole network sees it, and may ask its people.
        assert ok(acting(cora).post(path, json=asked))["size"] == 1

    def test_beneath_a_confidential_umbrella_only_its_own_are_asked(
        self, acting, db, network, cora, nia, beth, settings, members
    ):
        hush = {"visibility": Visibility.CONFIDENTIAL}
        umbrella = make.community(db, "Hush", parent=network, lead=cora, **hush)
        for person in (nia, members[0]):
            make.member(db, umbrella, person)
        within = make.community(db, "Within", parent=umbrella, **hush)
        make.member(db, within, members[1])
        idea = Idea(acting, nia, settings)
        more = {"proposed_lead_id": str(nia.id), "co_supporters": [str(beth.id)]}
        idea.draft(parent_id=str(umbrella.id), **more)
        idea.submit()
        idea.move(cora, "scoping", decision="no_duplicate")
        idea.sounding()
        path = f"/v1/proposals/{idea.id}/audience-checks"
        elsewhere = {"community_ids": [str(network.id)]}
        assert acting(cora).post(path, json=elsewhere).status_code == 422

        step = idea.open_call(cora)
        idea.work()

        # Cora and the first member; whoever cannot see the idea hears nothing of it.
        assert step["evidence"]["audience_size"] == 2
        for person in members:
            told = any("Would you come" in title for title in notices(acting(person)))
            sees = acting(person).get(f"/v1/proposals/{idea.id}").status_code == 200
            assert told == sees == (person is members[0])


class TestACallThatIsNotOpen:
    def test_it_cannot_be_closed_before_it_opens(self, scoped, db, cora, members):
        scoped.open_call(cora, opens_at=ahead(days=3).isoformat())
        call = db.get_one(InterestCall, UUID(scoped.calls(cora)[0]["id"]))

        with pytest.raises(service.CallNotOpen):
            service.close_early(db, call)
        db.commit()
        scoped.move(scoped.proposer, "withdrawn", "No time after all.")

        assert scoped.calls(scoped.proposer)[0]["closed_at"]

    def test_nobody_is_promised_an_answer_before_it_opens_or_after_it_closed(
        self, scoped, cora, members
    ):
        scoped.open_call(cora, opens_at=ahead(days=3).isoformat())

        assert "express" not in scoped.read(members[0])["can"]
        with clock.at(ahead(days=4)):
            assert "express" in scoped.read(members[0])["can"]
        with clock.at(ahead(days=25)):
            assert "express" not in scoped.read(members[0])["can"]
            late = scoped.express(members[0])
        assert (late.status_code, late.json()["type"]) == (409, "/problems/came-too-late")

    def test_only_a_reminder_that_can_be_sent_is_promised(self, called, acting, cora, members):
        path = f"/v1/proposals/{called.id}/reminders"
        assert "nudge" not in called.read(cora)["can"]
        assert acting(cora).post(path).json()["type"] == "/problems/call-not-open"
        called.work()
        assert "nudge" in called.read(cora)["can"]
        [listed] = everything(acting(cora), "/v1/proposals")
        assert "nudge" in listed["can"]
        with clock.at(ahead(days=22)):
            over = acting(cora).post(path)
        assert (over.status_code, over.json()["type"]) == (409, "/problems/no-call")

        ok(acting(cora).post(path))

        assert "nudge" not in called.read(cora)["can"]
        assert "nudge" not in called.read(members[0])["can"]

    def test_nobody_is_asked_once_its_time_is_over(self, called, acting, members):
        # Nothing was done for weeks.
        called.later(days=40)

        assert not any("Would you come" in title for title in notices(acting(members[3])))

    def test_nobody_is_reminded_once_its_time_is_over(self, called, acting, cora, members):
        called.work()
        ok(acting(cora).post(f"/v1/proposals/{called.id}/reminders"))

        called.later(days=40)

        assert not any("Still open" in title for title in notices(acting(members[3])))


class TestWhatACallCameTo:
    def test_the_first_round_keeps_its_numbers(self, called, cora, members):
        ok(called.express(members[1]), 201)
        ok(called.express(members[2], interested=False), 201)
        called.later(days=22)
        before = called.calls(cora)[0]
        with clock.at(ahead(days=60)):
            called.open_call(cora, AGAIN, min_people=2)
            ok(called.express(members[0], "co_lead"), 201)
            ok(called.express(members[1], interested=False), 201)
            ok(called.express(members[4], "speaker"), 201)
            second, first = called.calls(cora)

        assert before["progress"]["people"] == 1
        assert (first["progress"], first["reach"]) == (before["progress"], before["reach"])
        assert second["progress"] == {"people": 2, "organisations": 1, "co_leads": 1, "met": False}
        assert {r["role"]: r["people"] for r in second["reach"]["by_role"]} == {
            "co_lead": 1, "speaker": 1
        }  # fmt: skip

    def test_a_yes_of_the_first_round_counts_in_the_second(self, called, cora, members):
        ok(called.express(members[1]), 201)
        called.later(days=22)

        with clock.at(ahead(days=60)):
            called.open_call(cora, AGAIN)
            [second, _] = called.calls(cora)

        assert second["progress"]["people"] == 1

    def test_whoever_lost_their_access_does_not_count(self, called, db, cora, members):
        for person in members[:3]:
            ok(called.express(person, "co_lead"), 201)

        members[0].disabled_at = datetime.now(UTC)
        db.add(members[0])
        db.commit()

        [call] = called.calls(cora)
        assert call["progress"] == {"people": 2, "organisations": 2, "co_leads": 2, "met": False}
        assert call["reach"]["interested"] == 2


class TestTheLinkInAMail:
    def leave(self, db, person):
        held = db.exec(select(Membership).where(Membership.person_id == person.id)).one()
        held.state = State.REMOVED
        db.add(held)
        db.commit()

    def test_it_ends_when_its_person_leaves_the_network(self, acting, db, link_of, members):
        link = link_of(members[3])
        ok(acting(None).post("/v1/call-links/read", json=link))

        self.leave(db, members[3])

        for what in ("read", "answer"):
            assert acting(None).post(f"/v1/call-links/{what}", json=link).status_code == 404

    def test_it_shows_nothing_that_was_written_later(self, called, acting, nia, link_of, members):
        link = link_of(members[3])
        letter = ok(acting(None).post("/v1/call-links/read", json=link))
        assert (letter["open"], letter["purpose"]) == (True, called.read()["purpose"])
        called.later(days=22)
        path = f"/v1/proposals/{called.id}"
        tag = {"If-Match": acting(nia).get(path).headers["etag"]}
        ok(acting(nia).patch(path, json={"purpose": "Something else by now."}, headers=tag))

        over = ok(acting(None).post("/v1/call-links/read", json=link))

        assert (over["open"], over["purpose"], over["text"]) == (False, "", TEXT)
        assert over["name"] == called.read()["name"]


class TestSoundings:
    @pytest.fixture
    def word(self, idea, acting, nia):
        path = f"/v1/proposals/{idea.id}/soundings"
        self.made = ok(acting(nia).post(path, json={"name": "Kit"}), 201)
        return self.made["link"].partition("#")[2]

    def test_a_link_shows_nothing_of_an_idea_that_has_moved_on(self, idea, acting, nia, word):
        idea.move(nia, "withdrawn", "No time after all.")

        over = acting(None).post("/v1/sounding-links/read", json={"word": word})

        assert (over.status_code, over.json()["type"]) == (409, "/problems/sounding-over")

    def test_what_was_answered_is_not_taken_back(self, idea, acting, nia, word):
        said = {"word": word, "opinion": "yes"}
        ok(acting(None).post("/v1/sounding-links/answer", json=said), 204)
        path = f"/v1/proposals/{idea.id}/soundings"

        assert acting(nia).delete(f"{path}/{self.made['id']}").status_code == 409
        assert everything(acting(nia), path)[0]["withdrawn_at"] is None

    def test_it_is_answered_or_taken_back_and_never_both(self, idea, acting, nia, word):
        path = f"/v1/proposals/{idea.id}/soundings"
        said = {"word": word, "opinion": "yes"}
        nobody, proposer = acting(None), acting(nia)

        def answer():
            return nobody.post("/v1/sounding-links/answer", json=said).status_code

        def withdraw():
            return proposer.delete(f"{path}/{self.made['id']}").status_code

        with ThreadPoolExecutor(8) as pool:
            asked = [pool.submit(call) for call in (answer, answer, withdraw, answer, answer)]
            codes = [one.result() for one in asked]

        [found] = everything(proposer, path)
        taken_back = codes.pop(2)
        assert (taken_back, codes.count(204)) in ((204, 0), (409, 1))
        assert bool(found["withdrawn_at"]) == (taken_back == 204)
        assert bool(found["answered_at"]) == (taken_back == 409)


class TestDates:
    def test_nobody_hears_of_the_dates_of_what_was_withdrawn(self, planning, acting, members):
        ok(ask_dates(acting, members[0], planning), 201)
        planning.move(members[0], "withdrawn", "No time after all.")

        planning.later(days=8)

        assert not any("are in" in title for title in notices(acting(members[0])))

    def test_no_date_is_chosen_that_has_passed(self, planning, acting, members):
        poll = ok(ask_dates(acting, members[0], planning, 20, 40), 201)
        path = f"/v1/date-polls/{poll['id']}"
        early, late = (option["id"] for option in poll["options"])
        with clock.at(ahead(days=30)):
            best = decide(acting, members[0], poll)
            named = decide(acting, members[0], poll, option_id=early)
            assert "decide" in ok(acting(members[0]).get(path))["can"]
        with clock.at(ahead(days=45)):
            assert "decide" not in ok(acting(members[0]).get(path))["can"]

        assert (best.status_code, best.json()["type"]) == (409, "/problems/poll-over")
        assert named.status_code == 422
        assert named.json()["errors"][0]["at"] == "body/option_id"
        with clock.at(ahead(days=30)):
            ok(decide(acting, members[0], poll, option_id=late))

    def test_another_question_is_asked_after_a_revival(self, planning, acting, cora, members):
        old = ok(ask_dates(acting, members[0], planning), 201)
        planning.later(days=84)
        planning.later(days=95)
        assert planning.read()["state"] == "expired"
        with clock.at(ahead(days=96)):
            planning.move(cora, "planning")
            refused = decide(acting, members[0], old)
            ok(ask_dates(acting, members[0], planning, 120, 121), 201)

        assert refused.status_code == 409

    def test_many_polls_are_read_as_cheaply_as_one(self, app, planning, acting, members):
        path = f"/v1/proposals/{planning.id}/date-polls"
        client = acting(members[2])
        statements = []

        def note(_conn, _cursor, statement, *_more):
            statements.append(statement)

        def cost():
            statements.clear()
            assert ok(client.get(path))["items"]
            return len(statements)

        ok(ask_dates(acting, members[0], planning, 20, 40), 201)
        event.listen(app.state.engine, "before_cursor_execute", note)
        one = cost()
        for days in (8, 16, 24):
            planning.later(days=days)
            with clock.at(ahead(days=days, minutes=1)):
                ok(ask_dates(acting, members[0], planning, days + 20, days + 21), 201)

        assert cost() == one
