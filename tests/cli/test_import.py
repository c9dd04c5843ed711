import json
from pathlib import Path

import pytest
from sqlmodel import func, select

from api.communities.models import Community
from api.core.db import Database
from api.identity.models import Person
from api.sessions.models import Attendance, Seating, Session
from tests import make
from tests.cli.conftest import Trellis

WOMEN = Path(__file__).parents[1] / "data" / "davis_southern_women.csv"
# Nothing listens there, so whatever gets as far as sending ends with another exit code.
NOWHERE = {"TRELLIS_URL": "http://127.0.0.1:9", "TRELLIS_TOKEN": "trellis_pat_x"}


def attendances(db: Database) -> int:
    return db.exec(select(func.count()).select_from(Attendance)).one()


def written(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    return file


def test_a_list_is_imported_once_however_often_it_is_sent(
    elsewhere: Trellis, circle: Community, db: Database
) -> None:
    asked = ("import", "attendance", WOMEN, "--community", circle.slug, "--add-people")

    first, again = elsewhere(*asked), elsewhere(*asked)

    assert first.code == again.code == 0
    assert json.loads(first.out) == {
        "rows": 89,
        "recorded": 89,
        "unchanged": 0,
        "people_added": 18,
        "sessions_added": 14,
        "dry_run": False,
    }
    assert (
        first.err == "89 attendances recorded, 0 unchanged, 18 people added, 14 sessions added.\n"
    )
    assert json.loads(again.out)["unchanged"] == 89
    assert attendances(db) == 89


def test_a_dry_run_keeps_nothing(elsewhere: Trellis, circle: Community, db: Database) -> None:
    done = elsewhere(
        "import", "attendance", WOMEN, "--community", circle.id, "--add-people", "--dry-run"
    )

    assert done.code == 0
    assert json.loads(done.out)["recorded"] == 89
    assert "nothing was kept" in done.err
    assert attendances(db) == 0


@pytest.mark.parametrize(
    "content",
    [
        "person,session,date,minutes,mode\nAsha,Café,2026-03-02,45,online\n".encode(),
        "\ufeffPerson;Session;Date;Minutes;Mode\r\n\r\n“Asha”;Café;2026-03-02;45;Online\r\n;;;;\r\n".replace(
            "“", '"'
        )
        .replace("”", '"')
        .encode(),
        b'date\tmode\tminutes\tsession\tperson\n2026-03-02\tonline\t45\t"Caf\xc3\xa9"\t Asha \n',
    ],
    ids=["commas", "semicolons, byte order mark, quotes, empty lines", "tabs in another order"],
)
def test_files_come_as_spreadsheets_write_them(
    content: bytes, elsewhere: Trellis, circle: Community, db: Database, tmp_path: Path
) -> None:
    make.member(db, circle, make.person(db, "Asha"))

    done = elsewhere("import", "attendance", written(tmp_path, content), "--community", circle.slug)

    assert done.code == 0, done.err
    kept = db.exec(select(Attendance)).one()
    assert (kept.minutes, kept.seating) == (45, Seating.ONLINE)


def test_a_list_may_come_from_a_pipe_and_a_token_from_a_file(
    elsewhere: Trellis, trellis: Trellis, server: str, circle: Community, db: Database, lena: Person
) -> None:
    word = make.token(db, lena.id)

    piped = elsewhere(
        *("import", "attendance", "-", "--community", circle.slug, "--add-people"),
        stdin=WOMEN.read_bytes(),
    )
    by_stdin = trellis(
        *("import", "attendance", WOMEN, "--community", circle.slug, "--token-stdin"),
        *("--url", server),
        stdin=f"{word}\n".encode(),
    )

    assert (piped.code, by_stdin.code) == (0, 0), piped.err + by_stdin.err
    assert json.loads(by_stdin.out)["unchanged"] == 89


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "The file is empty."),
        (b"person,session,date\n", "no rows"),
        (b"person,session\nAsha,One\n", "columns missing: date"),
        (b"name,session,date\nAsha,One,2026-03-02\n", "columns not known: name"),
        (b"person,session,date,date\nA,One,2026-03-02,x\n", "columns named twice: date"),
        (b"person,session,date\nA,One,2026-03-02\nBea,One\n", "line 3: has 2 cells"),
        (b"person,session,date\nA,One,2026-03-02,more\n", "line 2: has 4 cells"),
        (b'person,session,date\nA,One,2026-03-02\n"Bea,One,2026-03-02\nC', "line 3: a quotation"),
        (b"person,session,date\nA,One,02/03/2026\n", "line 2: “02/03/2026” is not a date"),
        (b"person,session,date\nA,One,2026-02-30\n", "line 2: “2026-02-30” is not a date"),
        (b"person,session,date\nA,,2026-03-02\n", "line 2: has no session"),
        (b"person,session,date,minutes\nA,B,2026-03-02,1h\n", "“1h” is not a number of minutes"),
        (b"person,session,date,minutes\nA,B,2026-03-02,-1\n", "“-1” is not a number of minutes"),
        (b"person,session,date,mode\nA,B,2026-03-02,zoom\n", "“zoom” is neither"),
        (b"person,session,date\nA\0,One,2026-03-02\n", "line 2: holds a NUL"),
        (b"person,session,date\nA,One,2026-03-02\nZo\xeb,One,2026-03-02\n", "line 3: is not UTF-8"),
        (b"\xff\xfep\0e\0r\0", "line 1: holds a NUL"),
        (b"person,session,date\n" + b"A,B,2026-03-02\n" * 20_001, "The file has 20,001 rows."),
        (b"person,session,date\n" + b"A,B,2026-03-02\n" * 400_000, "larger than 5 MB"),
    ],
)
def test_a_broken_file_is_refused_before_anything_is_sent(
    content: bytes, said: str, trellis: Trellis, tmp_path: Path
) -> None:
    file = written(tmp_path, content)

    done = trellis("import", "attendance", file, "--community", "any", **NOWHERE)

    assert (done.code, done.out) == (1, b"")
    assert said in done.err
    assert "Nothing was sent." in done.err


