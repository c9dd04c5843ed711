"""The pairs by which likeness is judged, and a network in which they are looked for.

`communities.csv` holds what exists, `pairs.csv` what somebody proposes and whether that is a
`paraphrase` of its target, `related` to it or `different`. The weights were chosen on one half and
held against the other; what was written last, with few words in common, was only ever measured.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from api.communities.models import Community, CommunityStatus
from api.core.actor import Actor
from api.core.clock import now
from api.core.db import Database
from api.core.ids import new_id
from api.similarity import service
from api.similarity.models import Kind, Status, Verdict
from api.similarity.queries import Idea, alike
from tests.similarity.crowd import crowd

FOLDER = Path(__file__).parents[1] / "data" / "similarity"
HALVES = ("chosen on", "held out")
LAST = "written last"


class Pair(NamedTuple):
    target: str
    label: str
    idea: Idea
    half: str


class Judged(NamedTuple):
    """How the check did: paraphrases found among the first five, and who was called the same."""

    paraphrases: int
    found: int
    rightly_same: int
    wrongly_same: list[str]

    @property
    def recall(self) -> float:
        return self.found / self.paraphrases

    @property
    def reach(self) -> float:
        """The share of paraphrases that is called the same."""
        return self.rightly_same / self.paraphrases

    @property
    def precision(self) -> float:
        return self.rightly_same / max(1, self.rightly_same + len(self.wrongly_same))


def described() -> dict[str, dict[str, Any]]:
    return {key: fields for key, _, _, fields in _communities()}


def pairs() -> list[Pair]:
    halves = {key: half for key, half, _, _ in _communities()}
    return [
        Pair(target, row.pop("label"), Idea(**_topics(row)), halves[target])
        for row in _rows("pairs.csv")
        if (target := row.pop("target"))
    ]


def settle(db: Database, root: Community, others: int) -> dict[UUID, str]:
    """Found everything that the pairs talk about, living, archived and proposed in turn.

    Rows are written as they are: founding ten thousand through the service would take minutes.
    """
    keys: dict[UUID, str] = {}
    for number, (key, fields) in enumerate(described().items()):
        status = list(Status)[number % 3]
        if status is Status.PROPOSED:
            proposal_id = new_id()
            keys[proposal_id] = key
            service.keep(
                db,
                service.Described(Kind.PROPOSAL, proposal_id, root.id, status, domain="", **fields),
            )
        else:
            keys[_found(db, root, fields, archived=status is Status.ARCHIVED)] = key
    for fields in crowd(others):
        _found(db, root, fields)
    db.commit()
    while service.catch_up(db, 500):
        db.commit()
    db.commit()
    return keys


def judge(db: Database, actor: Actor, asked: Iterable[Pair], keys: dict[UUID, str]) -> Judged:
    paraphrases = found = right = 0
    wrong: list[str] = []
    twins = _twins()
    for pair in asked:
        matches = alike(db, actor, pair.idea)
        named = [keys.get(match.id, match.name) for match in matches]
        same = [
            name
            for name, match in zip(named, matches, strict=True)
            if match.verdict is Verdict.PROBABLY_SAME
        ]
        if pair.label == "paraphrase":
            paraphrases += 1
            found += pair.target in named
            right += pair.target in same
            same = [n for n in same if n != pair.target and (n, pair.target) not in twins]
        wrong += [f"{pair.idea.name} → {name}" for name in same]
    return Judged(paraphrases, found, right, wrong)


def _found(
    db: Database, root: Community, fields: dict[str, Any], *, archived: bool = False
) -> UUID:
    made = new_id()
    db.add(
        Community(
            id=made,
            slug=str(made),
            lineage=f"{root.lineage}{made}/",
            depth=2,
            parent_id=root.id,
            status=CommunityStatus.ARCHIVED if archived else CommunityStatus.ACTIVE,
            founded_on=date(2024, 1, 1),
            changed_at=now(),
            **fields,
        )
    )
    return made


def _twins() -> set[tuple[str, str]]:
    """Communities that were written twice, about the same: to name either is no mistake."""
    both = [(key, twin) for key, _, twin, _ in _communities() if twin]
    return {*both, *((twin, key) for key, twin in both)}


def _communities() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for row in _rows("communities.csv"):
        yield row.pop("key"), row.pop("half"), row.pop("twin"), _topics(row)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / name).open() as file:
        yield from csv.DictReader(file)


def _topics(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "topics": [t.strip() for t in row["topics"].split(";") if t.strip()]}
