"""Signing in with an address and a password."""

import time
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from api.core import limits
from api.core.audit import AuditEntry
from api.core.clock import now
from api.identity.models import Person, SignIn
from api.identity.sign_ins import passwords, service
from api.main import create_app
from tests import make
from tests.identity.conftest import PASSWORD, typed
from tests.looking import count, look


def attempt(client, email="asha@example.org", password=PASSWORD, **options):
    return client.post("/v1/sign-ins", json={"email": email, "password": password}, **options)


def test_the_right_password_sets_a_cookie_no_script_can_read(browser, asha, db):
    client = browser()

    answer = attempt(client)

    assert answer.status_code == 201
    assert answer.json()["person_id"] == str(asha.id)
    name, *flags = answer.headers["set-cookie"].split("; ")
    assert name.startswith("trellis=trellis_si_")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(flags)
    assert not any(f.startswith("Domain") for f in flags)
    assert "Secure" not in flags, "this is plain http"
    assert client.get("/v1/me").json()["email"] == "asha@example.org"


def test_over_tls_the_cookie_is_bound_to_the_host(settings, db, asha):
    app = create_app(settings.model_copy(update={"public_url": "https://trellis.example.org"}))
    client = TestClient(app, base_url="https://trellis.example.org")

    answer = attempt(client)

    name, *flags = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-trellis=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= set(flags)
    assert client.get("/v1/me").status_code == 200
    app.state.engine.dispose()


def test_of_the_cookie_only_a_hash_is_kept(browser, asha, db):
    client = browser()
    attempt(client)

    [kept] = look(db, select(SignIn))

    word = client.cookies["trellis"]
    assert word not in str(kept.model_dump())
    assert kept.address == "unknown"
    assert kept.agent == "testclient"


def test_addresses_are_the_same_however_they_are_written(browser, asha):
    assert attempt(browser(), email="  ASHA@Example.org ").status_code == 201


def test_known_unknown_and_closed_addresses_are_refused_in_the_same_words(browser, asha, db):
    make.person(db, "Without", email="without@example.org")
    make.person(
        db,
        "Closed",
        email="closed@example.org",
        password_hash=passwords.hashed(PASSWORD),
        disabled_at=now(),
    )
    bodies = []
    for email, password in (
        ("asha@example.org", "wrong"),
        ("nobody@example.org", "wrong"),
        ("without@example.org", "wrong"),
        ("without@example.org", ""),
        ("closed@example.org", PASSWORD),
    ):
        answer = attempt(browser(), email, password)
        assert answer.status_code == 401
        assert "set-cookie" not in answer.headers
        body = answer.json()
        del body["request_id"]
        bodies.append(body)

    assert all(body == bodies[0] for body in bodies)
    assert count(db, SignIn) == 0


def test_an_unknown_address_takes_as_long_as_a_known_one(browser, asha, monkeypatch):
    checked = []
    verify = passwords._hasher.verify
    monkeypatch.setattr(
        passwords,
        "_hasher",
        type("Slow", (), {"verify": lambda _, *a: checked.append(a) or verify(*a)})(),
    )

    attempt(browser(), "nobody@example.org")
    attempt(browser(), password="wrong")

    (_, nobodys), (_, ashas) = checked
    assert nobodys.split("$")[:4] == ashas.split("$")[:4], "the same work for both"


