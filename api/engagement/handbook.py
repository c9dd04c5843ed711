"""The page that explains every metric to its readers, made from the catalogue itself.

python -m api.engagement.handbook > docs/metrics.md
"""

import sys
from collections.abc import Iterable

from api.engagement.catalogue import CATALOGUE
from api.engagement.metric import Better, Metric, PartKind
from api.engagement.profile import PROFILES, Profile

_OPENING = """# Metrics

Every number Trellis shows about a community is one of the metrics below. Each is a definition with
a version: the page, the API, the export and the report read the same one, and a change of what is
counted is a new version, so that no past month changes in silence.

- A window holds the moment it begins and not the moment it ends. Its days are those of the
  community's time zone; weeks begin on Monday.
- Rates are in percent and come with a 95 % interval (Wilson's). Where there is nothing to divide
  by, there is no value and the status is `no_data`.
- Everybody is counted once, also above many communities.
- `as_of` asks for what was known at a moment; what was recorded later is left out.
- A community that grew out of a proposal keeps the numbers it began with, as its baseline.

This page is made from the definitions in `api/engagement/definitions/`: change those, not the page.
"""

_SAFETY = """## What may leave a community

Small numbers point at people, so they are hidden before they leave: as `null` with the status
`suppressed`. Other counts are rounded, rates are whole percents made of the rounded counts, an
index needs enough people and keeps two decimals, and a median of days needs as many and is given
in whole days. A rate is also hidden when its numerator or what is missing from it is small. All
numbers of one answer are looked at together: where a hidden one could be worked out from those
beside it to fewer than three values, one of these is hidden too, beginning with the total.

A proposal is counted like the person who made it: how few were rejected, and how long somebody
waited, is theirs to tell. Milestones of a plan are no people, and every member reads the plan.

| profile | hidden | others |
|---|---|---|
"""

_STATUSES = """
## Statuses

| status | meaning |
|---|---|
| `ok` | There is a value. |
| `no_data` | Nobody and nothing to count from. |
| `suppressed` | Too few people, or it would give away too few. |
| `not_reached` | What the metric waits for has not happened to half of the people yet. |
"""

_HOPES = {
    Better.UP: "Higher is better.",
    Better.DOWN: "Lower is better.",
    Better.NEITHER: "Neither high nor low is better.",
}


def render(metrics: Iterable[Metric] = CATALOGUE.values()) -> str:
    """Write docs/metrics.md; the same definitions give the same text."""
    chapters = [_OPENING, *(_chapter(metric) for metric in metrics), _safety(), _STATUSES.strip()]
    return "\n".join(chapter.rstrip() + "\n" for chapter in chapters)


def _chapter(metric: Metric) -> str:
    lines = [
        f"## {metric.name}: {metric.question[0].lower()}{metric.question[1:]}",
        "",
        f"`{metric.id}`, version {metric.version}, in {metric.unit}. {_HOPES[metric.higher_is]}",
        "",
        f"- **Formula.** {metric.formula}",
        f"- **Window.** {metric.window}",
        f"- **Who counts.** {metric.population}",
        f"- **Edges.** {metric.edge_cases}",
        f"- **Source.** {metric.source}",
    ]
    if not metric.protected:
        lines.append("- **Small numbers.** Shown as they are: it counts no people.")
    if metric.parameters:
        lines += ["", "| parameter | default | meaning |", "|---|---|---|"]
        lines += [f"| `{p.name}` | {p.default} | {p.meaning} |" for p in metric.parameters]
    if metric.parts:
        lines += ["", "| part | kind | meaning |", "|---|---|---|"]
        lines += [f"| `{p.key}` | {_KINDS[p.kind]} | {p.meaning} |" for p in metric.parts]
    return "\n".join(lines)


_KINDS = {
    PartKind.SHARE: "share",
    PartKind.COUNT: "count",
    PartKind.INDEX: "index",
    PartKind.MEDIAN: "median, days",
    PartKind.CHANCE: "chance, %",
    PartKind.STRUCTURE: "number",
    PartKind.TIES: "ties",
}


def _safety() -> str:
    return _SAFETY + "\n".join(_row(profile) for profile in PROFILES.values())


def _row(profile: Profile) -> str:
    if profile.below == 1:
        return f"| `{profile.name}` | nothing | exact; for the leads of the community itself |"
    rounding = f"rounded to the nearest {profile.nearest}" if profile.nearest > 1 else "exact"
    return f"| `{profile.name}` | 1 to {profile.below - 1} | {rounding} |"


if __name__ == "__main__":
    sys.stdout.write(render())
