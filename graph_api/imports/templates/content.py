"""What a template says: a column for each that the target has, its help, its words, and an example."""

from __future__ import annotations

from dataclasses import dataclass

from graph_api.imports.mapping import Column, Target
from graph_api.imports.rows.drafts import REMARKS
from graph_api.imports.values import LIST_SEPARATOR
from graph_api.ontology import Ontology
from graph_api.ontology.model import ScalarType

_HELP, _EXAMPLE = REMARKS
_EXAMPLES = {
    ScalarType.STRING: "A text",
    ScalarType.STRINGS: LIST_SEPARATOR.join(("one", "another")),
    ScalarType.INT: "12",
    ScalarType.FLOAT: "1.5",
    ScalarType.BOOLEAN: "true",
    ScalarType.DATE: "2023-06-15",
    ScalarType.PARTIAL_DATE: "2023-06",
}


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """A column of a template; ``words`` are all that its cells may hold, where only some may."""

    heading: str
    help: str
    required: bool
    words: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Template:
    """An empty table for a target; ``name`` is the name of the sheet and of the file."""

    name: str
    columns: tuple[TemplateColumn, ...]

    @property
    def headings(self) -> list[str]:
        """The row of headings."""
        return [each.heading for each in self.columns]

    @property
    def help_row(self) -> list[str]:
        """The row that explains the columns; its mark keeps it out of an import."""
        first, *others = self.columns
        return [f"{_HELP} {first.help}", *(each.help for each in others)]

    @property
    def example_row(self) -> list[str]:
        """A row as it could be filled in; its mark keeps it out of an import."""
        first, *others = self.columns
        return [f"{_EXAMPLE} {first.example}", *(each.example for each in others)]


def template_of(ontology: Ontology, target: Target) -> Template:
    """The template of a target."""
    return Template(target.title, tuple(_column(ontology, each) for each in target.columns))


def _column(ontology: Ontology, column: Column) -> TemplateColumn:
    words = _words(column)
    parts = ["Required." if column.required else "", column.text]
    if column.end and column.name != "sources":
        kind = ontology.node(column.end)
        form = (
            f"a key, written as Kind:KEY with one of {', '.join(kind.concrete)}" if kind.abstract else "a key"
        )
        parts.append(f"Fill in {form}.")
    if column.many:
        parts.append(f"Several are separated by '{LIST_SEPARATOR}'.")
    if words:
        parts.append(f"One of {', '.join(words)}.")
    text = " ".join(part for part in parts if part)
    return TemplateColumn(column.name, text, column.required, words, _example(ontology, column, words))


def _words(column: Column) -> tuple[str, ...]:
    if column.prop is None:
        return ()
    if column.prop.type is ScalarType.BOOLEAN:
        return ("true", "false")
    return tuple(column.prop.enum.__members__) if column.prop.enum is not None else ()


def _example(ontology: Ontology, column: Column, words: tuple[str, ...]) -> str:
    if column.end:
        kind = ontology.node(column.end)
        return f"{kind.concrete[0]}:KEY" if kind.abstract else "KEY"
    if words:
        return words[0]
    if column.prop is None or column.prop.unique:
        return "KEY-1"
    return _EXAMPLES.get(column.prop.type, "")
