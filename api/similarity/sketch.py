"""What a description says, as numbers that can be compared: a pure function of its text."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from api.similarity.words.lexicon import Lexicon, tokens

# How much a word counts by where it stands; where it stands twice, the better place counts.
FIELDS = {"name": 0.9, "topics": 1.0, "purpose": 0.75, "domain": 0.75, "audience": 0.6}
_AUDIENCE = {"name": 0.6, "purpose": 0.4, "audience": 1.0}
# Among words for people, the trade they have and those they serve.
_WHO = frozenset({"professions", "people", "settings"})
LEAST = 4
# What weighs less is said by many.
TELLING = 50

Vector = dict[str, int]


class Sketch(NamedTuple):
    """What it is called, speaks of, is for and where; each word with its weight."""

    name: str
    named: Vector
    edges: Vector
    all: Vector
    topics: Vector
    audience: Vector
    places: Vector

    def text(self) -> str:
        """Write it down in a form that is the same on every engine."""
        return json.dumps(list(self), separators=(",", ":"), sort_keys=True)


def read(text: str) -> Sketch:
    return Sketch(*json.loads(text))


def draw(
    lexicon: Lexicon,
    *,
    name: str,
    purpose: str,
    domain: str,
    topics: Iterable[str],
    audience: str,
    region: str,
) -> Sketch:
    """Sketch a description."""
    everything: dict[str, float] = {}
    subject: dict[str, float] = {}
    who: dict[str, float] = {}
    where: dict[str, float] = {}
    texts = [("name", name), ("purpose", purpose), ("domain", domain), ("audience", audience)]
    texts += [("topics", topic) for topic in topics]
    for field, text in texts:
        for meant, _, _ in lexicon.read(text):
            for term in meant:
                section = lexicon.section(term)
                if section == "places":
                    if field in ("name", "audience"):
                        _most(where, term, 0.5)
                    continue
                _add(lexicon, everything, term, FIELDS[field] / len(meant) ** 0.5)
                if field == "topics":
                    _add(lexicon, subject, term, 1.0 / len(meant) ** 0.5)
                if field == "audience" or (section == "professions" and field in _AUDIENCE):
                    _add(lexicon, who, term, _AUDIENCE[field] / len(meant) ** 0.5)
    for meant, _, _ in lexicon.read(region):
        for term in meant:
            _most(where, term, 1.0)
    called = " ".join(t.plain for t in tokens(name))
    return Sketch(
        called,
        _named(lexicon, name),
        _edges(lexicon, name),
        _whole(everything),
        _whole(subject),
        _whole(who),
        _shares(where),
    )


def _named(lexicon: Lexicon, name: str) -> Vector:
    """What a name says that it is about; words of its own may be a play on anything."""
    said = {t for meant, _, _ in lexicon.read(name) for t in meant if t in lexicon.concepts}
    return {t: w for t in sorted(said) if (w := lexicon.weigh(t)) >= TELLING}


def _add(lexicon: Lexicon, vector: dict[str, float], term: str, share: float) -> None:
    _most(vector, term, lexicon.weigh(term) * share)
    if term in lexicon.concepts:
        for broader, part in lexicon.implied(term):
            _most(vector, broader, lexicon.weigh(broader) * share * part)


def _most(vector: dict[str, float], term: str, weight: float) -> None:
    vector[term] = max(vector.get(term, 0.0), weight)


def _whole(vector: dict[str, float]) -> Vector:
    return {t: round(w) for t, w in sorted(vector.items()) if round(w) >= LEAST}


def _shares(vector: dict[str, float]) -> Vector:
    return {t: round(100 * w) for t, w in sorted(vector.items())}


def terms_of(drawn: Sketch) -> Vector:
    """What it is found by, each with how much it says."""
    return {**drawn.audience, **drawn.all, **drawn.edges}


def _edges(lexicon: Lexicon, name: str) -> Vector:
    """Beginnings and ends of the unusual words of a name, so that a slip between them does no harm.

    Both ends of every such word would have to be wrong for a name to be missed.
    """
    found: Vector = {}
    telling = False
    for meant, start, end in lexicon.read(name):
        own = all(t.endswith("~") or lexicon.section(t) == "places" for t in meant)
        telling = telling or not own
        if own:
            found.update(_ends(name[start:end]))
    if not telling:
        found.update(_ends(name))
    return found


def _ends(words: str) -> Vector:
    long = (t.plain for t in tokens(words) if len(t.plain) >= 5)
    return {edge: 20 for word in long for edge in (f"{word[:3]}*", f"*{word[-3:]}")}
