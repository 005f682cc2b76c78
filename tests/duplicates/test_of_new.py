"""New nodes of an import that may be there already, in a graph of the real ontology."""

from __future__ import annotations

from pathlib import Path

from graph_api.duplicates.identity import identity_of
from graph_api.duplicates.of_new import DuplicateFinder
from graph_api.duplicates.snapshot import Snapshots
from graph_api.imports.rows.outcomes import ImportReport, Mode, OutcomeKind
from graph_api.imports.rows.run import Options, import_file
from schema import ontology
from schema.identity import identity
from tests.commands.conftest import Keeper, keeper, prepared_stores

__all__ = ["keeper", "prepared_stores"]
KNOWN = {"organization": "ORG-1", "name": "Fundacion Caminos Limpios A.C."}
ROWS = """key,name,kind,sources,synthetic
ORG-NEW,Fundación Caminos Limpios,NGO,SRC,false
ORG-OTHER,Ocean Watch Pacific,NGO,SRC,false
"""


async def imported(keeper: Keeper, tmp_path: Path, *, role: str = "CSU", **given: object) -> ImportReport:
    file = tmp_path / "organizations.csv"
    file.write_text(ROWS, encoding="utf-8")
    compared = identity_of(identity, ontology)

    async def version() -> None:
        return None

    finder = DuplicateFinder(compared, Snapshots(compared, keeper.store), version, role)
    options = Options(target="organizations", mode=Mode.ROWS, **given)  # type: ignore[arg-type]  # a test's own
    spool = tmp_path / "spool.jsonl"
    return await import_file(keeper.store, ontology, file, options, spool, find_duplicates=finder)


async def test_a_row_that_is_there_under_another_key_is_held_back(keeper: Keeper, tmp_path: Path) -> None:
    await keeper.done("correctOrganization", KNOWN)
    report = await imported(keeper, tmp_path)

    held = [each for each in report.shown if each.kind is OutcomeKind.DUPLICATE]
    assert [(each.row, each.like) for each in held] == [(2, "ORG-1")]
    assert "Fundacion Caminos Limpios A.C." in held[0].problems[0].reason
    assert report.count(OutcomeKind.CREATE) == 1


async def test_it_is_created_all_the_same_where_that_is_said(keeper: Keeper, tmp_path: Path) -> None:
    await keeper.done("correctOrganization", KNOWN)
    report = await imported(keeper, tmp_path, takes_duplicates=True)

    assert report.count(OutcomeKind.CREATE) == 2


async def test_what_the_role_does_not_see_is_told_to_nobody(keeper: Keeper, tmp_path: Path) -> None:
    await keeper.done("correctOrganization", KNOWN)
    await keeper.done("restrictEntity", {"entity": "Organization:ORG-1", "role": "CSU"})

    assert (await imported(keeper, tmp_path, role="RESEARCHER")).count(OutcomeKind.CREATE) == 2
