"""Errors as clients may see them: always with a code, placed, without what is none of their business."""

from __future__ import annotations

import logging
import re

from graphql import FieldNode, GraphQLError

from graph_api.errors import ErrorCode, GraphError, InternalError
from graph_api.serve.execution.context import masked

_LOG = logging.getLogger(__name__)
_SUGGESTION = re.compile(r"\s*Did you mean [^?]*\?")
_ARGUMENT = ("Argument ", "OneOf Input Object ")
_STORED_VALUE = "Cannot return null for non-nullable field"


def make_showable(error: GraphQLError, *, suggestions: bool) -> None:
    """Give an error its code, mask a defect, and take out hints at names of the schema if they are unwanted.

    A defect is logged under the id that stands in the masked message.
    """
    cause = cause_of(error)
    if _is_defect(error, cause):
        hidden = cause if isinstance(cause, InternalError) else masked(cause or error)
        _LOG.error("%s", hidden.message, exc_info=hidden.__cause__ or hidden)
        error.message, error.extensions = hidden.message, dict(hidden.extensions)
        return
    if "code" not in (error.extensions or {}):
        code = ErrorCode.INVALID_STORED_VALUE if _is_of_a_field(error) else ErrorCode.BAD_USER_INPUT
        error.extensions = {"code": str(code), **(error.extensions or {})}
    if not suggestions:
        error.message = _SUGGESTION.sub("", error.message)


def _is_of_a_field(error: GraphQLError) -> bool:
    """Whether a value of the answer is wrong, not one of the request: those stand in arguments."""
    in_field = bool(error.nodes) and all(isinstance(each, FieldNode) for each in error.nodes or ())
    return error.path is not None and in_field and not error.message.startswith(_ARGUMENT)


def cause_of(error: GraphQLError) -> Exception | None:
    """What an error was raised from; a refused value of a variable is wrapped twice."""
    original = error.original_error
    return cause_of(original) if isinstance(original, GraphQLError) else original


def _is_defect(error: GraphQLError, cause: Exception | None) -> bool:
    """Whether nobody raised the error on purpose. A stored null where none may be is no defect of ours."""
    if isinstance(cause, InternalError):
        return True
    return cause is not None and not isinstance(cause, GraphError) and _STORED_VALUE not in error.message
