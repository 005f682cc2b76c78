"""The stored questions as the server has them."""

from __future__ import annotations

from graph_api.serve.questions import load_questions
from graph_api.serve.runtime import api_schema
from schema import ontology, questions

EXAMPLES = load_questions(questions, api_schema(ontology).core)
