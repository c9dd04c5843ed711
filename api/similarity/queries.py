"""Does something like this exist already? Found by rare words, then compared exactly."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    cast,
    desc,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.dialects import postgresql
from sqlmodel import col

from api.communities.models import Community, Visibility
from api.communities.queries import beneath, visible_to
from api.core.actor import Actor
from api.core.db import Database
from api.similarity.models import (
    Kind,
    SimilarityDocument,
    SimilarityTerm,
    Status,
    Verdict,
)
from api.similarity.reasons import Wording, reasons
from api.similarity.scoring import score, verdict
from api.similarity.sketch import Sketch, draw, read, terms_of
from api.similarity.words.lexicon import Lexicon, lexicon

# How many postings one check reads at most, roughly, and how many candidates it compares.
_BUDGET = 2000
_COMMON = 1000
_AT_LEAST = 3
_LOOKED_AT = 300
CANDIDATES = 40
# Those that only their own may see are compared one by one.
_OWN = 300

_D, _T = SimilarityDocument, SimilarityTerm


class Idea(NamedTuple):
    """What somebody would like to found, as far as they have said it."""

    name: str = ""
    purpose: str = ""
    domain: str = ""
    topics: Sequence[str] = ()
    audience: str = ""
    region: str = ""


class Match(NamedTuple):
    """Something that resembles the idea, how much, and why."""

    kind: Kind
    id: UUID
    name: str
    slug: str | None
    status: Status
    score: float
    verdict: Verdict
    reasons: list[str]
    # The words in the reasons that both share, to be marked.
    shared: list[str]


class _Found(NamedTuple):
    number: int
    object_id: UUID
    sketch: str


def alike(
    db: Database, actor: Actor, idea: Idea, *, leave_out: UUID | None = None, limit: int = 5
) -> list[Match]:
    """What resembles the idea most among all that the actor may see, best first.

    What is quite different is not listed. Where two are as alike, the older one comes first.
    """
    known = lexicon()
    drawn = _drawn(known, idea)
    seen = visible(actor)
    found = _candidates(db, drawn, known, seen, hidden=False)
    if actor.steward:
        found += _candidates(db, drawn, known, seen, hidden=True)
    else:
        # Begun from what is theirs, not from what matches: that others exist makes no difference.
        found += _own(db, seen)
    scored = sorted(
        (-value, str(each.object_id), each.number)
        for each in found
        if each.object_id != leave_out
        and verdict(value := score(known, drawn, read(each.sketch))) is not Verdict.DIFFERENT
    )[:limit]
    return _matches(db, known, idea, scored)


def hidden_match(db: Database, actor: Actor, idea: Idea, within: str) -> bool:
    """Whether a community of this network that the actor may not see is probably the same."""
    known = lexicon()
    drawn = _drawn(known, idea)
    unseen = and_(col(_D.kind) == Kind.COMMUNITY, beneath(within), not_(visible(actor)))
    found = [
        each
        for hidden in (False, True)
        for each in _candidates(db, drawn, known, unseen, hidden=hidden)
    ]
    values = [score(known, drawn, read(each.sketch)) for each in found]
    return any(verdict(value) is Verdict.PROBABLY_SAME for value in values)


def visible(actor: Actor) -> ColumnElement[bool]:
    """Communities the actor may see, and what is proposed beneath them in the actor's networks."""
    if actor.steward:
        return true()
    networks = (beneath(network + "/") for network in sorted(actor.networks))
    return and_(visible_to(actor), or_(col(_D.kind) == Kind.COMMUNITY, *networks))


def _drawn(known: Lexicon, idea: Idea) -> Sketch:
    return draw(known, **idea._asdict())


