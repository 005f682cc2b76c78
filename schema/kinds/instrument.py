"""Instruments and their articles."""

from __future__ import annotations

from datetime import date

from graph_api.ontology import PartialDate, prop
from schema.kinds.entity import Entity
from schema.vocabulary import InstrumentKind


class Instrument(Entity, plural="instruments"):
    """The Convention, one of its Protocols, or a resolution of the Conference."""

    kind: InstrumentKind = prop("What kind of instrument it is.")
    adopted: PartialDate | None = prop("When it was adopted.", default=None)
    entry_into_force: PartialDate | None = prop("When it entered into force.", default=None)
    signatories: int | None = prop("How many signed it, as of the date in asAt.", default=None)
    parties: int | None = prop("How many are parties to it, as of the date in asAt.", default=None)
    as_at: date | None = prop("The date of both counts.", default=None)
    mtdsg_number: str | None = prop("Its number in the United Nations Treaty Collection.", default=None)
    treaty_series: str | None = prop(
        "Where the United Nations Treaty Series prints it.", default=None, ordered=False
    )


class Article(Entity, plural="articles"):
    """An article of the Convention or of a Protocol."""

    number: int = prop("Its number.")
