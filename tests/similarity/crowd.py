"""Ten thousand other communities of the field, among which one is looked for. Nothing is random."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

# What each is about: a name, what it wants, and two topics.
SUBJECTS = (
    ("Chronic pain", "To help people live with pain that stays.", "pain management", "pacing"),
    ("Menopause at work", "Policies and talks that land.", "menopause", "workplace wellbeing"),
    ("Swallowing clinics", "Safe textures and patient drinks.", "swallowing", "dysphagia"),
    ("Wound care", "Fewer dressings, quicker healing.", "wound care", "tissue viability"),
    ("Falls prevention", "Strength, balance and safe homes.", "falls", "frailty"),
    ("Smoking cessation", "Stop smoking support on every ward.", "smoking cessation", "vaping"),
    ("Stillbirth and baby loss", "Care for parents who lose a baby.", "baby loss", "memory making"),
    ("Infant feeding", "Breastfeeding help in the first weeks.", "infant feeding", "tongue tie"),
    ("Hoarding", "Working with people who cannot discard.", "hoarding", "self-neglect"),
    ("Hearing voices groups", "Starting and holding groups.", "hearing voices", "group work"),
    ("Bipolar education", "Courses on mood and early warning signs.", "bipolar", "psychoeducation"),
    ("Tics and Tourette's", "Habit reversal for tics.", "Tourette's", "habit reversal"),
    ("Epilepsy nurses", "Rescue medicines and plans.", "epilepsy", "rescue medication"),
    ("Long covid", "Pacing and breathlessness clinics.", "long covid", "fatigue"),
    ("Cancer and worry", "Living with fear of recurrence.", "psycho-oncology", "recurrence"),
    ("End of life care", "Talking about dying in good time.", "palliative care", "planning ahead"),
    ("Pressure ulcers", "Turning, skin checks and mattresses.", "pressure ulcers", "skin"),
    ("Sepsis", "Spotting deterioration and acting.", "sepsis", "deterioration"),
    ("Medication errors", "Safer rounds and fewer slips.", "medication safety", "checking"),
    ("Nutrition in hospital", "Meals people want to eat.", "nutrition", "mealtimes"),
    ("Diabetes education", "Structured courses for type 2.", "diabetes", "structured education"),
    ("Asthma in families", "Inhalers used well.", "asthma", "inhaler technique"),
    ("Cardiac rehabilitation", "Exercise after heart attacks.", "cardiac rehab", "exercise"),
    ("Weight management", "Kind conversations on weight.", "healthy weight", "nutrition"),
    ("Domestic abuse champions", "Asking and acting.", "domestic abuse", "safe enquiry"),
    ("Modern slavery", "Recognising exploitation.", "modern slavery", "referral"),
    ("Foot health", "Nails, ulcers and shoes.", "podiatry", "footwear"),
    ("Mental capacity", "Assessments that stand.", "Mental Capacity Act", "best interests"),
    ("Advance directives", "Writing down what I want in a crisis.", "advance statements", "rights"),
    ("Tribunals", "Reports and hearings.", "Mental Health Act", "tribunal reports"),
    ("ECT clinics", "Consent, anaesthetics and review.", "ECT", "accreditation"),
    ("Lithium", "Levels, kidneys and letters.", "lithium", "monitoring"),
    ("Opioid treatment", "Starting buprenorphine the same day.", "opioid use disorder", "MAT"),
    ("Naloxone", "Kits in every pocket.", "naloxone", "overdose"),
    ("Alcohol care teams", "Detox on general wards.", "alcohol", "withdrawal"),
    ("Chemsex", "Talking about drugs and sex without shame.", "chemsex", "sexual health"),
    ("HIV and mood", "Wellbeing in HIV clinics.", "HIV", "mood"),
    ("Gypsy and Traveller health", "Trust and registration.", "GRT", "registration"),
    ("Language access", "Interpreters booked every time.", "interpreting", "language line"),
    ("Sight loss", "Emotional support at the eye clinic.", "sight loss", "eye clinic"),
    ("Arts on referral", "Singing and making as treatment.", "arts on prescription", "singing"),
    ("Walking for wellbeing", "Led walks and leaders.", "walking groups", "nature"),
    ("Men's sheds", "Tools, tea and talk.", "men's health", "sheds"),
    ("Sport and minds", "Clubs that look out for players.", "sport", "club welfare"),
    ("Financial wellbeing", "Debt and benefits at the clinic.", "cost of living", "debt advice"),
    ("Fuel poverty", "Warm homes on referral.", "fuel poverty", "warm homes"),
    ("Blood transfusion", "The right unit every time.", "transfusion", "wristbands"),
    ("Virtual wards", "Monitoring people at home.", "virtual wards", "remote monitoring"),
    ("Electronic records", "Templates that help.", "electronic records", "templates"),
    ("AI notes", "Scribes, consent and safety.", "artificial intelligence", "scribes"),
    ("Outcome measures", "Using PROMs with people.", "outcome measures", "feedback"),
    ("Library services", "Evidence searches for clinics.", "libraries", "evidence searches"),
    ("Journal club", "One paper a month.", "critical appraisal", "papers"),
    ("Simulation", "Scenarios for hard conversations.", "simulation", "scenarios"),
    ("Preceptorship", "The first year after qualifying.", "preceptorship", "newly qualified"),
    ("International nurses", "Settling in and moving up.", "overseas nurses", "pastoral support"),
    ("Apprentices", "Learning while earning.", "apprenticeships", "functional skills"),
    ("Volunteer managers", "Recruiting and thanking.", "volunteering", "recruitment"),
    ("Trustees", "Governing small charities.", "governance", "trustees"),
    ("Fundraisers", "Bids and stories.", "fundraising", "grant writing"),
    ("Greener care", "Lower carbon clinics.", "sustainability", "net zero"),
    ("Civility", "Respect between colleagues.", "civility", "team culture"),
    ("Mediation", "Settling conflict early.", "mediation", "conflict"),
    ("Flexible working", "Rotas with choice.", "flexible working", "self-rostering"),
    ("Return to work", "Coming back after illness.", "sickness absence", "phased return"),
    ("Bullying in class", "Whole class responses.", "bullying", "bystanders"),
    ("Exam stress", "Calm before the exam.", "exam stress", "revision"),
    ("Speech and language", "Communication in early years.", "DLD", "communication"),
    ("Toilet training", "Continence in reception class.", "continence", "toileting"),
    ("Online harms", "Phones, gaming and feeds.", "social media", "gaming"),
    ("Knife crime", "Reachable moments in A&E.", "youth violence", "reachable moments"),
    ("Care leavers", "Leaving care with somebody to call.", "care leavers", "housing"),
    ("Adoption support", "Life story work.", "adoption", "life story work"),
    ("Sibling support", "Brothers and sisters of ill children.", "siblings", "family work"),
    ("Organ donation", "Asking families at the worst time.", "organ donation", "consent"),
    ("Memory clinics", "Diagnosis told well.", "memory clinic", "diagnosis"),
    ("Parkinson's", "Movement and mood.", "Parkinson's", "movement"),
    ("Brain injury", "Life after a head injury.", "brain injury", "neuropsychology"),
    ("Mindfulness teachers", "Teaching mindfulness with integrity.", "mindfulness", "MBCT"),
    ("EMDR consultants", "Complex processing.", "EMDR", "consultation"),
)
AUDIENCES = (
    "Nurses",
    "GPs",
    "Health visitors",
    "School staff",
    "Social workers",
    "Occupational therapists",
    "Psychologists",
    "Pharmacists",
    "Support workers",
    "Ward managers",
    "Care home staff",
    "Youth workers",
    "Peer supporters",
    "Volunteers",
    "Service managers",
    "Paramedics",
    "Dietitians",
    "Physiotherapists",
    "Team leaders",
    "Community mental health teams",
    "Charity caseworkers",
    "Council officers",
    "Counsellors",
    "University staff",
    "HR advisers",
)
PLACES = (
    "Leeds",
    "Kent",
    "Glasgow",
    "Cardiff",
    "Norfolk",
    "Devon",
    "Ohio",
    "Texas",
    "London",
    "Birmingham",
    "Nottingham",
    "Tamebridge",
    "Northmere",
    "Manchester",
    "Wessex",
    "Cumbria",
    "",
    "Essex",
    "Bristol",
    "Arizona",
)
NAMES = ("{}", "{} network", "{} forum", "{}: sharing practice", "{} learning circle")


def crowd(count: int) -> Iterator[dict[str, Any]]:
    """As many communities as asked; the subjects, audiences and places turn at different speeds."""
    return islice(_everyone(), count)


def _everyone() -> Iterator[dict[str, Any]]:
    number = 0
    while True:
        name, purpose, *topics = SUBJECTS[number % len(SUBJECTS)]
        turn = number // len(SUBJECTS)
        audience = AUDIENCES[(turn + number) % len(AUDIENCES)]
        place = PLACES[(turn * 7 + number * 3) % len(PLACES)]
        called = NAMES[(turn + number) % len(NAMES)].format(name)
        yield {
            "name": f"{called} of {place}" if place and number % 3 == 0 else called,
            "purpose": f"{purpose} For {audience.lower()} who meet each month.",
            "topics": topics,
            "audience": audience,
            "region": place,
        }
        number += 1
