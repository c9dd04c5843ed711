"""Every way into the room, noun by noun."""

from api.proposals.calls.routes import router as calls
from api.proposals.ideas.routes import router as ideas
from api.proposals.moves.routes import router as moves
from api.proposals.outcomes.routes import router as outcomes
from api.proposals.plans.routes import router as plans
from api.proposals.polls.routes import router as polls
from api.proposals.rulebook.routes import router as rulebook
from api.proposals.soundings.routes import router as soundings

ROUTERS = (ideas, moves, outcomes, soundings, calls, polls, plans, rulebook)
