"""The types of the root field ``coverage``."""

from __future__ import annotations

from graph_api.api_types.names import connection_name, where_name
from graph_api.api_types.objects import page_arguments
from graph_api.api_types.specs import ArgumentSpec, EnumSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.coverage.declare import Counted, Coverage

MATRIX, CELL = "CoverageMatrix", "CoverageCell"
_AXIS, _AXIS_NAME = "CoverageAxis", "CoverageAxisName"


def coverage_field(coverage: Coverage) -> FieldSpec:
    """The root field."""
    first = coverage.counted[0].kind
    plurals = " or ".join(f"`{each.kind.plural}`" for each in coverage.counted)
    text = (
        f"How many different {plurals} there are for each row and column, and where there are too few. "
        "Each also counts for everything that contains its place or subject; the axes decide what is counted."
    )
    return FieldSpec(
        "coverage",
        f"{MATRIX}!",
        text,
        (
            ArgumentSpec("rows", f"{_AXIS}!", "The rows."),
            ArgumentSpec("columns", f"{_AXIS}!", "The columns."),
            ArgumentSpec("where", where_name(first), f"Only `{first.plural}` that satisfy this."),
            ArgumentSpec("asOf", "Date", "Only relations that hold, or may hold, on this day."),
            ArgumentSpec("compareTo", "Date", "Another day to count on as well; needs `asOf`."),
        ),
    )


def coverage_axes(coverage: Coverage) -> EnumSpec:
    """The enum of all axes."""
    return EnumSpec(_AXIS_NAME, "What the rows or columns of a table are.", tuple(coverage.texts().items()))


def coverage_specs(coverage: Coverage) -> tuple[TypeSpec, ...]:
    """The axis, the table and its cells."""
    root = coverage.ontology.root
    return _axis(), _matrix(root), _cell(coverage, root)


def _axis() -> TypeSpec:
    return TypeSpec(
        _AXIS,
        TypeForm.INPUT,
        "The rows or the columns of a table, all of them or some.",
        (
            FieldSpec("by", f"{_AXIS_NAME}!", "What they are."),
            FieldSpec("within", "[String!]", "Only those with these keys and what lies within them."),
            FieldSpec("level", "Int", "Only those so many steps below the widest, which are 0."),
        ),
    )


def _matrix(root: str) -> TypeSpec:
    least = ArgumentSpec("minimum", "Int", "The least count; without it, cells that count any on either day.")
    threshold = ArgumentSpec("threshold", "Int", "Cells below this count are gaps; 1 when left out.")
    return TypeSpec(
        MATRIX,
        TypeForm.OBJECT,
        "A table of counts.",
        (
            FieldSpec("rowKeys", "[String!]!", "The keys of the rows, or the members of an enum."),
            FieldSpec("columnKeys", "[String!]!", "The keys of the columns, or the members of an enum."),
            FieldSpec("rows", f"[{root}]!", "The rows; nothing for the members of an enum."),
            FieldSpec("columns", f"[{root}]!", "The columns; nothing for the members of an enum."),
            FieldSpec("cells", f"[{CELL}!]!", "The cells, row by row.", (least,)),
            FieldSpec("gaps", f"[{CELL}!]!", "The cells with too few, empty ones too.", (threshold,)),
        ),
    )


def _cell(coverage: Coverage, root: str) -> TypeSpec:
    return TypeSpec(
        CELL,
        TypeForm.OBJECT,
        "How many there are for one row and one column.",
        (
            FieldSpec("rowKey", "String!", "The key of its row."),
            FieldSpec("columnKey", "String!", "The key of its column."),
            FieldSpec("row", root, "Its row; nothing for the member of an enum."),
            FieldSpec("column", root, "Its column; nothing for the member of an enum."),
            FieldSpec("count", "Int!", "How many different ones there are."),
            FieldSpec("compared", "Int", "How many there were on the day of `compareTo`."),
            *(_list(each) for each in coverage.counted),
        ),
    )


def _list(counted: Counted) -> FieldSpec:
    text = f"The {counted.kind.plural} that are counted; nothing where the table counts something else."
    # The table's own filter holds for the lists behind its cells.
    arguments = tuple(each for each in page_arguments(counted.kind) if each.name != "where")
    return FieldSpec(counted.kind.plural, connection_name(counted.kind), text, arguments)
