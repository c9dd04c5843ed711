"""Who is told something finds it once, and gets a mail if they can be reached by one."""

import pytest
from sqlalchemy import event
from sqlmodel import select

from api.core.clock import now
from api.core.db import Database
from api.core.jobs import Job
from api.identity.models import Person
from api.notifications.models import Notice
from api.notifications.service import SENDING, Note, erase, notify, write
from tests import make
from tests.looking import count, look
from tests.notifications.post import mail_to, mails, tell


def notices(db: Database) -> list[Notice]:
    return look(db, select(Notice))


def test_everybody_finds_a_notice_and_gets_a_mail(filing, asha, bram):
    hub = make.community(filing)

    told = tell(filing, asha, bram, community_id=hub.id, about_id=make.UNKNOWN)

    assert told == 2
    found = {n.person_id: n for n in notices(filing)}
    assert found.keys() == {asha.id, bram.id}
    assert found[asha.id].title == "A call is open"
    assert found[asha.id].community_id == hub.id
    assert found[asha.id].about_id == make.UNKNOWN
    assert {m.address for m in mails(filing)} == {asha.email, bram.email}
    assert mail_to(filing, asha.id).community_id == hub.id


def test_telling_twice_is_telling_once(filing, asha, bram):
    tell(filing, asha)

    assert tell(filing, asha, bram) == 1
    assert tell(filing, asha, bram) == 0

    assert count(filing, Notice) == 2
    assert len(mails(filing)) == 2


def test_who_is_named_twice_in_one_call_is_told_once(filing, asha):
    assert tell(filing, asha, asha) == 1
    assert len(mails(filing)) == 1


def test_another_occasion_is_told_again(filing, asha):
    tell(filing, asha, key="call-1")

    assert tell(filing, asha, key="call-2") == 1


def test_nobody_is_told_in_no_time(filing):
    assert notify(filing, [], kind="proposal.call_opened", key="call-1") == 0


def test_whose_access_has_ended_gets_no_mail(filing, asha, bram):
    bram.disabled_at = now()
    filing.add(bram)

    assert tell(filing, asha, bram) == 2

    assert [m.address for m in mails(filing)] == [asha.email]


def test_who_has_no_address_finds_a_notice_alone(filing):
    mia = make.person(filing, "Mia", email=None)

    assert tell(filing, mia) == 1
    assert mails(filing) == []


def test_without_mail_set_up_there_are_notices_alone(db, settings, asha):
    db.info["settings"] = settings

    assert tell(db, asha) == 1
    write(db, "jo@example.org", "Hello", "There.", path="/", kind="person.invited", key="1")
    db.commit()

    assert mails(db) == []
    assert count(db, Job) == 0


def test_what_is_taken_back_was_never_told(filing, asha):
    notify(filing, [Note(asha.id, "A call", "Look.", "/p")], kind="a.b", key="1")
    filing.rollback()

    assert count(filing, Notice) == 0
    assert mails(filing) == []
    assert count(filing, Job) == 0


def test_a_mail_may_lead_elsewhere_than_the_notice(filing, asha):
    tell(filing, asha, path="/proposals/1", mail_path="/proposals/1#s3cret")

    assert notices(filing)[0].path == "/proposals/1"
    assert mail_to(filing, asha.id).path == "/proposals/1#s3cret"


@pytest.mark.parametrize("path", ["https://elsewhere.example", "//elsewhere.example", "", "p"])
def test_a_notice_leads_nowhere_but_inside(filing, asha, path):
    with pytest.raises(ValueError, match="slash"):
        notify(filing, [Note(asha.id, "A call", "Look.", path)], kind="a.b", key="1")


def test_five_thousand_people_are_told_in_few_statements(app, filing):
    people = [
        Person(name=f"P{n}", email=f"p{n}@example.org", changed_at=now()) for n in range(5000)
    ]
    filing.add_all(people)
    filing.commit()
    statements: list[str] = []
    event.listen(
        app.state.engine,
        "before_cursor_execute",
        lambda _c, _u, words, *_: statements.append(words),
    )

    assert tell(filing, *people) == 5000

    assert len(statements) <= 30
    assert count(filing, Notice) == 5000
    assert len(mails(filing)) == 5000
    assert count(filing, Job, Job.kind == SENDING) == 1


def test_somebody_without_an_account_is_written_to_once(filing):
    for _ in range(2):
        write(
            filing,
            " Jo@Example.org",
            "Ada invites you",
            "Come in.",
            path="/join#s3cret",
            kind="person.invited",
            key="1",
        )
    filing.commit()

    [mail] = mails(filing)
    assert (mail.address, mail.person_id) == ("jo@example.org", None)
    assert (mail.subject, mail.path) == ("Ada invites you", "/join#s3cret")
    assert count(filing, Notice) == 0


def test_nothing_of_what_a_person_was_told_is_left_once_they_are_erased(filing, asha, bram):
    tell(filing, asha, bram)

    erase(filing, asha.id)
    filing.commit()

    assert [n.person_id for n in notices(filing)] == [bram.id]
    assert [m.person_id for m in mails(filing)] == [bram.id]
