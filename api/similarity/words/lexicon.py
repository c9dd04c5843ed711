"""The field's words: which phrases mean the same, what is broader, and what says nothing.

The lists are text that people edit: `synonyms.txt`, `places.txt`, `everyday.txt` and `common.txt`
beside this file, and one more that an operator may name in the settings.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).parent
# Raised whenever the same words would be understood or weighed differently.
METHOD = 2
LONGEST_LIST = 1_000_000

# How much it says that two texts share a word, by the section it stands in.
WEIGHTS = {"topics": 100, "people": 80, "settings": 70, "professions": 70, "places": 0, "broad": 12}
UNKNOWN, COMMON = 55, 20
# What a narrower word says of each broader one.
_FADING = 0.4
_LEAST = 8

_TOKEN = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?\b")


class Token(NamedTuple):
    """One word of a text: as it was written, folded, stemmed, and where it stands."""

    raw: str
    plain: str
    stem: str
    start: int
    end: int


class Meaning(NamedTuple):
    """What a phrase stands for; where it needs capitals, small letters mean something else."""

    concept: str
    capitals: bool


class Concept(NamedTuple):
    """One thing that can be said in several ways."""

    section: str
    broad: bool
    broader: tuple[str, ...]

    @property
    def weight(self) -> int:
        return WEIGHTS["broad"] if self.broad else WEIGHTS[self.section]


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import Stemmer  # noqa: PLC0415  (only who compares communities needs it, not every start)

    return Stemmer.Stemmer("english", 0)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    found: str = _stemmer().stemWord(word)
    return found


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Fold one word: no case, no accents."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """Take a text apart into words; an apostrophe ends a word, so that `children's` is children."""
    spoken = _POSSESSIVE.sub(lambda m: " " * len(m[0]), text)
    found = []
    for match in _TOKEN.finditer(spoken):
        word = plain(match[0])
        found.append(Token(match[0], word, stem(word), match.start(), match.end()))
    return found


def _lists(extra: Path | None) -> list[str]:
    """Every list as it is written; last what says nothing, and what many people say."""
    own = [(HERE / name).read_text() for name in ("synonyms.txt", "places.txt")]
    if extra:
        own.append(extra.read_text()[:LONGEST_LIST])
    return [*own, *((HERE / f"{name}.txt").read_text() for name in ("everyday", "common"))]


def _mark(lists: list[str]) -> str:
    return hashlib.sha256("\0".join([str(METHOD), *lists]).encode()).hexdigest()[:16]


class Lexicon:
    """Every list read once, and made ready for finding phrases."""

    def __init__(self, extra: Path | None = None):
        *own, everyday, common = _lists(extra)
        self.fingerprint = _mark([*own, everyday, common])
        self.everyday = frozenset(_listed(everyday))
        self._common = frozenset(_own(stem(word)) for word in _listed(common))
        self.concepts: dict[str, Concept] = {}
        self._phrases: dict[tuple[str, ...], list[Meaning]] = {}
        self._written: dict[tuple[str, ...], list[Meaning]] = {}
        self._longest: dict[str, int] = {}
        self._words: set[str] = set()
        named: list[tuple[str, list[str]]] = []
        for section, broad, ways, broader in _groups(own):
            concept = _key(ways[0])
            known = self.concepts.get(concept)
            self.concepts[concept] = known or Concept(section, broad, ())
            named.append((concept, broader))
            for way in ways:
                self._learn(way, concept)
        for concept, broader in named:
            above = [m.concept for b in broader for m in self._meanings(b)[:1]]
            known = self.concepts[concept]
            joined = dict.fromkeys((*known.broader, *above))
            joined.pop(concept, None)
            self.concepts[concept] = known._replace(broader=tuple(joined))
        self._typos = {
            gap: word
            for word in sorted(self._words, reverse=True)
            if len(word) >= 7
            for gap in _gaps(word)
        }
        self._implied = {c: tuple(self._climb(c)) for c in self.concepts}

    def _learn(self, way: str, concept: str) -> None:
        capitals = way.endswith("!")
        words = tokens(way)
        if not words:
            return
        key = tuple(t.stem for t in words)
        written = tuple(t.plain for t in words)
        for known, said in ((self._phrases, key), (self._written, written)):
            meanings = known.setdefault(said, [])
            if concept not in [m.concept for m in meanings]:
                meanings.append(Meaning(concept, capitals))
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        self._words.update(t.plain for t in words)

    def _meanings(self, way: str) -> list[Meaning]:
        """What a phrase means; the group it names comes first."""
        found = self._phrases.get(tuple(t.stem for t in tokens(way)), [])
        own = _key(way)
        return sorted(found, key=lambda m: m.concept != own)

    def _climb(self, concept: str) -> Iterator[tuple[str, float]]:
        """Everything broader, each with how much of the word's weight it gets."""
        level, share, seen = [concept], _FADING, {concept}
        while level:
            level = [
                b
                for c in level
                for b in self.concepts[c].broader
                if not (b in seen or seen.add(b))  # type: ignore[func-returns-value]  # adding answers nothing, on purpose
            ]
            yield from ((b, share) for b in level)
            share *= _FADING

    def implied(self, concept: str) -> tuple[tuple[str, float], ...]:
        return self._implied[concept]

    def read(self, text: str) -> Iterator[tuple[list[str], int, int]]:
        """Find what a text says: what each phrase may mean, and where it stands.

        The longest phrase wins, and the words in it mean nothing by themselves any more. A word
        that no list knows means itself.
        """
        words = tokens(text)
        at = 0
        while at < len(words):
            taken, meant = self._phrase(words, at)
            if meant:
                yield meant, words[at].start, words[at + taken - 1].end
            at += taken

    def _phrase(self, words: list[Token], at: int) -> tuple[int, list[str]]:
        first = words[at]
        for size in range(min(self._longest.get(first.stem, 0), len(words) - at), 0, -1):
            phrase = words[at : at + size]
            # As it is written first: medication and medical have one stem, and mean two things.
            found = self._written.get(tuple(t.plain for t in phrase)) or self._phrases.get(
                tuple(t.stem for t in phrase)
            )
            if not found:
                continue
            loud = all(t.raw.isupper() for t in phrase)
            if meant := [m.concept for m in found if loud or not m.capitals]:
                return size, meant
        if first.plain in self.everyday or (len(first.plain) < 2 and not first.plain.isdigit()):
            return 1, []
        if mended := self._mend(first.plain):
            return 1, mended
        return 1, [_own(first.stem)]

    def _mend(self, word: str) -> list[str]:
        """What a long word means that misses a known one by a letter."""
        if len(word) < 7 or word.isdigit():
            return []
        for gap in _gaps(word):
            known = self._typos.get(gap)
            if known and known[0] == word[0] and _close(word, known):
                found = self._phrases.get((stem(known),), [])
                return [m.concept for m in found if not m.capitals]
        return []

    def weigh(self, term: str) -> int:
        known = self.concepts.get(term)
        if known:
            return known.weight
        return COMMON if term in self._common else UNKNOWN

    def section(self, term: str) -> str:
        known = self.concepts.get(term)
        return known.section if known else ""


