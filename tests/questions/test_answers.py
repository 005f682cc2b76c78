"""Every stored question, compared with the answer that a person gets from the CSV files."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from graph_api.engine.bolt import BoltStore
from graph_api.serve.questions import Question, load_questions
from graph_api.serve.runtime import api_schema
from schema import ontology
from schema import questions as folder
from tests.questions.by_hand import BY_HAND, sources_as_a_set
from tests.seeded import Seeds
from tests.toy.fixtures import Graph, Json

QUESTIONS = load_questions(folder, api_schema(ontology).core)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with values, and how many rows a person counts in the answer."""

    question: str
    rows: int
    variables: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return "-".join([self.question, *map(str, self.variables.values())])


CASES = [
    Case("members-covering", 9, {"theme": "FIREARMS", "region": "AFRICA"}),
    Case("members-covering", 8, {"theme": "FIREARMS", "region": "AFRICA", "asOf": "2023-10-15"}),
    Case("members-covering", 0, {"theme": "FIREARMS", "region": "AFRICA", "asOf": "2023-06-30"}),
    Case("members-covering", 16, {"theme": "EMERGING", "region": "WORLD", "first": 3}),
    Case("members-covering", 4, {"theme": "TIP", "region": "NET4U-REGION-AMERICAS", "asOf": "2023-11-15"}),
    Case("members-covering", 5, {"theme": "TIP", "region": "UN-GRULAC"}),
    Case("members-covering", 0, {"theme": "SOM", "region": "MEX"}),
    Case("members-covering", 0, {"theme": "FIREARMS", "region": "EUROPE"}),
    Case("dialogue-participants", 24, {"theme": "TIP"}),
    Case("dialogue-participants", 19, {"theme": "FIREARMS", "first": 5}),
    Case("dialogue-participants", 15, {"theme": "DRUGS_CORRUPTION"}),
    Case("dialogues-and-sessions", 14),
    Case("dialogues-and-sessions", 4, {"year": "2022"}),
    Case("dialogues-and-sessions", 2, {"year": "2025-10"}),
    Case("attendance-claims", 2, {"event": "CD-2022-FIREARMS"}),
    Case("attendance-claims", 5, {"event": "CD-2024-FIREARMS"}),
    Case("attendance-claims", 6, {"event": "COP-12"}),
    Case("attendance-claims", 0, {"event": "NO-SUCH-EVENT"}),
    Case("network-offices", 8, {"asOf": "2023-11-15"}),
    Case("network-offices", 8, {"asOf": "2023-04-30"}),
    Case("network-offices", 8, {"asOf": "2024-08-15"}),
    Case("ordinary-members", 9, {"network": "NET4U-AFRICA", "asOf": "2023-11-15"}),
    Case("ordinary-members", 6, {"network": "NET4U-AMERICAS", "asOf": "2023-03-15"}),
    Case("ordinary-members", 10, {"network": "NET4U-AMERICAS"}),
    Case("countries-without-counterpart", 10, {"network": "NET4U-AFRICA", "asOf": "2023-11-15"}),
    Case("countries-without-counterpart", 9, {"network": "NET4U-AMERICAS"}),
    Case("trainings", 6),
    Case("trainings", 2, {"year": "2023"}),
    Case("trainings", 0, {"year": "1999"}),
    Case("organization-sources", 1, {"organization": "ORG-LA-STRADA-INTERNATIONAL"}),
    Case("organization-sources", 1, {"organization": "ORG-ICLAIM"}),
    Case("events-known-to-month", 7),
    Case("events-known-to-month", 5, {"from": "2023-04", "to": "2025-01-15"}),
    Case("events-known-to-month", 4, {"from": "2024"}),
    Case("network-members", 20, {"network": "NET4U-AMERICAS", "asOf": "2023-11-15"}),
    Case("network-members", 26, {"network": "NET4U-AFRICA", "asOf": "2023-11-15"}),
    Case("network-members", 26, {"network": "NET4U-AMERICAS"}),
    Case("network-members", 0, {"network": "NET4U-ASIA"}),
    Case("review-focal-points", 13, {"region": "UN-AFRICAN-GROUP"}),
    Case("review-focal-points", 14, {"region": "AMERICAS"}),
    Case("review-focal-points", 1, {"region": "PAN"}),
]


def rows_of(data: Json) -> int:
    [answer] = data.values()
    assert isinstance(answer, dict)
    return int(answer["totalCount"]) if "totalCount" in answer else 1


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_the_answer_is_what_a_person_reads_in_the_files(case: Case, seeded_graph: Graph) -> None:
    answer = await seeded_graph.data(QUESTIONS[case.question].document, case.variables)

    assert sources_as_a_set(answer) == sources_as_a_set(BY_HAND[case.question](**case.variables))
    assert rows_of(answer) == case.rows


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=list(QUESTIONS))
async def test_a_question_runs_with_its_examples_and_finds_something(
    question: Question, seeded_graph: Graph
) -> None:
    answer = await seeded_graph.data(question.document, question.example())

    assert sources_as_a_set(answer) == sources_as_a_set(BY_HAND[question.name](**question.example()))
    assert rows_of(answer) > 0


async def test_both_engines_give_the_same_answers(
    embedded_store: BoltStore, neo4j_store: BoltStore, seeds: Seeds
) -> None:
    for question in QUESTIONS.values():
        answers = [
            await (await seeds.graph(store)).data(question.document, question.example())
            for store in (embedded_store, neo4j_store)
        ]

        assert answers[0] == answers[1], question.name


async def test_the_names_of_pages_say_where_they_are(seeded_graph: Graph) -> None:
    question = QUESTIONS["organization-sources"]

    answer = await seeded_graph.data(question.document, {"organization": "ORG-ASTRA"})

    page = (
        "un-workshop-how-to-involve-the-civil-business-sector-and-universities-in-monitoring-of-implementation-"
        "of-palermo-convention"
    )
    assert answer == {
        "organization": {
            "name": "ASTRA",
            "sources": [{"name": f"astra.rs: {page}", "url": f"https://astra.rs/en/{page}/"}],
            "themes": {"edges": []},
            "memberships": {"edges": []},
            "participations": {
                "edges": [
                    {
                        "node": {"key": "SE4U-2019-NEEDS"},
                        "role": "PANELLIST",
                        "sources": [{"url": f"https://astra.rs/en/{page}/"}],
                    }
                ]
            },
        }
    }


async def test_a_demonstration_says_that_it_rests_on_nothing_else(seeded_graph: Graph) -> None:
    question = QUESTIONS["organization-sources"]

    answer = await seeded_graph.data(question.document, {"organization": "DEMO-ORG-CEIBA"})

    organization = answer["organization"]
    assert isinstance(organization, dict)
    told = {
        "name": "Demonstration data of this project: made up, stating nothing about the world",
        "url": None,
    }
    assert organization["sources"] == [told]
    for relation in ("themes", "memberships", "participations"):
        found = organization[relation]["edges"]
        assert found
        assert {str(edge["sources"]) for edge in found} == {str([{"url": None}])}