def test_every_fault_is_named_but_a_page_of_them_is_enough(
    trellis: Trellis, tmp_path: Path
) -> None:
    file = written(tmp_path, b"person,session,date\n" + b"A,B,never\n" * 30)

    done = trellis("import", "attendance", file, "--community", "any", **NOWHERE)

    assert done.err.count("line ") == 20
    assert "… and 10 more" in done.err


def test_what_the_server_refuses_is_told_by_line(
    elsewhere: Trellis, circle: Community, db: Database, tmp_path: Path
) -> None:
    make.member(db, circle, make.person(db, "Asha"))
    content = (
        b"person,session,date\n\nAsha,One,2026-03-02\nNobody,One,2026-03-02\nAsha,Two,2099-01-01\n"
    )
    file = written(tmp_path, content)

    done = elsewhere("import", "attendance", file, "--community", circle.slug)

    assert (done.code, done.out) == (1, b"")
    assert "line 4, person: nobody here is called that" in done.err
    assert "line 5, date: lies in the future" in done.err
    assert attendances(db) == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "code"),
    [
        (("--community", "any"), {"TRELLIS_URL": "http://127.0.0.1:9"}, 4),
        (("--community", "any", "--token", "two words"), {}, 2),
        (("--community", "any", "--url", "ftp://x"), {"TRELLIS_TOKEN": "t"}, 2),
        (("--community", "any", "--url", "https://me:word@example.org"), {"TRELLIS_TOKEN": "t"}, 2),
        ((), {"TRELLIS_TOKEN": "t"}, 2),
        (("--community", "any", "--url", "http://127.0.0.1:9"), {"TRELLIS_TOKEN": "t"}, 3),
    ],
    ids=["no token", "no such token", "no such scheme", "a secret in the address", "no community",
         "nobody answers"],
)  # fmt: skip
def test_wrong_usage_and_an_absent_server_have_codes_of_their_own(
    arguments: tuple[str, ...], environment: dict[str, str], code: int, trellis: Trellis
) -> None:
    done = trellis("import", "attendance", WOMEN, *arguments, **environment)

    assert (done.code, done.out) == (code, b"")
    assert done.err


def test_a_file_that_is_not_there_is_wrong_usage(trellis: Trellis) -> None:
    done = trellis("import", "attendance", "none.csv", "--community", "any", **NOWHERE)

    assert done.code == 2


def test_file_and_token_cannot_share_one_pipe(trellis: Trellis) -> None:
    done = trellis("import", "attendance", "-", "--community", "any", "--token-stdin")

    assert done.code == 2
    assert "cannot both" in done.err


def test_what_is_not_allowed_has_a_code_of_its_own(
    elsewhere: Trellis, circle: Community, db: Database
) -> None:
    asha = make.person(db, "Asha")
    make.member(db, circle, asha)
    words = [
        "trellis_pat_unknown",
        make.token(db, asha.id),
        make.token(db, asha.id, ["communities:read"]),
    ]

    for word in words:
        done = elsewhere(
            *("import", "attendance", WOMEN, "--community", circle.id), TRELLIS_TOKEN=word
        )

        assert (done.code, done.out) == (4, b""), done.err
        assert done.err
    assert attendances(db) == 0


def test_a_community_that_is_not_there_is_refused(elsewhere: Trellis) -> None:
    by_slug = elsewhere("import", "attendance", WOMEN, "--community", "none")
    by_id = elsewhere(
        "import", "attendance", WOMEN, "--community", "01890000-0000-7000-8000-000000000000"
    )

    assert (by_slug.code, by_id.code) == (1, 1)
    assert "no community “none”" in by_slug.err


def test_days_may_be_those_of_another_time_zone(
    elsewhere: Trellis, circle: Community, db: Database
) -> None:
    asked = ("import", "attendance", WOMEN, "--community", circle.slug, "--add-people")

    wrong = elsewhere(*asked, "--timezone", "Mars/Olympus")
    right = elsewhere(*asked, "--timezone", "America/Chicago")

    assert (wrong.code, right.code) == (1, 0), right.err
    assert "timezone: is not an IANA time zone" in wrong.err
    assert set(db.exec(select(Session.timezone))) == {"America/Chicago"}
