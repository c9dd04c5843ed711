"""A draft is its proposer's own until it is handed in, complete and having seen what is like it."""

import pytest

from tests import make
from tests.proposals.idea import DRAFT, Idea, notices, ok


def faults(answer, status=409):
    assert answer.status_code == status, answer.text
    return {fault["at"] for fault in answer.json()["errors"]}


def test_a_draft_needs_only_a_name(acting, nia, network):
    made = ok(acting(nia).post("/v1/proposals", json={"name": "Night staff"}), 201)

    assert made["state"] == "draft"
    assert made["parent_id"] == str(network.id)
    assert made["waiting_on"] == "proposer"
    assert {"submit", "withdraw", "edit"} <= set(made["can"])


def test_a_draft_is_seen_by_those_it_names_alone(idea, acting, cora, beth, members):
    path = f"/v1/proposals/{idea.id}"

    assert acting(beth).get(path).status_code == 200
    assert acting(cora).get(path).status_code == 404
    assert acting(members[0]).get(path).status_code == 404
    assert ok(acting(cora).get("/v1/proposals"))["items"] == []


def test_a_draft_says_all_that_is_missing_at_once(acting, nia, network, settings):
    idea = Idea(acting, nia, settings)
    ok(acting(nia).post("/v1/proposals", json={"name": "Night staff"}), 201)
    idea.id = ok(acting(nia).get("/v1/proposals?mine=true"))["items"][0]["id"]

    refused = idea.ask(nia, "submitted")

    assert faults(refused) == {
        "guard/purpose",
        "guard/domain",
        "guard/audience",
        "guard/why_now",
        "guard/proposed_lead",
        "guard/co_supporter",
        "guard/not_a_support_group",
    }
    assert refused.json()["type"] == "/problems/guard-failed"
    assert idea.way() == []


@pytest.mark.parametrize(
    ("change", "guard"),
    [
        ({"purpose": ""}, "purpose"),
        ({"why_now": ""}, "why_now"),
        ({"co_supporters": []}, "co_supporter"),
        ({"proposed_lead_id": None}, "proposed_lead"),
        ({"not_a_support_group": False}, "not_a_support_group"),
    ],
)
def test_each_guard_alone_keeps_a_draft_back(idea, acting, nia, change, guard):
    tag = acting(nia).get(f"/v1/proposals/{idea.id}").headers["etag"]
    path = f"/v1/proposals/{idea.id}"
    ok(acting(nia).patch(path, json=change, headers={"If-Match": tag}))

    assert faults(idea.ask(nia, "submitted")) == {f"guard/{guard}"}


def test_a_proposal_is_handed_in_with_what_it_said_then(idea, acting, nia, cora):
    step = idea.submit()

    assert step["evidence"]["text"]["purpose"] == DRAFT["purpose"]
    assert step["evidence"]["co_supporters"] == 1
    assert (step["from"], step["to"], step["number"]) == ("draft", "submitted", 1)
    assert step["proposal_version"] == idea.read()["version"]
    assert idea.read()["waiting_on"] == "coordinator"
    assert any("A new proposal" in title for title in notices(acting(cora)))


def test_what_is_similar_must_have_been_seen(idea, acting, db, nia, network):
    twin = make.community(db, DRAFT["name"], parent=network, purpose=DRAFT["purpose"])

    refused = idea.ask(nia, "submitted")
    assert faults(refused) == {"guard/similar_seen"}
    assert twin.name in refused.text

    seen = ok(acting(nia).post(f"/v1/proposals/{idea.id}/candidates"))
    assert [c["id"] for c in seen["items"]] == [str(twin.id)]
    assert seen["items"][0]["reasons"]
    step = idea.move(nia, "submitted")
    assert [c["id"] for c in step["evidence"]["candidates"]] == [str(twin.id)]
    assert step["evidence"]["candidates"][0]["score"] > 0


def test_what_a_partner_saw_elsewhere_counts_as_seen(idea, db, nia, network):
    twin = make.community(db, DRAFT["name"], parent=network, purpose=DRAFT["purpose"])

    idea.move(nia, "submitted", seen_ids=[str(twin.id)])

    assert idea.read()["state"] == "submitted"


def test_what_came_since_must_be_looked_at_again(idea, acting, db, nia, network):
    ok(acting(nia).post(f"/v1/proposals/{idea.id}/candidates"))
    make.community(db, DRAFT["name"], parent=network, purpose=DRAFT["purpose"])

    assert faults(idea.ask(nia, "submitted")) == {"guard/similar_seen"}


