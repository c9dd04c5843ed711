"""Asking whether something like an idea exists already."""

import pytest

from api.core.ids import new_id
from api.similarity import service
from api.similarity.models import Kind, Status
from tests import make

IDEA = {
    "name": "Behaviour is communication",
    "purpose": "Teachers rethinking sanctions with ACEs in mind.",
    "topics": ["trauma-informed care", "exclusions"],
    "audience": "Teachers and teaching assistants",
    "region": "Nottinghamshire",
}
SCHOOLS = {
    "purpose": "How early adversity shows in a classroom, and what calms.",
    "topics": ["Trauma informed practice", "behaviour"],
    "audience": "School staff",
    "region": "Nottingham",
}


@pytest.fixture
def schools(db, network):
    return make.community(db, "Calm classrooms", parent=network, **SCHOOLS)


def proposed(db, place, name="Calm classrooms, an idea", **fields):
    made = service.Described(
        Kind.PROPOSAL, new_id(), place.id, Status.PROPOSED, name, domain="", **{**SCHOOLS, **fields}
    )
    service.keep(db, made)
    db.commit()
    return made


def test_a_paraphrase_is_found_with_reasons_a_person_can_read(check, asha, schools):
    [found] = check(asha, **IDEA)

    assert (found["id"], found["slug"]) == (str(schools.id), "calm-classrooms")
    assert (found["kind"], found["status"]) == ("community", "live")
    assert found["verdict"] == "probably_same"
    assert found["reasons"] == [
        "Shares the topics “Trauma informed practice” and “behaviour” and the audience "
        "“School staff”.",
        "Both speak of “early adversity”.",
        "“trauma-informed care” and “Trauma informed practice” mean much the same.",
        "“exclusions” and “behaviour” mean much the same.",
        "Both are for “Nottingham”.",
    ]
    assert "School staff" in found["shared"]


def test_scores_are_the_same_to_the_digit_on_every_engine(check, db, asha, network, schools):
    make.community(db, "Schools and sleep", parent=network, topics=["sleep"], audience="Teachers")
    make.community(db, "Calm wards", parent=network, topics=["trauma"], audience="Nurses")

    found = [(each["name"], each["score"]) for each in check(asha, **IDEA)]

    assert found == [("Calm classrooms", 0.64)]


def test_archived_and_proposed_ones_are_found_too(check, acting, db, asha, lena, network, schools):
    acting(lena).post(f"/v1/communities/{schools.id}/archive", json={"closed_as": "faded"})
    idea = proposed(db, network)

    found = {each["id"]: each for each in check(asha, **IDEA)}

    assert found[str(schools.id)]["status"] == "archived"
    assert found[str(idea.object_id)]["status"] == "proposed"
    assert found[str(idea.object_id)]["kind"] == "proposal"
    assert found[str(idea.object_id)]["slug"] is None


def test_the_older_comes_first_where_two_are_as_alike(check, db, asha, network):
    first, second = (make.community(db, "Calm", parent=network, **SCHOOLS) for _ in range(2))

    found = check(asha, **IDEA)

    assert [each["id"] for each in found] == [str(first.id), str(second.id)]
    assert found[0]["score"] == found[1]["score"]


def test_a_name_is_enough_while_typing_and_a_slip_does_no_harm(check, db, asha, network):
    make.community(db, "Schwartz Rounds of Tamebridge", parent=network)

    assert check(asha, name="Schwarz Rounds of Tambridge")[0]["name"].startswith("Schwartz")
    assert check(asha, name="Tambridge")[0]["name"].startswith("Schwartz")
    assert check(asha, name="T") == []
    assert check(asha, name="!?") == []


def test_another_county_is_related_at_most(check, db, asha, network):
    make.community(db, "Link workers", parent=network, topics=["social prescribing"], region="Kent")

    [found] = check(
        asha, name="Link worker meetings", topics=["social prescription"], region="Leeds"
    )

    assert found["verdict"] == "related"


def test_what_asks_is_left_out(check, asha, schools):
    assert check(asha, **IDEA, exclude_id=str(schools.id)) == []


def test_at_most_five_are_answered(check, db, asha, network):
    for _ in range(7):
        make.community(db, "Calm", parent=network, **SCHOOLS)

    assert len(check(asha, **IDEA)) == 5


@pytest.mark.parametrize(
    "idea",
    [
        {},
        {"audience": "Nurses", "region": "Leeds"},
        {"name": "   "},
        {"name": None},
        {"name": "x" * 121},
        {"name": "Sleep", "purpose": "x" * 2001},
        {"topics": ["x"] * 21},
        {"topics": [""]},
        {"name": "Sleep\0"},
        {"name": "Sleep", "colour": "green"},
        {"name": "Sleep", "exclude_id": "this one"},
    ],
)
def test_what_makes_no_sense_is_refused(acting, asha, idea):
    assert acting(asha).post("/v1/similarity-checks", json=idea).status_code == 422


def test_odd_text_is_compared_like_any_other(check, asha, schools):
    for name in ("'; --", "%_\\", "𝒯𝓇𝒶𝓊𝓂𝒶", "睡眠", "a" * 120, "&&&", '"quoted" “words”', "İı"):
        check(asha, name=name, purpose=name * 3, topics=[name[:60]], audience=name, region=name)


def test_only_who_is_signed_in_may_ask(acting, asha):
    assert acting(None).post("/v1/similarity-checks", json=IDEA).status_code == 401
    narrowed = acting(asha, ["sessions:read"]).post("/v1/similarity-checks", json=IDEA)
    assert narrowed.status_code == 403
    assert acting(asha, ["communities:read"]).post("/v1/similarity-checks", json=IDEA).is_success
