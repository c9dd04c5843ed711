"""What somebody has been told is theirs alone to read and to mark."""

from typing import Any

from sqlalchemy import event

from tests import make
from tests.notifications.post import tell

INBOX, SEEN = "/v1/me/notices", "/v1/me/notices/read"


def unread(client: Any) -> int:
    found: int = client.get("/v1/me").json()["unread_notices"]
    return found


def titles(client: Any, **query: Any) -> list[str]:
    return [n["title"] for n in client.get(INBOX, params=query).json()["items"]]


def test_what_somebody_was_told_is_there_newest_first(acting, db, asha, bram):
    hub = make.community(db)
    tell(db, asha, bram, key="1", title="First", community_id=hub.id)
    tell(db, asha, key="2", title="Second", body="One.\n\nTwo.", about_id=make.UNKNOWN)

    page = acting(asha).get(INBOX).json()

    second, first = page["items"]
    assert (second["title"], first["title"]) == ("Second", "First")
    assert second["body"] == "One.\n\nTwo."
    assert (second["kind"], second["path"]) == ("proposal.call_opened", "/proposals/1")
    assert (second["community_id"], second["about_id"]) == (None, str(make.UNKNOWN))
    assert (first["community_id"], first["read_at"]) == (str(hub.id), None)
    assert page["next"] is None
    assert titles(acting(bram)) == ["First"]


def test_a_long_inbox_is_read_page_by_page(acting, db, asha):
    for n in range(5):
        tell(db, asha, key=str(n), title=f"Call {n}")

    first = acting(asha).get(INBOX, params={"limit": 3}).json()
    rest = acting(asha).get(INBOX, params={"limit": 3, "cursor": first["next"]}).json()

    assert [n["title"] for n in first["items"]] == ["Call 4", "Call 3", "Call 2"]
    assert [n["title"] for n in rest["items"]] == ["Call 1", "Call 0"]
    assert rest["next"] is None


def test_the_way_into_an_account_never_stands_in_the_inbox(acting, db, asha):
    tell(db, asha, mail_path="/sign-in/link#s3cret")

    assert "s3cret" not in acting(asha).get(INBOX).text


def test_who_was_told_nothing_has_an_empty_inbox(acting, asha):
    assert acting(asha).get(INBOX).json() == {"items": [], "next": None}
    assert unread(acting(asha)) == 0


def test_a_notice_is_marked_as_read_and_as_unread_again(acting, db, asha):
    tell(db, asha, key="1", title="First")
    tell(db, asha, key="2", title="Second")
    client = acting(asha)
    newest = client.get(INBOX).json()["items"][0]["id"]
    assert unread(client) == 2

    read = client.patch(f"/v1/notices/{newest}", json={"read": True}).json()

    assert read["read_at"] is not None
    assert unread(client) == 1
    assert titles(client, unread="true") == ["First"]
    assert titles(client) == ["Second", "First"]
    again = client.patch(f"/v1/notices/{newest}", json={"read": True}).json()
    assert again["read_at"] == read["read_at"], "it was read when it was read first"
    assert client.patch(f"/v1/notices/{newest}", json={"read": False}).json()["read_at"] is None
    assert unread(client) == 2


def test_all_up_to_what_was_seen_is_marked_and_what_came_since_is_not(acting, db, asha, bram):
    for n in range(3):
        tell(db, asha, bram, key=str(n), title=f"Call {n}")
    client = acting(asha)
    seen = client.get(INBOX).json()["items"][0]["id"]
    tell(db, asha, key="since", title="Since")

    answer = client.post(SEEN, json={"notice_id": seen})

    assert answer.json() == {"unread_notices": 1}
    assert titles(client, unread="true") == ["Since"]
    assert unread(acting(bram)) == 3


def test_nobody_marks_or_finds_what_another_was_told(acting, db, asha, bram):
    tell(db, asha)
    notice = acting(asha).get(INBOX).json()["items"][0]["id"]
    for other in (acting(bram), acting(make.steward(db))):
        assert other.patch(f"/v1/notices/{notice}", json={"read": True}).status_code == 404
        assert other.post(SEEN, json={"notice_id": notice}).status_code == 404
        assert other.get(INBOX).json()["items"] == []

    assert unread(acting(asha)) == 1
    gone = acting(asha).patch(f"/v1/notices/{make.UNKNOWN}", json={"read": True})
    assert gone.status_code == 404


def test_whether_it_was_read_is_yes_or_no(acting, db, asha):
    tell(db, asha)
    notice = acting(asha).get(INBOX).json()["items"][0]["id"]
    for body in ({}, {"read": None}, {"read": 1}, {"read": True, "title": "Mine"}):
        assert acting(asha).patch(f"/v1/notices/{notice}", json=body).status_code == 422


def test_a_token_for_other_things_does_not_open_the_inbox(acting, asha):
    assert acting(asha, ["sessions:read"]).get(INBOX).status_code == 403
    assert acting(asha, ["me:read"]).get(INBOX).status_code == 200
    assert acting(asha, ["me:read"]).post(SEEN, json={"notice_id": str(asha.id)}).status_code == 403


def test_an_inbox_costs_as_few_statements_when_it_is_full(app, acting, db, asha):
    client, asked = acting(asha), []
    event.listen(
        app.state.engine, "before_cursor_execute", lambda _c, _u, text, *_: asked.append(text)
    )

    def cost() -> int:
        asked.clear()
        client.get(INBOX, params={"limit": 100})
        return len(asked)

    tell(db, asha)
    cost()
    tell(db, asha, key="another")
    few = cost()
    for n in range(60):
        tell(db, asha, key=str(n))

    assert cost() <= few
