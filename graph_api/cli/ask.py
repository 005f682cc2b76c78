"""``ask``: a command for each stored question, with an option for each of its variables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from graph_api.cli.answers import print_answer
from graph_api.cli.asking import ask
from graph_api.cli.rows import RowFormat
from graph_api.ontology import Ontology
from graph_api.serve.declared import imported
from graph_api.serve.questions import (
    Question,
    QuestionVariable,
    coerce_answers,
    load_questions,
    question_named,
)
from graph_api.serve.runtime import api_schema
from graph_api.settings import Settings, settings_from

_SETTINGS = ("data", "database", "demo")


class AskGroup(click.Group):
    """Lists the stored questions as its commands."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name, help="Ask a stored question. Without one, list them all.", invoke_without_command=True
        )
        self.callback = _list_questions

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the questions."""
        return list(_questions(settings_from({})))

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command:
        """The command of one question; raises ``UnknownQuestionError``."""
        return _command(question_named(_questions(settings_from({})), cmd_name))


def _questions(settings: Settings) -> Mapping[str, Question]:
    ontology = imported(settings.ontology, Ontology)
    return load_questions(imported(settings.questions, Path), api_schema(ontology).core)


def _list_questions() -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return
    questions = _questions(settings_from({}))
    width = max(map(len, questions))
    for name, question in questions.items():
        click.echo(f"{name:<{width}}  {question.title}")
    asking = f"{context.command_path} NAME"
    click.echo(f"\nAsk one: {asking}; its options: {asking} --help")


def _command(question: Question) -> click.Command:
    options = [_option(variable) for variable in question.variables]
    formats = [str(each) for each in RowFormat]
    options += [
        click.Option(
            ["--format", "output"], type=click.Choice(formats), default="table", help="How to print it."
        ),
        click.Option(
            ["--url"], help="A running server, as http://127.0.0.1:8000/; otherwise one is found or started."
        ),
        click.Option(
            ["--data"], type=click.Path(path_type=Path), help="Data directory of the embedded engine."
        ),
        click.Option(["--database"], help="A Neo4j server: neo4j://user:password@host:7687."),
        click.Option(
            ["--demo/--without-demo"], default=None, help="With or without the synthetic demonstration."
        ),
    ]

    def answer(output: str, url: str | None, **given: object) -> None:
        settings = settings_from({name: given.pop(name) for name in _SETTINGS})
        texts = {
            variable.name: _texts(given[_parameter(variable)])
            for variable in question.variables
            if given[_parameter(variable)] not in (None, ())
        }
        variables = coerce_answers(question, texts)
        data = ask(settings, question.document, variables, {"url": url}, everything=False)
        print_answer(data, RowFormat(output))

    return click.Command(
        question.name,
        params=list(options),
        callback=answer,
        help=question.description,
        short_help=question.title,
    )


def _option(variable: QuestionVariable) -> click.Option:
    example = f" Example: {variable.example}." if variable.example else ""
    default = f" [default: {variable.default}]" if variable.default is not None else ""
    return click.Option(
        [variable.option, _parameter(variable)],
        required=variable.required,
        multiple=variable.listed,
        help=f"{variable.description}.{example}{default}",
    )


def _parameter(variable: QuestionVariable) -> str:
    """A name that no other option of the command has."""
    return f"variable_{variable.name.lower()}"


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]


ask_group = AskGroup(name="ask")
