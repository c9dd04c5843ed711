from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from api.communities.models import CommunityStatus, JoinPolicy, Visibility
from api.core.actor import Role
from api.core.audit import AuditEntry
from api.core.clock import now
from tests import make
from tests.memberships.moves import (
    bring,
    change,
    count,
    end,
    join,
    joined,
    memberships,
    read,
    spells,
)


def test_whoever_finds_an_open_community_joins_it_at_once(acting, db):
    community = make.community(db)
    asha = make.person(db, "Asha")

    made = joined(acting(asha), community)

    assert (made["role"], made["state"], made["person_id"]) == ("member", "active", str(asha.id))
    assert made["joined_at"] is not None
    assert made["can"] == ["pause", "leave"]
    assert count(db, community) == 2
    assert [s.ended_at for s in spells(db, made["id"])] == [None]


def test_joining_twice_is_refused_and_says_how_things_stand(acting, db):
    community = make.community(db)
    asha = make.person(db, "Asha")
    joined(acting(asha), community)

    again = join(acting(asha), community)

    assert again.status_code == 409
    assert again.json()["type"] == "/problems/belongs-already"
    assert "active" in again.json()["detail"]
    assert count(db, community) == 2


def test_a_repeated_request_with_its_key_joins_once_and_says_the_same(acting, db):
    community = make.community(db)
    asha = make.person(db, "Asha")
    key = {"Idempotency-Key": "join-1"}

    first = acting(asha).post(memberships(community), json={}, headers=key)
    again = acting(asha).post(memberships(community), json={}, headers=key)
    other = acting(asha).post(memberships(community), json={"ground_rules_version": 0}, headers=key)

    assert first.content == again.content
    assert other.status_code == 422
    assert other.json()["type"] == "/problems/key-reused"
    assert count(db, community) == 2


def test_people_ask_where_people_join_on_request(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead, join_policy=JoinPolicy.ON_REQUEST)
    asha = make.person(db, "Asha")

    asked = joined(acting(asha), community)
    assert (asked["state"], asked["joined_at"]) == ("requested", None)
    assert asked["can"] == ["leave"]
    assert count(db, community) == 1

    approved = change(acting(lead), asked["id"], state="active")
    assert approved.status_code == 200, approved.text
    assert approved.json()["state"] == "active"
    assert count(db, community) == 2


def test_a_request_is_declined_with_a_reason_the_person_can_read(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead, join_policy=JoinPolicy.ON_REQUEST)
    asha = make.person(db, "Asha")
    asked = joined(acting(asha), community)

    silent = change(acting(lead), asked["id"], state="declined")
    assert silent.status_code == 422
    assert silent.json()["errors"][0]["at"] == "body/reason"

    declined = change(acting(lead), asked["id"], state="declined", reason="For qualified staff.")
    assert declined.status_code == 200, declined.text
    told = read(acting(asha), asked["id"])
    assert (told["state"], told["reason"]) == ("declined", "For qualified staff.")
    assert told["joined_at"] is None and told["ended_at"] is not None


def test_deleting_a_request_declines_it_which_also_needs_a_reason(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead, join_policy=JoinPolicy.ON_REQUEST)
    asked = joined(acting(make.person(db, "Asha")), community)

    assert end(acting(lead), asked["id"]).json()["errors"][0]["at"] == "query/reason"
    assert end(acting(lead), asked["id"], reason="Not yet.").status_code == 204
    assert read(acting(lead), asked["id"])["state"] == "declined"


def test_whoever_asked_may_take_it_back_and_ask_again(acting, db):
    community = make.community(db, join_policy=JoinPolicy.ON_REQUEST)
    asha = acting(make.person(db, "Asha"))
    asked = joined(asha, community)

    assert end(asha, asked["id"]).status_code == 204

    assert read(asha, asked["id"])["state"] == "ended"
    assert joined(asha, community)["id"] != asked["id"]


def test_nobody_lets_themself_in(acting, db):
    community = make.community(db, join_policy=JoinPolicy.ON_REQUEST)
    asha = acting(make.person(db, "Asha"))
    asked = joined(asha, community)

    refused = change(asha, asked["id"], state="active")

    assert refused.status_code == 403
    assert "facilitate" in refused.json()["detail"]


def test_where_people_come_by_invitation_nobody_joins_or_asks(acting, db):
    community = make.community(db, join_policy=JoinPolicy.BY_INVITATION)

    refused = join(acting(make.person(db, "Asha")), community)

    assert refused.status_code == 403
    assert "invitation" in refused.json()["detail"]


def test_those_who_lead_an_umbrella_join_beneath_it_without_asking(acting, db):
    petra = make.person(db, "Petra")
    network = make.community(db, "Midlands Network", lead=petra)
    lead = make.person(db, "Lena")
    make.member(db, network, lead, Role.LEAD)
    hub = make.community(
        db, "CYP Hub", lead=lead, parent=network, join_policy=JoinPolicy.BY_INVITATION
    )

    made = joined(acting(petra), hub)

    assert (made["state"], made["role"]) == ("active", "member")


def test_a_community_that_is_still_forming_is_nothing_to_others(acting, db):
    community = make.community(db)
    community.status = CommunityStatus.FORMING
    db.commit()

    assert join(acting(make.person(db, "Asha")), community).status_code == 404


