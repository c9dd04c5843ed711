"""Links that sign somebody in once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import select

from api.core.clock import now
from api.identity.models import SignIn, SignInLink
from api.identity.sign_ins import service
from tests import make
from tests.identity.conftest import typed
from tests.looking import count, look


def link_for(db, person) -> str:
    word = service.make_link(db, person.id)
    db.commit()
    return word


def use(client, word):
    return client.post("/v1/sign-ins/by-link", **typed({"token": word}))


def test_a_link_signs_in(browser, asha, db):
    client = browser()

    answer = use(client, link_for(db, asha))

    assert answer.status_code == 201
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert client.get("/v1/me").json()["id"] == str(asha.id)


def test_a_link_works_once(browser, asha, db):
    word = link_for(db, asha)
    use(browser(), word)

    again = use(browser(), word)

    assert again.status_code == 401
    assert count(db, SignIn) == 1


def test_of_twenty_who_use_a_link_at_once_one_is_signed_in(browser, asha, db):
    word = link_for(db, asha)
    clients = [browser() for _ in range(20)]

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda client: use(client, word).status_code, clients))

    assert sorted(answers) == [201] + [401] * 19
    assert count(db, SignIn) == 1


def test_a_link_is_good_for_two_days(browser, asha, db):
    word = link_for(db, asha)
    [link] = look(db, select(SignInLink))
    assert timedelta(hours=47) < link.expires_at - now() <= timedelta(hours=48)

    db.execute(update(SignInLink).values(expires_at=now()))
    db.commit()

    assert use(browser(), word).status_code == 401


def test_a_link_of_somebody_whose_access_ended_is_no_good(browser, db):
    closed = make.person(db, "Closed", disabled_at=now())

    assert use(browser(), link_for(db, closed)).status_code == 401


def test_used_unknown_and_late_links_are_refused_in_the_same_words(browser, asha, db):
    used, late = link_for(db, asha), link_for(db, asha)
    use(browser(), used)
    db.execute(
        update(SignInLink).where(SignInLink.used_at == None).values(expires_at=now())  # noqa: E711
    )
    db.commit()

    details = {use(browser(), w).json()["detail"] for w in (used, late, "nonsense", "\ud800", "")}

    assert len(details) == 1


def test_of_a_link_only_a_hash_is_kept(asha, db):
    word = link_for(db, asha)

    assert word not in str(look(db, select(SignInLink))[0].model_dump())
