"""Exports: who may take what, and that a file is whole or visibly not."""

import csv
import io
import json

import anyio
import anyio.lowlevel
import pytest
from sqlalchemy import Integer, literal, select

from api.communities.models import Visibility
from api.core.actor import Role
from api.core.audit import AuditEntry
from api.engagement.exports import streaming
from api.engagement.exports.columns import shown
from api.engagement.exports.datasets import TABLES
from api.engagement.exports.streaming import Export
from api.engagement.models import ActivityKind
from api.engagement.profile import NHS8
from api.sessions.models import AttendanceStatus
from tests import make
from tests.make import past

TABLES_BY_NAME = [dataset.value for dataset in TABLES]


@pytest.fixture
def lena(db):
    return make.person(db, "Lena")


@pytest.fixture
def community(db, lena):
    return make.community(db, lead=lena)


def taken(client, dataset, **asked):
    answer = client.get(f"/v1/exports/{dataset}", params={"format": "ndjson", **asked})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.text.splitlines()]


def sheet(client, dataset, **asked):
    answer = client.get(f"/v1/exports/{dataset}", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


@pytest.fixture
def march(db, community):
    """A month with a session, a register and some deeds."""
    asha, femi = make.person(db, "Asha"), make.person(db, "Femi")
    for person in (asha, femi):
        past.spell(db, community, person, "2026-01-05")
    held = past.session(db, community, "2026-03-10T18:00", location='=cmd|"/c calc"!A1, room 2')
    past.attendance(db, held, asha)
    past.attendance(db, held, femi, status=AttendanceStatus.NO_SHOW)
    past.activity(db, community, asha, "2026-03-10", ActivityKind.ATTENDANCE)
    past.activity(db, community, femi, "2026-03-11")
    past.activity(db, community, femi, "2026-03-12", ActivityKind.CONSUMPTION)
    past.activity(db, community, femi, "2026-03-13", retracted="2026-03-14")
    return asha, femi, held


@pytest.mark.parametrize("dataset", TABLES_BY_NAME)
def test_both_formats_hold_the_same_columns_and_rows(acting, lena, community, march, dataset):
    lines, rows = taken(acting(lena), dataset), sheet(acting(lena), dataset)

    assert [line["id"] for line in lines] == [row["id"] for row in rows] != []
    assert list(lines[0]) == list(rows[0]) == [c.name for c in TABLES[dataset].columns]
    for line, row in zip(lines, rows, strict=True):
        for name, value in line.items():
            if not isinstance(value, list) and not str(value).startswith("="):
                assert row[name] == ("" if value is None else str(value)), name


def test_a_file_says_what_it_is_and_as_of_when(acting, lena, community):
    answer = acting(lena).get("/v1/exports/communities", params={"as_of": "2026-03-01"})
    good = acting(lena).get("/v1/exports/sessions", params={"as_of": "2026-03-01"})

    assert answer.status_code == 422
    assert good.headers["x-as-of"] == "2026-03-01T00:00:00Z"
    assert good.headers["content-disposition"] == (
        'attachment; filename="trellis-sessions-2026-03-01T000000Z.csv"'
    )


def test_a_cell_that_begins_like_a_formula_is_words(acting, db, lena, community, march):
    make.community(db, '@Home, "quoted"', lead=lena, topics=["+1", "two"])
    make.community(db, "-minus", lead=lena, region="=A1")

    names = {row["name"]: row for row in sheet(acting(lena), "communities")}
    [session] = sheet(acting(lena), "sessions")
    [line] = taken(acting(lena), "sessions")

    assert set(names) == {"Peer support workers", '\'@Home, "quoted"', "'-minus"}
    assert names['\'@Home, "quoted"']["topics"] == "'+1; two"
    assert names["'-minus"]["region"] == "'=A1"
    assert session["location"] == '\'=cmd|"/c calc"!A1, room 2'
    assert line["location"] == '=cmd|"/c calc"!A1, room 2'


def test_words_of_partners_arrive_as_they_were_sent(acting, db, lena, community):
    mo = make.person(db, "Mo")
    said = "=1+\"2\",\\n é 🌿 ; 'quoted'"
    row = {
        "person_id": str(mo.id), "community_id": str(community.id), "verb": "wiki.edited",
        "kind": "contribution", "occurred_at": "2026-03-10T10:00:00Z",
        "source": 'their "wiki"', "source_id": said,
    }  # fmt: skip
    assert acting(lena).post("/v1/activities", json={"items": [row]}).status_code == 200

    [line] = taken(acting(lena), "activities")
    [cells] = sheet(acting(lena), "activities")

    assert (line["source"], line["source_id"]) == ('their "wiki"', said)
    assert (cells["source"], cells["source_id"]) == ('their "wiki"', "'" + said)


def test_what_people_read_and_what_was_taken_back_stays_here(acting, lena, community, march):
    _, femi, _ = march

    verbs = taken(acting(lena), "activities")
    before = taken(acting(lena), "activities", as_of="2026-03-13T12:00:00Z")

    assert [a["kind"] for a in verbs] == ["attendance", "contribution"]
    assert [a["person_id"] for a in before].count(str(femi.id)) == 2


def test_an_export_can_be_narrowed(acting, db, lena, community, march):
    other = make.community(db, "Other", lead=lena)
    past.session(db, other, "2026-05-01T18:00")
    client = acting(lena)

    assert len(taken(client, "sessions")) == 2
    assert len(taken(client, "sessions", community_id=community.id)) == 1
    assert len(taken(client, "sessions", **{"from": "2026-04-01"})) == 1
    assert len(taken(client, "sessions", **{"from": "2026-04-01", "to": "2026-05-01"})) == 0
    assert len(taken(client, "attendances", changed_since="2026-03-10T18:00:01Z")) == 0
    assert len(taken(client, "attendances", changed_since="2026-03-10T18:00:00Z")) == 2


def test_a_corrected_register_can_still_be_had_as_it_was(acting, db, lena, community):
    mo = make.person(db, "Mo")
    held = past.session(db, community, "2026-03-10T18:00")
    past.attendance(db, held, mo, recorded="2026-03-10T20:00", replaced="2026-03-12T09:00")
    past.attendance(db, held, mo, recorded="2026-03-12T09:00", status=AttendanceStatus.NO_SHOW)

    [then] = taken(acting(lena), "attendances", as_of="2026-03-11")
    [now] = taken(acting(lena), "attendances")

    assert (then["status"], now["status"]) == ("attended", "no_show")


def test_memberships_can_be_had_as_they_were(acting, db, lena, community):
    mo = make.person(db, "Mo")
    past.spell(db, community, mo, "2026-01-05", recorded="2026-01-05", replaced="2026-03-01")
    past.spell(db, community, mo, "2026-01-05", "2026-02-20", recorded="2026-03-01")

    [then] = taken(acting(lena), "memberships", as_of="2026-02-25")
    [later] = taken(acting(lena), "memberships", as_of="2026-03-02")
    none = taken(acting(lena), "memberships", as_of="2026-01-01")
    today = taken(acting(lena), "memberships")

    assert (then["state"], then["joined_at"], then["ended_at"]) == (
        "active",
        "2026-01-05T00:00:00Z",
        None,
    )
    assert (later["state"], later["ended_at"]) == ("ended", "2026-02-20T00:00:00Z")
    assert none == []
    assert str(lena.id) in {m["person_id"] for m in today}


def test_umbrellas_export_what_is_beneath_them(acting, db, lena, community):
    child = make.community(db, "Child", parent=community)
    make.community(db, "Elsewhere")

    alone = taken(acting(lena), "communities", community_id=community.id)
    both = taken(acting(lena), "communities", community_id=community.id, include="descendants")
    every = taken(acting(lena), "communities")

    assert [c["id"] for c in alone] == [str(community.id)]
    assert [c["id"] for c in both] == [c["id"] for c in every] == [str(community.id), str(child.id)]


def test_what_has_left_an_umbrella_is_not_taken_with_its_past(acting, db, lena, community):
    elsewhere = make.community(db, "Elsewhere")
    child = make.community(db, "Child", parent=community)
    past.session(db, child, "2026-03-10T18:00")
    sunita = make.steward(db)
    read = acting(sunita).get(f"/v1/communities/{child.id}")
    acting(sunita).patch(
        f"/v1/communities/{child.id}",
        json={"parent_id": str(elsewhere.id)},
        headers={"If-Match": read.headers["etag"]},
    )

    left = taken(acting(lena), "sessions", community_id=community.id, include="descendants")

    assert left == []


@pytest.mark.parametrize("dataset", [*TABLES_BY_NAME, "metrics"])
def test_only_those_who_serve_may_export(acting, db, community, march, dataset):
    hidden = make.community(db, "Hidden", visibility=Visibility.CONFIDENTIAL)
    member, helper, ana = (make.person(db, name) for name in ("Member", "Helper", "Ana"))
    make.member(db, community, member)
    make.member(db, community, helper, Role.FACILITATOR)
    make.member(db, community, ana, Role.ANALYST)
    path = f"/v1/exports/{dataset}"

    for outsider in (member, helper):
        assert acting(outsider).get(path).status_code == 403
        one = acting(outsider).get(path, params={"community_id": community.id})
        assert one.status_code == 403
    assert acting(ana).get(path).status_code == 200
    assert acting(ana).get(path, params={"community_id": hidden.id}).status_code == 404
    assert acting(None).get(path).status_code == 401
    assert acting(ana, ["metrics:read"]).get(path).status_code == 403
    assert str(hidden.id) not in acting(ana).get(path).text


def test_counts_of_members_are_protected(acting, db, lena, community):
    for number in range(10):
        make.member(db, community, make.person(db, f"Person {number}"))
    make.community(db, "Small", lead=lena)

    counts = {c["name"]: c["member_count"] for c in taken(acting(lena), "communities")}

    assert counts == {"Peer support workers": 10, "Small": None}


@pytest.mark.parametrize("count", [0, 1, 7, 8, 12, 13, 17, 18, 102])
def test_the_database_hides_counts_as_the_profile_does(db, count):
    assert db.scalar(select(shown(literal(count, Integer), NHS8))) == NHS8.show(count)


def test_metrics_come_by_whole_months_and_protected(acting, db, lena, community):
    for number in range(12):
        person = make.person(db, f"Person {number}")
        past.spell(db, community, person, "2026-01-20" if number < 9 else "2026-03-02")
    span = {"from": "2026-01-01", "to": "2026-04-01"}

    rows = [r for r in taken(acting(lena), "metrics", **span) if r["metric_id"] == "members"]
    cells = [r for r in sheet(acting(lena), "metrics", **span) if r["metric_id"] == "members"]
    exact = taken(acting(lena), "metrics", profile="exact", **span)

    assert [(r["from"], r["value"], r["part"]) for r in rows] == [
        ("2026-01-01T00:00:00Z", 10, None),
        ("2026-02-01T00:00:00Z", 10, None),
        ("2026-03-01T00:00:00Z", 10, None),
    ]
    assert [c["value"] for c in cells] == ["10", "10", "10"]
    assert [r["value"] for r in exact if r["metric_id"] == "members"] == [9, 9, 12]
    mix = {r["part"] for r in exact if r["metric_id"] == "participation_mix"}
    assert mix == {None, "core", "active", "peripheral", "dormant", "new"}


def test_a_month_that_still_runs_is_not_exported(acting, lena, community):
    rows = taken(acting(lena), "metrics")

    months = sorted({r["from"] for r in rows})
    assert len(months) == 12
    assert all(r["to"] <= r["as_of"] for r in rows)


def test_exact_metrics_need_the_trust_of_every_community(acting, db, community):
    ana = make.person(db, "Ana")
    make.member(db, community, ana, Role.ANALYST)
    asked = {"profile": "exact", "format": "ndjson"}

    plain = acting(ana, ["exports:read"]).get("/v1/exports/metrics", params=asked)
    trusted = acting(ana, ["exports:read", "metrics:exact"])

    assert plain.status_code == 403
    assert trusted.get("/v1/exports/metrics", params=asked).status_code == 200


@pytest.mark.parametrize(
    ("dataset", "asked", "at"),
    [
        ("sessions", {"format": "xml"}, "query/format"),
        ("sessions", {"profile": "nhs8"}, "query/profile"),
        ("communities", {"from": "2026-01-01"}, "query/from"),
        ("sessions", {"from": "2026-02-01", "to": "2026-01-01"}, "query/from"),
        ("sessions", {"as_of": "2099-01-01"}, "query/as_of"),
        ("sessions", {"columns": "id"}, "query/columns"),
        ("sessions", {"include": "descendants"}, "query"),
        ("metrics", {"from": "2026-01-02"}, "query/from"),
        ("metrics", {"from": "2026-01-01T00:00:00Z"}, "query/from"),
        ("metrics", {"from": "1990-01-01"}, "query/from"),
        ("metrics", {"from": "2026-03-01", "to": "2026-02-01"}, "query/from"),
        ("metrics", {"changed_since": "2026-03-01T00:00:00Z"}, "query/changed_since"),
        ("people", {}, "path/dataset"),
    ],
)
def test_an_export_without_sense_is_refused(acting, lena, community, dataset, asked, at):
    answer = acting(lena).get(f"/v1/exports/{dataset}", params=asked)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["at"].startswith(at)


def test_taking_records_away_leaves_a_trace(acting, db, lena, community):
    taken(acting(lena), "sessions", community_id=community.id)
    taken(acting(lena), "sessions")

    db.rollback()
    traces = db.scalars(select(AuditEntry).where(AuditEntry.verb == "export.begun")).all()
    assert [(t.actor_id, t.object_id) for t in traces] == [
        (lena.id, community.id),
        (lena.id, lena.id),
    ]


def test_no_more_exports_than_the_server_can_carry(acting, lena, community):
    places = [streaming._places.acquire(blocking=False) for _ in range(streaming.AT_ONCE)]
    try:
        answer = acting(lena).get("/v1/exports/sessions")
    finally:
        for _ in places:
            streaming._places.release()

    assert all(places)
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "10"
    assert acting(lena).get("/v1/exports/sessions").status_code == 200


class Wire:
    """The other end of an answer, which may hang up after some pieces."""

    def __init__(self, patience: int = 100):
        self.sent: list[dict] = []
        self.patience = patience
        self.gone = anyio.Event()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message):
        self.sent.append(message)
        if len(self.sent) > self.patience:
            self.gone.set()
        await anyio.lowlevel.checkpoint()

    @property
    def finished(self) -> bool:
        return self.sent[-1].get("more_body") is False


