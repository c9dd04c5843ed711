"""What coordinators decide, who may not, and what becomes of an idea that exists already."""

import pytest

from tests import make
from tests.proposals.idea import Idea, everything, notices, ok

REASON = "After the first-responder course is the closest, and it has room."


@pytest.fixture
def twin(db, network):
    return make.community(db, "After the first-responder course", parent=network)


@pytest.fixture
def submitted(idea):
    idea.submit()
    return idea


@pytest.fixture
def own(acting, cora, beth, settings, network):
    """A proposal of the coordinator's own."""
    made = Idea(acting, cora, settings)
    made.draft(proposed_lead_id=str(cora.id), co_supporters=[str(beth.id)])
    made.submit()
    return made


def target(community):
    return [{"kind": "community", "id": str(community.id)}]


def test_a_proposal_goes_on_when_nothing_like_it_exists(submitted, acting, nia, cora):
    step = submitted.move(cora, "scoping", decision="no_duplicate")

    assert step["actor_id"] == str(cora.id)
    assert step["evidence"]["decision"] == "no_duplicate"
    assert any("goes on" in title for title in notices(acting(nia)))


def test_different_enough_needs_a_reason(submitted, cora):
    refused = submitted.ask(cora, "scoping", decision="different_enough")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/reason"
    submitted.move(cora, "scoping", "It meets at night.", decision="different_enough")


def test_nobody_decides_about_their_own_proposal(own, cora, second):
    for to, details in (("scoping", {"decision": "no_duplicate"}), ("rejected", {"code": "other"})):
        refused = own.ask(cora, to, REASON, **details)
        assert refused.status_code == 403
        assert "did not propose it" in refused.json()["detail"]
    assert not {"assess", "reject"} & set(own.read(cora)["can"])

    own.move(second, "scoping", decision="no_duplicate")


def test_members_decide_nothing(submitted, beth):
    refused = submitted.ask(beth, "scoping", decision="no_duplicate")

    assert refused.status_code == 403


def test_a_duplicate_is_referred_and_both_sides_are_introduced(
    submitted, acting, db, nia, cora, twin
):
    lead = make.person(db, "Lorna")
    make.member(db, twin, lead, "lead")

    step = submitted.move(cora, "referred", REASON, targets=target(twin))

    assert step["evidence"]["targets"] == [{**target(twin)[0], "name": twin.name}]
    assert step["evidence"]["introduced"] is True
    assert any("An introduction: Nia" in t for t in notices(acting(lead)))
    assert any(f"“{twin.name}”" in t for t in notices(acting(nia)))
    told = everything(acting(lead), "/v1/me/notices")[0]
    assert nia.email in told["body"]
    assert submitted.read()["can"] == ["see_soundings"]


def test_a_referral_names_what_exists(submitted, cora):
    refused = submitted.ask(cora, "referred", REASON)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/details/targets"


def test_nobody_is_referred_to_what_they_cannot_see(submitted, db, cora, network):
    hidden = make.community(db, "Hidden", parent=network, lead=cora, visibility="confidential")

    refused = submitted.ask(cora, "referred", REASON, targets=target(hidden))

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/details/targets/0/id"
    assert submitted.read()["state"] == "submitted"


def test_a_proposal_is_merged_into_another_one(submitted, acting, nia, beth, cora, members,
                                               settings):  # fmt: skip
    into = Idea(acting, members[0], settings)
    into.draft(name="Wards at night", proposed_lead_id=str(beth.id), co_supporters=[str(beth.id)])
    into.submit()

    step = submitted.move(
        cora, "referred", "They want the same.",
        outcome="merge", targets=[{"kind": "proposal", "id": into.id}],
    )  # fmt: skip

    assert step["evidence"]["outcome"] == "merge"
    assert set(into.read(nia)["co_supporters"]) == {str(nia.id), str(beth.id)}
    assert any("joins your proposal" in t for t in notices(acting(members[0])))


def test_merging_needs_a_proposal_and_joining_a_community(submitted, cora, twin):
    refused = submitted.ask(cora, "referred", REASON, outcome="merge", targets=target(twin))

    assert refused.json()["errors"][0]["at"] == "body/details/targets/0/kind"


@pytest.mark.parametrize(
    ("decision", "kind"), [("working_group", "working_group"), ("sub_network", "community")]
)
def test_an_idea_can_become_a_part_of_what_exists(submitted, cora, cyp, decision, kind):
    submitted.move(cora, "scoping", "A part of it.", decision=decision, parent_id=str(cyp.id))

    found = submitted.read()
    assert (found["parent_id"], found["kind"]) == (str(cyp.id), kind)


def test_a_rejection_has_a_reason_from_the_list_and_in_words(submitted, cora):
    assert submitted.ask(cora, "rejected", REASON).status_code == 422
    assert submitted.ask(cora, "rejected", code="other").status_code == 422

    step = submitted.move(cora, "rejected", "It is for patients.", code="support_group")

    assert step["evidence"] == {"code": "support_group"}