def test_joining_accepts_the_ground_rules_that_were_read(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead, ground_rules=["What is said here stays here."])
    asha, bram, cleo = (make.person(db, n) for n in ("Asha", "Bram", "Cleo"))

    assert joined(acting(asha), community)["ground_rules_version"] == 1
    assert joined(acting(bram), community, ground_rules_version=1)["ground_rules_version"] == 1

    rules = {"rules": ["What is said here stays here.", "Everybody may pass."]}
    acting(lead).post(f"/v1/communities/{community.id}/ground-rules", json=rules)
    late = join(acting(cleo), community, ground_rules_version=1)
    assert late.status_code == 409
    assert late.json()["type"] == "/problems/rules-changed"
    assert count(db, community) == 3


def test_members_accept_newer_rules_for_themselves_only(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead, ground_rules=["What is said here stays here."])
    asha = make.person(db, "Asha")
    added = joined(acting(lead), community, person_id=str(asha.id))
    assert added["ground_rules_version"] is None, "nobody accepts rules for somebody else"
    assert "accept_rules" not in added["can"]
    assert "accept_rules" in read(acting(asha), added["id"])["can"]

    by_lead = change(acting(lead), added["id"], ground_rules_version=1)
    of_old = change(acting(asha), added["id"], ground_rules_version=0)
    accepted = change(acting(asha), added["id"], ground_rules_version=1)

    assert by_lead.status_code == 403
    assert of_old.status_code == 409
    assert accepted.json()["ground_rules_version"] == 1
    assert "accept_rules" not in accepted.json()["can"]


def test_coming_back_is_a_new_membership_and_the_old_one_is_kept(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    asha = acting(make.person(db, "Asha"))
    first = joined(asha, community)
    end(asha, first["id"])

    second = joined(asha, community)

    assert second["id"] != first["id"]
    assert read(asha, first["id"])["state"] == "ended"
    assert count(db, community) == 2
    path = "/v1/me/memberships?state=active&state=ended"
    assert [m["id"] for m in asha.get(path).json()["items"]] == [second["id"], first["id"]]


def test_whoever_was_removed_asks_to_come_back_even_where_the_door_is_open(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    asha = make.person(db, "Asha")
    made = joined(acting(asha), community)
    end(acting(lead), made["id"], reason="Broke the ground rules again and again.")

    back = joined(acting(asha), community)

    assert back["state"] == "requested"
    assert change(acting(lead), back["id"], state="active").json()["state"] == "active"


def test_a_past_first_day_reaches_back_but_a_future_one_is_refused(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")

    past = joined(
        acting(lead), community, person_id=str(asha.id), joined_at="2024-02-29T09:00:00+01:00"
    )
    future = join(
        acting(lead),
        community,
        person_id=str(bram.id),
        joined_at=(now() + timedelta(minutes=1)).isoformat(),
    )

    assert past["joined_at"] == "2024-02-29T08:00:00Z"
    assert spells(db, past["id"])[0].began_at.isoformat() == "2024-02-29T08:00:00+00:00"
    assert spells(db, past["id"])[0].recorded_at > now() - timedelta(minutes=1)
    assert future.status_code == 422
    assert future.json()["errors"] == [{"at": "body/joined_at", "detail": "lies in the future"}]


def test_an_archived_community_takes_nobody_and_lets_nothing_change(acting, db):
    lead = make.person(db, "Lena")
    community = make.community(db, lead=lead)
    asha, bram = make.person(db, "Asha"), make.person(db, "Bram")
    made = joined(acting(asha), community)
    acting(lead).post(f"/v1/communities/{community.id}/archive", json={"closed_as": "faded"})

    answers = [
        join(acting(bram), community),
        join(acting(lead), community, person_id=str(bram.id)),
        change(acting(asha), made["id"], state="paused"),
        change(acting(lead), made["id"], role="facilitator"),
        end(acting(asha), made["id"]),
        bring(acting(lead), community, {"person_id": str(bram.id)}),
    ]

    assert [a.json()["type"] for a in answers] == ["/problems/archived"] * 6
    assert read(acting(asha), made["id"])["can"] == []
    assert count(db, community) == 2


def test_a_hidden_community_cannot_be_joined_by_knowing_its_id(acting, db):
    network = make.community(db, "Midlands Network")
    outsider = make.person(db, "Omar")
    for visibility in (Visibility.PRIVATE, Visibility.CONFIDENTIAL):
        hidden = make.community(db, "Quiet room", parent=network, visibility=visibility)

        assert join(acting(outsider), hidden).status_code == 404


def test_every_way_in_is_written_to_the_audit(acting, db):
    community = make.community(db, join_policy=JoinPolicy.ON_REQUEST)
    asha = make.person(db, "Asha")
    asked = joined(acting(asha), community)
    end(acting(asha), asked["id"])

    entries = db.exec(
        select(AuditEntry.verb, AuditEntry.actor_id)
        .where(AuditEntry.object_id == UUID(asked["id"]))
        .order_by(AuditEntry.seq)
    ).all()

    assert entries == [("membership.requested", asha.id), ("membership.declined", asha.id)]
