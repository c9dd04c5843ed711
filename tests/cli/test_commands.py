"""The commands of an operator, and what every command has in common."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from api.core.db import Database
from api.identity.models import Person
from tests import make
from tests.cli.conftest import Trellis

TRELLIS = Path(sys.executable).with_name("trellis")
COMMANDS = (
    ("serve",), ("worker",), ("migrate",), ("move",), ("doctor",), ("demo",), ("export",),
    ("import",), ("import", "attendance"), ("steward",), ("steward", "create"), ("token",),
    ("token", "create"), ("link",), ("link", "create"), ("openapi",),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(command: tuple[str, ...], trellis: Trellis) -> None:
    done = trellis(*command, "--help")

    assert done.code == 0
    assert b"Usage: trellis" in done.out


@pytest.mark.parametrize("command", [("export",), ("import", "attendance")], ids=" ".join)
def test_what_scripts_use_documents_its_exit_codes(
    command: tuple[str, ...], trellis: Trellis
) -> None:
    said = b" ".join(trellis(*command, "--help").out.split())

    assert b"0 done" in said and b"4 not allowed" in said


def test_a_steward_is_made_and_gets_a_link_alone_on_stdout(trellis: Trellis, db: Database) -> None:
    done = trellis("steward", "create", "sunita@example.org", "--name", "Sunita")

    assert done.code == 0
    assert done.out.startswith(b"http://testserver/sign-in/link#trellis_link_")
    assert done.out.count(b"\n") == 1
    assert db.exec(select(Person.steward).where(Person.email == "sunita@example.org")).one()


def test_a_token_stands_alone_on_stdout(trellis: Trellis, db: Database) -> None:
    make.person(db, "Asha", email="asha@example.org")

    done = trellis("token", "create", "asha@example.org", "--name", "Script")

    assert done.code == 0
    assert done.out.startswith(b"trellis_pat_") and done.out.count(b"\n") == 1
    assert done.err == ""


def test_a_link_in_stands_alone_on_stdout(trellis: Trellis, db: Database) -> None:
    make.person(db, "Asha", email="asha@example.org")

    done = trellis("link", "create", "Asha@example.org")
    nobody = trellis("link", "create", "nobody@example.org")

    assert done.code == 0
    assert done.out.startswith(b"http://testserver/sign-in/link#trellis_link_")
    assert done.out.count(b"\n") == 1 and done.err == ""
    assert (nobody.code, nobody.out) == (1, b"")


def test_a_refusal_is_one_line_and_no_traceback(trellis: Trellis) -> None:
    nobody = trellis("token", "create", "nobody@example.org", "--name", "Script")
    scope = trellis("token", "create", "a@example.org", "--name", "S", "--scope", "everything")
    address = trellis("steward", "create", "not an address")

    assert (nobody.code, scope.code, address.code) == (1, 1, 1)
    assert nobody.err == "Nobody here has the address nobody@example.org.\n"
    assert scope.err.startswith("No such scope: everything.")


def test_a_database_without_tables_is_said_in_words(trellis: Trellis, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'empty.db'}"

    done = trellis("steward", "create", "a@example.org", TRELLIS_DATABASE_URL=url)

    assert (done.code, done.out) == (3, b"")
    assert "Is it there, and migrated?" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("setting", "value", "may_be"),
    [
        ("TRELLIS_WORKER", "zzz", "must be 'embedded' or 'none'."),
        ("TRELLIS_LOG_LEVEL", "loud", "must be 'debug', 'info', 'warning' or 'error'."),
        ("TRELLIS_THREADS", "99", "must be a whole number from 1 to 64."),
        ("TRELLIS_METRICS", "perhaps", "must be true or false."),
        ("TRELLIS_CORS_ORIGINS", "https://a.example", "must be a list in JSON, such as"),
        ("TRELLIS_SMTP_URL", "mail.example.org:25", "must be smtp://user:password@host:port, "),
        ("TRELLIS_SMTP_URL", "smtp://hub:hush@", "must be smtp://user:password@host:port, "),
        ("TRELLIS_SMTP_URL", "smtp://h?starttls=maybe", "must be smtp://user:password@host:port, "),
        ("TRELLIS_MAIL_FROM", "the hub", "must be an address, such as"),
        ("TRELLIS_DATABASE_URL", "mysql://a:hush@b/c", "must begin with sqlite:/// or"),
    ],
)
@pytest.mark.parametrize("command", ["doctor", "serve"])
def test_a_wrong_setting_is_named_with_what_it_may_be(
    command: str, setting: str, value: str, may_be: str, trellis: Trellis
) -> None:
    done = trellis(command, **{setting: value})

    assert (done.code, done.out) == (2, b"")
    assert done.err.startswith(f"{setting} {may_be}") and done.err.count("\n") == 1
    assert value not in done.err


def test_serving_loads_nothing_that_only_other_commands_need() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, api.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()

    assert not {"httpx2", "rich", "sqlalchemy", "api.demo.build", "alembic"} & set(loaded)
