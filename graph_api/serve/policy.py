"""The content security policies: which sources a page may take its parts from (CSP level 3)."""

from __future__ import annotations

_ALL = (
    "default-src 'none'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
# For every address but one. Workers keep the policy of their own file, so this is theirs too.
CONTENT_SECURITY_POLICY = f"{_ALL}; style-src 'self'"
# For the query page alone: its editor places every line of text by a style attribute, has icons in a font,
# and starts workers. 'self' in connect-src covers the WebSocket of subscriptions.
QUERY_PAGE_POLICY = f"{_ALL}; style-src 'self' 'unsafe-inline'; font-src 'self'; worker-src 'self'"