def test_a_proposer_appeals_once(submitted, acting, nia, beth, cora, second):
    submitted.move(cora, "rejected", REASON, code="too_vague")
    assert submitted.ask(beth, "scoping", "Please look again.").status_code == 403
    assert submitted.ask(nia, "scoping").status_code == 422

    submitted.move(nia, "scoping", "You overlooked the night shift.")
    assert any("A second look" in t for t in notices(acting(second)))
    submitted.move(second, "rejected", REASON, code="too_vague")

    again = submitted.ask(nia, "scoping", "Once more?")
    assert (again.status_code, again.json()["legal"]) == (409, [])


def test_a_proposer_withdraws_with_a_reason(submitted, nia, cora):
    assert submitted.ask(nia, "withdrawn").status_code == 422
    assert submitted.ask(cora, "withdrawn", REASON).status_code == 403

    submitted.move(nia, "withdrawn", "I change jobs.")

    assert submitted.read()["waiting_on"] == "nobody"
    assert submitted.ask(nia, "submitted").json()["legal"] == []


def test_details_of_another_step_are_a_misunderstanding(submitted, cora):
    refused = submitted.ask(cora, "scoping", decision="no_duplicate", code="other")

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["at"] == "body/details/code"


class TestInsteadOfProposing:
    """What a proposer does about something similar, while the draft is still theirs."""

    def choose(self, idea, who, outcome, thing, kind="community", **more):
        path = f"/v1/proposals/{idea.id}/outcomes"
        target = {"kind": kind, "id": str(thing)}
        return idea.acting(who).post(path, json={"outcome": outcome, "target": target, **more})

    def test_joining_lets_the_draft_go(self, idea, acting, nia, twin):
        ok(self.choose(idea, nia, "join", twin.id))

        mine = everything(acting(nia), "/v1/me/memberships")
        assert str(twin.id) in {m["community_id"] for m in mine}
        assert idea.read()["state"] == "withdrawn"

    def test_the_lead_is_met_and_the_draft_stays(self, idea, acting, db, nia, twin):
        lead = make.person(db, "Lorna")
        make.member(db, twin, lead, "lead")

        ok(self.choose(idea, nia, "contact", twin.id, message="Is there room at night?"))

        assert "Is there room at night?" in everything(acting(lead), "/v1/me/notices")[0]["body"]
        assert idea.read()["state"] == "draft"

    def test_it_becomes_a_working_group(self, idea, nia, twin):
        found = ok(self.choose(idea, nia, "working_group", twin.id))

        assert (found["kind"], found["parent_id"]) == ("working_group", str(twin.id))

    def test_it_is_merged(self, idea, acting, nia, beth, members, settings):
        into = Idea(acting, members[0], settings)
        into.draft(proposed_lead_id=str(beth.id), co_supporters=[str(beth.id)])
        into.submit()

        ok(self.choose(idea, nia, "merge", into.id, "proposal"))

        assert str(nia.id) in into.read()["co_supporters"]
        assert idea.read()["state"] == "withdrawn"

    def test_what_cannot_be_seen_cannot_be_chosen(self, idea, db, nia, network):
        hidden = make.community(db, "Hidden", parent=network, visibility="confidential")

        assert self.choose(idea, nia, "contact", hidden.id).status_code == 422
        assert self.choose(idea, nia, "join", make.UNKNOWN).status_code == 422

    def test_others_choose_nothing_for_a_proposer(self, idea, beth, twin):
        assert self.choose(idea, beth, "join", twin.id).status_code == 403


def test_what_only_a_coordinator_sees_never_reaches_the_proposer(submitted, acting, db, nia, cora,
                                                                network):  # fmt: skip
    hidden = make.community(
        db, "Night staff reflecting together", parent=network, lead=cora,
        visibility="confidential", purpose=submitted.read()["purpose"],
    )  # fmt: skip
    submitted.move(cora, "scoping", decision="no_duplicate")
    path = f"/v1/proposals/{submitted.id}/candidates"

    assert [c["id"] for c in ok(acting(cora).get(path))["items"]] == [str(hidden.id)]
    assert acting(cora).post(path).status_code == 403
    assert ok(acting(nia).get(path))["items"] == []
    assert submitted.story(nia)["similar"] == []


def test_whoever_leads_now_decides_and_not_who_led_before(idea, acting, db, cora, members):
    idea.through_call(cora, members[:8])
    community = idea.through_planning(cora, members[0], members[1])
    heir = {"person_id": str(members[2].id), "role": "lead"}
    ok(acting(cora).post(f"/v1/communities/{community}/memberships", json=heir), 201)
    people = everything(acting(cora), f"/v1/communities/{community}/memberships")
    [before] = [p for p in people if p["person_name"] == "Member 0"]
    one = f"/v1/memberships/{before['id']}"
    tag = {"If-Match": acting(cora).get(one).headers["etag"]}
    ok(acting(cora).patch(one, json={"role": "member"}, headers=tag))

    assert "schedule" in idea.read(members[2])["can"]
    assert "schedule" not in idea.read(members[0])["can"]