def test_a_word_that_is_not_text_is_no_password(browser, asha):
    for wrong in ("\ud800", "nul\0", "x" * 201):
        body = typed({"email": "asha@example.org", "password": wrong})
        answer = browser().post("/v1/sign-ins", **body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["at"] == "body/password"


def test_after_ten_wrong_guesses_an_account_rests(browser, asha, monkeypatch):
    for _ in range(10):
        assert attempt(browser(), password="wrong").status_code == 401

    answer = attempt(browser())

    assert answer.status_code == 429
    assert answer.json()["type"] == "/problems/too-many"
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert answer.headers["ratelimit-policy"] == '"attempts";q=10;w=900'

    later = now() + timedelta(minutes=15)
    monkeypatch.setattr(limits, "now", lambda: later)
    assert attempt(browser()).status_code == 201


def test_an_unknown_address_rests_just_the_same(browser, asha):
    for _ in range(10):
        assert attempt(browser(), "nobody@example.org").status_code == 401

    assert attempt(browser(), "nobody@example.org").status_code == 429
    assert attempt(browser()).status_code == 201, "others go on"


def test_signing_in_forgets_the_wrong_guesses_before_it(browser, asha):
    for _ in range(3):
        for _ in range(9):
            assert attempt(browser(), password="wrong").status_code == 401
        assert attempt(browser()).status_code == 201


def test_a_household_that_guesses_for_many_accounts_rests(app, asha, monkeypatch):
    assert service.TRIES_BY_NEIGHBOURHOOD == 100
    monkeypatch.setattr(service, "TRIES_BY_NEIGHBOURHOOD", 20)

    def at(address):
        client = TestClient(app, client=(address, 1234))
        return lambda n: attempt(client, f"person{n}@example.org").status_code

    one, same_network, another = at("2001:db8::1"), at("2001:db8::2:3:4:5"), at("2001:db8:0:1::1")
    for number in range(20):
        assert one(number) == 401

    assert one(1000) == 429
    assert same_network(1001) == 429
    assert another(1002) == 401


def test_a_full_room_behind_one_address_can_sign_in(app, asha, monkeypatch):
    monkeypatch.setattr(service, "TRIES_BY_NEIGHBOURHOOD", 3)
    client = TestClient(app, client=("192.0.2.7", 1234))

    for _ in range(5):
        assert attempt(client).status_code == 201


def test_a_password_that_changed_while_it_was_checked_is_wrong(browser, asha, db, monkeypatch):
    right = passwords.matches

    def slow(password, stored):
        asha.password_hash = "another"
        db.add(asha)
        db.commit()
        return right(password, stored)

    monkeypatch.setattr(passwords, "matches", slow)

    assert attempt(browser()).status_code == 401
    assert count(db, SignIn) == 0


def test_a_sign_in_ends_after_thirty_days(signed_in, asha, db):
    client = signed_in(asha)
    [kept] = look(db, select(SignIn))
    assert timedelta(days=29) < kept.expires_at - now() <= timedelta(days=30)

    kept.expires_at = now()
    db.add(kept)
    db.commit()

    assert client.get("/v1/me").status_code == 401


def test_signing_out_ends_this_sign_in_and_no_other(signed_in, asha):
    here, there = signed_in(asha), signed_in(asha)
    word = here.cookies["trellis"]

    answer = here.delete("/v1/sign-ins/current")

    assert answer.status_code == 204
    assert 'trellis=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert here.get("/v1/me", headers={"Cookie": f"trellis={word}"}).status_code == 401
    assert there.get("/v1/me").status_code == 200


def test_a_token_signs_nobody_out(acting, asha):
    assert acting(asha).delete("/v1/sign-ins/current").status_code == 403


@pytest.mark.parametrize(
    "shown",
    [
        {"Cookie": "trellis=nonsense"},
        {"Cookie": "trellis="},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Bearer trellis_pat_nonsense"},
        {"Authorization": "Basic YXNoYTpzZXZlbg=="},
        {"Authorization": "Bearer"},
        {},
    ],
)
def test_whoever_shows_nothing_good_is_asked_to_sign_in(browser, shown):
    answer = browser().get("/v1/me", headers=shown)

    assert answer.status_code == 401
    assert answer.json()["type"] == "/problems/unauthenticated"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_everybody_who_signs_in_is_written_down(browser, asha, db):
    answer = attempt(browser())

    [row] = look(db, select(AuditEntry).where(AuditEntry.verb == "sign_in.made"))
    assert row.actor_id == asha.id
    assert str(row.object_id) == answer.json()["id"]
    assert row.request_id == answer.headers["x-request-id"]


def test_checking_a_password_holds_no_transaction(browser, asha, db, monkeypatch):
    """Others write while somebody's password is being checked."""
    right = passwords.matches

    def slow(password, stored):
        started = time.monotonic()
        make.person(db, "Written meanwhile")
        assert time.monotonic() - started < 2
        return right(password, stored)

    monkeypatch.setattr(passwords, "matches", slow)

    assert attempt(browser()).status_code == 201
    assert count(db, Person) == 2


def test_a_refusal_is_logged_without_saying_for_whom(browser, asha, monkeypatch):
    heard = []
    monkeypatch.setattr("api.identity.sign_ins.routes.log.warning", lambda *a, **k: heard.append(k))

    answer = attempt(browser(), password="wrong")

    assert heard == [{"request_id": answer.headers["x-request-id"], "problem": "unauthenticated"}]
