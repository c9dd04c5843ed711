"""Colleagues say in private what they think, by a link that does this one thing once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from api.core import clock
from tests.proposals.idea import everything, notices, ok

SAID = {"opinion": "perhaps", "role": "Nurse", "organisation": "Mill Street", "comment": "At 7:30."}


@pytest.fixture
def ask(idea, acting, nia):
    def ask(who=nia, **body):
        path = f"/v1/proposals/{idea.id}/soundings"
        return acting(who).post(path, json={"name": "Kit", **body})

    return ask


def word_of(made):
    return made["link"].partition("#")[2]


def answer(acting, word, **more):
    return acting(None).post("/v1/sounding-links/answer", json={"word": word, **SAID, **more})


def read(acting, word):
    return acting(None).post("/v1/sounding-links/read", json={"word": word})


def test_a_colleague_without_an_account_reads_and_answers(idea, acting, nia, ask):
    made = ok(ask(), 201)
    letter = ok(read(acting, word_of(made)))

    assert letter["asked_by"] == "Nia"
    assert letter["name"] == idea.read()["name"]
    assert answer(acting, word_of(made)).status_code == 204
    [found] = everything(acting(nia), f"/v1/proposals/{idea.id}/soundings")
    assert {k: found[k] for k in SAID} == SAID
    assert found["answered_at"]
    assert any("A colleague answered" in title for title in notices(acting(nia)))


def test_the_link_is_shown_once_and_leads_to_the_pages(acting, nia, idea, ask):
    made = ok(ask(), 201)

    assert made["link"].startswith("http://testserver/soundings/answer#trellis_snd_")
    [listed] = everything(acting(nia), f"/v1/proposals/{idea.id}/soundings")
    assert "link" not in listed


def test_reading_it_answers_nothing(acting, nia, idea, ask):
    word = word_of(ok(ask(), 201))

    for _ in range(3):
        ok(read(acting, word))

    [found] = everything(acting(nia), f"/v1/proposals/{idea.id}/soundings")
    assert found["answered_at"] is None


def test_a_link_works_once(acting, ask):
    word = word_of(ok(ask(), 201))
    assert answer(acting, word).status_code == 204

    again = answer(acting, word, opinion="no")

    assert (again.status_code, again.json()["type"]) == (409, "/problems/sounding-over")
    assert read(acting, word).status_code == 409


def test_of_many_at_once_one_is_heard(acting, nia, idea, ask):
    word = word_of(ok(ask(), 201))

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: answer(acting, word).status_code, range(8)))

    assert sorted(codes) == [204] + [409] * 7


def test_a_link_ends_after_its_days(acting, ask):
    word = word_of(ok(ask(), 201))

    with clock.at(datetime.now(UTC) + timedelta(days=15)):
        late = answer(acting, word)

    assert late.status_code == 409


def test_a_link_that_was_taken_back_or_made_up_is_none(acting, nia, idea, ask):
    made = ok(ask(), 201)
    path = f"/v1/proposals/{idea.id}/soundings/{made['id']}"
    assert acting(nia).delete(path).status_code == 204

    assert answer(acting, word_of(made)).status_code == 404
    assert answer(acting, "trellis_snd_" + "x" * 43).status_code == 404


def test_a_link_opens_nothing_else(acting, ask):
    word = word_of(ok(ask(), 201))

    answer = acting(None).get("/v1/me", headers={"Authorization": f"Bearer {word}"})

    assert answer.status_code == 401


def test_only_the_proposer_and_the_coordinators_read_them(idea, acting, beth, cora, ask):
    ok(ask(answer=SAID), 201)
    idea.submit()
    path = f"/v1/proposals/{idea.id}/soundings"

    assert len(everything(acting(cora), path)) == 1
    assert acting(beth).get(path).status_code == 403
    assert ask(beth).status_code == 403


def test_what_was_said_in_a_talk_is_written_down(ask):
    made = ok(ask(answer=SAID), 201)

    assert made["link"] is None
    assert made["opinion"] == "perhaps"


def test_a_sounding_is_for_somebody(idea, acting, nia):
    path = f"/v1/proposals/{idea.id}/soundings"

    assert acting(nia).post(path, json={}).status_code == 422


def test_no_call_without_a_sounding(idea, cora):
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")

    refused = idea.ask(cora, "interest_call", text="Would you come to this with us, at night?")

    assert refused.status_code == 409
    assert refused.json()["errors"][0]["at"] == "guard/sounding"


def test_a_call_ends_the_soundings(idea, acting, cora, members, ask):
    idea.submit()
    idea.move(cora, "scoping", decision="no_duplicate")
    open_link = word_of(ok(ask(), 201))
    idea.sounding()
    step = idea.open_call(cora)

    assert step["evidence"]["soundings"] == 1
    assert answer(acting, open_link).status_code == 409
    assert ask().status_code == 403
