"""An answer that is longer than memory: sent in pieces, and broken off where it cannot go on.

What goes wrong before the first piece is a problem like any other. Later there is nothing to be
said any more, so the connection breaks: a file that is not whole never looks as if it were.
"""

import threading
from collections.abc import Callable, Generator

import anyio
from anyio import CancelScope, CapacityLimiter, to_thread
from fastapi import Response

from api.core.porch import Receive, Scope, Send
from api.core.problems import Unavailable

# Exports share the machine with people who wait for a page.
AT_ONCE = 3
# A reader who takes nothing for so long has gone, or holds up those who wait.
PATIENCE = 60
_places = threading.BoundedSemaphore(AT_ONCE)


class ExportsBusy(Unavailable):
    """As many exports as this server allows at once are under way; come back in a moment."""

    title = "Other exports are under way"


class Export(Response):
    """A file that is made while it is sent, by one thread that serves nobody else."""

    def __init__(self, make: Callable[[], Generator[bytes]], media: str, filename: str, as_of: str):
        self.make = make
        super().__init__(
            media_type=media,
            headers={
                "content-disposition": f'attachment; filename="{filename}"',
                "x-as-of": as_of,
            },
        )
        del self.headers["content-length"]  # nobody knows it yet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _places.acquire(blocking=False):
            raise ExportsBusy(
                f"At most {AT_ONCE} exports run at once.", headers={"Retry-After": "10"}
            )
        try:
            await self._send(receive, send)
        finally:
            _places.release()

    async def _send(self, receive: Receive, send: Send) -> None:
        # Threads of its own: an export that waits for the disk takes none from requests.
        thread = CapacityLimiter(1)
        pieces = self.make()
        try:
            piece = await to_thread.run_sync(next, pieces, None, limiter=thread)
            async with anyio.create_task_group() as group:
                group.start_soon(_until_gone, receive, group.cancel_scope)
                start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
                await send(start)
                while piece is not None:
                    with anyio.fail_after(PATIENCE):
                        await send({"type": "http.response.body", "body": piece, "more_body": True})
                    piece = await to_thread.run_sync(next, pieces, None, limiter=thread)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
                group.cancel_scope.cancel()
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(pieces.close, limiter=thread)


async def _until_gone(receive: Receive, scope: CancelScope) -> None:
    """Stop working for a reader who has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
