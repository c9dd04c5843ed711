"""What arrives: plain words, the same in HTML, one link, and headers nobody else could write."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest

from api.core.clock import now
from api.notifications.service import write
from tests import make
from tests.notifications.post import tell, work


def plain(letter: EmailMessage) -> str:
    return letter.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html(letter: EmailMessage) -> str:
    return letter.get_body(("html",)).get_content().replace("\r\n", "\n")


def test_a_letter_has_every_header_it_should(mailing, by_server, office, asha):
    hub = make.community(mailing)
    tell(mailing, asha, community_id=hub.id)

    work(by_server)

    [letter] = office.letters
    assert office.envelopes == [("hub@example.org", [asha.email])]
    assert letter["From"] == "CYP Hub <hub@example.org>"
    assert letter["To"] == asha.email
    assert letter["Subject"] == "A call is open"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == f"<{hub.id.hex}.example.org>"
    assert letter["Message-ID"].endswith("@example.org>")
    assert now() - parsedate_to_datetime(letter["Date"]) < timedelta(minutes=5)
    assert letter.get_content_type() == "multipart/alternative"


def test_a_letter_of_no_community_is_of_no_list(mailing, by_server, office, asha):
    tell(mailing, asha)

    work(by_server)

    assert office.letters[0]["List-Id"] is None


def test_the_words_arrive_with_a_link_and_the_reason(mailing, by_server, office, asha):
    tell(mailing, asha, body="Grüße aus Málaga.\n\nDo have a look.", mail_path="/p/1#s3cret")

    work(by_server)

    [letter] = office.letters
    assert plain(letter).startswith("Grüße aus Málaga.\n\nDo have a look.\n")
    assert "http://testserver/p/1#s3cret" in plain(letter)
    assert "because you have an account with Trellis at http://testserver/" in plain(letter)


def test_the_same_stands_in_html_without_anything_from_elsewhere(mailing, by_server, office, asha):
    tell(
        mailing,
        asha,
        title="Tea & <b>cake</b>",
        body="One <script>alert(1)</script>\nand a half.\n\nTwo.",
        path='/p/1?q="x"&y=<z>',
    )

    work(by_server)

    page = html(office.letters[0])
    assert "<h1" in page and "Tea &amp; &lt;b&gt;cake&lt;/b&gt;</h1>" in page
    assert "One &lt;script&gt;alert(1)&lt;/script&gt;<br>" in page
    assert 'href="http://testserver/p/1?q=&quot;x&quot;&amp;y=&lt;z&gt;"' in page
    assert "<script" not in page and "<img" not in page and "src=" not in page


@pytest.mark.parametrize(
    "title",
    ["A call\r\nBcc: eve@example.org", "A call\nBcc: eve@example.org", "A call\r\n\r\nHello"],
)
def test_no_title_can_begin_another_header(mailing, by_server, office, asha, title):
    tell(mailing, asha, title=title)

    work(by_server)

    [letter] = office.letters
    assert letter["Bcc"] is None
    assert letter["Subject"] == " ".join(title.split())
    assert office.envelopes[0][1] == [asha.email]


@pytest.mark.parametrize(
    "title", ["Ein Aufruf für alle — 💚", "مجموعة " * 12, "x" * 190, "A call " * 28]
)
def test_a_title_of_any_script_and_length_arrives_whole(mailing, by_server, office, asha, title):
    tell(mailing, asha, title=title)

    work(by_server)

    assert office.letters[0]["Subject"] == title.strip()


def test_a_long_name_of_the_host_keeps_the_message_id_whole(by_server, office, db, asha):
    host = "a-very-long-name-of-a-trust-that-runs-this.and-of-its-region.example.org"
    db.info["settings"] = settings = by_server.model_copy(update={"mail_from": f"hub@{host}"})
    hub = make.community(db)
    tell(db, asha, community_id=hub.id)

    work(settings)

    [letter] = office.letters
    assert letter["Message-ID"].strip().endswith(f"@{host}>")
    assert letter["List-Id"].strip() == f"<{hub.id.hex}.{host}>"


def test_who_names_no_sender_sends_from_the_host_itself(by_server, office, db, asha):
    here = {"mail_from": None, "public_url": "http://127.0.0.1:8000"}
    db.info["settings"] = settings = by_server.model_copy(update=here)
    tell(db, asha)

    work(settings)

    assert office.envelopes[0][0] == "trellis@[127.0.0.1]"
    assert office.letters[0]["From"] == "Trellis <trellis@[127.0.0.1]>"


def test_an_address_in_any_letters_is_written_as_it_is(mailing, by_server, office):
    write(mailing, "jörg@example.org", "Hi", "There.", path="/", kind="a.b", key="1")
    mailing.commit()

    work(by_server)

    assert office.envelopes == [("hub@example.org", ["jörg@example.org"])]


def test_who_has_no_account_is_told_why_they_are_written_to(mailing, by_server, office):
    write(mailing, "jo@example.org", "Hi", "There.", path="/join#x", kind="a.b", key="1")
    mailing.commit()

    work(by_server)

    assert "because somebody gave this address to Trellis" in plain(office.letters[0])
