"""What the communities of the demo network talk about, in the order in which they do."""

import re
from typing import NamedTuple

from api.sessions.models import FunctionTag, SessionKind

K, F = SessionKind, FunctionTag


class Shape(NamedTuple):
    """How sessions of a kind go: how long, what for, and in which steps (title, minutes)."""

    minutes: int
    tags: tuple[FunctionTag, ...]
    agenda: tuple[tuple[str, int], ...]


SHAPES = {
    K.CASE_DISCUSSION: Shape(
        60,
        (F.SUPPORT, F.CULTIVATE),
        (("Arriving", 5), ("The situation, told once", 15), ("Questions", 15), ("Ideas", 25)),
    ),
    K.COMMUNITY_MEETING: Shape(
        75,
        (F.CULTIVATE, F.INTEGRATE),
        (("News from everybody", 15), ("The topic", 35), ("What we take up next", 25)),
    ),
    K.WEBINAR: Shape(
        60,
        (F.EDUCATE,),
        (("Welcome", 5), ("Talk", 30), ("Questions", 20), ("Where to read on", 5)),
    ),
    K.WORKSHOP: Shape(
        120,
        (F.EDUCATE, F.INTEGRATE),
        (("Welcome", 10), ("A little theory", 20), ("Practice in threes", 60), ("Harvest", 30)),
    ),
    K.PEER_CIRCLE: Shape(
        60,
        (F.SUPPORT, F.ENCOURAGE),
        (("How are we here?", 15), ("Two people bring something", 35), ("One word to end", 10)),
    ),
    K.SHOW_AND_TELL: Shape(
        45,
        (F.ENCOURAGE, F.INTEGRATE),
        (("First story", 15), ("Second story", 15), ("What could we copy?", 15)),
    ),
    K.WORKING_GROUP_MEETING: Shape(
        90,
        (F.INTEGRATE,),
        (("What was tried since", 30), ("Draft", 40), ("Who does what until when", 20)),
    ),
    K.TRAINING: Shape(
        150,
        (F.EDUCATE,),
        (("Input", 50), ("Break", 10), ("Role play", 60), ("Plan for the team", 30)),
    ),
    K.DROP_IN: Shape(45, (F.SUPPORT,), (("Open door", 45),)),
    K.LAUNCH: Shape(
        90,
        (F.CULTIVATE, F.ENCOURAGE),
        (("Why we are here", 20), ("What each of us hopes for", 40), ("Next three dates", 30)),
    ),
}

