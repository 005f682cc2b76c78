"""An uploaded file (RFC 7578) onto the disk, within its limits, and what is said beside it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Message, Receive

from graph_api.errors import (
    GraphError,
    InvalidArgumentError,
    LimitExceededError,
    MalformedRequestError,
    RequestTimeoutError,
    UnsupportedMediaTypeError,
)
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.run import Options

_MOST_FIELDS = 100
_OVERHEAD = 100_000
"""Bytes of a body beside its file: the fields, and what stands between the parts."""
_MOST_HEADER_ROW = 10_000
_FIELDS = (
    "as", "map", "strict", "source", "synthetic", "keys", "names", "clear", "new", "format", "encoding",
    "header_row", "reason",
)  # fmt: skip
_TRUTH = {"true": True, "1": True, "false": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file, its name as its sender calls it, and what is said about it."""

    file: UploadFile
    name: str
    options: Mapping[str, object]


async def read_upload(request: Request, most_bytes: int, seconds: float) -> Upload:
    """The one file of a multipart body, in the field ``file``, with the fields beside it.

    Raises ``UnsupportedMediaTypeError``, ``MalformedRequestError``, ``LimitExceededError`` as soon as it is
    too large, and ``RequestTimeoutError`` when nothing more of it comes for so many seconds.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise UnsupportedMediaTypeError("A file is sent as multipart/form-data.", part="Content-Type")
    limited = Request(request.scope, _limited(request.receive, most_bytes, seconds))
    parser = MultiPartParser(request.headers, limited.stream(), max_files=1, max_fields=_MOST_FIELDS)
    try:
        form = await parser.parse()
    except _RefusedError as problem:
        raise problem.error from problem
    except MultiPartException as problem:
        raise MalformedRequestError(f"The body cannot be read: {problem.message}.", part="body") from problem
    file = form.get("file")
    if not isinstance(file, UploadFile):
        await form.close()
        raise MalformedRequestError("The body has no file in the field 'file'.", part="file")
    return Upload(file, file.filename or "file", _fields(form))


async def keep(upload: Upload, target: BinaryIO) -> None:
    """Copy the file to where it is worked on."""
    await asyncio.to_thread(shutil.copyfileobj, upload.file.file, target)


def options_of(fields: Mapping[str, object]) -> Options:
    """The options that fields name as the command line does; raises ``InvalidArgumentError``."""
    for name in fields:
        if name not in _FIELDS:
            raise InvalidArgumentError(
                f"There is no field '{name[:60]}'.",
                remedy=f"There are: file, {', '.join(_FIELDS)}.",
                argument=name[:60],
            )
    row = _text(fields, "header_row") or "1"
    if not row.isdecimal() or not 0 < int(row) < _MOST_HEADER_ROW:
        raise InvalidArgumentError(f"'{row[:20]}' is no row.", argument="header_row", value=row[:20])
    columns = fields.get("map", [])
    return Options(
        target=_text(fields, "as"),
        columns=[str(each) for each in columns] if isinstance(columns, list) else [],
        strict=_truth(fields, "strict"),
        form=_text(fields, "format"),
        encoding=_text(fields, "encoding"),
        header_row=int(row),
        defaults=Defaults(_text(fields, "source"), _truth(fields, "synthetic")),
        key_prefix=_text(fields, "keys"),
        by_name=_truth(fields, "names"),
        clears=_truth(fields, "clear"),
        takes_duplicates=_truth(fields, "new"),
        reason=_text(fields, "reason") or None,
    )


def _text(fields: Mapping[str, object], name: str) -> str:
    return str(fields.get(name, ""))


def _truth(fields: Mapping[str, object], name: str) -> bool:
    text = _text(fields, name).lower()
    if text not in _TRUTH:
        raise InvalidArgumentError(
            f"{name} is '{text[:20]}'.", remedy="Write true or false.", argument=name, value=text[:20]
        )
    return _TRUTH[text]


def _fields(form: FormData) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            continue
        if name == "map":
            listed = found.setdefault(name, [])
            assert isinstance(listed, list), "it was made above"
            listed.append(value)
        else:
            found[name] = value
    return found


class _RefusedError(MultiPartException):
    """Ends the reading of a body, so that the parser closes what it has opened; carries the error."""

    def __init__(self, error: GraphError) -> None:
        super().__init__(error.message)
        self.error = error


def _limited(receive: Receive, most_bytes: int, seconds: float) -> Receive:
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        try:
            message = await asyncio.wait_for(receive(), seconds)
        except TimeoutError as problem:
            text = f"Nothing of the body came for {seconds:g} seconds."
            late = RequestTimeoutError(text, limit_name="request_seconds", limit=seconds, part="body")
            raise _RefusedError(late) from problem
        if message["type"] == "http.disconnect":
            raise _RefusedError(MalformedRequestError("The body ended before it was whole.", part="body"))
        taken += len(message.get("body", b""))
        if taken > most_bytes + _OVERHEAD:
            text = f"The file has {taken:,} bytes or more; at most {most_bytes:,} are read."
            raise _RefusedError(LimitExceededError(text, limit_name="body", value=taken, limit=most_bytes))
        return message

    return limited
