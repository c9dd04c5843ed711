"""The times in which somebody was active, kept so that the past can be asked again.

What is to be true is worked out on plain spans, without a database; `_rewrite` then closes the rows
that no longer are and adds those that now are.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert
from sqlmodel import col, select

from api.core.actor import Role
from api.core.clock import now
from api.core.db import Database
from api.core.ids import new_id
from api.memberships.models import Membership, Spell


class Span(NamedTuple):
    """A time with one role; without an end it lasts."""

    role: Role
    began_at: datetime
    ended_at: datetime | None


def ended(spans: list[Span], at: datetime) -> list[Span]:
    """End everything at a moment, which may be past; what would begin later never was."""
    kept = [s._replace(ended_at=min(at, s.ended_at or at)) for s in spans if s.began_at < at]
    # A span that ends as it begins counts nobody, but keeps that the membership was a mistake.
    return kept or [Span(s.role, at, at) for s in spans[:1]]


def with_role(spans: list[Span], role: Role, at: datetime) -> list[Span]:
    """Let the lasting span end, and another with the new role begin at the same moment."""
    changed: list[Span] = []
    for span in spans:
        if span.ended_at is not None:
            changed.append(span)
        else:
            changed += [span._replace(ended_at=at), Span(role, at, None)]
    return changed


def corrected(
    spans: list[Span], was_ended_at: datetime | None, joined_at: datetime, ended_at: datetime | None
) -> list[Span]:
    """Fit the spans between other ends: the first one begins, and the last one ends, differently.

    Who paused when the membership ended was away already, so only an earlier end touches that.
    Nothing is left when the membership would begin after the person was last active.
    """
    if not spans:
        return []
    first, last = spans[0], spans[-1]
    fitted = list(spans)
    if joined_at < first.began_at:
        fitted[0] = fitted[0]._replace(began_at=joined_at)
    if ended_at and was_ended_at and last.ended_at == was_ended_at:
        fitted[-1] = fitted[-1]._replace(ended_at=max(ended_at, was_ended_at))
    kept = []
    for span in fitted:
        ends = [e for e in (span.ended_at, ended_at) if e is not None]
        began_at, until = max(span.began_at, joined_at), min(ends, default=None)
        if until is None or began_at < until:
            kept.append(Span(span.role, began_at, until))
    if not kept and joined_at == ended_at:
        return [Span(first.role, joined_at, ended_at)]
    return kept


def write_down(db: Database, found: Iterable[tuple[Membership, Span]], moment: datetime) -> None:
    """Add spells that nothing contradicts: somebody begins, or a past time becomes known."""
    rows = [_row(membership, span, moment) for membership, span in found]
    if rows:
        db.execute(insert(Spell), rows)


def end(db: Database, membership: Membership, at: datetime) -> None:
    _rewrite(db, membership, lambda spans: ended(spans, at))


def change_role(db: Database, membership: Membership) -> None:
    _rewrite(db, membership, lambda spans: with_role(spans, membership.role, now()))


def correct(
    db: Database, membership: Membership, joined_at: datetime, ended_at: datetime | None
) -> bool:
    """Fit the spells to corrected dates; False when none would be left."""
    was = membership.ended_at
    return _rewrite(db, membership, lambda spans: corrected(spans, was, joined_at, ended_at))


def _rewrite(
    db: Database, membership: Membership, change: Callable[[list[Span]], list[Span]]
) -> bool:
    current = db.exec(
        select(Spell)
        .where(Spell.membership_id == membership.id, col(Spell.replaced_at).is_(None))
        .order_by(col(Spell.began_at), col(Spell.id))
    ).all()
    known = {Span(s.role, s.began_at, s.ended_at): s for s in current}
    wanted = change(list(known))
    moment = now()
    for span, spell in known.items():
        if span not in wanted:
            spell.replaced_at = moment
    db.flush()  # the row that ends must be closed before the one that follows it is opened
    write_down(db, ((membership, span) for span in wanted if span not in known), moment)
    return bool(wanted)


def _row(membership: Membership, span: Span, recorded_at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "membership_id": membership.id,
        "community_id": membership.community_id,
        "person_id": membership.person_id,
        "recorded_at": recorded_at,
        **span._asdict(),
    }
