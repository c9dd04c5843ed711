"""The proposals of the demo network, each at another point of its way."""

from typing import NamedTuple


class Sketch(NamedTuple):
    """What somebody wrote down about a community they would like."""

    key: str
    name: str
    purpose: str
    domain: str
    audience: str
    region: str
    topics: tuple[str, ...]
    why_now: str


GRIEF = Sketch(
    "grief",
    "Colleagues after a bereavement",
    "Line managers and colleagues learn how to be with somebody who comes back to work grieving.",
    "Grief at work: first words, the first weeks, and anniversaries.",
    "Anybody who manages or works beside people, in every organisation of the network.",
    "Middle Shires",
    ("bereavement", "managers", "return to work"),
    "Four organisations lost colleagues this year, and each wrote its own leaflet.",
)
NIGHT = Sketch(
    "night",
    "Night staff reflecting together",
    "Night staff rarely get to talk about a hard shift. We want to learn to debrief after an "
    "incident, at hours when we are awake, and share what works between wards.",
    "Debriefing and recovery on night shifts.",
    "Ward, crisis and residential staff who work nights.",
    "Middle Shires",
    ("night work", "debriefing", "wards"),
    "The course covers debriefing by day; at four in the morning nobody is there to ask.",
)
GARDEN = Sketch(
    "garden",
    "Green time in care",
    "People who run gardening, walking and nature groups learn from each other what helps whom.",
    "Nature-based groups as a part of care, their risks and their evidence.",
    "Occupational therapists, link workers and volunteers who take groups outside.",
    "Middle Shires",
    ("nature", "social prescribing", "groups"),
    "Three allotments opened since spring, and each began from nothing.",
)
FATHERS = Sketch(
    "fathers",
    "Fathers and the first year",
    "Health visitors and family workers learn how to reach fathers in the first year.",
    "Fathers’ mental health around birth.",
    "Health visitors, midwives and family workers.",
    "Wyrefield",
    ("fathers", "perinatal", "families"),
    "One father in ten is low in that year, and our letters go to mothers.",
)
SCHOOLS = Sketch(
    "schools",
    "Mental health support in schools",
    "Staff who support pupils’ mental health in schools share cases and what has helped.",
    "Early help in schools.",
    "Education mental health practitioners and school staff.",
    "Middle Shires",
    ("schools", "early help"),
    "Five new teams begin in January.",
)
MONEY = Sketch(
    "money",
    "Money worries and mood",
    "Housing and debt advisers learn to notice low mood, and clinicians to ask about money.",
    "Debt, housing and mental health.",
    "",
    "Northmere",
    ("debt", "housing"),
    "",
)
CALL = (
    "Would you meet once a month, for an hour, to learn from each other about this? The first "
    "session would be in the coming weeks."
)
RULES = (
    "What is told here stays here.",
    "Nobody has to speak, and nobody is talked over.",
    "No patient is named or can be recognised.",
)
