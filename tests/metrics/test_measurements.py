"""What is measured is what the viewer sees, once for a version; on the seeds it is what networkx says."""

from __future__ import annotations

import asyncio
import logging

import pytest

from graph_api.cypher.statement import Statement
from graph_api.engine.bolt import BoltStore
from graph_api.errors import ComputationTimeoutError, InternalError, InvalidOntologyError
from graph_api.metrics import run
from graph_api.metrics.declare import Choice, MeasuredDeclaration, measured_of
from graph_api.metrics.measurements import Measurement, Measurements
from graph_api.metrics.mesh import Effort, mesh_of
from graph_api.metrics.names import METRICS, Metric, Part
from graph_api.metrics.problem import Found, Problem
from graph_api.metrics.run import found_by_worker
from graph_api.neighborhoods.graph import Link, graph_of
from graph_api.neighborhoods.snapshot import Graphs
from schema import ontology
from schema.kinds.entity import Stakeholder
from schema.measured import measured
from tests.metrics.referee import expected
from tests.toy.edges import LocatedIn, WorkedFor
from tests.toy.fixtures import Graph as ToyGraph
from tests.toy.kinds import Person
from tests.toy.measured import measured as toy_measured
from tests.toy.ontology import TOY

SEEDED, FILMS = measured_of(measured, ontology), measured_of(toy_measured, TOY)
LARGE = Problem(20_000, [(node, node // 2) for node in range(1, 20_000)], {}, 10**12, 10, 3)


def said(_line: str) -> None:
    """Nobody listens."""


async def test_metrics_of_the_seeds_are_those_of_networkx(seeded_store: BoltStore) -> None:
    measurements = Measurements(SEEDED, Graphs(ontology, seeded_store), 50)
    found = await measurements.at(("graph", 1), "PUBLIC", SEEDED.choice(None, None, None))

    wanted = expected(found.mesh.problem)
    assert found.mesh.problem.nodes > 100
    for metric, values in wanted.items():
        assert await found.values(metric) == pytest.approx(values, abs=1e-7), metric
    brokers = [value for value in await found.values(Metric.BROKERAGE) if value]
    assert brokers
    assert (await found.part(Part.COMMUNITIES)).figures["stability"] > 0.5


def test_a_network_is_of_the_kinds_relations_and_day_asked_for() -> None:
    graph = graph_of(
        [("A", "a"), ("A", "b"), ("B", "c")],
        [
            Link("1", "KNOWS", 0, 1, until="2020"),
            Link("2", "KNOWS", 1, 2),
            Link("3", "IN", 1, 2),
            Link("4", "KNOWS", 1, 1),
        ],
    )

    def links(*kinds: str, day: str | None = None, relations: tuple[str, ...] = ("KNOWS",)) -> object:
        choice = Choice(frozenset(kinds), frozenset(relations), day)
        return mesh_of(graph, choice, "IN", Effort()).problem.links

    assert links("A", "B") == [(0, 1), (1, 2)]
    assert links("A", "B", day="2021-01-01") == [(1, 2)]
    assert links("A") == [(0, 1)]
    assert links("A", "B", relations=("IN",)) == [(1, 2)]
    groups = mesh_of(graph, Choice(frozenset("A"), frozenset()), "IN", Effort()).problem.groups
    assert groups == {1: (2,)}


def test_what_is_named_decides_the_rest() -> None:
    everything = FILMS.choice(frozenset({"Person"}), None, None)
    ends = FILMS.choice(None, frozenset({"WORKED_FOR"}), None)

    assert FILMS.choice(None, None, "2020-01-01") == Choice(
        frozenset({"Film", "Person", "Studio"}),
        frozenset({"ACTED_IN", "WORKED_FOR", "MADE_BY"}),
        "2020-01-01",
    )
    assert {"ACTED_IN", "BORN_IN"} < everything.relations
    assert ends.kinds == {"Person", "Studio"}


async def test_a_version_is_measured_once(
    toy: ToyGraph, store: BoltStore, monkeypatch: pytest.MonkeyPatch, statements: list[Statement]
) -> None:
    asked: list[Part] = []

    async def counted(problem: Problem, part: Part, _seconds: float, _say: object) -> Found:
        asked.append(part)
        return Found({metric: [0.0] * problem.nodes for metric in Metric if metric.part is part}, {})

    monkeypatch.setattr("graph_api.metrics.measurements.found_by_worker", counted)
    measurements, choice = Measurements(FILMS, Graphs(TOY, store), 5), FILMS.choice(None, None, None)
    first = [await measurements.at(("graph", 1), "", choice) for _ in range(2)]
    await asyncio.gather(*(each.values(metric) for each in first for metric in Metric))
    other = await measurements.at(("graph", 1), "", FILMS.choice(None, None, "1975-01-01"))
    later = await measurements.at(("graph", 2), "", choice)
    unknown = [await measurements.at(None, "", choice) for _ in range(2)]

    assert first[0] is first[1]
    assert sorted(part.value for part in asked) == sorted(part.value for part in Part)
    assert len({id(each) for each in (first[0], other, later, *unknown)}) == 5
    assert other.mesh.problem.links != first[0].mesh.problem.links


async def test_what_takes_too_long_is_ended(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ComputationTimeoutError) as met:
        await found_by_worker(LARGE, Part.DISTANCES, 0.3, said)

    assert met.value.place == {"limit_name": "measure_seconds", "limit": 0.3}
    assert "20,000 nodes" in met.value.message


async def test_a_process_that_fails_is_a_masked_error(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_WORKER", "graph_api.metrics.no_such_module")
    with pytest.raises(InternalError), caplog.at_level(logging.ERROR):
        await found_by_worker(LARGE, Part.LOCAL, 20, said)

    assert "no_such_module" in caplog.text


async def test_who_gives_up_does_not_stop_it_for_others_and_failures_are_tried_anew() -> None:
    answers: list[Found | InternalError] = [InternalError("no"), Found({}, {"components": 1})]
    begun = asyncio.Event()

    async def compute(_problem: Problem, _part: Part) -> Found:
        answer = answers.pop(0)
        begun.set()
        await asyncio.sleep(0.05)
        if isinstance(answer, InternalError):
            raise answer
        return answer

    found = Measurement(mesh_of(graph_of([], []), FILMS.choice(None, None, None), "", Effort()), compute)
    with pytest.raises(InternalError):
        await found.part(Part.LOCAL)
    begun.clear()
    impatient = asyncio.create_task(found.part(Part.LOCAL))
    await begun.wait()
    patient = asyncio.create_task(found.part(Part.LOCAL))
    await asyncio.sleep(0)
    impatient.cancel()

    assert (await patient).figures == {"components": 1}


def test_a_wrong_declaration_names_every_clash() -> None:
    names = ("filmMetrics", "FilmMetrics")
    declared = MeasuredDeclaration(
        *names, (Person, Stakeholder), (WorkedFor, LocatedIn), WorkedFor, (Stakeholder,)
    )
    with pytest.raises(InvalidOntologyError, match="Stakeholder is no kind that is stored"):
        measured_of(declared, TOY)
    with pytest.raises(InvalidOntologyError, match="Person is listed and not measured"):
        measured_of(MeasuredDeclaration(*names, (), (), WorkedFor, (Person,)), TOY)


def test_every_metric_has_a_text() -> None:
    assert all(metric.text for metric in METRICS.values())
