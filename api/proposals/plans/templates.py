"""What a new community usually plans, as offsets in months from its first day.

`light` is for a group that wants to meet soon: a first session within six weeks. `full` is for
one that is planned with partners and funders over years.
"""

from typing import NamedTuple

from api.proposals.models import Template


class Step(NamedTuple):
    """One milestone of a template."""

    month: int
    phase: str
    title: str


TEMPLATES: dict[Template, tuple[Step, ...]] = {
    Template.LIGHT: (
        Step(0, "Getting ready", "Write the charter and the ground rules"),
        Step(0, "Getting ready", "Ask the interested which dates suit"),
        Step(1, "Getting ready", "Hold the first session"),
        Step(2, "First months", "Agree how often to meet, and on what"),
        Step(3, "First months", "Hold three sessions, led by different people"),
        Step(4, "First months", "Ask what people have tried at work"),
        Step(6, "First months", "Look back together and decide how to go on"),
    ),
    Template.FULL: (
        Step(0, "Situation analysis", "Name the steering team and agree its goals"),
        Step(1, "Situation analysis", "Ask possible members what they need"),
        Step(2, "Situation analysis", "List what exists already, and what is missing"),
        Step(3, "Situation analysis", "Choose the gaps to begin with"),
        Step(4, "Design", "Write the charter and the ground rules"),
        Step(5, "Design", "Agree roles, rhythm and where to meet"),
        Step(6, "Design", "Prepare the first resources"),
        Step(7, "Design", "Agree the tentative schedule for months 7 to 18"),
        Step(8, "Implementation", "Hold the launch session with partners"),
        Step(8, "Implementation", "Form the first working groups"),
        Step(9, "Implementation", "Hold the first open webinar"),
        Step(10, "Implementation", "Hold the first training session"),
        Step(12, "Implementation", "Show the steering team the first numbers"),
        Step(15, "Continuous improvement", "Review resources and sessions with members"),
        Step(18, "Continuous improvement", "Close the first schedule and agree the next"),
        Step(24, "Continuous improvement", "Repeat the study of what exists and what is missing"),
    ),
}
