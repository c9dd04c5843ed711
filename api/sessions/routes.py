"""Every way into the room, noun by noun."""

from api.sessions.attendances.routes import router as attendances
from api.sessions.imports.routes import router as imports
from api.sessions.materials.routes import router as materials
from api.sessions.programme.routes import router as programme
from api.sessions.rsvps.routes import router as rsvps

ROUTERS = (programme, rsvps, attendances, imports, materials)
