"""XML as a stream of events, without what makes XML dangerous: no entity is declared, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from graph_api.errors import UnreadableFileError

_CHUNK = 65_536
_MOST_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins. ``name`` and the names of attributes are without their namespaces."""

    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class End:
    """An element ends."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags; one text can come in several parts."""

    text: str


Event = Start | End | Text


def events(stream: BinaryIO, part: str) -> Iterator[Event]:
    """The events of a document; raises ``UnreadableFileError`` when it is no XML or declares an entity."""
    found: list[Event] = []
    parser = _parser(found, part)
    try:
        while True:
            chunk = stream.read(_CHUNK)
            parser.Parse(chunk, not chunk)
            yield from found
            found.clear()
            if not chunk:
                return
    except expat.ExpatError as problem:
        raise UnreadableFileError(
            f"{part} is no XML: line {problem.lineno}: {expat.ErrorString(problem.code)}.", part=part
        ) from problem


def _parser(found: list[Event], part: str) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise UnreadableFileError(f"{part} has elements within elements too deeply.", part=part)
        found.append(Start(_local(name), {_local(key): value for key, value in attributes.items()}))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(End(_local(name)))

    def declared(*_: object) -> NoReturn:
        raise UnreadableFileError(
            f"{part} declares an entity.", remedy="Files with entities are not read.", part=part
        )

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Text(text))
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = declared
    return parser


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
