import csv
import io
import json
import os
import pty
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from api.communities.models import Community
from api.communities.service import archive
from api.core.db import Database
from api.identity.models import Person
from tests import make
from tests.cli.conftest import Trellis

TRELLIS = Path(sys.executable).with_name("trellis")
Speak = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def stranger() -> Iterator[Callable[[Speak], str]]:
    """`stranger(speak)` is the address of a server that answers however a test likes."""
    running: list[tuple[HTTPServer, threading.Thread]] = []

    def serve(speak: Speak) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                speak(self)

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(handler: BaseHTTPRequestHandler, status: int, kind: str, body: bytes) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def chunks(handler: BaseHTTPRequestHandler, *pieces: bytes, whole: bool) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/csv")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    if whole:
        handler.wfile.write(b"0\r\n\r\n")
    handler.close_connection = True


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    chunks(handler, b"id,name\n", b"1,half of th", whole=False)


def test_rows_go_to_stdout_and_words_to_stderr(
    elsewhere: Trellis, circle: Community, lena: Person
) -> None:
    done = elsewhere("export", "communities")

    rows = list(csv.DictReader(io.StringIO(done.out.decode())))
    assert done.code == 0
    assert [row["name"] for row in rows] == [circle.name]
    assert "--as-of" in done.err


def test_every_dataset_comes_as_lines_of_json_too(elsewhere: Trellis, circle: Community) -> None:
    for dataset in ("communities", "memberships", "sessions", "attendances", "activities"):
        done = elsewhere("export", dataset, "--format", "ndjson", "--community", circle.slug)

        assert done.code == 0, done.err
        assert all(json.loads(line) for line in done.out.splitlines())


def test_metrics_are_exported_by_months(elsewhere: Trellis, circle: Community) -> None:
    done = elsewhere(
        *("export", "metrics", "--community", circle.slug, "--include-descendants"),
        *("--from", "2026-01-01", "--to", "2026-03-01", "--profile", "exact"),
    )

    rows = list(csv.DictReader(io.StringIO(done.out.decode())))
    assert done.code == 0, done.err
    assert {row["metric_id"] for row in rows} >= {"members", "active_rate"}