def test_a_stated_difference_goes_with_the_proposal(idea, acting, db, nia, cora, network):
    twin = make.community(db, DRAFT["name"], parent=network, purpose=DRAFT["purpose"])
    said = {"kind": "community", "id": str(twin.id), "difference": "It meets in the daytime."}
    path = f"/v1/proposals/{idea.id}/differences"
    ok(acting(nia).put(path, json={"items": [said]}))

    idea.submit()

    assert idea.story(cora)["differences"] == [said]
    assert [s["id"] for s in idea.story(cora)["similar"]] == [str(twin.id)]


def test_a_coordinator_is_told_that_a_hidden_one_may_match(idea, acting, db, nia, cora, network):
    make.community(
        db, DRAFT["name"], parent=network, purpose=DRAFT["purpose"], visibility="confidential"
    )

    shown = ok(acting(nia).post(f"/v1/proposals/{idea.id}/candidates"))
    idea.submit()

    assert shown["items"] == []
    assert idea.story(cora)["hidden_match"] is True
    assert idea.story(cora)["similar"] == []
    assert idea.story(nia)["hidden_match"] is None


def test_what_is_hidden_in_another_network_is_no_concern_here(idea, db, cora):
    elsewhere = make.community(db, "Another network")
    make.community(
        db, DRAFT["name"], parent=elsewhere, purpose=DRAFT["purpose"], visibility="confidential"
    )

    idea.submit()

    assert idea.story(cora)["hidden_match"] is False


def test_a_second_tab_does_not_undo_the_first(idea, acting, nia):
    path = f"/v1/proposals/{idea.id}"
    tag = {"If-Match": acting(nia).get(path).headers["etag"]}
    ok(acting(nia).patch(path, json={"region": "Leeds"}, headers=tag))

    late = acting(nia).patch(path, json={"region": "York"}, headers=tag)

    assert late.status_code == 412
    assert idea.read()["region"] == "Leeds"


def test_a_step_decided_on_an_older_version_is_refused(idea, acting, nia):
    version = idea.read()["version"]
    ok(acting(nia).post(f"/v1/proposals/{idea.id}/candidates"))

    body = {"to": "submitted", "expected_version": version}
    late = acting(nia).post(f"/v1/proposals/{idea.id}/transitions", json=body)

    assert late.status_code == 412
    assert idea.way() == []


def test_what_was_handed_in_is_not_rewritten(idea, acting, nia):
    idea.submit()
    path = f"/v1/proposals/{idea.id}"
    tag = {"If-Match": acting(nia).get(path).headers["etag"]}

    assert acting(nia).patch(path, json={"name": "Else"}, headers=tag).status_code == 403


def test_only_the_proposer_hands_it_in(idea, beth):
    assert idea.ask(beth, "submitted").status_code == 403


def test_people_outside_the_network_cannot_be_named(acting, db, nia, network):
    stranger = make.person(db, "Stranger")

    answer = acting(nia).post(
        "/v1/proposals",
        json={"name": "Night staff", "co_supporters": [str(stranger.id)],
              "proposed_lead_id": str(stranger.id)},
    )  # fmt: skip

    assert faults(answer, 422) == {"body/co_supporters/0", "body/proposed_lead_id"}


def test_nobody_supports_their_own_idea(acting, nia, network):
    body = {"name": "Night staff", "co_supporters": [str(nia.id)]}

    assert faults(acting(nia).post("/v1/proposals", json=body), 422) == {"body/co_supporters/0"}


def test_whoever_belongs_nowhere_cannot_propose(acting, db, network):
    stranger = make.person(db, "Stranger")

    assert acting(stranger).post("/v1/proposals", json={"name": "X"}).status_code == 422
    body = {"name": "X", "parent_id": str(network.id)}
    assert acting(stranger).post("/v1/proposals", json=body).status_code == 403


def test_somebody_in_two_networks_says_which(acting, db, nia, network):
    other = make.community(db, "Other network")
    make.member(db, other, nia)

    answer = acting(nia).post("/v1/proposals", json={"name": "Night staff"})

    assert faults(answer, 422) == {"body/parent_id"}


def test_illegal_moves_name_the_legal_ones(idea, nia):
    refused = idea.ask(nia, "launched")

    assert refused.status_code == 409
    assert refused.json()["legal"] == ["submitted", "withdrawn"]


def test_the_desk_shows_what_waits_longest_first(acting, nia, beth, cora, settings, network):
    ideas = []
    for name in ("First idea", "Second idea"):
        idea = Idea(acting, nia, settings)
        idea.draft(name=name, proposed_lead_id=str(nia.id), co_supporters=[str(beth.id)])
        idea.submit()
        ideas.append(idea.id)

    desk = ok(acting(cora).get("/v1/proposals?desk=true&sort=waiting&count=true"))

    assert [p["id"] for p in desk["items"]] == ideas
    assert desk["count"] == 2
    assert {p["waiting_on"] for p in desk["items"]} == {"coordinator"}
    assert ok(acting(nia).get("/v1/proposals?desk=true"))["items"] == []
