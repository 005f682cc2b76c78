"""The preview of an entity (version 0.2, section 5): a small page that clients show in a frame.

It has no script, no style of its own text and no address of the entity's: nothing in it can run.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from graph_api.duplicates.records import MatchableRecord
from graph_api.serve.http.reconcile.catalogue import title

PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""Any site may show it in a frame: that is what it is for. It can load nothing but the style."""
_MOST_NAMES = 8


def preview_page(record: MatchableRecord) -> bytes:
    """The page of a record, escaped."""
    name = record.names[0] if record.names else record.key
    lines = [
        ("Key", [record.key]),
        ("Short form", record.acronyms),
        ("Also", record.names[1:_MOST_NAMES]),
        ("Place", sorted(record.places)),
        ("Website", [record.host] if record.host else []),
    ]
    rows = "".join(_row(label, values) for label, values in lines if values)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(name)}</title>\n"
        '<link rel="stylesheet" href="/web/landing/landing.css">\n</head>\n<body>\n'
        f'<main class="document"><p><strong dir="auto">{html.escape(name)}</strong><br>'
        f"{html.escape(title(record.kind))}</p>\n<table>\n{rows}</table></main>\n</body>\n</html>\n"
    ).encode()


def _row(label: str, values: Sequence[str]) -> str:
    cells = "; ".join(f'<span dir="auto">{html.escape(each)}</span>' for each in values)
    return f"<tr><th>{label}</th><td>{cells}</td></tr>\n"
