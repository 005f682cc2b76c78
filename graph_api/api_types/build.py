"""From specifications to a Strawberry schema.

The classes live in one synthetic module, so that annotations can name types that come later.
Resolvers are graphql-core's: every generated field reads its value from the record that the
execution made of the database's row (``read_record``).
"""

from __future__ import annotations

import dataclasses
import enum
import sys
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import TypeAlias, cast

import strawberry
from graphql import (
    GraphQLField,
    GraphQLFieldResolver,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLOneOfDirective,
    GraphQLSchema,
)
from graphql.utilities import print_directive
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import SchemaExtension
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from graph_api.api_types.annotations import annotation_of
from graph_api.api_types.axes import axes_of, axis_enum
from graph_api.api_types.inputs import (
    ORDER_DIRECTION,
    PRECISION,
    filters,
    kind_order,
    kind_where,
    relation_inputs,
)
from graph_api.api_types.objects import (
    GROUP,
    NODE_INTERFACE,
    PAGE_INFO,
    kind_connection,
    kind_type,
    relation_connection,
)
from graph_api.api_types.roots import query_type
from graph_api.api_types.scalars import DAY, PARTIAL_DATE, Day, PartialDay
from graph_api.api_types.specs import ArgumentSpec, EnumSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.ontology.model import EdgeType, EnumClass, NodeType, Ontology, Relation

_MODULE = "graph_api.api_types.generated"
_ROOTS = ("Query", "Mutation")


@dataclass(frozen=True, slots=True)
class ApiSchema:
    """The Strawberry schema with graphql-core's schema inside it, and the names of the generated types."""

    strawberry: strawberry.Schema
    core: GraphQLSchema
    generated: frozenset[str]

    def sdl(self) -> str:
        """The schema in the schema definition language."""
        # Strawberry defines the built-in directive too, and leaves its description out.
        described = print_directive(GraphQLOneOfDirective)
        return self.strawberry.as_str().replace("directive @oneOf on INPUT_OBJECT", described) + "\n"


Resolvers: TypeAlias = Mapping[tuple[str, str], GraphQLFieldResolver]
"""How single fields are answered, by the names of their type and their own."""


@dataclass(frozen=True, slots=True)
class OwnTypes:
    """What a schema has beside the ontology's own types.

    ``query`` and ``subscription`` are Strawberry types written by hand. ``specs`` are types that some other
    declaration gives, a ``Mutation`` among them, with the vocabularies that they use; ``queries`` are root
    fields beside those of ``query``. ``resolvers`` answer the fields that are not read from a row. ``known``
    are Strawberry types that ``specs`` and ``queries`` name, ``fields`` more fields of types of the ontology.
    """

    query: type
    subscription: type | None = None
    specs: tuple[TypeSpec, ...] = ()
    queries: tuple[FieldSpec, ...] = ()
    enums: tuple[EnumSpec, ...] = ()
    vocabularies: tuple[EnumClass, ...] = ()
    resolvers: Resolvers = dataclasses.field(default_factory=dict)
    known: Mapping[str, type] = dataclasses.field(default_factory=dict)
    fields: Mapping[str, tuple[FieldSpec, ...]] = dataclasses.field(default_factory=dict)


def together(name: str, parts: Sequence[type]) -> type:
    """One root type with the fields of several, for ``OwnTypes``."""
    description = parts[0].__strawberry_definition__.description  # type: ignore[attr-defined]  # strawberry adds it
    return strawberry.type(type(name, tuple(parts), {"__module__": __name__}), description=description)


def generated_type(name: str) -> LazyType[str, str]:
    """The annotation of a field, written by hand, whose type is a generated one: a kind, ``PageInfo``."""
    return LazyType(name, _MODULE)


def generated_list(name: str) -> GenericAlias:
    """The annotation of a list of a generated type, with nothing where there is nothing: ``[Name]!``."""
    return GenericAlias(list, (generated_type(name) | None,))


def type_specs(ontology: Ontology) -> tuple[TypeSpec, ...]:
    """Every type of the schema but enums and scalars, each once, in a stable order."""
    found: dict[str, TypeSpec] = {}
    for spec in _specs(ontology):
        found.setdefault(spec.name, spec)
    return tuple(found.values())


