"""Lost updates: a change names the version it was made from.

An ETag is `"<version>-<hash of the answer>"`. The hash tells a reader whether anything they would
see has changed; the version alone decides whether a change may be made, so that somebody joining a
community does not refuse its lead's edit.
"""

import hashlib
from typing import Annotated

from fastapi import Depends, Header

from api.core.problems import Changed, ReadFirst


def etag(version: int, body: bytes) -> str:
    return f'"{version}-{hashlib.blake2b(body, digest_size=8).hexdigest()}"'


def unchanged(seen: str, tag: str) -> bool:
    """Whether the reader has this very answer; here, a tag made weak on its way is as good."""
    known = {t.strip().removeprefix("W/") for t in seen.split(",")}
    return tag in known or "*" in known


class Precondition:
    """The version the caller believes to be current."""

    def __init__(self, tags: str | None):
        self._tags = tags

    def hold(self, version: int) -> None:
        """Refuse a change made without reading, or from an older version."""
        if not self._tags:
            raise ReadFirst("Send the ETag of the last read as If-Match.")
        asked = [t.strip().removeprefix("W/").strip('"') for t in self._tags.split(",")]
        if "*" not in asked and str(version) not in {t.split("-")[0] for t in asked}:
            raise Changed("Read it again, then repeat your change.")


async def _precondition(
    if_match: Annotated[
        str | None,
        Header(max_length=500, description="The ETag of the version you mean to change."),
    ] = None,
) -> Precondition:
    return Precondition(if_match)


IfMatch = Annotated[Precondition, Depends(_precondition)]
