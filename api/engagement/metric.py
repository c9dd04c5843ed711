"""What a definition of a metric says, and the words it says it with."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What the value of a metric is measured in."""

    PEOPLE = "people"
    PERCENT = "percent"
    INDEX = "index"
    SHARES = "shares"


class Kind(StrEnum):
    """What sort of number a metric is, which decides how disclosure control treats it."""

    COUNT = "count"
    RATE = "rate"
    RATIO = "ratio"
    INDEX = "index"
    MIX = "mix"


class PartKind(StrEnum):
    """What sort of number a part is: a share of people, a count of people, or neither.

    An `index` is rounded like the index it belongs to. A `median` of days and a `chance`, which is
    a share in percent that a curve tells and no count, are of those in `of`. `structure` (how many
    groups, how many permutations) says nothing about people and is always shown; `ties` would give
    away the size of a network to the person and is shown only where nothing is protected.
    """

    SHARE = "share"
    COUNT = "count"
    INDEX = "index"
    MEDIAN = "median"
    CHANCE = "chance"
    STRUCTURE = "structure"
    TIES = "ties"


class Better(StrEnum):
    """Which way an organiser hopes the number moves."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class At(StrEnum):
    """When a crowd is counted: over the window, or at one of its ends."""

    WINDOW = "window"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Crowd:
    """A set that is counted: the same crowd at the same time is the same number everywhere.

    Disclosure control recognises by it that two metrics show the same people. `days` narrows a
    window to its last local days.
    """

    name: str
    at: At = At.WINDOW
    days: int | None = None


@dataclass(frozen=True, slots=True)
class PartDefinition:
    """One of the numbers of a metric that is several: a `crowd`, or a share of it in another.

    A key that ends in `:*` stands for as many parts as there are names to put in place of the star.
    """

    key: str
    kind: PartKind
    meaning: str
    crowd: Crowd | None = None
    of: Crowd | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something a caller may set, and what holds when they do not."""

    name: str
    meaning: str
    default: int | str | None


@dataclass(frozen=True, slots=True)
class Metric:
    """The definition of a metric. A change of what is counted is a new version.

    `days` is the length of the window when the caller names none. `value`, `numerator`,
    `denominator`, `rest` (denominator minus numerator) and `n` name the crowds behind the numbers.
    What is not `protected` counts nothing that leads to a person, and is shown as it is.
    """

    id: str
    version: int
    name: str
    question: str
    formula: str
    unit: Unit
    days: int
    window: str
    population: str
    edge_cases: str
    source: str
    kind: Kind
    higher_is: Better
    parts: tuple[PartDefinition, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    value: Crowd | None = None
    numerator: Crowd | None = None
    denominator: Crowd | None = None
    rest: Crowd | None = None
    n: Crowd | None = None
    protected: bool = True

    def part(self, key: str) -> PartDefinition:
        """Find the definition of a part; a key that is not there is a KeyError."""
        family = f"{key.partition(':')[0]}:*"
        for part in self.parts:
            if part.key in (key, family):
                return part
        raise KeyError(key)

    @property
    def crowds(self) -> tuple[Crowd, ...]:
        """The crowds whose size an answer can give away."""
        named = (self.value, self.numerator, self.denominator, self.rest, self.n)
        inside = (crowd for part in self.parts for crowd in (part.crowd, part.of))
        return tuple(crowd for crowd in (*named, *inside) if crowd)
