"""Nodes and edges as GEXF 1.3 and GraphML, written line by line: what Gephi and others open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from graph_api.exports.answers import Cell
from graph_api.exports.columns import CellType
from graph_api.exports.graphs import EDGE_TYPE, Attributes, GraphExport
from graph_api.imports.values import LIST_SEPARATOR

# XML 1.0, 2.2: what no document may hold, escaped or not.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_GEXF_TYPES: Final = {CellType.WHOLE: "long", CellType.NUMBER: "double", CellType.BOOLEAN: "boolean"}
_GRAPHML_TYPES: Final = _GEXF_TYPES
_BATCH: Final = 200


def gexf(export: GraphExport) -> Iterator[bytes]:
    """A GEXF 1.3 document (https://gexf.net/schema.html); the facts are in its description."""
    return _batches(_gexf(export))


def _gexf(export: GraphExport) -> Iterator[str]:
    facts = export.facts
    description = "; ".join(f"{name}: {value}" for name, value in facts.items().items() if value is not None)
    yield _HEAD
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield f"<meta lastmodifieddate={_quoted(facts.exported[:10])}>"
    yield f"<creator>graph-api</creator><description>{_text(description)}</description></meta>\n"
    yield '<graph defaultedgetype="directed" mode="static" idtype="string">\n'
    yield from _gexf_types("node", export.node_types)
    yield from _gexf_types("edge", export.edge_types)
    yield f'<nodes count="{export.nodes.count}">\n'
    for identity, label, attributes in export.nodes:
        values = _gexf_values(attributes, export.node_types)
        yield f"<node id={_quoted(identity)} label={_quoted(label)}>{values}</node>\n"
    yield f'</nodes>\n<edges count="{export.edges.count}">\n'
    for identity, source, target, attributes in export.edges:
        values = _gexf_values(attributes, export.edge_types)
        ends = (
            f"source={_quoted(source)} target={_quoted(target)} label={_quoted(str(attributes[EDGE_TYPE]))}"
        )
        yield f"<edge id={_quoted(identity)} {ends}>{values}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _gexf_types(of: str, types: Mapping[str, CellType]) -> Iterator[str]:
    yield f'<attributes class="{of}" mode="static">\n'
    for name, type_ in types.items():
        named = _GEXF_TYPES.get(type_, "string")
        yield f'<attribute id={_quoted(name)} title={_quoted(name)} type="{named}"/>\n'
    yield "</attributes>\n"


def _gexf_values(attributes: Attributes, types: Mapping[str, CellType]) -> str:
    values = [
        f"<attvalue for={_quoted(name)} value={_quoted(text)}/>" for name, text in _values(attributes, types)
    ]
    return f"<attvalues>{''.join(values)}</attvalues>" if values else ""


def graphml(export: GraphExport) -> Iterator[bytes]:
    """A GraphML document (http://graphml.graphdrawing.org); the facts are data of the graph."""
    return _batches(_graphml(export))


def _graphml(export: GraphExport) -> Iterator[str]:
    facts = {name: value for name, value in export.facts.items().items() if value is not None}
    yield _HEAD
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for name, value in facts.items():
        yield _graphml_key("graph", name, CellType.WHOLE if isinstance(value, int) else CellType.TEXT)
    yield _graphml_key("node", "label", CellType.TEXT)
    for name, type_ in export.node_types.items():
        yield _graphml_key("node", name, type_)
    for name, type_ in export.edge_types.items():
        yield _graphml_key("edge", name, type_)
    yield '<graph id="graph" edgedefault="directed">\n'
    for name, value in facts.items():
        yield f"<data key={_quoted(f'graph_{name}')}>{_text(str(value))}</data>\n"
    for identity, label, attributes in export.nodes:
        shown: Attributes = {"label": label, **attributes}
        data = _graphml_data("node", shown, {"label": CellType.TEXT, **export.node_types})
        yield f"<node id={_quoted(identity)}>{data}</node>\n"
    for identity, source, target, attributes in export.edges:
        data = _graphml_data("edge", attributes, export.edge_types)
        ends = f"source={_quoted(source)} target={_quoted(target)}"
        yield f"<edge id={_quoted(identity)} {ends}>{data}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _graphml_key(of: str, name: str, type_: CellType) -> str:
    named = _GRAPHML_TYPES.get(type_, "string")
    return f'<key id={_quoted(f"{of}_{name}")} for="{of}" attr.name={_quoted(name)} attr.type="{named}"/>\n'


def _graphml_data(of: str, attributes: Attributes, types: Mapping[str, CellType]) -> str:
    return "".join(
        f"<data key={_quoted(f'{of}_{name}')}>{_text(text)}</data>"
        for name, text in _values(attributes, types)
    )


def _values(attributes: Attributes, types: Mapping[str, CellType]) -> Iterator[tuple[str, str]]:
    """The attributes that there are, as the text of their type."""
    for name, cell in attributes.items():
        if cell is not None and name in types:
            yield name, _cell_text(cell)


def _cell_text(cell: Cell) -> str:
    if isinstance(cell, list):
        return LIST_SEPARATOR.join(cell)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _quoted(text: str) -> str:
    # A line end in an attribute would be read as a space (XML 1.0, 3.3.3).
    return quoteattr(_FORBIDDEN.sub("\ufffd", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _batches(texts: Iterator[str]) -> Iterator[bytes]:
    """Many short texts as few longer ones."""
    held: list[str] = []
    for text in texts:
        held.append(text)
        if len(held) == _BATCH:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()
