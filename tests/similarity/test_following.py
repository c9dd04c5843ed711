"""The index says what communities say now."""

import pytest
from sqlalchemy import update
from sqlmodel import col

from api.communities.models import Community, CommunityStatus
from api.similarity import service
from api.similarity.models import Kind, SimilarityDocument, SimilarityTerm
from api.similarity.words import lexicon
from api.worker import Worker
from tests import make
from tests.looking import count
from tests.similarity.test_checking import IDEA, SCHOOLS, proposed


@pytest.fixture
def schools(db, network):
    return make.community(db, "Calm classrooms", parent=network, **SCHOOLS)


def test_what_a_community_says_now_counts(acting, check, asha, lena, schools):
    url = f"/v1/communities/{schools.id}"
    tag = acting(lena).get(url).headers["ETag"]
    change = {"name": "Bread", "purpose": "Baking.", "topics": ["bread"], "audience": "Bakers"}
    acting(lena).patch(url, json=change, headers={"If-Match": tag})

    assert check(asha, **IDEA) == []
    assert [each["name"] for each in check(asha, name="Bakery", topics=["bread"])] == ["Bread"]


def test_what_is_archived_and_restored_is_said_so(acting, check, asha, lena, schools):
    acting(lena).post(f"/v1/communities/{schools.id}/archive", json={})
    assert [each["status"] for each in check(asha, **IDEA)] == ["archived"]

    acting(lena).post(f"/v1/communities/{schools.id}/restore")
    assert [each["status"] for each in check(asha, **IDEA)] == ["live"]


def test_a_community_that_is_only_forming_is_not_found(check, db, asha, schools):
    forming = update(Community).where(col(Community.id) == schools.id)
    db.execute(forming.values(status=CommunityStatus.FORMING))
    service.follow(db, schools.id)
    db.commit()

    assert check(asha, **IDEA) == []


def test_what_is_forgotten_leaves_nothing(check, db, asha, network):
    before = count(db, SimilarityTerm)
    idea = proposed(db, network)
    service.keep(db, idea._replace(name="Calmer classrooms"))
    db.commit()
    assert check(asha, **IDEA)[0]["name"] == "Calmer classrooms"

    service.forget(db, Kind.PROPOSAL, idea.object_id)
    db.commit()

    assert check(asha, **IDEA) == []
    assert count(db, SimilarityTerm) == before


def test_another_list_draws_everything_anew(app, settings, check, db, asha, network, tmp_path):
    make.community(db, "Bloom workers", parent=network, topics=["bloom work"])
    assert check(asha, name="Petal practitioners", topics=["petal practice"]) == []
    own = tmp_path / "own.txt"
    own.write_text("bloom worker, petal practitioner\nbloom work, petal practice\n")

    Worker(settings.model_copy(update={"synonyms": own})).run_once()

    try:
        found = check(asha, name="Petal practitioners", topics=["petal practice"])
        assert [each["verdict"] for each in found] == ["probably_same"]
        stale = SimilarityDocument.fingerprint != lexicon.lexicon().fingerprint
        assert count(db, SimilarityDocument, stale) == 0
    finally:
        lexicon.use(None)


def test_what_was_there_before_the_index_is_caught_up_with(settings, check, db, asha, schools):
    service.forget(db, Kind.COMMUNITY, schools.id)
    db.commit()
    assert check(asha, **IDEA) == []

    Worker(settings).run_once()

    assert len(check(asha, **IDEA)) == 1