def _specs(ontology: Ontology) -> Iterator[TypeSpec]:
    yield from (NODE_INTERFACE, PAGE_INFO, GROUP)
    yield from filters(ontology)
    for kind in ontology.nodes.values():
        yield kind_type(kind, ontology)
        yield kind_where(kind, ontology)
        yield kind_order(kind)
        if not kind.abstract:
            yield from kind_connection(kind)
    for relation in _relations(ontology):
        yield from relation_connection(relation, ontology)
        yield from relation_inputs(relation)
    yield query_type(ontology)


def _relations(ontology: Ontology) -> Iterator[Relation]:
    seen = {
        (found.owner, found.end.field): found for kind in ontology.nodes.values() for found in kind.relations
    }
    yield from (relation for relation in seen.values() if relation.many)


def enum_specs(ontology: Ontology, more: Sequence[EnumClass] = ()) -> tuple[EnumSpec, ...]:
    """Every enum of the schema, with ``more`` vocabularies; a member's value is its description."""
    holders: list[NodeType | EdgeType] = [*ontology.nodes.values(), *ontology.edges.values()]
    used = {found.enum for holder in holders for found in holder.properties if found.enum}
    used |= {ontology.languages} if ontology.languages else set()
    used |= set(more)
    specs = [
        EnumSpec(found.__name__, (found.__doc__ or "").strip(), tuple((m.name, str(m.value)) for m in found))
        for found in sorted(used, key=lambda found: found.__name__)
    ]
    axes = (axis_enum(kind) for kind in ontology.kinds() if axes_of(kind))
    return (ORDER_DIRECTION, PRECISION, *specs, *axes)


def build_schema(
    ontology: Ontology,
    read_record: GraphQLFieldResolver,
    execution_context: type[StrawberryGraphQLCoreExecutionContext],
    schema_class: type[strawberry.Schema] = strawberry.Schema,
    extensions: Sequence[Callable[[], SchemaExtension]] = (),
    own: OwnTypes | None = None,
) -> ApiSchema:
    """Make the schema; every generated field is resolved by ``read_record``, ``own`` ones by themselves."""
    module = types.ModuleType(_MODULE)
    sys.modules[_MODULE] = module
    names = module.__dict__
    names.update(ID=strawberry.ID, Day=Day, PartialDay=PartialDay)
    names.update(own.known if own else {})
    own_enums = (*enum_specs(ontology, own.vocabularies), *own.enums) if own else enum_specs(ontology)
    for enum_spec in own_enums:
        names[enum_spec.name] = _enum(enum_spec)
    specs = (*_with_fields(type_specs(ontology), own), *(own.specs if own else ()))
    for spec in sorted(specs, key=lambda spec: len(spec.interfaces)):
        names[spec.name] = _type(spec, names)
    if own is not None:
        names["Query"] = _beside(names["Query"], own.query)
    schema = schema_class(
        query=names["Query"],
        mutation=names.get("Mutation"),
        subscription=own.subscription if own else None,
        types=[
            names[spec.name] for spec in specs if spec.form is TypeForm.OBJECT and spec.name not in _ROOTS
        ],
        execution_context_class=execution_context,
        extensions=extensions,
        config=StrawberryConfig(scalar_map={Day: DAY, PartialDay: PARTIAL_DATE}),
    )
    core = schema._schema
    objects = frozenset(spec.name for spec in specs if spec.form is TypeForm.OBJECT)
    _attach_resolvers(core, objects, read_record, own.resolvers if own else {})
    _mark_one_of(core, specs)
    _pass_inputs_on(schema, specs)
    return ApiSchema(schema, core, objects)


def _with_fields(specs: Iterable[TypeSpec], own: OwnTypes | None) -> Iterator[TypeSpec]:
    """The types with the fields of ``own``, its root fields among those of ``Query``."""
    fields = {**own.fields, "Query": own.queries} if own else {}
    for spec in specs:
        more = fields.get(spec.name, ())
        yield dataclasses.replace(spec, fields=(*spec.fields, *more)) if more else spec


def _mark_one_of(core: GraphQLSchema, specs: Iterable[TypeSpec]) -> None:
    """Let graphql-core check inputs of one key with its other rules; Strawberry would at execution only."""
    names = {spec.name for spec in specs if spec.form is TypeForm.ONE_OF_INPUT}
    for name in names & core.type_map.keys():
        cast(GraphQLInputObjectType, core.type_map[name]).is_one_of = True