def _candidates(
    db: Database, drawn: Sketch, known: Lexicon, seen: ColumnElement[bool], *, hidden: bool
) -> list[_Found]:
    """Those that share the most telling words with the idea."""
    weights = terms_of(drawn)
    if not weights:
        return []
    chosen = _rarest(db, weights, hidden=hidden)
    asked = _each(db, {t: weights[t] for t in chosen})
    spoken = (
        select(col(_T.number), func.sum(cast(asked.c.value, Integer)).label("weight"))
        .select_from(asked)
        .join(_T, and_(col(_T.hidden).is_(hidden), col(_T.term) == asked.c.key))
        .group_by(col(_T.number))
        .order_by(desc("weight"), col(_T.number))
        .limit(_LOOKED_AT)
        .subquery()
    )
    statement = (
        _placed()
        .join(spoken, spoken.c.number == col(_D.number))
        .where(seen)
        .order_by(spoken.c.weight.desc(), col(_D.number))
        .limit(CANDIDATES)
    )
    return [_Found(*row) for row in db.execute(statement)]


def _own(db: Database, seen: ColumnElement[bool]) -> list[_Found]:
    """What stands in confidential places of the actor's own."""
    secret = col(Community.visibility) == Visibility.CONFIDENTIAL
    newest = col(_D.number).desc()
    statement = _placed().where(secret, col(_D.hidden).is_(True), seen)
    return [_Found(*row) for row in db.execute(statement.order_by(newest).limit(_OWN))]


def _placed() -> Select[Any]:
    what: list[Any] = [col(_D.number), col(_D.object_id), col(_D.sketch)]
    return select(*what).select_from(_D).join(Community, col(Community.id) == col(_D.place_id))


def _rarest(db: Database, weights: dict[str, int], *, hidden: bool) -> list[str]:
    """Choose the words that fewest others use, as many as can be looked through swiftly."""
    asked = _each(db, weights)
    some = (
        select(literal(1).label("one"))
        .select_from(_T)
        .where(col(_T.hidden).is_(hidden), col(_T.term) == asked.c.key)
        .limit(_COMMON)
        .correlate(asked)
        .subquery()
    )
    count = select(func.count()).select_from(some).scalar_subquery()
    counted = db.execute(select(asked.c.key, count)).all()
    chosen: list[str] = []
    spent = 0
    for term, number in sorted(counted, key=lambda row: (row[1], -weights[row[0]], row[0])):
        if len(chosen) >= _AT_LEAST and spent + number > _BUDGET:
            break
        if number:
            chosen.append(term)
            spent += number
    return chosen


def _each(db: Database, weights: dict[str, int]) -> Any:
    """The words with their weights as a table, which travels as one value."""
    text = literal(json.dumps(weights), Text)
    if db.get_bind().dialect.name == "sqlite":
        return func.json_each(text).table_valued("key", "value", name="asked")
    given = func.json_each_text(cast(text, postgresql.JSON)).table_valued("key", "value")
    # A planner that does not know how few they are would rather read the whole index.
    return select(given.c.key, given.c.value).limit(len(weights)).subquery("asked")


def _matches(
    db: Database, known: Lexicon, idea: Idea, scored: Iterable[tuple[float, str, int]]
) -> list[Match]:
    best = list(scored)
    c = Community
    rows = {
        row.number: row
        for row in db.execute(
            select(
                col(_D.number),
                col(_D.kind),
                col(_D.object_id),
                col(_D.status),
                col(_D.name),
                col(_D.purpose),
                col(_D.domain),
                col(_D.topics),
                col(_D.audience),
                col(_D.region),
                col(c.slug),
            )
            .join(c, col(c.id) == col(_D.place_id))
            .where(col(_D.number).in_([number for _, _, number in best]))
        )
    }
    found = []
    for value, _, number in best:
        row = rows[number]
        own = Wording(row.name, row.purpose, row.domain, row.topics, row.audience, row.region)
        words, shared = reasons(known, Wording(*idea), own)
        slug = row.slug if row.kind is Kind.COMMUNITY else None
        found.append(
            Match(
                row.kind,
                row.object_id,
                row.name,
                slug,
                row.status,
                -value,
                verdict(-value),
                words,
                shared,
            )
        )
    return found
