"""The service manifest (version 0.2, section 3.1; 1.0-draft, section 3.1)."""

from __future__ import annotations

from collections.abc import Mapping

from graph_api import __version__
from graph_api.serve.http.reconcile.catalogue import Catalogue
from graph_api.serve.http.reconcile.queries import MAX_BATCH

PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 300
"""Pixels of the frame that clients show a preview in."""
_CREDENTIALS = {"type": "apiKey", "name": "Authorization", "in": "header"}


def manifest(
    name: str, catalogue: Catalogue, base: str, *, draft: bool, credentials: bool
) -> dict[str, object]:
    """The manifest of one version for a service at an address.

    ``credentials`` says that every query has to bring some; nothing is said of those that may.
    """
    site, _, _ = base.partition("/reconcile")
    found: dict[str, object] = {
        "versions": ["1.0-draft"] if draft else ["0.2"],
        "name": name,
        "identifierSpace": f"{site}/reconcile/preview?id=",
        "schemaSpace": f"{site}/schema.graphql",
        "documentation": f"{site}/docs/research",
        "serviceVersion": __version__,
        "view": {"url": f"{base}/preview?id={{{{id}}}}"},
        "defaultTypes": [{"id": each.id, "name": each.name} for each in catalogue.types()],
        "batchSize": MAX_BATCH,
        **(_draft() if draft else _released(base)),
    }
    return {**found, "authentication": _CREDENTIALS} if credentials else found


def _released(base: str) -> Mapping[str, object]:
    def service(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    return {
        "preview": {
            "url": f"{base}/preview?id={{{{id}}}}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": {name: service(f"/suggest/{name}") for name in ("entity", "property", "type")},
        "extend": {"propose_properties": service("/extend/propose"), "property_settings": []},
    }


def _draft() -> Mapping[str, object]:
    return {
        "preview": {"width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": []},
        "standardizedScore": True,
    }
