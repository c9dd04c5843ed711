"""What people do to memberships, as short sentences."""

from typing import Any
from uuid import UUID

from fastapi import FastAPI
from sqlalchemy import event
from sqlmodel import select

from api.communities.models import Community
from api.core.db import Database
from api.identity.models import Person
from api.memberships.models import Membership, Spell
from tests.honest import HonestClient


def memberships(community: Community) -> str:
    return f"/v1/communities/{community.id}/memberships"


def join(client: HonestClient, community: Community, **body: Any) -> Any:
    return client.post(memberships(community), json=body)


def joined(client: HonestClient, community: Community, **body: Any) -> dict[str, Any]:
    """Join, or add somebody, and return the membership."""
    answer = join(client, community, **body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def read(client: HonestClient, membership_id: object) -> dict[str, Any]:
    answer = client.get(f"/v1/memberships/{membership_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def change(client: HonestClient, membership_id: object, **body: Any) -> Any:
    """Change a membership from the version that is current."""
    path = f"/v1/memberships/{membership_id}"
    etag = client.get(path).headers.get("etag", '"1-0"')
    return client.patch(path, json=body, headers={"If-Match": etag})


def end(client: HonestClient, membership_id: object, **query: Any) -> Any:
    """Leave, or end somebody's membership, from the version that is current."""
    path = f"/v1/memberships/{membership_id}"
    etag = client.get(path).headers.get("etag", '"1-0"')
    return client.delete(path, params=query, headers={"If-Match": etag})


def listed(client: HonestClient, community: Community, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(memberships(community), params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def bring(client: HonestClient, community: Community, *items: Any, **query: Any) -> Any:
    return client.put(memberships(community), json={"items": list(items)}, params=query)


def every_spell(db: Database, membership_id: object) -> list[Spell]:
    """All spells of a membership, in order, with those that are no longer believed."""
    db.commit()
    statement = select(Spell).where(Spell.membership_id == UUID(str(membership_id)))
    found = db.exec(
        statement.order_by(Spell.began_at, Spell.id).execution_options(populate_existing=True)  # type: ignore[arg-type]
    ).all()
    db.commit()
    return list(found)


def spells(db: Database, membership_id: object) -> list[Spell]:
    """The spells that are believed now, in order."""
    return [s for s in every_spell(db, membership_id) if s.replaced_at is None]


def statements(app: FastAPI) -> list[str]:
    """A list that grows with every statement the application sends to its database."""
    sent: list[str] = []
    event.listen(app.state.engine, "before_cursor_execute", lambda *a: sent.append(a[2]))
    return sent


def count(db: Database, community: Community) -> int:
    db.commit()
    db.refresh(community)
    found = community.member_count
    db.commit()
    return found


def membership_of(db: Database, community: Community, person_id: UUID) -> Membership | None:
    db.commit()
    found = db.exec(
        select(Membership)
        .where(Membership.community_id == community.id, Membership.person_id == person_id)
        .order_by(Membership.id.desc())  # type: ignore[attr-defined]
        .execution_options(populate_existing=True)
    ).first()
    db.commit()
    return found


def one(person: Person, **more: Any) -> dict[str, Any]:
    """A row of a bulk call."""
    return {"person_id": str(person.id), **more}


def outcomes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["status"] for item in answer.json()["items"]]
