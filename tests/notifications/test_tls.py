"""Who listens on the way to the mail server reads nothing, least of all the password."""

import shutil
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult

from api.core.settings import Settings
from api.notifications.models import MailState
from tests.notifications.post import Office, later, mails, tell, work

To = Callable[[Office, str], Settings]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that nobody has signed, with its key."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    ask = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=here"
    more = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out", file.with_suffix("")]
    subprocess.run(["openssl", *ask.split(), *more], check=True, capture_output=True)
    file.write_text(file.read_text() + file.with_suffix("").read_text())
    return file


@pytest.fixture
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def to(settings: Settings) -> To:
    """The settings of a deployment whose mail goes to this office."""

    def at(office: Office, url: str) -> Settings:
        return settings.model_copy(update={"smtp_url": url.format(office.port)})

    return at


def test_tls_that_is_offered_is_used_whoever_signed_it(db, asha, tls, to):
    with Office(tls_context=tls, require_starttls=True) as office:
        db.info["settings"] = settings = to(office, "smtp://127.0.0.1:{}")
        tell(db, asha)

        work(settings)

    assert len(office.letters) == 1


def test_tls_that_is_required_needs_a_good_certificate(db, asha, tls, to, certificate, monkeypatch):
    with Office(tls_context=tls) as office:
        db.info["settings"] = settings = to(office, "smtp://127.0.0.1:{}?starttls=required")
        tell(db, asha)
        work(settings)
        assert office.letters == []
        assert [m.state for m in mails(db)] == [MailState.QUEUED]

        # Whoever signed it is trusted on this machine from now on.
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        tell(db, asha, key="call-2")
        later(db)
        work(settings)

    assert len(office.letters) == 2


def test_a_password_is_said_only_to_who_shows_a_good_certificate(
    db, asha, tls, to, certificate, monkeypatch
):
    said: list[Any] = []

    def hear(_server: Any, _session: Any, _envelope: Any, _way: str, words: Any) -> AuthResult:
        said.append((words.login, words.password))
        return AuthResult(success=True)

    with Office(tls_context=tls, authenticator=hear, auth_required=True) as office:
        db.info["settings"] = settings = to(office, "smtp://hub:h%40sh@127.0.0.1:{}")
        tell(db, asha)
        work(settings)
        assert said == []

        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        later(db)
        work(settings)

    assert said == [(b"hub", b"h@sh")]
    assert len(office.letters) == 1


def test_a_password_that_is_wrong_keeps_the_mail_waiting(
    db, asha, tls, to, certificate, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    def hear(*_: Any) -> AuthResult:
        return AuthResult(success=False, handled=False)

    with Office(tls_context=tls, authenticator=hear, auth_required=True) as office:
        db.info["settings"] = settings = to(office, "smtp://hub:hush@127.0.0.1:{}")
        tell(db, asha)
        work(settings)

    [mail] = mails(db)
    assert (mail.state, mail.attempts) == (MailState.QUEUED, 0)