# Of each community, kind by kind; “kind: title; title”. The programme takes one kind after another.
_TOPICS = {
    "network": """
        webinar: What the new community framework asks of us; A year of waiting lists, read closely
        community_meeting: The network gathers; The network gathers, and plans; The network
            gathers, and decides
    """,
    "young": """
        community_meeting: What pupils told us; From primary to secondary school, together
        webinar: Screens and sleep: what research says; Waiting well
    """,
    "adult": """
        webinar: Care plans people would sign; Housing first, two years on
        community_meeting: One front door: where are we?; Crisis lines compared
    """,
    "work": """
        webinar: What the staff survey really says; Shifts, sleep and mistakes; Debt and the
            payslip
        community_meeting: What employers of the network share; A charter for good work
    """,
    "cwp": """
        case_discussion: A boy who will not sleep alone; Worry that moves from thing to
            thing; A parent who has tried everything; Nine years old and always cross; When
            guided self-help gets stuck; Afraid of being sick; Two homes, two sets of rules;
            A girl who counts; Bedtime takes three hours; When school is the worry
        workshop: Graded exposure, step by step; Goals a child can draw; Parent groups
            online; Saying what we do in one minute; Measures that help the family
        peer_circle: Caseloads and how we close the laptop; Being new in the team; After a hard
            session; What we are proud of
        show_and_tell: Worksheets that children finish; Ending well; Our first six weeks with dads
    """,
    "emhp": """
        community_meeting: New in this school; One referral route for a whole town; Working with
            the special needs lead; What a school can stop doing
        case_discussion: Exams and a panic in the corridor; A class after a death; Friends
            who will not let go; A boy who will only talk about football
        workshop: An assembly that is not a lecture; Reading a school’s own figures;
            Parents’ evenings with a purpose
    """,
    "capt": """
        case_discussion: Third year, third placement; Silence in the room; A baby in the
            second marriage; Working beside the social worker; The last ten sessions; Food
            and control; Twins, apart; A foster mother’s question; Holidays as a loss
        community_meeting: Papers on early trauma; What supervision owes us; Reading
            Winnicott in a hurry
    """,
    "attendance": """
        launch: Why an attendance group, and why now
        working_group_meeting: The first week of an absence; What six schools tried; Letters
            home, rewritten; Draft two, line by line; What parents changed in it; One page
            for every school; What it costs a school; Reading the figures with pupils;
            Handing it over
    """,
    "peer": """
        peer_circle: Telling my story, or not today; When their crisis wakes mine; Tired of
            being the example; What keeps us well; Friends or colleagues?; After an inquest;
            Being believed; Holidays, and who is on call
        workshop: Boundaries that do not sound like doors; Words for the notes; Supervision
            from somebody who is no peer; Saying goodbye; Asking for adjustments; Groups
            that do not need us
        case_discussion: She asks for my number; He says I am the only one; A ward that
            laughs; A first visit that went wrong; A son who wants it all kept secret; Too
            many goodbyes
        show_and_tell: Peer workers in the crisis team; Our café after one year; A guide to
            the first month; What volunteers taught us; Peer work on a ward of older people
    """,
    "trauma": """
        case_discussion: The waiting room; A locked door, and who holds the key; He missed
            four appointments; Restraint, and the hour after; A letter that frightened
            somebody; When staff are hurt; A mother at the front desk; The neighbour who
            films; Nobody asked him
        workshop: Saying no and staying kind; Asking what happened to you; A calm corner for
            ten pounds; Interpreters and trust; Handing over without a story; Touch, and
            when not
        peer_circle: What we carry home; Small wins; When the system is the problem
        show_and_tell: The reception desk, moved; Consent in plain words; Night shift,
            quieter; Appointments by text, in their words; A welcome sheet in six languages
        training: First response for anybody; First response for managers
    """,
    "physical": """
        community_meeting: Who has not been seen; Weighing without shame; Checks on a
            Saturday; Sharing results the same day; Carers as allies; Needles and fear; What
            changed in a year
        webinar: Clozapine and the heart; Stopping smoking on a ward; Sleep, weight and
            medicines
        show_and_tell: A van, a nurse and a queue; Texts people answer
    """,
    "rural": """
        launch: Who goes up the track?
        community_meeting: A map of who visits whom; Market day; Lambing, floods and forms;
            Loss of a herd; Young farmers; Phones where there is no signal; When the bank
            writes
    """,
    "champions": """
        show_and_tell: Walking meetings, honestly; A quiet room that is used; Thank-you
            board, six months in; A buddy for every starter
        workshop: Listening for ten minutes; Signposting without handing over; Menopause at
            work; Money worries at work; Saying thank you and meaning it
        drop_in: Bring anything; Bring anything, again
        community_meeting: Champions of all employers; What we could stop doing
    """,
    "managers": """
        peer_circle: The conversation I put off; Workload nobody can do; After a complaint;
            I was a colleague yesterday; Leading while grieving; When I was wrong
        case_discussion: Back after nine months; Two people who do not speak; A clever rude
            one; Working from home, not working; A team that lost its manager
    """,
    "incidents": """
        peer_circle: The first three days; Waiting for the inquest; A year later; Who looks
            after us; Anniversaries; Social media after a death
        case_discussion: A death on the unit; An assault in the car park; When families and
            staff both grieve; Telling the team; A student on her first shift
    """,
    "remote": """
        webinar: Loneliness in good teams; Where does work end?; Breaks that are breaks
        community_meeting: Cameras on or off; Meetings we could do without; Handing our
            questions on; One day together
    """,
}


def topics(key: str) -> list[tuple[SessionKind, str]]:
    """The sessions of a community, its kinds taking turns."""
    found: dict[SessionKind, list[str]] = {}
    for kind, titles in re.findall(r"^ *(\w+): ((?:.|\n(?! *\w+: ))+)", _TOPICS[key], re.MULTILINE):
        found[SessionKind(kind)] = [" ".join(title.split()) for title in titles.split(";")]
    return _take_turns(found)


def _take_turns(found: dict[SessionKind, list[str]]) -> list[tuple[SessionKind, str]]:
    left = {kind: list(reversed(titles)) for kind, titles in found.items()}
    turns = []
    while any(left.values()):
        for kind, titles in left.items():
            if titles:
                turns.append((kind, titles.pop()))
    return turns
