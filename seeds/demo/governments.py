"""Offices of states and reviews of states, made up. Some countries of members have none."""

from __future__ import annotations

from collections.abc import Iterator

from seeds.demo.rows import DemoRow, row
from seeds.files import country_names

_COMPETENT = {
    "GTM": "mutual legal assistance ; extradition",
    "COL": "mutual legal assistance",
    "BRA": "mutual legal assistance ; confiscation",
    "MEX": "extradition",
    "KEN": "mutual legal assistance ; extradition",
    "ZAF": "confiscation",
    "NGA": "mutual legal assistance ; transfer of sentenced persons",
    "SEN": "smuggling of migrants by sea",
    "MAR": "mutual legal assistance ; smuggling of migrants by sea",
}
_POLICY = {
    "CRI": "Ministry of Public Security",
    "JAM": "Ministry of National Security",
    "ARG": "Ministry of Justice",
    "KEN": "National Coordination Office",
    "GHA": "Ministry of the Interior",
    "UGA": "Office for the Prevention of Trafficking",
    "TUN": "Ministry of Justice",
}
# Country, since of the office, its two reviewers: one of its own regional group, one of another.
_REVIEWED = (
    ("KEN", "2022-03", "GHA", "CRI"),
    ("COL", "2022", "ARG", "SEN"),
    ("SEN", "2023-02-01", "MAR", "CHL"),
    ("CRI", "2021-11", "COL", "NGA"),
)


def country_reviews() -> Iterator[DemoRow]:
    """Reviews of the demonstration, beside the real ones that the reference data know."""
    for number, (code, _, own, other) in enumerate(_REVIEWED):
        yield row(
            key=_review(code),
            name=f"Demo review of {country_names()[code]}",
            group=str(number % 3 + 1),
            step=("questionnaire", "desk review", "dialogue", "list of observations")[number],
            under_review=f"Country:{code}",
            reviewers=f"Country:{own} ; Country:{other}",
            instruments="UNTOC",
            clusters="CL-CRIM",
        )


def counterparts() -> Iterator[DemoRow]:
    """Offices of all three kinds."""
    for code, scopes in _COMPETENT.items():
        yield _office(code, "COMPETENT_NATIONAL_AUTHORITY", "Central Authority", scopes)
    for code, office in _POLICY.items():
        yield _office(code, "POLICY_COUNTERPART", office, "")
    for code, *_ in _REVIEWED:
        yield _office(code, "REVIEW_FOCAL_POINT", "Review Focal Point", "")


def focal_points() -> Iterator[DemoRow]:
    """Which office is the focal point for which review."""
    for code, since, *_ in _REVIEWED:
        yield row(source=_counterpart(code, "REVIEW_FOCAL_POINT"), target=_review(code), since=since)


def _office(code: str, kind: str, office: str, scopes: str) -> DemoRow:
    return row(
        key=_counterpart(code, kind),
        name=f"Demo {office} of {country_names()[code]}",
        kind=kind,
        office=f"Demo {office}",
        scopes=scopes,
        as_at="2024",
        party=f"Country:{code}",
    )


def _counterpart(code: str, kind: str) -> str:
    return f"DEMO-OFFICE-{code}-{kind.replace('_', '-')}"


def _review(code: str) -> str:
    return f"DEMO-REVIEW-{code}"
