"""Answers of a store that a command opens itself, with the seeds in it."""

from __future__ import annotations

from collections.abc import Mapping

from graph_api.cli.client import Answer
from graph_api.cli.terminal import Terminal
from graph_api.exports.reading import data_of
from graph_api.ontology import Ontology
from graph_api.serve.declared import declared_in, imported
from graph_api.serve.execution.context import ROLE, RUNTIME
from graph_api.serve.processes.load import load_seeds, open_store
from graph_api.serve.runtime import runtime_of
from graph_api.settings import Settings


async def ask_store(
    settings: Settings,
    document: str,
    variables: Mapping[str, object],
    terminal: Terminal,
    *,
    everything: bool = False,
) -> Answer:
    """Open the store, load what is new of the seeds, and ask; raises whatever that raises.

    Asks as the public, or as who may see ``everything``: whoever can open the store can read all of it.
    """
    ontology = imported(settings.ontology, Ontology)
    store = await open_store(settings, ontology, terminal.say)
    try:
        with terminal.progress() as progress:
            report = await load_seeds(settings, store, ontology, progress)
        report.raise_if_rejected()
        declared = declared_in(settings, ontology)
        runtime = runtime_of(ontology, store, declared, settings.measure_seconds)
        if runtime.measurements is not None:
            runtime.measurements.say = terminal.say
        role = ontology.roles[-1] if everything and ontology.roles else ontology.public
        result = await runtime.schema.strawberry.execute(
            document, variable_values=dict(variables), context_value={RUNTIME: runtime, ROLE: role}
        )
    finally:
        await store.close()
    return data_of(result.data, [error.formatted for error in result.errors or ()])
