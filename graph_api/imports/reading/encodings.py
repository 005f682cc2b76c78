"""Which encoding a file of texts has: told by its first bytes or proved by all of them, never guessed."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

from graph_api.errors import InvalidArgumentError, UnreadableFileError

_CHUNK = 1_048_576
_SAMPLE = 4_096
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = "windows-1252"


def encoding_of(path: Path, given: str = "") -> str:
    """The encoding of a file: the one given, that of its byte order mark, UTF-16 that shows, or UTF-8.

    Raises ``UnreadableFileError`` naming the first byte that is none of it: a file in another encoding is
    read when somebody says which it is. Raises ``InvalidArgumentError`` for an encoding that nobody knows.
    """
    encoding = _known(given) if given else _shown(path)
    _check(path, encoding, told=bool(given))
    return encoding


def _known(name: str) -> str:
    try:
        info = codecs.lookup(name)
        # Refuses codecs that give no texts, as base64.
        io.TextIOWrapper(io.BytesIO(), encoding=name)
    except (LookupError, ValueError):
        raise InvalidArgumentError(
            f"'{name[:40]}' is no encoding.",
            remedy=f"Examples: utf-8, utf-16, {_WESTERN}.",
            argument="encoding",
            value=name[:40],
        ) from None
    return "utf-8-sig" if info.name == "utf-8" else name


def _shown(path: Path) -> str:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    # Half of the bytes of Latin texts are zero in UTF-16.
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 8 and not even:
        return "utf-16-le"
    if even > len(sample) // 8 and not odd:
        return "utf-16-be"
    return "utf-8"


def _check(path: Path, encoding: str, *, told: bool) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    before, line = 0, 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as problem:
                # What the decoder kept of the chunk before stands in front of this one.
                begin = before + len(chunk) - len(problem.object)
                raise _refused(encoding, problem, begin, line, told=told) from problem
            if "\0" in text:
                line += text[: text.index("\0")].count("\n")
                raise UnreadableFileError(
                    f"The file contains a NUL character, on line {line}.",
                    remedy="It is no file of texts.",
                )
            if not chunk:
                return
            before += len(chunk)
            line += text.count("\n")


def _refused(
    encoding: str, problem: UnicodeDecodeError, begin: int, line: int, *, told: bool
) -> UnreadableFileError:
    bad = problem.object[problem.start : problem.start + 1]
    at = begin + problem.start
    line += problem.object[: problem.start].count(b"\n")
    name = encoding.removesuffix("-sig").upper()
    message = f"Byte {at:,} on line {line} ({bad.hex()}) is not {name}."
    remedy = "Save the file as UTF-8"
    if not told and encoding == "utf-8":
        letter = bad.decode(_WESTERN, errors="replace")
        message = f"{message} In Windows-1252 it would be {letter}."
        remedy += f", or say in which encoding it is (--encoding {_WESTERN})"
    return UnreadableFileError(message, remedy=f"{remedy}.", line=line, value=bad.hex())
