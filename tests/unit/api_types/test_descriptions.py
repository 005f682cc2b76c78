"""Everything in the schema is described: it is the documentation that clients read first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
    validate_schema,
)

import schema
from graph_api.api_types import ApiSchema
from graph_api.coverage.declare import coverage_of
from graph_api.duplicates.identity import identity_of
from graph_api.findings.declare import findings_of
from graph_api.metrics.declare import measured_of
from graph_api.serve.declared import Declared
from graph_api.serve.runtime import api_schema
from schema.coverage import coverage
from schema.health import findings
from schema.identity import identity
from schema.measured import measured
from schema.own_fields import own_fields
from tests.toy.ontology import TOY

SCHEMAS = {
    "toy": api_schema(TOY),
    "real": api_schema(
        schema.ontology,
        declared=Declared(
            identity=identity_of(identity, schema.ontology),
            coverage=coverage_of(coverage, schema.ontology),
            findings=findings_of(findings, schema.ontology),
            fields=own_fields,
            measured=measured_of(measured, schema.ontology),
        ),
    ),
}


@pytest.fixture(params=list(SCHEMAS.values()), ids=list(SCHEMAS))
def made(request: pytest.FixtureRequest) -> ApiSchema:
    found: ApiSchema = request.param
    return found


def undescribed(core: GraphQLSchema) -> Iterator[str]:
    for type_ in core.type_map.values():
        if is_introspection_type(type_) or is_specified_scalar_type(type_):
            continue
        if not type_.description:
            yield type_.name
        match type_:
            case GraphQLObjectType() | GraphQLInterfaceType():
                for name, field in type_.fields.items():
                    yield from [] if field.description else [f"{type_.name}.{name}"]
                    yield from (
                        f"{type_.name}.{name}({argument})"
                        for argument, found in field.args.items()
                        if not found.description
                    )
            case GraphQLInputObjectType():
                yield from (
                    f"{type_.name}.{name}" for name, field in type_.fields.items() if not field.description
                )
            case GraphQLEnumType():
                yield from (
                    f"{type_.name}.{name}" for name, value in type_.values.items() if not value.description
                )
            case _:
                pass


def test_everything_has_a_description(made: ApiSchema) -> None:
    assert list(undescribed(made.core)) == []


def test_the_schema_is_valid(made: ApiSchema) -> None:
    assert validate_schema(made.core) == []


def test_the_printed_schema_is_the_schema(made: ApiSchema) -> None:
    printed = build_schema(made.sdl())

    assert {name for name in made.core.type_map if not name.startswith("__")} == {
        name for name in printed.type_map if not name.startswith("__")
    }


def test_every_kind_has_its_root_fields_and_every_list_its_pages(made: ApiSchema) -> None:
    query = made.core.query_type
    assert query is not None
    ontology = {"Film": TOY}.get("Film" if "Film" in made.core.type_map else "", schema.ontology)

    for kind in ontology.kinds():
        assert {"key", "asOf"} == set(query.fields[kind.field].args)
        paging = {"where", "orderBy", "first", "after", "last", "before", "asOf"}
        assert paging == set(query.fields[kind.plural].args)


def test_one_name_has_one_specification(made: ApiSchema) -> None:
    """Links to a kind share a filter: it may offer only what every one of them has."""
    ways = (
        made.core.type_map["LandReachWhere"]
        if "Film" in made.core.type_map
        else made.core.type_map["RegionReachWhere"]
    )

    assert isinstance(ways, GraphQLInputObjectType)
    assert set(ways.fields) == {"and", "or", "not", "node"}
