"""Mail is taken to the server at least once, in its time, and leaves nothing behind."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import Job
from api.notifications import sending
from api.notifications.models import Mail, MailState
from api.notifications.sending import ATTEMPTS, forget_old, pause_after
from api.notifications.service import SENDING, write
from api.worker import Worker
from tests import make
from tests.looking import count, look
from tests.notifications.post import Office, later, mail_to, mails, tell, work


def states(db: Database) -> list[MailState]:
    return [m.state for m in mails(db)]


def test_mail_leaves_soon_and_its_words_are_wiped(mailing, by_server, office, asha):
    tell(mailing, asha, mail_path="/proposals/1#s3cret")

    work(by_server)

    [letter] = office.letters
    assert letter["To"] == asha.email
    [mail] = mails(mailing)
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, None)
    assert mail.sent_at is not None
    assert (mail.body, mail.path) == (None, None)


def test_what_has_left_does_not_leave_again(mailing, by_server, office, asha):
    tell(mailing, asha)

    work(by_server)
    later(mailing)
    work(by_server)

    assert len(office.letters) == 1


def test_who_is_told_by_a_job_gets_mail_too(by_server, office, db, asha, monkeypatch):
    from api.core import jobs

    monkeypatch.setitem(jobs.KINDS, "bell.ring", jobs.Kind(lambda own, _: tell(own, asha), None))
    jobs.ask(db, "bell.ring")
    db.commit()

    work(by_server)

    assert len(office.letters) == 1


def test_more_than_a_batch_leaves_in_one_go(mailing, by_server, office, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 3)
    tell(mailing, *(make.person(mailing, f"P{n}") for n in range(8)))

    work(by_server)

    assert len(office.letters) == 8
    assert set(states(mailing)) == {MailState.SENT}


def test_a_batch_ends_when_its_time_is_over_and_the_rest_follows(
    mailing, by_server, office, monkeypatch
):
    monkeypatch.setattr(sending, "TURN", 0.0)
    tell(mailing, *(make.person(mailing, f"P{n}") for n in range(3)))

    work(by_server)

    assert len(office.letters) == 3


def test_a_refusal_for_good_is_recorded_and_not_tried_again(mailing, by_server, office, asha, bram):
    office.to_addresses[asha.email] = "550 no such mailbox here"
    tell(mailing, asha, bram)

    work(by_server)
    later(mailing)
    work(by_server)

    refused = mail_to(mailing, asha.id)
    assert refused.state is MailState.UNDELIVERABLE
    assert refused.last_error == "SMTPRecipientsRefused 550"
    assert (refused.attempts, refused.body, refused.path) == (1, None, None)
    assert mail_to(mailing, bram.id).state is MailState.SENT


def test_words_refused_for_good_are_not_tried_again(mailing, by_server, office, asha):
    office.to_words = "554 not such words"
    tell(mailing, asha)

    work(by_server)

    assert mail_to(mailing, asha.id).state is MailState.UNDELIVERABLE
    assert mail_to(mailing, asha.id).last_error == "SMTPDataError 554"


def test_a_refusal_for_the_moment_is_tried_again_later(mailing, by_server, office, asha, bram):
    office.to_addresses[asha.email] = "451 come back later"
    tell(mailing, asha, bram)
    work(by_server)

    waiting = mail_to(mailing, asha.id)
    assert (waiting.state, waiting.attempts) == (MailState.QUEUED, 1)
    assert waiting.due_at > now()
    assert waiting.body
    assert mail_to(mailing, bram.id).state is MailState.SENT

    office.to_addresses.clear()
    later(mailing)
    work(by_server)

    assert mail_to(mailing, asha.id).state is MailState.SENT
    assert mail_to(mailing, asha.id).attempts == 2


def test_a_mail_waits_longer_each_time_for_about_two_days():
    pauses = [pause_after(n) for n in range(1, ATTEMPTS)]

    assert pauses == sorted(pauses)
    assert timedelta(hours=36) < sum(pauses, timedelta()) < timedelta(hours=60)


def test_a_mail_refused_to_the_last_is_given_up_and_wiped(mailing, by_server, office, asha):
    office.to_addresses[asha.email] = "451 come back later"
    tell(mailing, asha)
    mailing.execute(update(Mail).values(attempts=ATTEMPTS - 1))
    mailing.commit()

    work(by_server)

    [mail] = mails(mailing)
    assert (mail.state, mail.body, mail.path) == (MailState.FAILED, None, None)


def test_while_the_server_is_away_all_wait_and_other_work_goes_on(
    mailing, by_server, office, asha, bram, monkeypatch
):
    from api.core import jobs

    rung: list[int] = []
    monkeypatch.setitem(jobs.KINDS, "bell.ring", jobs.Kind(lambda _, __: rung.append(1), None))
    office.close()
    tell(mailing, asha, bram)
    jobs.ask(mailing, "bell.ring")
    mailing.commit()

    work(by_server)

    assert rung == [1]
    assert states(mailing) == [MailState.QUEUED] * 2
    assert [m.attempts for m in mails(mailing)] == [0, 0]
    assert count(mailing, Job, Job.dead_at.is_not(None)) == 0

    office.open()
    later(mailing)
    work(by_server)

    assert states(mailing) == [MailState.SENT] * 2
    assert len(office.letters) == 2


def test_a_server_that_is_away_is_not_asked_for_every_mail(mailing, by_server, office, asha, bram):
    office.close()
    tell(mailing, asha)
    work(by_server)
    office.open()

    tell(mailing, bram)
    work(by_server)

    assert office.letters == [], "it is asked again when its pause is over"
    later(mailing)
    work(by_server)
    assert len(office.letters) == 2


def test_a_server_is_asked_less_and_less_often(mailing, by_server, office, asha):
    office.close()
    tell(mailing, asha)
    pauses = []
    for _ in range(4):
        later(mailing)
        work(by_server)
        soon = select(Job.due_at).where(Job.dedupe_key == f"{SENDING}:soon", Job.done_at.is_(None))
        [due] = look(mailing, soon)
        pauses.append(due - now())

    assert pauses == sorted(pauses)


def test_a_server_that_takes_nothing_from_us_loses_nothing(mailing, by_server, office, asha, bram):
    office.to_sender = "550 not from you"
    tell(mailing, asha, bram)
    for _ in range(ATTEMPTS):
        work(by_server)
        later(mailing)
    assert [(m.state, m.attempts) for m in mails(mailing)] == [(MailState.QUEUED, 0)] * 2

    office.to_sender = None
    work(by_server)

    assert states(mailing) == [MailState.SENT] * 2


def test_two_workers_do_not_send_a_mail_twice(mailing, by_server, office, monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 4)
    office.pause = 0.01
    tell(mailing, *(make.person(mailing, f"P{n}") for n in range(30)))
    barrier = threading.Barrier(2)

    def run() -> None:
        barrier.wait()
        Worker(by_server).run_once()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    later(mailing)
    work(by_server)

    ids = [letter["Message-ID"] for letter in office.letters]
    assert len(ids) == len(set(ids)) == 30
    assert set(states(mailing)) == {MailState.SENT}


def test_a_worker_that_died_lets_another_send_the_same_mail(
    mailing, by_server, office, asha, monkeypatch
):
    tell(mailing, asha)
    with monkeypatch.context() as dying:
        # It has posted the mail, but cannot write that down any more.
        dying.setattr(sending, "_wipe", lambda *_: 1 / 0)
        work(by_server)
    assert states(mailing) == [MailState.QUEUED]

    later(mailing)
    work(by_server)

    first, second = office.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert states(mailing) == [MailState.SENT]


def test_no_mail_leaves_once_access_has_ended(mailing, by_server, office, asha):
    tell(mailing, asha)
    asha.disabled_at = now()
    mailing.add(asha)
    mailing.commit()

    work(by_server)

    assert office.letters == []
    assert mail_to(mailing, asha.id).state is MailState.WITHDRAWN
    assert mail_to(mailing, asha.id).body is None


def test_mail_goes_where_somebody_is_reached_now(mailing, by_server, office, asha):
    tell(mailing, asha)
    asha.email = "asha@new.example"
    mailing.add(asha)
    mailing.commit()

    work(by_server)

    assert office.envelopes[0][1] == ["asha@new.example"]


def test_an_address_that_is_none_holds_nothing_up(mailing, by_server, office, asha):
    for address in ("nobody", "a@b@example.org", "x <y@example.org>", "jo\n@example.org"):
        write(mailing, address, "Hello", "There.", path="/", kind="person.invited", key="1")
    tell(mailing, asha)

    work(by_server)

    assert [letter["To"] for letter in office.letters] == [asha.email]
    assert states(mailing)[:4] == [MailState.UNDELIVERABLE] * 4


def test_an_address_in_letters_the_server_cannot_write_is_undeliverable(by_server, mailing):
    with Office(enable_SMTPUTF8=False) as plain:
        settings = by_server.model_copy(update={"smtp_url": plain.url})
        write(mailing, "jörg@example.org", "Hi", "There.", path="/", kind="a.b", key="1")
        mailing.commit()

        work(settings)

    assert states(mailing) == [MailState.UNDELIVERABLE]


def test_a_password_is_not_said_where_others_could_listen(by_server, mailing, asha):
    """The server offers no TLS, so it hears neither the password nor the mail."""
    with Office() as plain:
        url = f"smtp://hub:hush@127.0.0.1:{plain.port}?starttls=required"
        tell(mailing, asha)

        work(by_server.model_copy(update={"smtp_url": url}))

        assert plain.letters == []
    assert states(mailing) == [MailState.QUEUED]


def test_a_mail_may_become_a_file(filing, by_file, folder, asha):
    tell(filing, asha, body="Grüße aus Málaga.")

    work(by_file)
    later(filing)
    work(by_file)

    [file] = folder.iterdir()
    assert file.suffix == ".eml"
    assert f"To: {asha.email}" in file.read_text()
    assert states(filing) == [MailState.SENT]


def test_a_folder_that_cannot_be_written_keeps_the_mail_waiting(filing, by_file, folder, asha):
    folder.write_text("a file where the folder should be")
    tell(filing, asha)

    work(by_file)

    assert states(filing) == [MailState.QUEUED]


@pytest.mark.parametrize(
    ("age", "left"),
    [(timedelta(days=1), [MailState.SENT, MailState.QUEUED]), (timedelta(days=91), [])],
)
def test_what_left_long_ago_is_forgotten(mailing, by_server, asha, bram, age, left):
    tell(mailing, asha)
    work(by_server)
    tell(mailing, bram)
    mailing.execute(update(Mail).values(created_at=now() - age))

    forget_old(mailing, {})
    mailing.commit()

    assert states(mailing) == left


def test_what_waited_for_weeks_is_given_up_and_wiped(mailing, asha):
    tell(mailing, asha)
    mailing.execute(update(Mail).values(created_at=now() - timedelta(days=15)))

    forget_old(mailing, {})
    mailing.commit()

    [mail] = mails(mailing)
    assert (mail.state, mail.body, mail.path) == (MailState.FAILED, None, None)
