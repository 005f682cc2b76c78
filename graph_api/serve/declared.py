"""What an application declares beside its ontology, found by the import strings of the settings."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeVar, cast

import click

from graph_api.commands.declare import Commands
from graph_api.coverage.declare import Coverage, CoverageDeclaration, coverage_of
from graph_api.duplicates.identity import Identity, IdentityDeclaration, identity_of
from graph_api.errors import InvalidSettingError
from graph_api.findings.declare import Findings, FindingsDeclaration, findings_of
from graph_api.metrics.declare import Measured, MeasuredDeclaration, measured_of
from graph_api.ontology import Ontology
from graph_api.settings import Settings

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class OwnFields:
    """What an application adds to the questions and to the program, written by hand.

    ``queries`` are Strawberry types with root fields; their entities are named and fetched with
    ``serve.execution.entities``. ``commands`` are those of the program that ask them.
    """

    queries: Sequence[type]
    commands: Sequence[click.Command] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """Each part adds root fields to the API; none has to be there.

    ``commands`` are its mutations; ``identity`` says what is compared and searched, ``coverage`` what is
    counted, ``findings`` what rules judge, ``measured`` whose metrics there are; ``fields`` are added as
    they are.
    """

    commands: Commands | None = None
    identity: Identity | None = None
    coverage: Coverage | None = None
    findings: Findings | None = None
    measured: Measured | None = None
    fields: OwnFields | None = None


NOTHING: Final = Declared()


def declared_in(settings: Settings, ontology: Ontology) -> Declared:
    """All that the settings name. Raises ``InvalidSettingError`` and ``InvalidOntologyError``."""
    return Declared(
        commands=commands_named(settings.commands),
        identity=identity_named(settings.identity, ontology),
        coverage=coverage_named(settings.coverage, ontology),
        findings=findings_named(settings.findings, ontology),
        measured=measured_named(settings.measured, ontology),
        fields=own_fields_named(settings.own_fields),
    )


def commands_named(path: str) -> Commands | None:
    """The commands that an import string names; nothing for an empty one. Raises ``InvalidSettingError``."""
    return imported(path, Commands) if path else None


def identity_named(path: str, ontology: Ontology) -> Identity | None:
    """What is compared, by the import string of its declaration; nothing for an empty one.

    Raises ``InvalidSettingError`` and ``InvalidOntologyError``.
    """
    return identity_of(imported(path, IdentityDeclaration), ontology) if path else None


def coverage_named(path: str, ontology: Ontology) -> Coverage | None:
    """What is counted, by the import string of its declaration; nothing for an empty one.

    Raises ``InvalidSettingError`` and ``InvalidOntologyError``.
    """
    return coverage_of(imported(path, CoverageDeclaration), ontology) if path else None


def findings_named(path: str, ontology: Ontology) -> Findings | None:
    """What is judged, by the import string of its declaration; nothing for an empty one.

    Raises ``InvalidSettingError`` and ``InvalidOntologyError``.
    """
    return findings_of(imported(path, FindingsDeclaration), ontology) if path else None


def measured_named(path: str, ontology: Ontology) -> Measured | None:
    """What is measured, by the import string of its declaration; nothing for an empty one.

    Raises ``InvalidSettingError`` and ``InvalidOntologyError``.
    """
    return measured_of(imported(path, MeasuredDeclaration), ontology) if path else None


def own_fields_named(path: str) -> OwnFields | None:
    """The fields that an import string names; nothing for an empty one. Raises ``InvalidSettingError``."""
    return imported(path, OwnFields) if path else None


def imported(path: str, kind: type[Kind]) -> Kind:
    """The object of this kind that an import string ``module:name`` names; raises ``InvalidSettingError``."""
    module, separator, name = path.partition(":")
    try:
        if not separator:
            raise ValueError("it is not written as module:name")
        found = cast(object, getattr(importlib.import_module(module), name))
    except (ImportError, AttributeError, ValueError) as problem:
        raise InvalidSettingError(f"'{path}' cannot be imported: {problem}.", value=path) from problem
    if not isinstance(found, kind):
        raise InvalidSettingError(f"'{path}' is of the wrong kind: it is no {kind.__name__}.", value=path)
    return found
