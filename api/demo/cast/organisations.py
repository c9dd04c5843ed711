"""The organisations of the demo network. Every one of them, and every place, is invented."""

from typing import NamedTuple

from api.identity.models import OrganisationKind

PROVIDER, CHARITY = OrganisationKind.PROVIDER, OrganisationKind.CHARITY
UNIVERSITY, EMPLOYER = OrganisationKind.UNIVERSITY, OrganisationKind.EMPLOYER
FUNDER = OrganisationKind.FUNDER


class Workplace(NamedTuple):
    """An organisation, where its people's addresses are, its teams, and its share of the people."""

    name: str
    kind: OrganisationKind
    host: str
    teams: tuple[str, ...]
    weight: int

    @property
    def domain(self) -> str:
        return f"{self.host}.example.org"


WORKPLACES = (
    Workplace(
        "Marlowe Vale NHS Foundation Trust",
        PROVIDER,
        "marlowevale",
        ("CAMHS", "Adult community team", "Crisis team", "Peer support", "Staff wellbeing"),
        44,
    ),
    Workplace(
        "Northmere Partnership NHS Trust",
        PROVIDER,
        "northmerepartnership",
        ("CAMHS", "Schools team", "Talking therapies", "Peer support", "Physical health"),
        38,
    ),
    Workplace(
        "Stourham Community Health NHS Trust",
        PROVIDER,
        "stourhamcommunity",
        ("Community nursing", "Physical health", "Schools team", "People and culture"),
        26,
    ),
    Workplace(
        "Aldersmoor Hospitals NHS Trust",
        PROVIDER,
        "aldersmoor",
        ("Liaison team", "Staff wellbeing", "People and culture"),
        18,
    ),
    Workplace(
        "Middle Shires Ambulance Service",
        PROVIDER,
        "shiresambulance",
        ("Crisis team", "Staff wellbeing", "Shift leads"),
        10,
    ),
    Workplace(
        "Penfold Primary Care Network",
        PROVIDER,
        "penfoldcare",
        ("Link workers", "Physical health"),
        10,
    ),
    Workplace(
        "Leaford Primary Care Network",
        PROVIDER,
        "leafordcare",
        ("Link workers", "Community nursing"),
        8,
    ),
    Workplace(
        "Wyrefield County Council",
        EMPLOYER,
        "wyrefield",
        ("Early help", "Social work", "Public health", "People and culture"),
        18,
    ),
    Workplace(
        "Northmere Council",
        EMPLOYER,
        "northmere",
        ("Early help", "Housing support", "Staff wellbeing"),
        14,
    ),
    Workplace(
        "Tamebridge City Council",
        EMPLOYER,
        "tamebridge",
        ("Early help", "Social work", "Shift leads"),
        12,
    ),
    Workplace(
        "Harbour Lane",
        CHARITY,
        "harbourlane",
        ("Peer support", "Housing support", "Family support"),
        16,
    ),
    Workplace("Lantern Rooms", CHARITY, "lanternrooms", ("Peer support", "Bereavement"), 9),
    Workplace("Fieldside Farm Support", CHARITY, "fieldside", ("Farm visits", "Link workers"), 7),
    Workplace("Open Door Penfold", CHARITY, "opendoor", ("Housing support", "Peer support"), 8),
    Workplace(
        "Bright Start Tamebridge", CHARITY, "brightstart", ("Family support", "Youth work"), 8
    ),
    Workplace("Cedar Street Young People", CHARITY, "cedarstreet", ("Youth work",), 6),
    Workplace("Kindred Carers", CHARITY, "kindredcarers", ("Family support",), 4),
    Workplace(
        "University of Wyrefield",
        UNIVERSITY,
        "university.wyrefield",
        ("Research", "Student wellbeing", "Training"),
        12,
    ),
    Workplace("Leaford University", UNIVERSITY, "leaford", ("Research", "Student wellbeing"), 6),
    Workplace(
        "Tamebridge Schools Trust", EMPLOYER, "tamebridgeschools", ("Pastoral", "Schools team"), 12
    ),
    Workplace("Brindle Heath Academy", EMPLOYER, "brindleheath", ("Pastoral",), 5),
    Workplace("Rural Schools Federation", EMPLOYER, "ruralschools", ("Pastoral",), 4),
    Workplace(
        "Cannford Fire and Rescue", EMPLOYER, "cannfordfire", ("Staff wellbeing", "Shift leads"), 6
    ),
    Workplace("Stourham Foundry Cooperative", EMPLOYER, "stourhamfoundry", ("Shift leads",), 5),
    Workplace("Shires Wellbeing Fund", FUNDER, "shiresfund", ("Grants",), 3),
)
# Those the network would like to have with it, and where it knows nobody yet.
ABSENT = (
    Workplace("Middle Shires College", UNIVERSITY, "shirescollege", ("Pastoral",), 0),
    Workplace("Western Hills Vets", EMPLOYER, "hillvets", ("Farm visits",), 0),
    Workplace("Tamebridge Buses", EMPLOYER, "tamebridgebuses", ("Shift leads",), 0),
)
