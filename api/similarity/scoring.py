"""How alike two sketches are: the same integers give the same figure on every engine.

Nothing here depends on what other communities exist, so nobody can learn of one they may not see
from how the others are ranked, and a verdict means the same in every network.
"""

from functools import lru_cache

from api.similarity.models import Verdict
from api.similarity.sketch import Sketch, Vector
from api.similarity.words.lexicon import Lexicon

# Chosen on one half of tests/data/similarity, and confirmed on the other.
SAME = 0.46
RELATED = 0.12

# What a community's topics say, beside everything it says.
_SUBJECT = 0.3
# What is left of the likeness when two communities are for quite different people; and what is
# taken for granted where one does not say: silence is no difference.
_OTHER_PEOPLE, _NOT_SAID = 0.45, 0.95
# How much the more talkative of two counts: most when both have said all, less when topics are
# held against whole descriptions, or when who types has said little so far.
_FULLY, _SO_FAR, _IN_PASSING = 0.5, 0.3, 0.25
# What is left where one never speaks of what the other is named for.
_UNNAMED = 0.7
_SAME_NAME, _EXACTLY, _WITHIN = 0.9, 0.95, 0.45
# Two words or so are too few to call something the same, unless the names are.
_LITTLE = 15_000
_SPOKEN = 30
# Other side of the country, next county, and places that no list knows.
_FAR, _BESIDE, _UNKNOWN_PLACE = 0.55, 0.75, 0.85
_COUNTRIES = frozenset(
    {"united kingdom", "england", "scotland", "wales", "united states", "north of england"}
    | {"south of england", "midlands"}
)
_EVERYWHERE = "everywhere"


def verdict(score: float) -> Verdict:
    """What a score means."""
    if score >= SAME:
        return Verdict.PROBABLY_SAME
    return Verdict.RELATED if score >= RELATED else Verdict.DIFFERENT


def score(lexicon: Lexicon, idea: Sketch, other: Sketch) -> float:
    """From 0 to 1, rounded to three digits."""
    # How much of an idea is not said yet is no difference.
    value = _likeness(idea.all, other.all, _FULLY if idea.topics else _SO_FAR)
    value = (1 - _SUBJECT) * value + _SUBJECT * _subject(idea, other, value)
    if idea.audience and other.audience:
        alike = min(1.0, 2 * _likeness(idea.audience, other.audience, _FULLY))
        value *= _OTHER_PEOPLE + (1 - _OTHER_PEOPLE) * alike
    else:
        value *= _NOT_SAID
    value *= _UNNAMED + (1 - _UNNAMED) * _spoken_of(idea, other)
    if _size(idea.all) < _LITTLE or _subjects(lexicon, idea.all, other.all) < 2:
        value = min(value, SAME - 0.001)
    called = name_likeness(idea.name, other.name)
    if not idea.topics and (within := _name_within(idea.name, other.name)) > 0.6:
        value = max(value, _WITHIN * within)
    # Almost the same name is a slip or another form of it, unless all else says another thing.
    if called > (0.7 if value >= RELATED or not idea.topics else _EXACTLY):
        value = max(value, value + (1 - value) * (called - 0.7), _SAME_NAME * called)
    return round(value * nearness(lexicon, idea.places, other.places), 3)


def _subject(idea: Sketch, other: Sketch, otherwise: float) -> float:
    """How alike their topics are; what one names as a topic, the other may say in its purpose."""
    if not (idea.topics or other.topics):
        return otherwise
    there = _likeness(idea.topics, other.all, _IN_PASSING)
    here = _likeness(other.topics, idea.all, _IN_PASSING)
    if idea.topics and other.topics:
        return max(_likeness(idea.topics, other.topics, _FULLY), (there + here) / 2)
    return max(otherwise, there, here)


def _spoken_of(idea: Sketch, other: Sketch) -> float:
    """How far each speaks of what the other is named for; the worse of the two."""
    shares = [
        sum(w * w for t, w in one.named.items() if t in each.all) / _size(one.named)
        for one, each in ((idea, other), (other, idea))
        if one.named
    ]
    return min(shares, default=1.0)


def _likeness(one: Vector, other: Vector, fading: float) -> float:
    """How much of the smaller one stands in the larger, less the more their sizes differ."""
    shared = sum(w * other[t] for t, w in one.items() if t in other)
    if not shared:
        return 0.0
    smaller, larger = sorted((_size(one), _size(other)))
    return float(min(1.0, shared / smaller * (smaller / larger) ** fading))


def _subjects(lexicon: Lexicon, one: Vector, other: Vector) -> int:
    """How many things beside a profession both speak of; one alone makes two ideas related."""
    return sum(
        lexicon.section(t) != "professions" and min(w, other[t]) >= _SPOKEN
        for t, w in one.items()
        if t in other
    )


def _size(vector: Vector) -> int:
    return sum(w * w for w in vector.values())


def name_likeness(one: str, other: str) -> float:
    """The part of their runs of three letters that two names share."""
    if not one or not other:
        return 0.0
    first, second = trigrams(one), trigrams(other)
    return 2 * len(first & second) / (len(first) + len(second))


def _name_within(one: str, other: str) -> float:
    """The part of what has been typed of a name that stands in another, slips and all."""
    if len(one) < 5:
        return 0.0
    typed = trigrams(one)
    return len(typed & trigrams(other)) / len(typed)


@lru_cache(maxsize=4096)
def trigrams(name: str) -> frozenset[str]:
    """The runs of three letters of a name; whoever types compares with the same names again."""
    padded = f"  {name} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def nearness(lexicon: Lexicon, one: Vector, other: Vector) -> float:
    """1 where the same place may be meant, less where it can hardly be."""
    if not one or not other or _EVERYWHERE in one or _EVERYWHERE in other:
        return 1.0
    here, there = _around(lexicon, one), _around(lexicon, other)
    if set(one) & there or set(other) & here:
        return 1.0
    if any(t.endswith("~") for t in (*one, *other)):
        return _UNKNOWN_PLACE
    return _BESIDE if (here & there) - _COUNTRIES else _FAR


def _around(lexicon: Lexicon, places: Vector) -> set[str]:
    """The places themselves and everything they lie in."""
    found = set(places)
    for place in places:
        if place in lexicon.concepts:
            found.update(broader for broader, _ in lexicon.implied(place))
    return found
