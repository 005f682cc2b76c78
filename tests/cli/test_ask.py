"""``net4u ask``: the questions on a terminal."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import api_schema
from schema import ontology
from schema import questions as folder
from tests.programs import Server, net4u, serving
from tests.questions.by_hand import BY_HAND

QUESTIONS = load_questions(folder, api_schema(ontology).core)
FIREARMS = ("ask", "members-covering", "--theme", "FIREARMS", "--region", "AFRICA")


def test_without_a_name_it_lists_the_questions() -> None:
    listed = net4u("ask")

    assert listed.code == 0
    lines = listed.out.splitlines()
    assert len(QUESTIONS) >= 10
    for question in QUESTIONS.values():
        assert any(line.split(None, 1) == [question.name, question.title] for line in lines)


def test_help_describes_the_variables() -> None:
    shown = net4u("ask", "members-covering", "--help")

    text = " ".join(shown.out.split())
    question = QUESTIONS["members-covering"]
    assert question.description in text
    for variable in question.variables:
        assert f"{variable.option} TEXT" in text
        assert variable.description in text
    assert "Example: FIREARMS." in text


def test_a_table_is_for_reading(service: Server, seeded_directory: Path) -> None:
    asked = net4u(*FIREARMS, "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    assert asked.out.splitlines()[-1] == "9 rows."
    assert "country.name" in asked.out.splitlines()[1]
    [row] = [line for line in asked.out.splitlines() if "DEMO-ORG-PALMWINE" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells == [
        "DEMO-ORG-PALMWINE",
        "Demo Palmwine Community Justice",
        "Sierra Leone",
        "FIREARMS, INTERESTED",
        "NET4U-AFRICA, 2023-07, 2023-10-15",
        "true",
    ]


def test_a_table_says_when_there_are_more_rows(service: Server, seeded_directory: Path) -> None:
    asked = net4u(*FIREARMS, "--first", "2", "--data", seeded_directory)

    assert asked.out.splitlines()[-1] == "2 of 9 rows."


def test_csv_is_for_a_spreadsheet(service: Server, seeded_directory: Path) -> None:
    asked = net4u("ask", "trainings", "--year", "2023", "--format", "csv", "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    header, *rows = csv.reader(asked.out.splitlines())
    assert header == ["key", "name", "start", "end", "mode", "city", "country.name"]
    assert [row[0] for row in rows] == ["SE4U-2023-KENYA", "SE4U-2023-PENANG"]
    assert rows[0][2:] == ["2023-06", "2023-06", "", "", "Kenya"]
    assert rows[1][1].startswith('"ASEAN for Good Governance')


def test_json_is_the_answer_as_it_came(service: Server, seeded_directory: Path) -> None:
    asked = net4u(*FIREARMS, "--format", "json", "--data", seeded_directory)

    assert (asked.code, asked.err) == (0, "")
    assert json.loads(asked.out) == BY_HAND["members-covering"]("FIREARMS", "AFRICA")


def test_nothing_found_is_an_answer(service: Server, seeded_directory: Path) -> None:
    asked = net4u("ask", "trainings", "--year", "1999", "--data", seeded_directory)

    assert (asked.code, asked.out, asked.err) == (0, "0 rows.\n", "")


def test_an_unknown_key_is_not_an_error(service: Server, seeded_directory: Path) -> None:
    asked = net4u("ask", "organization-sources", "--organization", "ORG-NOBODY", "--data", seeded_directory)

    assert (asked.code, asked.out, asked.err) == (0, "0 rows.\n", "")


def test_a_server_can_be_named(service: Server, tmp_path: Path) -> None:
    asked = net4u(*FIREARMS, "--format", "csv", "--url", service.address, "--data", tmp_path)

    assert asked.code == 0
    assert len(asked.out.splitlines()) == 10
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--theme", "FIREARMS", "--region", "AFRICA", "--as-of", "2023-13"), "INVALID_DATE", "'2023-13'"),
        (("--theme", "FIREARMS", "--region", "AFRIKA"), "UNKNOWN_KEY", "'AFRIKA'"),
        (("--theme", "FIREARMS", "--region", "AFRICA", "--first", "many"), "INVALID_ARGUMENT", "'many'"),
        (("--theme", "FIREARMS", "--region", "AFRICA", "--first", "-1"), "INVALID_PAGE", "-1"),
        (("--theme", "FIREARMS"), "INVALID_SETTING", "'--region'"),
        (("--theme", "FIREARMS", "--region", "AFRICA", "--format", "xml"), "INVALID_SETTING", "'xml'"),
    ],
)
def test_a_value_that_cannot_be_used(
    words: tuple[str, ...], code: str, said: str, service: Server, seeded_directory: Path
) -> None:
    refused = net4u("ask", "members-covering", *words, "--data", seeded_directory)

    assert (refused.code, refused.out) == (64, "")
    assert refused.error.startswith(f"{code}: ")
    assert said in refused.error


def test_an_unknown_question_is_told_which_there_are() -> None:
    refused = net4u("ask", "members-coverin")

    assert (refused.code, refused.out) == (64, "")
    assert refused.error.startswith("UNKNOWN_QUESTION: No question is called 'members-coverin'.")
    assert "members-covering" in refused.error


@pytest.mark.parametrize(
    ("url", "code", "exit_code"),
    [
        ("http://127.0.0.1:1/", "DATABASE_UNREACHABLE", 69),
        ("ftp://127.0.0.1/", "INVALID_SETTING", 64),
    ],
)
def test_a_server_that_is_not_there(url: str, code: str, exit_code: int) -> None:
    refused = net4u("ask", "trainings", "--url", url)

    assert (refused.code, refused.out) == (exit_code, "")
    assert refused.error.startswith(f"{code}: ")
    assert url in refused.error


def test_a_question_is_asked_with_the_key_of_the_environment(tmp_path: Path) -> None:
    # given a server that knows nobody without a key
    settings = {"NET4U_AUTH": "keys", "NET4U_ANONYMOUS": "false"}
    with serving("--data", tmp_path / "data", "--without-demo", settings=settings) as server:
        server.wait_until_ready()
        key = re.search(r"key_[\w-]+", server.said)
        assert key is not None
        question = ("ask", "trainings", "--url", server.address)

        without, known = net4u(*question), net4u(*question, settings={"NET4U_KEY": key.group()})

    assert (without.code, without.error.split(":")[0]) == (77, "UNAUTHENTICATED")
    assert known.code == 0, known.err
    assert known.out
