"""The log: one line an event, as text or JSON, on standard error, with the id of its request.

Our own lines go through structlog into the standard library's logging; lines of other libraries pass
the same processors at the handler. So every line has a time in UTC, a level, the name of its logger, the
request's id while one is answered, and no secrets.
"""

from __future__ import annotations

import itertools
import logging
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TextIO, cast

import orjson
import structlog
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.typing import EventDict, Processor, WrappedLogger

from graph_api.observe.redact import redacted_value
from graph_api.settings import LogFormat, Settings

OURS: Final = ("graph_api", "uvicorn")
"""The loggers whose information is written; of all others only warnings and errors are."""

_REQUEST: Final[ContextVar[str]] = ContextVar("request id", default="")
# Visible ASCII without quotes, backslashes, commas and brackets: safe in a header, a log line and a shell.
_SAFE_ID: Final = re.compile(r"[A-Za-z0-9._:/+=@~-]{1,128}")
_HEAD: Final = ("timestamp", "level", "logger", "event")
_LAST: Final = ("exception", "stack")
_PLAIN_VALUE: Final = re.compile(r"[!#-<>-~]+")


class _Ids:
    """Ids that differ within a process by a counter, and between processes by a random start."""

    def __init__(self) -> None:
        self.renew()
        # A forked worker would go on with its parent's ids.
        os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        """Begin anew, as another process does."""
        self.prefix = f"{secrets.token_hex(6)}-"
        self.numbers = itertools.count(1)


_IDS: Final = _Ids()


def request_id(given: str | None) -> str:
    """The id of a request: the client's ``X-Request-ID`` when it is 1 to 128 safe characters, else a new one.

    New ones are unique, but can be guessed; they are no secrets. Takes about half a microsecond.
    """
    if given is not None and _SAFE_ID.fullmatch(given):
        return given
    return f"{_IDS.prefix}{next(_IDS.numbers):x}"


def begin_request(identity: str) -> None:
    """Put the id into every line that this task, its tasks and its threads write from now on."""
    _REQUEST.set(identity)


def current_request() -> str:
    """The id of the request that is being answered, or nothing."""
    return _REQUEST.get()


@contextmanager
def request(identity: str) -> Iterator[None]:
    """As ``begin_request``, for as long as the block lasts."""
    token = _REQUEST.set(identity)
    try:
        yield
    finally:
        _REQUEST.reset(token)


def logger(name: str) -> BoundLogger:
    """A logger; ``log.warning("slow statement", milliseconds=12.5)`` writes one line."""
    wrapped = structlog.wrap_logger(
        logging.getLogger(name),
        processors=_processors(),
        wrapper_class=BoundLogger,
        cache_logger_on_first_use=True,
    )
    return cast(BoundLogger, wrapped)


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Write the log to the stream (standard error) as ``settings.log_format`` says.

    Replaces the handlers of the root logger. uvicorn must be given ``log_config=None``, or it keeps
    handlers of its own, which know neither the request's id nor what is secret.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _without_secrets,
                _json if settings.log_format is LogFormat.JSON else _text,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        ours = logging.getLogger(name)
        ours.setLevel(logging.INFO)
        # uvicorn gives its own logger a handler wherever it is made without our settings.
        ours.handlers.clear()
        ours.propagate = True
    structlog.configure(
        processors=_processors(),
        wrapper_class=BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _processors() -> list[Processor]:
    """What our own lines pass before they are a record of the standard library."""
    # First of all: a line that nobody wants costs nothing more.
    return [structlog.stdlib.filter_by_level, *_shared(), ProcessorFormatter.wrap_for_formatter]


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        _with_request_id,
    ]


def _with_request_id(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    identity = _REQUEST.get()
    if identity:
        event["request_id"] = identity
    return event


def _without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # uvicorn's second copy of its message, for terminals.
    event.pop("color_message", None)
    return {name: redacted_value(name, value) for name, value in event.items()}


def _json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    # Lone surrogates, which JSON cannot hold, come from file names and from broken clients.
    ordered = {name: event[name] for name in _HEAD} | dict(event)
    try:
        return orjson.dumps(ordered).decode()
    except orjson.JSONEncodeError:
        return orjson.dumps({name: _printable(str(value)) for name, value in ordered.items()}).decode()


def _text(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """``2026-01-31T12:00:00.000000Z warning graph_api.observe.store slow statement milliseconds=1200.5``."""
    words = [_printable(str(event[name])) for name in _HEAD]
    words += [f"{_printable(name)}={_quoted(event[name])}" for name in event if name not in (*_HEAD, *_LAST)]
    # The lines of a traceback follow, indented: no text of a stranger can look like a line of its own.
    more = [f"  {_printable(line)}" for name in _LAST for line in str(event.get(name, "")).splitlines()]
    return "\n".join([" ".join(words), *more])


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else str(value)
    return text if _PLAIN_VALUE.fullmatch(text) else f'"{_printable(text).replace(chr(34), chr(39))}"'


def _printable(text: str) -> str:
    """The text on one line, without control characters: they move the cursor of a terminal."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
