"""The records of one row: every node and edge with the row's sources, and the sources themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import unquote, urlsplit

from graph_api.imports import EdgeRecord, NodeRecord, NodeRef, Row
from graph_api.imports.records import Raw
from graph_api.ontology import Edge, Node
from graph_api.ontology.folding import fold
from schema.kinds.source import Source
from schema.vocabulary import SourceKind

From = TypeVar("From", bound=Node)
To = TypeVar("To", bound=Node)

_SEPARATOR = " ; "
_SHORT = 12
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_GITHUB = re.compile(
    r"github:(?P<repository>\S+) (?P<path>.+?) @(?P<commit>[0-9a-f]{40})(?: \((?P<remark>.*)\))?"
)


def slug(text: str, length: int = 80) -> str:
    """A text as a part of a key: lower case, without accents, words joined by hyphens."""
    return _NOT_IN_A_SLUG.sub("-", fold(text)).strip("-")[:length].rstrip("-")


def digest(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of a text's SHA-256: the same on every machine."""
    return hashlib.sha256(text.encode()).hexdigest()[:length]


class Facts:
    """Makes the records of a row; each carries the sources that the row names."""

    def __init__(self, row: Row, sources: str = "") -> None:
        """``sources`` replaces the text of the row's own column."""
        self.sources = tuple(sources_named(sources or row["source"]))
        keys = [source.key for source in self.sources]
        self._shared: dict[str, Raw] = {"sources": keys, "synthetic": False}

    def node(self, kind: type[Node], key: str, /, **properties: Raw) -> NodeRecord:
        """A node of this kind."""
        return NodeRecord(kind.__name__, key, {**properties, **self._shared})

    def mention(self, kind: type[Node], key: str, /, **properties: Raw) -> NodeRecord:
        """A node of this kind that stays as it is where another row has described it."""
        return NodeRecord(kind.__name__, key, {**properties, **self._shared}, mention=True)

    def edge(
        self, edge: type[Edge[From, To]], source: NodeRef, target: NodeRef, /, **properties: Raw
    ) -> EdgeRecord:
        """An edge of this type."""
        return EdgeRecord(edge.__name__, source, target, {**properties, **self._shared})


def ref(kind: type[Node], key: str) -> NodeRef:
    """A node of this kind by its key."""
    return NodeRef(kind.__name__, key)


def sources_named(text: str) -> Iterator[NodeRecord]:
    """The sources that a cell names, as mentions: a source that is described elsewhere stays as it is."""
    for part in text.split(_SEPARATOR):
        if part.strip():
            yield _source(part.strip())


def dataset_key(repository: str, commit: str) -> str:
    """The key of a data set in a repository, at a commit where one is named."""
    return "-".join(part for part in ("github", slug(repository), commit[:8]) if part)


def url_key(url: str) -> str:
    """The key of a page: its host, and a digest of the whole address."""
    return f"{slug(_host(url))}-{digest(url)}"


def _source(text: str) -> NodeRecord:
    match = _GITHUB.fullmatch(text)
    if match is not None:
        repository = match["repository"]
        return _mention(
            dataset_key(repository, match["commit"]),
            name=f"{repository} {match['path']}",
            kind=SourceKind.DATASET,
            url=f"https://github.com/{repository}/tree/{match['commit']}",
            publisher=f"github.com/{repository}",
            version=match["commit"],
            note=match["remark"],
        )
    if text.startswith(("http://", "https://")):
        return page(text)
    return _mention(f"{slug(text, 60)}-{digest(text)}", name=text, kind=SourceKind.DOCUMENT)


def page(url: str) -> NodeRecord:
    """The source at a web address, as a mention."""
    kind = SourceKind.DOCUMENT if url.lower().endswith(".pdf") else SourceKind.PAGE
    name = ": ".join(part for part in (_host(url), _last_words(url)) if part)
    return _mention(url_key(url), name=name, kind=kind, url=url, publisher=_host(url))


def _last_words(url: str) -> str:
    """The end of the address; a short last part says too little without the one before it."""
    parts = urlsplit(url)
    names = [name for name in unquote(parts.path).split("/") if name]
    count = 2 if names and len(names[-1]) < _SHORT else 1
    return "/".join(names[-count:]) + (f"?{parts.query}" if parts.query else "")


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _mention(key: str, **properties: Raw) -> NodeRecord:
    return NodeRecord(Source.__name__, key, {**properties, "sources": [], "synthetic": False}, mention=True)
