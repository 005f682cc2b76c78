"""The register of organizations with ECOSOC status, and judgements on names that look alike."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.imports import NodeRef, Row, Table
from graph_api.imports.records import Record
from schema.edges.identities import JudgesEntry, JudgesOrganization
from schema.kinds.organization import Organization
from schema.kinds.register_entry import IdentityJudgement, RegisterEntry
from schema.vocabulary import IdentityVerdict
from seeds.facts import Facts, digest, ref, slug
from seeds.files import organization_names, register_dates
from seeds.organizations import organization_key

_REGISTER = "ECOSOC consultative status"
_VERDICTS = {
    "same": IdentityVerdict.SAME,
    "likely same": IdentityVerdict.LIKELY_SAME,
    "likely same, needs a human": IdentityVerdict.LIKELY_SAME,
    "different (false friend)": IdentityVerdict.DIFFERENT,
    "different (near-duplicate prefix)": IdentityVerdict.DIFFERENT,
}


def entry_key(name: str, decided: str) -> str:
    """The key of an entry: the session's date, the name's beginning, and a digest of the whole name."""
    return "-".join(part for part in ("ECOSOC", decided, slug(name, 48).upper(), digest(name, 6)) if part)


def register_entry(row: Row) -> Iterator[Record]:
    """A line of the register. It is no organization of the graph until somebody judges so."""
    facts = Facts(row)
    yield from facts.sources
    yield facts.node(
        RegisterEntry,
        entry_key(row["ngo_name"], row["committee_session_date"]),
        name=row["ngo_name"],
        register=_REGISTER,
        decision=row["decision"],
        decided=row["committee_session_date"],
    )


def identity_judgement(row: Row) -> Iterator[Record]:
    """What a comparison thinks of two names; no person has confirmed it."""
    if row["judgement_unconfirmed"] not in _VERDICTS:
        raise row.broken("judgement_unconfirmed", f"expected one of {', '.join(_VERDICTS)}")
    facts = Facts(row)
    yield from facts.sources
    judgement = facts.node(
        IdentityJudgement,
        f"JUDGEMENT-{digest(row['name_a'] + '|' + row['name_b'])}",
        name=f"{row['name_a']} / {row['name_b']}",
        name_a=row["name_a"],
        name_b=row["name_b"],
        verdict=_VERDICTS[row["judgement_unconfirmed"]],
        confirmed=False,
        method=row["how_matched"],
        note=row["judgement_unconfirmed"],
    )
    yield judgement
    for name in dict.fromkeys((row["name_a"], row["name_b"])):
        yield from _judged(facts, judgement.ref, name)


def _judged(facts: Facts, judgement: NodeRef, name: str) -> Iterator[Record]:
    """Whatever has exactly this name."""
    if name in organization_names():
        yield facts.edge(JudgesOrganization, judgement, ref(Organization, organization_key(name)))
    for decided in register_dates().get(name, ()):
        yield facts.edge(JudgesEntry, judgement, ref(RegisterEntry, entry_key(name, decided)))


ECOSOC_REGISTER = Table(register_entry, ("ngo_name", "committee_session_date", "decision", "source"))
IDENTITY_JUDGEMENTS = Table(
    identity_judgement, ("name_a", "name_b", "how_matched", "judgement_unconfirmed", "source")
)
