"""The communities of the demo network: what each is for, how it lives, and whom it draws."""

from dataclasses import dataclass
from datetime import timedelta

from api.communities.models import (
    Cadence,
    CommunityKind,
    JoinPolicy,
    LinkKind,
    Mode,
    Stage,
    Visibility,
)

ANYONE: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A community as it is founded; `size` counts its members today, umbrellas have none."""

    key: str
    above: str | None
    name: str
    purpose: str
    domain: str
    practice: str
    audience: str
    topics: tuple[str, ...]
    # Years before today; the network itself moved to Trellis nine months ago.
    age: float
    size: int = 0
    # Teams whose people it draws.
    teams: tuple[str, ...] = ANYONE
    visibility: Visibility = Visibility.OPEN
    join_policy: JoinPolicy = JoinPolicy.OPEN
    stage: Stage = Stage.MATURING
    cadence: Cadence = Cadence.MONTHLY
    mode: Mode = Mode.ONLINE
    kind: CommunityKind = CommunityKind.COMMUNITY
    region: str = "Middle Shires"
    languages: tuple[str, ...] = ("en",)
    limit: int | None = None
    # Rests in the school holidays.
    schools: bool = False
    # How long ago it was put away, if it was.
    closed: timedelta | None = None
    ground_rules: tuple[str, ...] = (
        "Speak from your own practice, and let others speak from theirs.",
        "Change what could show who somebody is before you tell it.",
        "Listening is taking part.",
        "Say what you do not know; that is where we learn.",
    )


SIGNPOSTS = (
    ("NHS 111, option 2 (mental health, day and night)", "111"),
    ("Samaritans", "116 123"),
    ("In an emergency", "999"),
)

NETWORK, YOUNG, ADULT, WORK = "network", "young", "adult", "work"

BLUEPRINTS = (
    Blueprint(
        NETWORK,
        None,
        "Middle Shires Wellbeing Network",
        "To let everybody who looks after minds in the Middle Shires learn from each other, "
        "whoever employs them.",
        "Mental health and wellbeing across health, councils, schools, charities and employers.",
        "Gatherings each quarter, and communities that meet in between.",
        "Everybody in the Middle Shires whose work touches how people feel.",
        ("wellbeing", "learning together", "partnership"),
        5.2,
        stage=Stage.STEWARDSHIP,
        cadence=Cadence.QUARTERLY,
        mode=Mode.HYBRID,
        languages=("en", "cy"),
    ),
    Blueprint(
        YOUNG,
        NETWORK,
        "Children and young people",
        "To join up what children meet in clinics, schools and at home.",
        "The mental health of people under 25 and of those who raise and teach them.",
        "One meeting a term for all, and communities for each profession.",
        "Practitioners, teachers and families’ workers.",
        ("children", "young people", "schools"),
        4.8,
        stage=Stage.STEWARDSHIP,
        cadence=Cadence.QUARTERLY,
        mode=Mode.HYBRID,
        schools=True,
    ),
    Blueprint(
        ADULT,
        NETWORK,
        "Adult community care",
        "To make care near home kinder, safer and easier to find.",
        "Adults who live with mental ill health, and the services around them.",
        "Communities for each part of the work, and a shared meeting twice a year.",
        "Community teams, charities, primary care and people with lived experience.",
        ("adults", "community mental health", "recovery"),
        4.1,
        stage=Stage.STEWARDSHIP,
        cadence=Cadence.QUARTERLY,
        mode=Mode.HYBRID,
    ),
    Blueprint(
        WORK,
        NETWORK,
        "Workplace wellbeing",
        "To make work in our organisations do people good.",
        "The wellbeing of staff, and what managers and colleagues can do for it.",
        "Communities for champions and for managers, open to all employers of the region.",
        "Champions, managers and people teams of member organisations.",
        ("staff wellbeing", "work", "managers"),
        3.4,
        stage=Stage.STEWARDSHIP,
        cadence=Cadence.QUARTERLY,
        mode=Mode.HYBRID,
    ),
    Blueprint(
        "cwp",
        YOUNG,
        "Children’s wellbeing practitioners",
        "To get better at early, brief help for children and their parents.",
        "Low-intensity work with anxiety, low mood and behaviour that worries adults.",
        "Cases in small groups, practice of single techniques, and looking after caseloads.",
        "Qualified and trainee CWPs, and those who supervise them.",
        ("early help", "guided self-help", "parents", "anxiety"),
        3.1,
        46,
        ("CAMHS", "Early help", "Youth work", "Family support"),
        stage=Stage.STEWARDSHIP,
        cadence=Cadence.FORTNIGHTLY,
        schools=True,
    ),
    Blueprint(
        "emhp",
        YOUNG,
        "Education mental health practitioners",
        "To do good work in schools without becoming the only ones who do it.",
        "Mental health support teams: single pupils, classes, and the school as a whole.",
        "Meetings each month around one question from a school.",
        "EMHPs, team leads, and the school staff they work with most.",
        ("schools", "whole-school approach", "anxiety", "exams"),
        2.3,
        38,
        ("Schools team", "Pastoral", "CAMHS"),
        join_policy=JoinPolicy.ON_REQUEST,
        schools=True,
    ),
    Blueprint(
        "capt",
        YOUNG,
        "Child and adolescent psychotherapists",
        "To think together about long and difficult treatments.",
        "Intensive work with children in care, early trauma and eating difficulties.",
        "Case discussions with a fixed group, papers read before.",
        "Registered child psychotherapists and trainees in their last two years.",
        ("psychotherapy", "children in care", "trauma", "supervision"),
        6.5,
        18,
        ("CAMHS", "Training", "Youth work"),
        visibility=Visibility.RESTRICTED,
        join_policy=JoinPolicy.BY_INVITATION,
        stage=Stage.STEWARDSHIP,
        mode=Mode.HYBRID,
    ),
    Blueprint(
        "attendance",
        "emhp",
        "School attendance working group",
        "To agree, before next summer, what a school can do in the first week of an absence.",
        "Children who stop coming to school because of anxiety.",
        "Four drafts, tried out in six schools.",
        "Members named by their organisations.",
        ("school attendance", "anxiety", "schools"),
        0.6,
        11,
        ("Schools team", "Pastoral", "Early help"),
        visibility=Visibility.PRIVATE,
        join_policy=JoinPolicy.BY_INVITATION,
        stage=Stage.COALESCING,
        kind=CommunityKind.WORKING_GROUP,
        schools=True,
    ),
    Blueprint(
        "peer",
        ADULT,
        "Peer support workers",
        "To use what we have lived through well, and to stay well ourselves.",
        "Peer work that is fair, safe and useful.",
        "Situations worked through in pairs, short guides, two days together each year.",
        "Paid and volunteer peer workers, and whoever supervises or employs them.",
        ("peer support", "lived experience", "supervision", "boundaries"),
        3.4,
        58,
        ("Peer support", "Housing support", "Adult community team"),
        stage=Stage.TRANSFORMATION,
        cadence=Cadence.FORTNIGHTLY,
        languages=("en", "cy"),
    ),
    Blueprint(
        "trauma",
        ADULT,
        "Trauma-informed care",
        "To stop services from hurting people a second time.",
        "What trauma does, and what an ordinary team can change about how it meets people.",
        "Real situations every second week, with one small thing to try afterwards.",
        "Anybody who meets the public, in any role.",
        ("trauma-informed care", "de-escalation", "reflective practice", "language"),
        2.2,
        62,
        ("Adult community team", "Crisis team", "Housing support", "Talking therapies"),
        cadence=Cadence.FORTNIGHTLY,
        mode=Mode.HYBRID,
    ),
    Blueprint(
        "physical",
        ADULT,
        "Physical health checks",
        "To see that nobody with a severe mental illness misses a yearly check.",
        "Bodies and minds: smoking, weight, hearts, medicines.",
        "Figures compared each month, and one practice that tells how it did it.",
        "Nurses, link workers, support workers and GPs’ teams.",
        ("physical health", "health checks", "primary care", "medicines"),
        1.7,
        27,
        ("Physical health", "Community nursing", "Link workers"),
        visibility=Visibility.RESTRICTED,
    ),
    Blueprint(
        "rural",
        ADULT,
        "Rural and farming life",
        "To reach people for whom the nearest service is two buses away.",
        "Isolation, debt, weather, stigma, and help that comes to the farm.",
        "Visits told and talked over, and a map of who goes where.",
        "Farm charities, link workers, nurses and vets.",
        ("rural life", "farming", "isolation", "outreach"),
        0.35,
        16,
        ("Farm visits", "Link workers", "Community nursing", "Public health"),
        join_policy=JoinPolicy.ON_REQUEST,
        stage=Stage.COALESCING,
        region="Wyrefield and the western hills",
        languages=("en", "cy"),
    ),
    Blueprint(
        "champions",
        WORK,
        "Wellbeing champions",
        "To be the person at work whom others can ask, without carrying it alone.",
        "Listening, signposting, small changes to how a team works.",
        "Something new to try each month, and time to tell how the last thing went.",
        "Champions of every employer in the network.",
        ("staff wellbeing", "listening", "signposting", "champions"),
        2.9,
        54,
        ("Staff wellbeing", "People and culture", "Shift leads", "Student wellbeing", "Grants"),
    ),
    Blueprint(
        "managers",
        WORK,
        "Line managers’ circle",
        "To talk honestly about leading people through hard months.",
        "Return to work, workload, conflict, and being a manager who is tired too.",
        "A circle of at most twenty-four, who stay together for a year.",
        "First-line managers of member organisations.",
        ("managers", "workload", "return to work", "conversations"),
        0.7,
        24,
        ("Shift leads", "Staff wellbeing", "Social work", "Liaison team"),
        visibility=Visibility.PRIVATE,
        limit=24,
        stage=Stage.MATURING,
    ),
    Blueprint(
        "incidents",
        WORK,
        "After serious incidents",
        "To support those who support staff after a death or an assault at work.",
        "The first days, the inquest, and the year that follows.",
        "A closed circle with an outside facilitator.",
        "People who have led a response, by invitation of those who are in it.",
        ("serious incidents", "staff support", "grief"),
        1.4,
        11,
        ("Crisis team", "Staff wellbeing", "Liaison team", "Bereavement"),
        visibility=Visibility.CONFIDENTIAL,
        join_policy=JoinPolicy.BY_INVITATION,
        stage=Stage.MATURING,
    ),
    Blueprint(
        "remote",
        WORK,
        "Working from home and well",
        "To find habits for teams that hardly meet any more.",
        "Screens, loneliness, and where work ends.",
        "Monthly talks; its questions have gone over to the champions.",
        "Anybody who works from home.",
        ("home working", "staff wellbeing", "teams"),
        4.6,
        19,
        ("People and culture", "Research", "Public health", "Grants"),
        stage=Stage.TRANSFORMATION,
        closed=timedelta(days=96),
    ),
)

# From, to, kind, note, and whether the other side has answered; an open offer is a recent one.
LINKS = (
    ("peer", "trauma", LinkKind.SISTER, "We meet together twice a year.", True),
    ("cwp", "emhp", LinkKind.INTERDEPENDENCY, "Families come from one of us to the other.", True),
    ("remote", "champions", LinkKind.SUCCESSOR, "Its questions live on there.", True),
    ("champions", "managers", LinkKind.SHARED_INTEREST, "", True),
    ("physical", "rural", LinkKind.SHARED_INTEREST, "Checks on market day?", False),
)
