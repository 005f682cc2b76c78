"""Organizations of countries that can be parties."""

from __future__ import annotations

from schema.kinds.entity import Party


class IntegrationOrganization(Party, plural="integrationOrganizations"):
    """A regional economic integration organization, which can be a Party (UNTOC, article 36)."""
