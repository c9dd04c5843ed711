"""The links in the mails of a call: each answers this call for one person, and nothing else.

The word is made of whom and what it is for and sealed with a key of the deployment, so nothing
needs to be stored for it. It stands behind `#`, where no server and no mail scanner sees it, and
opening it changes nothing: the answer is a button on the page it leads to.
"""

import base64
import hashlib
import hmac
from uuid import UUID

from api.core.db import Database
from api.core.problems import NotFound
from api.core.secrets import key, make_keys

_NAME = "call_links"
_SEAL = 16


def path_of(db: Database, call_id: UUID, person_id: UUID) -> str:
    """Where the mail of one person leads."""
    whom = call_id.bytes + person_id.bytes
    return f"/calls/answer#{base64.urlsafe_b64encode(whom + _seal(db, whom)).decode()}"


def read(db: Database, word: str) -> tuple[UUID, UUID]:
    """The call and the person a word stands for; a word nobody made is no link."""
    try:
        raw = base64.b64decode(word.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, UnicodeError):
        raise NotFound("This link is not one of ours.") from None
    whom, seal = raw[:32], raw[32:]
    if len(whom) != 32 or not hmac.compare_digest(seal, _seal(db, whom)):
        raise NotFound("This link is not one of ours.")
    return UUID(bytes=whom[:16]), UUID(bytes=whom[16:])


def _seal(db: Database, whom: bytes) -> bytes:
    held = db.info.get(_NAME)
    if held is None:
        held = key(db, _NAME)
        if held is None:
            make_keys(db, _NAME)
            held = key(db, _NAME) or b""
        db.info[_NAME] = held
    return hmac.digest(held, whom, hashlib.sha256)[:_SEAL]
