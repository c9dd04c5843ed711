"""Keeping the index: what a community or proposal says goes in, comes out, and is drawn anew."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, delete, exists, not_, select, update
from sqlmodel import col

from api.communities.models import Community, CommunityStatus, Visibility
from api.core.db import Database, insert_into
from api.similarity.models import Kind, SimilarityDocument, SimilarityTerm, Status
from api.similarity.sketch import Sketch, draw, terms_of
from api.similarity.words.lexicon import Lexicon, lexicon

_STATUS = {CommunityStatus.ACTIVE: Status.LIVE, CommunityStatus.ARCHIVED: Status.ARCHIVED}


class Described(NamedTuple):
    """Everything of a community or proposal that is compared."""

    kind: Kind
    object_id: UUID
    place_id: UUID
    status: Status
    name: str
    purpose: str
    domain: str
    topics: list[str]
    audience: str
    region: str


def keep(db: Database, described: Described) -> None:
    """Write what something says about itself into the index, or replace what it said before."""
    known = lexicon()
    hidden = db.scalar(
        select(col(Community.visibility)).where(col(Community.id) == described.place_id)
    )
    _keep(db, known, described, hidden=hidden is Visibility.CONFIDENTIAL)


def forget(db: Database, kind: Kind, object_id: UUID) -> None:
    """Take something out of the index."""
    numbers = select(col(SimilarityDocument.number)).where(_of(kind, object_id))
    db.execute(delete(SimilarityTerm).where(col(SimilarityTerm.number).in_(numbers)))
    db.execute(delete(SimilarityDocument).where(_of(kind, object_id)))


def follow(db: Database, community_id: UUID) -> None:
    """Bring the index up to what a community says now, and to who may see it."""
    c = Community
    found = db.execute(
        select(
            col(c.status),
            col(c.visibility),
            col(c.name),
            col(c.purpose),
            col(c.domain),
            col(c.topics),
            col(c.audience),
            col(c.region),
        ).where(col(c.id) == community_id)
    ).first()
    status = _STATUS.get(found.status) if found else None
    if found is None or status is None:
        forget(db, Kind.COMMUNITY, community_id)
        return
    hidden = found.visibility is Visibility.CONFIDENTIAL
    described = Described(Kind.COMMUNITY, community_id, community_id, status, *found[2:])
    _keep(db, lexicon(), described, hidden=hidden)
    _hide(db, community_id, hidden=hidden)


def _keep(db: Database, known: Lexicon, described: Described, *, hidden: bool) -> None:
    drawn = sketch_of(known, described)
    row = {
        **described._asdict(),
        "hidden": hidden,
        "sketch": drawn.text(),
        "fingerprint": known.fingerprint,
    }
    before = db.execute(
        select(
            col(SimilarityDocument.number),
            col(SimilarityDocument.sketch),
            col(SimilarityDocument.hidden),
        ).where(_of(described.kind, described.object_id))
    ).first()
    if before:
        number = before.number
        db.execute(
            update(SimilarityDocument).where(col(SimilarityDocument.number) == number).values(row)
        )
        if (before.sketch, before.hidden) == (row["sketch"], hidden):
            return
        db.execute(delete(SimilarityTerm).where(col(SimilarityTerm.number) == number))
    else:
        # Two who write the same at once meet in the constraint, and the later one's words stay.
        write = insert_into(db, SimilarityDocument).values(row)
        number = db.execute(
            write.on_conflict_do_update(index_elements=["object_id", "kind"], set_=row).returning(
                col(SimilarityDocument.number)
            )
        ).scalar_one()
    terms = [{"hidden": hidden, "term": t, "number": number} for t in terms_of(drawn)]
    if terms:
        db.execute(insert_into(db, SimilarityTerm).values(terms).on_conflict_do_nothing())


def _hide(db: Database, place_id: UUID, *, hidden: bool) -> None:
    """What stands under a place is as hidden as the place itself."""
    numbers = select(col(SimilarityDocument.number)).where(
        col(SimilarityDocument.place_id) == place_id, col(SimilarityDocument.hidden).is_(not hidden)
    )
    turned: Sequence[int | None] = db.scalars(numbers).all()
    if turned:
        of_them = col(SimilarityTerm.number).in_(turned)
        db.execute(update(SimilarityTerm).where(of_them).values(hidden=hidden))
        db.execute(
            update(SimilarityDocument)
            .where(col(SimilarityDocument.number).in_(turned))
            .values(hidden=hidden)
        )


def sketch_of(known: Lexicon, described: Described) -> Sketch:
    return draw(
        known,
        name=described.name,
        purpose=described.purpose,
        domain=described.domain,
        topics=described.topics,
        audience=described.audience,
        region=described.region,
    )


def catch_up(db: Database, most: int) -> int:
    """Draw anew what was drawn by other lists, and add what was missed; return how many."""
    known = lexicon()
    d = SimilarityDocument
    stale = db.execute(
        select(
            col(d.kind),
            col(d.object_id),
            col(d.place_id),
            col(d.status),
            col(d.name),
            col(d.purpose),
            col(d.domain),
            col(d.topics),
            col(d.audience),
            col(d.region),
            col(d.hidden),
        )
        .where(col(d.fingerprint) != known.fingerprint)
        .limit(most)
    ).all()
    for row in stale:
        _keep(db, known, Described(*row[:10]), hidden=row.hidden)
    left = most - len(stale)
    indexed = exists().where(col(d.object_id) == col(Community.id), col(d.kind) == Kind.COMMUNITY)
    missed = db.scalars(
        select(col(Community.id))
        .where(col(Community.status).in_(list(_STATUS)), not_(indexed))
        .limit(left)
    ).all()
    for community_id in missed:
        follow(db, community_id)
    return len(stale) + len(missed)


def _of(kind: Kind, object_id: UUID) -> ColumnElement[bool]:
    return (col(SimilarityDocument.kind) == kind) & (col(SimilarityDocument.object_id) == object_id)
