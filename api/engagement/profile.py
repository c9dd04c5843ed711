"""How small a number may be before it is hidden, and how the others are rounded.

The default is the practice of hospital statistics in England: 1 to 7 people are never shown, and
every larger number is rounded to the nearest 5.

Source: NHS Digital, Hospital Episode Statistics Analysis Guide, small numbers.
"""

from dataclasses import dataclass

from api.engagement.feasible import Bounds
from api.engagement.values import whole


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts from 1 to `below` - 1 are hidden; others are rounded to the nearest `nearest`.

    `nearest` is odd, so that no count lies half way. Indices keep `decimals` decimals, because a
    fraction with all of its digits gives away the counts it was made from.
    """

    name: str
    below: int
    nearest: int
    decimals: int

    def small(self, count: int) -> bool:
        """Tell whether a count must not be shown; 0 is not small, it is nobody."""
        return 0 < count < self.below

    def enough(self, count: int) -> bool:
        """Tell whether a number of people is large enough for a rate, a mean or an index."""
        return count >= self.below

    def show(self, count: int) -> int | None:
        """Give the form in which a count may be shown, None when it may not.

        A negative count is a ValueError.
        """
        whole(count, "a count")
        if self.small(count):
            return None
        return (count + self.nearest // 2) // self.nearest * self.nearest

    def band(self, count: int) -> Bounds:
        """Give what a reader of `show(count)` knows about the count."""
        shown = self.show(count)
        if shown is None:
            return Bounds(1, self.below - 1)
        if shown == 0:
            return Bounds(0, 0)
        half = self.nearest // 2
        return Bounds(max(self.below, shown - half), shown + half)

    def rough(self, count: int) -> Bounds:
        """Give what a reader knows who was told only whether a count is none, small or large."""
        if count == 0:
            return Bounds(0, 0)
        return Bounds(1, self.below - 1) if self.small(count) else Bounds(self.below, None)

    def rate_shows(self, numerator: int, denominator: int) -> bool:
        """Tell whether a rate may be shown: its population, those in it and the rest are not small.

        An empty population has no rate.
        """
        rest = denominator - numerator
        return self.enough(denominator) and not self.small(numerator) and not self.small(rest)


NHS8 = Profile("nhs8", below=8, nearest=5, decimals=2)
LT5 = Profile("lt5", below=5, nearest=1, decimals=2)
LT7 = Profile("lt7", below=7, nearest=1, decimals=2)
LT10 = Profile("lt10", below=10, nearest=1, decimals=2)
# For the leads of a community and for analysts trusted with it; nothing is changed.
EXACT = Profile("exact", below=1, nearest=1, decimals=15)
PROFILES = {profile.name: profile for profile in (NHS8, LT5, LT7, LT10, EXACT)}
