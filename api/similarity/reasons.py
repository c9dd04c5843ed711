"""Why two descriptions are alike, in words that a person can check."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from api.similarity.scoring import nearness
from api.similarity.sketch import draw
from api.similarity.words.lexicon import WEIGHTS, Lexicon

_MOST = 3
# What weighs less is no reason.
_TELLING = WEIGHTS["broad"] + 1


class Wording(NamedTuple):
    """What was written, field by field."""

    name: str
    purpose: str
    domain: str
    topics: Sequence[str]
    audience: str
    region: str


class Phrase(NamedTuple):
    """One phrase as it was written, and what it may mean."""

    words: str
    meant: frozenset[str]


def reasons(lexicon: Lexicon, idea: Wording, other: Wording) -> tuple[list[str], list[str]]:
    """Say what both share, and which words of that to mark; the words are the other's own."""
    own = [p for text in _texts(idea) for p in _phrases(lexicon, text)]
    said = {term: phrase.words for phrase in own for term in phrase.meant}
    meant = _around(lexicon, said)
    by_topic = _shared(lexicon, said, meant, other.topics)
    for_whom = _shared(lexicon, said, meant, [other.audience])
    known = {term for p in (*by_topic, *for_whom) for term in p.meant}
    besides = [
        p
        for p in _shared(lexicon, said, meant, [other.name, other.purpose, other.domain])
        if p.meant.isdisjoint(known)
    ]
    parts = [
        _part("the topic", "the topics", by_topic),
        _part("the audience", "the audiences", for_whom),
    ]
    found = []
    if any(parts):
        found.append(f"Shares {' and '.join(p for p in parts if p)}.")
    if besides:
        found.append(f"Both speak of {_listed(besides)}.")
    other_words = [
        f"“{said[term]}” and “{p.words}” mean much the same."
        for p in (*by_topic, *for_whom, *besides)
        for term in sorted(p.meant & said.keys())[:1]
        if said[term].casefold() != p.words.casefold()
    ]
    found += other_words[:2]
    shared = [p.words for p in (*by_topic, *for_whom, *besides)]
    if place := _place(lexicon, idea, other):
        found.append(f"Both are for “{place}”.")
        shared.append(place)
    if not found:
        found.append("The names are much alike.")
    return found, list(dict.fromkeys(shared))


def _texts(wording: Wording) -> Iterator[str]:
    yield from (wording.purpose, wording.domain, wording.name, wording.audience, *wording.topics)


# The idea is held against each of those found, and is taken apart once.
@lru_cache(maxsize=64)
def _phrases(lexicon: Lexicon, text: str) -> tuple[Phrase, ...]:
    return tuple(_taken_apart(lexicon, text))


def _taken_apart(lexicon: Lexicon, text: str) -> Iterator[Phrase]:
    for meant, start, end in lexicon.read(text):
        telling = {t for t in meant if lexicon.weigh(t) >= _TELLING}
        if telling:
            yield Phrase(text[start:end], frozenset(telling))


def _around(lexicon: Lexicon, terms: Iterable[str]) -> set[str]:
    """The terms, and what is broader than one of them."""
    found = set(terms)
    for term in terms:
        if term in lexicon.concepts:
            found.update(lexicon.concepts[term].broader)
    return {term for term in found if lexicon.weigh(term) >= _TELLING}


def _shared(
    lexicon: Lexicon, said: dict[str, str], meant: set[str], texts: Iterable[str]
) -> list[Phrase]:
    """The phrases that say what the idea says, or something broader or narrower; each once."""
    found: list[Phrase] = []
    told: set[str] = set()
    for text in texts:
        for phrase in _phrases(lexicon, text):
            same = phrase.meant & meant or _around(lexicon, phrase.meant) & said.keys()
            if same - told:
                told |= same
                found.append(Phrase(phrase.words, frozenset(same)))
    return found[:_MOST]


def _part(one: str, many: str, phrases: list[Phrase]) -> str:
    return f"{one if len(phrases) == 1 else many} {_listed(phrases)}" if phrases else ""


def _listed(phrases: list[Phrase]) -> str:
    *first, last = [f"“{p.words}”" for p in phrases]
    return f"{', '.join(first)} and {last}" if first else last


def _place(lexicon: Lexicon, idea: Wording, other: Wording) -> str:
    """The other's region, where both name one and it may be the same."""
    here, there = (
        draw(lexicon, name="", purpose="", domain="", topics=(), audience="", region=r).places
        for r in (idea.region, other.region)
    )
    return other.region if here and there and nearness(lexicon, here, there) == 1.0 else ""