class Source:
    """Pieces of a file, which tells whether it was closed and may fail in the midst."""

    def __init__(self, pieces: int, fails_at: int | None = None):
        self.pieces, self.fails_at, self.closed = pieces, fails_at, False

    def __call__(self):
        try:
            for number in range(self.pieces):
                if number == self.fails_at:
                    raise RuntimeError("the disk is on fire")
                yield b"line\n"
        finally:
            self.closed = True


def send(source: Source, wire_patience: int = 1000):
    async def run():
        wire = Wire(wire_patience)
        try:
            await Export(source, "text/csv", "file.csv", "now")({}, wire.receive, wire.send)
        except BaseException as error:  # the server would break the connection
            return wire, error
        return wire, None

    return anyio.run(run)


def test_a_whole_file_ends_and_closes_what_it_read_from():
    source = Source(3)

    wire, error = send(source)

    assert error is None and wire.finished and source.closed
    assert b"".join(m.get("body", b"") for m in wire.sent) == b"line\n" * 3


def test_what_fails_before_the_first_piece_is_still_a_problem():
    source = Source(3, fails_at=0)

    wire, error = send(source)

    assert isinstance(error, RuntimeError) and wire.sent == [] and source.closed


def test_what_fails_in_the_midst_never_looks_whole():
    source = Source(3, fails_at=1)

    wire, error = send(source)

    assert error is not None and wire.sent and not wire.finished and source.closed


def test_a_reader_who_leaves_frees_the_connection():
    source = Source(100_000)

    wire, error = send(source, wire_patience=3)

    assert error is None and not wire.finished and source.closed
    assert len(wire.sent) < 100
    assert all(streaming._places.acquire(blocking=False) for _ in range(streaming.AT_ONCE))
    for _ in range(streaming.AT_ONCE):
        streaming._places.release()