def _groups(texts: Iterable[str]) -> Iterator[tuple[str, bool, list[str], list[str]]]:
    """Read lines of `one way, another way > broader, broader`."""
    for text in texts:
        section = "topics"
        for raw in text.splitlines():
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("[") and line.endswith("]"):
                named = line[1:-1].strip().lower()
                section = named if named in WEIGHTS else "topics"
                continue
            broad = line.startswith("~")
            ways, _, broader = line.lstrip("~ ").partition(">")
            said = [w.strip() for w in ways.split(",") if w.strip()]
            if said and tokens(said[0]):
                yield section, broad, said, [b.strip() for b in broader.split(",") if b.strip()]


def _listed(text: str) -> Iterator[str]:
    """Every word of a list that has no groups."""
    return (w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def _own(stemmed: str) -> str:
    """What a word means that no list knows."""
    return f"{stemmed[:58]}~"


def _key(way: str) -> str:
    return " ".join(t.plain for t in tokens(way))[:58]


def _gaps(word: str) -> set[str]:
    """The word, and the word with each single letter left out."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def _close(one: str, other: str) -> bool:
    """Whether one letter was added, left out, changed, or swapped with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short in _gaps(long)
    differing = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and one[differing[0]] == other[differing[1]]
        and one[differing[1]] == other[differing[0]]
    )


@lru_cache(maxsize=4)
def _read(extra: Path | None) -> Lexicon:
    return Lexicon(extra)


_chosen: list[Path | None] = [None]


def use(extra: Path | None) -> None:
    """Name the operator's own list; it is read when somebody first compares."""
    _chosen[0] = extra


def lexicon() -> Lexicon:
    """The lists in use; reading them takes some milliseconds, once a process."""
    return _read(_chosen[0])


def fingerprint() -> str:
    """What tells these lists from others; known without making them ready, which takes 5 MB."""
    return _mark(_lists(_chosen[0]))
