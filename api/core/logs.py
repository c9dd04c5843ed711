"""Structured logs: one JSON line an event on stderr, without anybody's words or secrets."""

import logging
import sys

# structlog draws tracebacks for a terminal wherever it finds rich. A server writes JSON, and need
# not hold the 4 MB of it; commands that write to a terminal import it themselves, later.
_drawing = sys.modules.pop("rich", None)
sys.modules["rich"] = None  # type: ignore[assignment]  # which is how one says that it is not there
import structlog  # noqa: E402  (only now it does not find rich)
from structlog.tracebacks import ExceptionDictTransformer  # noqa: E402  (likewise)

del sys.modules["rich"]
if _drawing:
    sys.modules["rich"] = _drawing

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def configure(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            # Never the values of variables: among them are people's words and tokens.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=max(LEVELS[level], 30), stream=sys.stderr, format="%(message)s")


log = structlog.get_logger()
