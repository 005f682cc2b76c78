"""Trusted documents: the stored questions and those of a folder, by hash and by name.

A document is known by the SHA-256 of its text (as ``sha256:...`` or bare, in hexadecimal digits) and
by the name of its file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from graphql import GraphQLSchema, GraphQLSyntaxError, parse, validate

from graph_api.errors import InvalidSettingError, UnknownDocumentError, UntrustedDocumentError

_PREFIX = "sha256:"


@dataclass(frozen=True, slots=True)
class TrustedDocuments:
    """Texts by hash and by name. With ``only``, no other document is answered."""

    texts: Mapping[str, str]
    only: bool = False

    @classmethod
    def of(cls, texts: Mapping[str, str], *, only: bool = False) -> TrustedDocuments:
        """The documents with these names and texts."""
        by_hash = {hashlib.sha256(text.encode()).hexdigest(): text for text in texts.values()}
        return cls({**texts, **by_hash}, only)

    def text(self, given: str | None, document: str | None) -> str:
        """The text of a request, which names a trusted document or gives its own.

        Raises ``UnknownDocumentError``, and ``UntrustedDocumentError`` for a text that is not trusted
        where only trusted ones are.
        """
        if given is not None:
            if self.only and self.texts.get(hashlib.sha256(given.encode()).hexdigest()) != given:
                raise UntrustedDocumentError(
                    "This server answers registered documents only, and this is none.",
                    remedy="Ask for a registered one by its hash, as 'documentId'.",
                )
            return given
        name = (document or "").removeprefix(_PREFIX)
        found = self.texts.get(name)
        if found is None:
            raise UnknownDocumentError(
                f"No document is registered as '{name[:80]}'.",
                remedy="Send the document itself as 'query'.",
                document=name[:80],
            )
        return found


def documents_in(folder: Path, schema: GraphQLSchema) -> dict[str, str]:
    """The texts of the ``.graphql`` files of a folder by the names of the files.

    Raises ``InvalidSettingError`` for a folder that is not there or holds a document that the schema
    does not allow.
    """
    if not folder.is_dir():
        raise InvalidSettingError(
            f"The folder {folder} of registered documents is not there.", setting="documents"
        )
    return dict(_read(sorted(folder.glob("*.graphql")), schema))


def _read(files: Iterable[Path], schema: GraphQLSchema) -> Iterable[tuple[str, str]]:
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
            errors = [each.message for each in validate(schema, parse(text))]
        except (OSError, UnicodeDecodeError, GraphQLSyntaxError) as problem:
            errors = [str(problem)]
        if errors:
            raise InvalidSettingError(
                f"The registered document {file.name} cannot be used: {errors[0]}",
                setting="documents",
                file=file.name,
            )
        yield file.stem, text