def test_filters_reach_the_server(stranger: Callable[[Speak], str], trellis: Trellis) -> None:
    asked: list[str] = []

    def listen(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        answer(handler, 200, "text/csv", b"id\n")

    done = trellis(
        *("export", "sessions", "--url", f"{stranger(listen)}/trellis/", "--token", "word"),
        *("--community", "01890000-0000-7000-8000-000000000000", "--include-descendants"),
        *("--from", "2026-01-01", "--to", "2026-02-01", "--as-of", "2026-03-01T00:00:00Z"),
    )

    assert done.code == 0, done.err
    assert asked == [
        "/trellis/v1/exports/sessions?community_id=01890000-0000-7000-8000-000000000000"
        "&format=csv&include=descendants&from=2026-01-01&to=2026-02-01"
        "&as_of=2026-03-01T00%3A00%3A00Z"
    ]


def test_a_file_appears_when_it_is_whole(
    elsewhere: Trellis, circle: Community, tmp_path: Path
) -> None:
    out = tmp_path / "communities.csv"
    out.write_text("what was there before")

    done = elsewhere("export", "communities", "--out", out)

    assert (done.code, done.out) == (0, b"")
    assert circle.name in out.read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["communities.csv"]


def test_a_connection_that_breaks_off_is_an_error_and_leaves_no_file(
    trellis: Trellis, stranger: Callable[[Speak], str], tmp_path: Path
) -> None:
    out = tmp_path / "new.csv"
    kept = tmp_path / "kept.csv"
    kept.write_text("yesterday's")
    at = stranger(breaks_off)

    to_file = trellis("export", "sessions", "--url", at, "--token", "word", "--out", out)
    over = trellis("export", "sessions", "--url", at, "--token", "word", "--out", kept)
    to_stdout = trellis("export", "sessions", "--url", at, "--token", "word")

    assert (to_file.code, over.code, to_stdout.code) == (3, 3, 3)
    assert "broke off" in to_file.err
    assert [file.name for file in tmp_path.iterdir()] == ["kept.csv"]
    assert kept.read_text() == "yesterday's"


@pytest.mark.parametrize(
    ("status", "kind", "body", "code", "said"),
    [
        (401, "application/problem+json", b'{"detail":"too old"}', 4, "too old"),
        (403, "application/problem+json", b'{"title":"Not allowed"}', 4, "Not allowed"),
        (404, "application/problem+json", b'{"detail":"No such community."}', 1, "No such"),
        (422, "application/problem+json",
         b'{"title":"No","errors":[{"at":"query/from","detail":"is no day"}]}', 2, "from: is no"),
        (429, "application/problem+json", b"{}", 1, "Too many requests"),
        (502, "text/html", b"<h1>Bad gateway</h1>", 3, "not available (502)"),
        (503, "application/problem+json", b'{"detail":"Too busy."}', 3, "Too busy."),
        (404, "text/html", b"<h1>Elsewhere</h1>", 1, "is not Trellis"),
        (500, "application/problem+json", b"not json", 1, "is not Trellis"),
    ],
)  # fmt: skip
def test_refusals_have_their_codes_and_leave_no_file(
    status: int,
    kind: str,
    body: bytes,
    code: int,
    said: str,
    trellis: Trellis,
    stranger: Callable[[Speak], str],
    tmp_path: Path,
) -> None:
    at = stranger(lambda handler: answer(handler, status, kind, body))
    out = tmp_path / "out.csv"

    done = trellis("export", "sessions", "--url", at, "--token", "word", "--out", out)

    assert (done.code, done.out) == (code, b"")
    assert said in done.err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_to_is_refused(
    elsewhere: Trellis, circle: Community, tmp_path: Path
) -> None:
    nowhere = elsewhere("export", "communities", "--out", tmp_path / "none" / "out.csv")
    folder = elsewhere("export", "communities", "--out", tmp_path)

    assert (nowhere.code, folder.code) == (1, 1)
    assert "cannot be written" in nowhere.err
    assert "cannot be written" in folder.err
    assert not list(tmp_path.iterdir())


def test_a_large_export_needs_no_more_memory_than_a_small_one(
    trellis: Trellis, stranger: Callable[[Speak], str], tmp_path: Path
) -> None:
    piece = b"x" * 1_000_000
    at = stranger(lambda handler: chunks(handler, *[piece] * 100, whole=True))
    out = tmp_path / "large.csv"

    tracemalloc.start()
    done = trellis("export", "activities", "--url", at, "--token", "word", "--out", out)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert done.code == 0
    assert out.stat().st_size == 100_000_000
    assert most < 20_000_000


def test_progress_is_drawn_on_a_terminal_and_never_into_the_rows(
    stranger: Callable[[Speak], str],
) -> None:
    at = stranger(lambda handler: chunks(handler, b"id\n", b"1\n", whole=True))
    ours, theirs = pty.openpty()
    command = [TRELLIS, "export", "sessions", "--url", at]
    environment = {**os.environ, "TRELLIS_TOKEN": "word", "TERM": "xterm"}

    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, check=False, timeout=60
    )

    os.close(theirs)
    assert (done.returncode, done.stdout) == (0, b"id\n1\n")
    assert b"\x1b[" in os.read(ours, 10_000)
    os.close(ours)


def test_a_reader_who_has_seen_enough_ends_it_quietly(stranger: Callable[[Speak], str]) -> None:
    at = stranger(lambda handler: chunks(handler, *[b"x" * 60_000] * 40, whole=True))
    command = f"{TRELLIS} export sessions --url {at} | head -c 10"

    done = subprocess.run(
        ["/bin/sh", "-c", command],
        capture_output=True,
        env={**os.environ, "TRELLIS_TOKEN": "word"},
        check=False,
        timeout=60,
    )

    assert done.stdout == b"x" * 10
    assert b"Traceback" not in done.stderr


def test_the_token_is_sent_in_a_header_and_never_in_the_address(
    stranger: Callable[[Speak], str], trellis: Trellis
) -> None:
    seen: list[tuple[str, str | None]] = []

    def listen(handler: BaseHTTPRequestHandler) -> None:
        seen.append((handler.path, handler.headers["Authorization"]))
        answer(handler, 200, "text/csv", b"id\n")

    at = stranger(listen)
    trellis("export", "sessions", "--url", at, "--token-stdin", stdin=b"secret\nmore\n")

    assert seen == [("/v1/exports/sessions?format=csv", "Bearer secret")]


def test_a_community_that_was_put_away_is_still_found_by_its_slug(
    elsewhere: Trellis, circle: Community, db: Database, lena: Person
) -> None:
    archive(db, make.actor(db, lena), circle, None)
    db.commit()

    done = elsewhere("export", "memberships", "--community", circle.slug)

    assert done.code == 0, done.err
    assert str(lena.id) in done.out.decode()
