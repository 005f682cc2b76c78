"""The ontology as a page to read: each kind with all its fields and edges in one place."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.ontology.model import DerivedProperty, EdgeType, NodeType, Ontology, Property


def ontology_page(ontology: Ontology) -> str:
    """The page, in Markdown."""
    return "\n".join(_lines(ontology)) + "\n"


def _lines(ontology: Ontology) -> Iterator[str]:
    yield from ("# The ontology", "", ontology.summary, "")
    yield "This page is generated from the declarations in `schema/`."
    yield ""
    yield "Every node and every edge has `sources`, the sources it rests on, and `synthetic`."
    for kind in ontology.nodes.values():
        yield from _kind(kind)
    yield from ("", "## Edges")
    for edge in ontology.edges.values():
        yield from _edge(edge)


def _kind(kind: NodeType) -> Iterator[str]:
    yield from ("", f"## {kind.name}", "", kind.description, "")
    if kind.abstract:
        yield from (f"An interface of: {', '.join(kind.concrete)}.", "")
    else:
        yield from (f"Asked for as `{kind.field}(key: ...)` and `{kind.plural}(where: ...)`.", "")
    yield from ("| field | type | what |", "|---|---|---|")
    shown: list[Property | DerivedProperty] = [*kind.properties, *kind.derived]
    for found in shown:
        if found.name not in ("synthetic", "sources"):
            yield f"| `{found.field}` | {_type(found)} | {found.description} |"
    for relation in kind.relations:
        many = "many " if relation.many else ""
        yield f"| `{relation.end.field}` | {many}{relation.target} | {relation.end.description} |"


def _edge(edge: EdgeType) -> Iterator[str]:
    backward = f", seen from there as `{edge.backward.field}`" if edge.backward else ""
    yield from ("", f"### {edge.type}", "", f"{edge.description}")
    yield f"From {edge.source} to {edge.target}, seen as `{edge.forward.field}`{backward}."
    own = [found for found in edge.properties if found.name not in ("key", "synthetic", "sources")]
    if own:
        yield from ("", "| field | type | what |", "|---|---|---|")
        yield from (f"| `{found.field}` | {_type(found)} | {found.description} |" for found in own)


def _type(found: Property | DerivedProperty) -> str:
    name = found.enum.__name__ if found.enum else str(found.type)
    return name if found.required else f"{name}, may be unknown"
