"""The questions that the compiler alone cannot answer, and the commands of the program that ask them."""

from __future__ import annotations

from graph_api.serve.declared import OwnFields
from schema.matching.command import match_command, slate_command
from schema.matching.fields import MatchQuery
from schema.matching.slate_fields import SlateQuery

own_fields = OwnFields(queries=(MatchQuery, SlateQuery), commands=(match_command, slate_command))
