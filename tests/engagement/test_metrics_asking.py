"""How metrics are asked for: trends, wrong questions, and what an answer costs."""

import pytest
from sqlalchemy import event as sa_event

from tests.engagement.asking import measured, people, refused
from tests.make import past


def test_a_trend_is_cut_on_the_calendar(acting, db, lena, community):
    [asha] = people(db, 1)
    past.spell(db, community, asha, "2026-02-10")

    trend = measured(
        acting(lena),
        community,
        ids="members",
        interval="month",
        **{"from": "2026-01-15", "to": "2026-04-01"},
    )
    weeks = measured(acting(lena), community, ids="members,active_members", interval="week")

    assert [(v["from"][:10], v["value"], v["whole"]) for v in trend] == [
        ("2026-01-15", 0, False),
        ("2026-02-01", 1, True),
        ("2026-03-01", 1, True),
    ]
    assert len(weeks) in (26, 28)
    assert weeks[0]["whole"] and not weeks[-1]["whole"]


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ({"ids": "members,happiness"}, "query/ids"),
        ({"ids": ""}, "query/ids"),
        ({"from": "2026-03-01", "to": "2026-03-01"}, "query/from"),
        ({"from": "2026-03-01T10:00:00"}, "query/from"),
        ({"from": "1066-01-01"}, "query/from"),
        ({"from": "2126-01-01"}, "query/from"),
        ({"as_of": "2099-01-01"}, "query/as_of"),
        ({"interval": "fortnight"}, "query/interval"),
        ({"interval": "day", "from": "2020-01-01"}, "query/interval"),
        ({"interval": "day", "from": "2026-01-01", "to": "2026-12-31"}, "query/interval"),
        ({"tie_min_shared": "0"}, "query/tie_min_shared"),
        ({"tie_min_shared": str(2**63)}, "query/tie_min_shared"),
        ({"tie_max_size": "1"}, "query/tie_max_size"),
        ({"group_by": "shoe_size"}, "query/group_by"),
        ({"profile": "lenient"}, "query/profile"),
        ({"include": "ancestors"}, "query/include"),
        ({"by": "organisation"}, "query/by"),
    ],
)
def test_a_question_without_sense_is_refused(acting, lena, community, asked, at):
    assert refused(acting(lena), community, **asked)["at"].startswith(at)


def test_a_window_that_begins_in_the_future_is_refused(acting, lena, community):
    begins = refused(acting(lena), community, **{"from": "2099-01-01", "to": "2099-02-01"})
    alone = refused(acting(lena), community, **{"from": "2099-01-01"})
    ends = refused(acting(lena), community, to="2099-02-01", ids="members")

    assert begins == alone == {"at": "query/from", "detail": "lies in the future"}
    assert ends["at"] == "query/to"


def test_a_window_may_end_in_the_future(acting, lena, community):
    [value] = measured(
        acting(lena), community, ids="members", **{"from": "2026-01-01", "to": "2099-01-01"}
    )

    assert value["to"].startswith("2099-01-01")


def test_each_table_is_read_once_whatever_is_asked(acting, app, db, lena, community):
    for person in people(db, 3):
        past.spell(db, community, person, "2026-01-05")
    held = past.session(db, community, "2026-03-10T18:00")
    counts, since = [], {"from": "2025-05-01"}

    def count(*arguments):
        counts[-1] += "SELECT" in arguments[2]

    sa_event.listen(app.state.engine, "before_cursor_execute", count)
    for asked in ({"ids": "members"}, since, {"interval": "month", **since}):
        counts.append(0)
        measured(acting(lena), community, profile="nhs8", **asked)

    assert held.id
    # The caller, the community, its frame; then one statement for each table of facts.
    assert counts[1] == counts[2] <= 3 + 9
