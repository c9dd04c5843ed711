import io
import sys
from collections.abc import Iterator

import pytest

from api.core import logs


@pytest.fixture
def logged(app, monkeypatch) -> Iterator[io.StringIO]:
    """What the application writes to its log during one test."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    # The logger keeps the first stream it wrote to; it must look again, now and afterwards.
    vars(logs.log).pop("bind", None)
    logs.configure("info")
    yield written
    vars(logs.log).pop("bind", None)
