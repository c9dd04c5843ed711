"""How a step is written for one reader."""

import json
from typing import Any

from api.core.actor import Actor
from api.core.db import Database
from api.proposals import policy
from api.proposals.ideas.reading import seen_by
from api.proposals.lifecycle import ProposalState
from api.proposals.policy import Idea

S = ProposalState
# Where a proposal is still a matter between its proposer and the coordinators.
_EARLY = (S.SUBMITTED, S.SCOPING, S.REFERRED, S.REJECTED)
_NAMING = ("candidates", "targets")


def told(db: Database, me: Actor, idea: Idea, text: str) -> str:
    """The JSON of a step, with as much of its reason and evidence as this reader may know."""
    step: dict[str, Any] = json.loads(text)
    evidence = step["evidence"]
    close = idea.involved or policy.coordinates(me, idea)
    if not close and step["to"] in _EARLY:
        step |= {"reason": "", "evidence": {}}
    elif named := [thing for name in _NAMING for thing in evidence.get(name, ())]:
        shown = seen_by(db, me, named)
        for name in _NAMING:
            if name in evidence:
                evidence[name] = [thing for thing in evidence[name] if thing["id"] in shown]
        if "differences" in evidence:
            evidence["differences"] = [d for d in evidence["differences"] if d["id"] in shown]
    else:
        return text
    return json.dumps(step, ensure_ascii=False, separators=(",", ":"))
