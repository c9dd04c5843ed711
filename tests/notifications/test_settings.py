"""Where mail goes is said in one line, and a line that makes no sense stops the start."""

import pytest
from pydantic import ValidationError

from api.core.mail import MailFolder, MailServer
from api.core.settings import Settings


def carrier(url: str) -> MailServer | MailFolder | None:
    return Settings(_env_file=None, smtp_url=url).carrier


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "offered", None, None)),
        ("smtp://mail.example.org:2525/", ("mail.example.org", 2525, "offered", None, None)),
        ("smtp://h?starttls=never", ("h", 25, "never", None, None)),
        ("smtp://h?starttls=required", ("h", 25, "required", None, None)),
        ("smtps://u:p@h", ("h", 465, "at once", "u", "p")),
        ("smtp://u:p@h", ("h", 587, "required", "u", "p")),
        ("smtp://u:p@h?starttls=never", ("h", 587, "never", "u", "p")),
        ("smtp://u:p@127.0.0.1:25", ("127.0.0.1", 25, "offered", "u", "p")),
        ("smtp://a%40b:p%3A%2F@h", ("h", 587, "required", "a@b", "p:/")),
    ],
)
def test_a_server_is_read_from_its_address(url, server):
    assert carrier(url) == MailServer(*server)


@pytest.mark.parametrize(
    ("url", "path"),
    [("file:mail", "mail"), ("file:/var/mail", "/var/mail"), ("file:///var/mail", "/var/mail")],
)
def test_a_folder_is_read_from_its_address(url, path):
    found = carrier(url)

    assert isinstance(found, MailFolder)
    assert str(found.path) == path


@pytest.mark.parametrize("nothing", ["", " "])
def test_nothing_means_no_mail(nothing):
    assert carrier(nothing) is None


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.org",
        "http://h",
        "smtp://",
        "smtp://u@h",
        "smtp://:p@h",
        "smtp://u:@h",
        "smtp://h:0",
        "smtp://h:99999",
        "smtp://h:port",
        "smtp://h/inbox",
        "smtp://h?starttls=maybe",
        "smtp://h?tls=yes",
        "smtps://h?starttls=never",
        "smtp://h h",
        "file:",
        "file://elsewhere/mail",
    ],
)
def test_what_makes_no_sense_is_refused(url):
    with pytest.raises(ValidationError):
        carrier(url)


def test_the_password_is_not_shown():
    assert "hush" not in str(carrier("smtp://hub:hush@mail.example.org"))


@pytest.mark.parametrize(
    "sender", ["the hub", "hub@", "Hub <hub>", "hub@example.org\nBcc: eve@example.org"]
)
def test_a_sender_that_is_none_is_refused(sender):
    with pytest.raises(ValidationError):
        Settings(_env_file=None, mail_from=sender)


@pytest.mark.parametrize(
    ("public_url", "sender"),
    [
        ("https://trellis.example.org/hub", "trellis@trellis.example.org"),
        ("http://127.0.0.1:8000", "trellis@[127.0.0.1]"),
        ("http://[::1]:8000", "trellis@[IPv6:::1]"),
    ],
)
def test_who_names_no_sender_sends_from_where_people_reach_it(public_url, sender):
    assert Settings(_env_file=None, public_url=public_url).sender.address == sender
