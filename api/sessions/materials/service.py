"""Things to read around a session, kept elsewhere and linked here."""

from uuid import UUID

from api.core.actor import Actor
from api.core.db import Database
from api.core.events import record
from api.core.policy import permit
from api.core.problems import IllegalMove, NotFound
from api.sessions import policy, queries
from api.sessions.events import MaterialAdded, MaterialRemoved
from api.sessions.materials.schemas import MaterialCreate
from api.sessions.models import Material, SessionStatus
from api.sessions.policy import Meeting


def add(db: Database, actor: Actor, session_id: UUID, new: MaterialCreate) -> Material:
    meeting = queries.meet(db, actor, session_id).meeting
    _changeable(meeting)
    permit(policy.add_material, actor, meeting)
    material = Material.model_validate(
        new, update={"session_id": session_id, "added_by_id": actor.person_id}
    )
    db.add(material)
    record(db, MaterialAdded(object_id=material.id, community_id=meeting.community.id))
    db.flush()
    return material


def remove(db: Database, actor: Actor, material_id: UUID) -> None:
    """Take a link away; whoever added it may, and those who run the session."""
    material = db.get(Material, material_id)
    if material is None:
        raise NotFound("No such material.")
    try:
        meeting = queries.meet(db, actor, material.session_id).meeting
    except NotFound:
        raise NotFound("No such material.") from None
    _changeable(meeting)
    if actor.person_id != material.added_by_id:
        permit(policy.run, actor, meeting)
    db.delete(material)
    record(db, MaterialRemoved(object_id=material.id, community_id=meeting.community.id))
    db.flush()


def _changeable(meeting: Meeting) -> None:
    queries.living(meeting)
    if meeting.status is SessionStatus.CANCELLED:
        raise IllegalMove("The session was cancelled.", legal=[])
