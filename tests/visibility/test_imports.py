"""Reports of an officer's imports hold nothing that only administrators may see; nor do templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph_api.duplicates.identity import identity_of
from graph_api.duplicates.of_new import DuplicateFinder
from graph_api.duplicates.snapshot import Snapshots
from graph_api.errors import InvalidArgumentError
from graph_api.imports.mapping import target_named, targets_of
from graph_api.imports.rows.judge_nodes import Defaults
from graph_api.imports.rows.outcomes import Mode, Outcome
from graph_api.imports.rows.render import report_json
from graph_api.imports.rows.run import Options, import_file
from graph_api.imports.rows.spool import read_outcomes
from graph_api.imports.templates import FORMATS, template_bytes, template_of
from schema import ontology
from schema.identity import identity as declared
from tests.commands.conftest import Keeper, keeper, prepared_stores
from tests.visibility.hidden_twins import LETTERS, fill_twin, word
from tests.visibility.marked_graph import MARK

__all__ = ["keeper", "prepared_stores"]

HIDDEN = "{hidden}"
FILES = {
    "organizations.csv": "key,name,kind,acronym,country\n"
    "ORG-1,ORG-1,NGO,,KEN\n"
    "ORG-1,Another name,NGO,,\n"
    "{hidden}-ORG,A new one,NGO,,KEN\n"
    "NEW-1,{hidden}-ORG,NGO,{hidden},\n"
    "NEW-2,Second,NGO,,{hidden}-LAND\n"
    "NEW-3,Third,NGO,,{hidden}-LAN\n"
    "NEW-4,Fourth,NGO,,999\n"
    "ORG-2,ORG-2,NGO,,GHA\n",
    "based_in.csv": "source,target\nORG-1,KEN\nORG-2,GHA\n{hidden}-ORG,KEN\nORG-3,{hidden}-LAND\n",
    "member_of.csv": "source,target,since\nORG-1,{hidden}-NET,2023\n{hidden}-ORG,NET-A,2023\n"
    "ORG-1,NET-A,2023\nORG-1,{hidden}-NE,2023\n",
    "sits_on.csv": "source,target,role\nORG-1,{hidden}-BODY,MEMBER\nORG-3,{hidden}-SEAT,MEMBER\n"
    "ORG-3,{hidden}-SEA,MEMBER\nORG-3,NET-A-SC,MEMBER\n",
    "applied_by.csv": "source,target\nAPPLICATION-CD-1-{hidden}-ORG,ORG-1\nAPPLICATION-CD-1-{hidden},ORG-1\n"
    "Application of {hidden}-ORG to CD-1,ORG-1\n",
    "activities.csv": "key,name,kind,status\n{hidden}-ACT,Again,ENGAGEMENT,PLANNED\n",
    "item_of.csv": "source,target\n{hidden}-ACT,{hidden}-PLAN\n{hidden}-AC,{hidden}-PLA\n",
    "judges_organization.csv": "source,target\nJUDGEMENT-2,ORG-1\n{hidden},ORG-1\n",
}


async def told(keeper: Keeper, directory: Path, variant: int, role: str) -> list[str]:
    """What the reports of all files say in a role, without what the files say."""
    said: list[str] = []
    compared = identity_of(declared, ontology)

    async def no_version() -> None: ...

    await fill_twin(keeper, variant)
    for mode in (Mode.DRY_RUN, Mode.ROWS):
        for name, content in FILES.items():
            finder = DuplicateFinder(compared, Snapshots(compared, keeper.store), no_version, role)
            path = directory / name
            path.write_text(content.replace(HIDDEN, word(variant)))
            options = Options(mode, defaults=Defaults("SRC"), by_name=True, role=role, actor="An officer")
            report = await import_file(
                keeper.store, ontology, path, options, directory / "spool", find_duplicates=finder
            )
            plain = {key: value for key, value in report_json(report).items() if key != "seconds"}
            found = [*map(_shown, read_outcomes(directory / "spool")), str(plain)]
            said += [f"{name} {mode}: {each}".replace(word(variant), HIDDEN) for each in found]
    return said


def _shown(outcome: Outcome) -> str:
    return f"{outcome.row} {outcome.kind} {outcome.of} {outcome.changes} {outcome.problems} {outcome.like}"


async def test_reports_say_nothing_of_what_is_hidden(keeper: Keeper, tmp_path: Path) -> None:
    first, second = [await told(keeper, tmp_path, variant, "CSU") for variant in LETTERS]

    assert first == second
    # A row holds what it said itself; nobody may be told more, as the rest of a key that is nearly right.
    suggested = [each for each in first if re.search(r"suggestion='[^']*\{hidden\}", each)]
    assert suggested == []
    assert [each for each in first if re.search(r"(before|like)='?[^,']*\{hidden\}", each)] == []
    assert not [each for each in first if MARK in each]
    assert sum(" CREATE " in each for each in first) >= 2
    assert [each for each in first if "this key cannot be used" in each]
    # Administrators are told.
    whole = await told(keeper, tmp_path, 1, "ADMIN")
    assert len([each for each in whole if re.search(r"suggestion='[^']*\{hidden\}", each)]) > 3
    assert [each for each in whole if re.search(r"before='\{hidden\}-LAND'", each)]


@pytest.mark.parametrize("form", FORMATS)
def test_a_template_has_what_the_role_sees(form: str) -> None:
    sizes = {}
    for role in ontology.roles:
        template = template_of(ontology, target_named(targets_of(ontology, role), "organizations"))
        assert template_bytes(template, form)
        sizes[role] = {heading for heading in template.headings if "contact" in heading}

    assert sizes["PUBLIC"] == sizes["RESEARCHER"] == set()
    assert sizes["CSU"] == {"contact_name", "contact_email", "contact_phone"}
    for hidden in ("applications", "AppliedBy", "FocalPointFor"):
        with pytest.raises(InvalidArgumentError) as caught:
            target_named(targets_of(ontology, "RESEARCHER"), hidden)
        assert "applications" not in caught.value.remedy
        assert target_named(targets_of(ontology, "CSU"), hidden).columns
