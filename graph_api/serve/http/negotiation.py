"""Which form an answer has, by the ``Accept`` header (RFC 9110, section 12.5.1); the one form of bodies.

A request without the header, or one that accepts anything, gets ``application/json``, as GraphQL over
HTTP asks of servers that know older clients.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from graph_api.errors import UnsupportedMediaTypeError

KNOWN_HEADERS = 256
"""Headers of a name whose reading is kept; browsers and libraries send a few dozen."""


class Form(StrEnum):
    """The media types of answers; the value is the media type."""

    JSON = "application/json"
    RESPONSE = "application/graphql-response+json"
    EVENTS = "text/event-stream"
    PAGE = "text/html"


@lru_cache(maxsize=KNOWN_HEADERS)
def accepted(header: bytes) -> tuple[Form, ...]:
    """The forms that the header accepts, best first; of equals the more specific and the earlier first.

    Parts that cannot be read accept nothing.
    """
    if not header.strip():
        return (Form.JSON,)
    found: dict[Form, tuple[float, int, int]] = {}
    for index, part in enumerate(header.decode("latin-1").split(",")):
        name, quality = _read(part)
        for form, specific in _matches(name):
            rank = (-quality, -specific, index)
            # The more specific range decides, whatever its quality (RFC 9110, 12.5.1).
            if form not in found or specific > -found[form][1]:
                found[form] = rank
    return tuple(sorted((form for form, rank in found.items() if rank[0] < 0), key=found.__getitem__))


@lru_cache(maxsize=KNOWN_HEADERS)
def check_media_type(header: bytes) -> None:
    """Raise ``UnsupportedMediaTypeError`` when a ``Content-Type`` says anything but JSON in UTF-8."""
    name, _, parameters = header.decode("latin-1").partition(";")
    charset = next(
        (part.partition("=")[2] for part in parameters.split(";") if part.strip().startswith("charset=")),
        "utf-8",
    )
    if name.strip().lower() != "application/json" or charset.strip('" ').lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaTypeError(
            "A body has to be application/json in UTF-8.", part="Content-Type", value=name[:80]
        )


def _read(part: str) -> tuple[str, float]:
    name, *parameters = (each.strip().lower() for each in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key == "q":
            try:
                quality = float(value)
            except ValueError:
                quality = 0.0
        elif key == "charset" and value.strip('"') != "utf-8":
            quality = 0.0
    return name, quality if 0.0 <= quality <= 1.0 else 0.0


def _matches(name: str) -> list[tuple[Form, int]]:
    """The forms that a media range means, and how specific it is about them."""
    if name == "*/*":
        return [(Form.JSON, 0)]
    if name == "application/*":
        return [(Form.JSON, 1)]
    if name == "text/*":
        return [(Form.PAGE, 1)]
    return [(form, 2) for form in Form if form.value == name]