def _pass_inputs_on(schema: strawberry.Schema, specs: Iterable[TypeSpec]) -> None:
    """Give fields written by hand their filters as they were written, not as Strawberry's objects.

    Strawberry would look the generated class up by its name at each request, and find the one of the schema
    that was made last in the process. What it holds to be a scalar it passes on.
    """
    scalars = cast("dict[object, object]", schema.schema_converter.scalar_registry)
    for spec in specs:
        if spec.form in (TypeForm.INPUT, TypeForm.ONE_OF_INPUT):
            scalars[generated_type(spec.name)] = JSON


def _enum(spec: EnumSpec) -> type[enum.Enum]:
    members = enum.Enum(spec.name, {name: name for name, _ in spec.values})  # type: ignore[misc]
    made = strawberry.enum(members, name=spec.name, description=spec.description)
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    for value, (_, text) in zip(definition.values, spec.values, strict=True):
        value.description = text
    return made


def _type(spec: TypeSpec, names: dict[str, type]) -> type:
    is_input = spec.form in (TypeForm.INPUT, TypeForm.ONE_OF_INPUT)
    body: dict[str, object] = {"__module__": _MODULE, "__doc__": spec.description, "__annotations__": {}}
    annotations: dict[str, object] = {}
    for field in spec.fields:
        python_name = f"{field.name}_"
        annotations[python_name] = annotation_of(field.type, names)
        body[python_name] = _field(field, python_name, is_input=is_input)
    body["__annotations__"] = annotations
    bases = tuple(names[name] for name in reversed(spec.interfaces))
    made = type(spec.name, _minimal(bases), body)
    if is_input:
        return strawberry.input(
            made, name=spec.name, description=spec.description, one_of=spec.form is TypeForm.ONE_OF_INPUT
        )
    if spec.form is TypeForm.INTERFACE:
        return strawberry.interface(made, name=spec.name, description=spec.description)
    return strawberry.type(made, name=spec.name, description=spec.description)


def _minimal(bases: Sequence[type]) -> tuple[type, ...]:
    """The bases that no other base already inherits from; Python refuses the rest in any order."""
    return tuple(
        base for base in bases if not any(other is not base and issubclass(other, base) for other in bases)
    )


def _field(spec: FieldSpec, python_name: str, *, is_input: bool) -> StrawberryField:
    field = StrawberryField(
        python_name=python_name,
        graphql_name=spec.name,
        description=spec.description,
        **({"default": strawberry.UNSET} if is_input else {}),
    )
    field.arguments = [_argument(argument) for argument in spec.arguments]
    return field


def _argument(spec: ArgumentSpec) -> StrawberryArgument:
    names = sys.modules[_MODULE].__dict__
    annotation = StrawberryAnnotation(annotation_of(spec.type, names), namespace=names)
    return StrawberryArgument(spec.name, spec.name, annotation, description=spec.description)


def _attach_resolvers(
    core: GraphQLSchema, generated: frozenset[str], read_record: GraphQLFieldResolver, own: Resolvers
) -> None:
    for named in core.type_map.values():
        if isinstance(named, GraphQLInterfaceType):
            named.resolve_type = _type_name
        elif isinstance(named, GraphQLObjectType) and named.name in generated:
            named.is_type_of = None
            for field in named.fields.values():
                # A field that was written by hand brings its own resolver.
                if not _is_own(field):
                    field.resolve = read_record
    for (type_name, name), resolver in own.items():
        found = cast(GraphQLObjectType, core.type_map[type_name]).fields
        if name in found:
            found[name].resolve = resolver


def _beside(generated: type, own: type) -> type:
    """One root type with the fields of both."""
    definition: StrawberryObjectDefinition = generated.__strawberry_definition__  # type: ignore[attr-defined]  # strawberry adds it
    made = type("Query", (generated, own), {"__module__": _MODULE})
    return strawberry.type(made, name="Query", description=definition.description)


def _is_own(field: GraphQLField) -> bool:
    found = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return isinstance(found, StrawberryField) and found.base_resolver is not None


def _type_name(record: object, _info: object, _type: object) -> str:
    return str(getattr(record, "type_name"))  # noqa: B009  # records belong to a later stage
