from datetime import timedelta
from threading import Thread

import pytest

from api.core import limits
from api.core.db import Database
from api.core.limits import Attempt, forget_old_attempts, give_back, neighbourhood, spend
from tests.looking import count

HOUR = timedelta(hours=1)


def test_what_is_spent_is_gone_until_the_window_ends(db, monkeypatch):
    for _ in range(3):
        assert spend(db, "door", 3, HOUR) is None

    refused = spend(db, "door", 3, HOUR)

    assert refused is not None
    assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
    assert refused.headers["RateLimit-Policy"] == '"attempts";q=3;w=3600'
    assert refused.headers["RateLimit"].startswith('"attempts";r=0;t=')
    assert spend(db, "window", 3, HOUR) is None

    later = limits.now() + HOUR
    monkeypatch.setattr(limits, "now", lambda: later)
    assert spend(db, "door", 3, HOUR) is None
    for _ in range(2):
        assert spend(db, "door", 3, HOUR) is None
    assert spend(db, "door", 3, HOUR) is not None


def test_what_is_given_back_can_be_spent_again(db):
    spend(db, "door", 1, HOUR)
    give_back(db, "door")
    give_back(db, "door")

    assert spend(db, "door", 1, HOUR) is None
    assert spend(db, "door", 1, HOUR) is not None


def test_many_at_once_spend_no_more_than_there_is(app):
    allowed: list[bool] = []

    def work() -> None:
        for _ in range(5):
            with Database(app.state.engine) as own:
                allowed.append(spend(own, "door", 10, HOUR) is None)
                own.commit()

    threads = [Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(allowed) == 10


def test_old_windows_are_forgotten(db, monkeypatch):
    spend(db, "old", 1, timedelta(seconds=1))
    spend(db, "new", 1, HOUR)
    later = limits.now() + timedelta(minutes=1)
    monkeypatch.setattr(limits, "now", lambda: later)

    forget_old_attempts(db, {})
    db.commit()

    assert count(db, Attempt) == 1


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_household_is_one_address_or_one_network(address, place):
    assert neighbourhood(address) == place
