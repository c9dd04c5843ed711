import threading
import time
from uuid import UUID

from api.core import ids


def test_an_identifier_is_a_uuid_of_version_seven_that_knows_when_it_was_born():
    before = time.time_ns() // 1_000_000
    made = ids.new_id()
    after = time.time_ns() // 1_000_000

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert before - 1 <= made.int >> 80 <= after + 1


def test_identifiers_order_births_however_fast_they_come():
    made = [ids.new_id() for _ in range(20_000)]

    assert made == sorted(made)
    assert [str(i) for i in made] == sorted(str(i) for i in made)
    assert len(set(made)) == len(made)


def test_identifiers_of_many_threads_are_all_different():
    made: list[UUID] = []

    def work() -> None:
        made.extend([ids.new_id() for _ in range(2_000)])

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 16_000


def test_a_clock_that_steps_back_does_not_put_the_young_before_the_old(monkeypatch):
    first = ids.new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 0)

    assert ids.new_id() > first
