"""Organizations: created, and corrected."""

from __future__ import annotations

from graph_api.changes.items import NodeRef
from graph_api.commands.declare import Command, argument
from graph_api.commands.draft import Draft
from graph_api.commands.problems import Problem, ProblemCode, Refusal
from graph_api.imports.records import Raw
from graph_api.ontology import PartialDate
from graph_api.ontology.resolve import properties_of
from schema.commands.claims import overrule
from schema.edges.places import BasedIn
from schema.edges.themes import WorksOn
from schema.kinds.country import Country
from schema.kinds.organization import Organization
from schema.kinds.thematic_area import ThematicArea
from schema.vocabulary import OrganizationKind, OrganizationSubtype, Role


class _Described(Command):
    """What can be said of an organization beside its name and its kind."""

    acronym: str | None = argument("The short form of its name.", default=None)
    aliases: list[str] = argument("All other names under which it is known.")
    subtype: OrganizationSubtype | None = argument("A finer type.", default=None)
    website: str | None = argument("Its address on the web.", default=None)
    founded: PartialDate | None = argument("When it was founded.", default=None)
    languages: list[str] = argument("All languages it works in, as ISO 639-1 codes.")
    country: str | None = argument("The key of the country that it is based in.", default=None)
    victim_led: bool | None = argument("Whether victims or survivors lead it.", default=None)
    grassroots: bool | None = argument("Whether it is a grassroots organization.", default=None)
    contact_name: str | None = argument("The person to turn to.", default=None, visible_to=Role.CSU)
    contact_email: str | None = argument("The address to write to.", default=None, visible_to=Role.CSU)
    contact_phone: str | None = argument("The number to call.", default=None, visible_to=Role.CSU)

    def given(self, *more: str) -> dict[str, Raw]:
        """The properties that were given, these among them; an empty list is none."""
        values: dict[str, Raw] = {name: getattr(self, name) for name in (*more, *_PROPERTIES)}
        return {name: value for name, value in values.items() if value is not None and value != []}


_PROPERTIES = tuple(each.name for each in properties_of(_Described) if each.name != "country")


class CreateOrganization(_Described):
    """Create an organization."""

    key: str = argument("The key that it gets: letters, digits, dots, hyphens and underscores.")
    name: str = argument("Its name.")
    kind: OrganizationKind = argument("Civil society, academia or private sector.")
    themes: list[str] = argument("The keys of thematic areas that it works on.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store it with its country and its themes; its key must be free."""
        if await draft.taken(Organization, self.key):
            raise Refusal(
                Problem(ProblemCode.ALREADY_THERE, f"The key {self.key} is taken.", "key", self.key)
            )
        made = draft.create(Organization, self.key, **self.given("name", "kind"))
        if self.country is not None:
            draft.relate(BasedIn, made, (await draft.node(Country, self.country, "country")).ref)
        for theme in self.themes:
            draft.relate(WorksOn, made, (await draft.node(ThematicArea, theme, "themes")).ref)
        return made


class CorrectOrganization(_Described):
    """Correct what is stored of an organization; what is not given stays as it is."""

    organization: str = argument("The key of the organization.")
    name: str | None = argument("Its name.", default=None)
    kind: OrganizationKind | None = argument("Civil society, academia or private sector.", default=None)
    clear: list[str] = argument("Properties to take away, as acronym or contact_email.")

    async def apply(self, draft: Draft) -> NodeRef:
        """Store the values that were given."""
        found = await draft.node(Organization, self.organization, "organization")
        unclear = [name for name in self.clear if name not in _PROPERTIES]
        if unclear:
            raise Refusal(
                Problem(ProblemCode.INVALID_VALUE, f"{unclear[0]} cannot be taken away.", "clear", unclear[0])
            )
        values: dict[str, Raw] = {**dict.fromkeys(self.clear), **self.given("name", "kind")}
        draft.correct(found, **values)
        await overrule(draft, found, values)
        if self.country is not None:
            country = await draft.node(Country, self.country, "country")
            for edge in await draft.edges(BasedIn, source=found.ref):
                if edge.target != country.ref:
                    draft.drop(edge)
            draft.relate(BasedIn, found.ref, country.ref)
        return found.ref

    def about(self) -> NodeRef:
        """The organization."""
        return NodeRef(Organization.__name__, self.organization)
