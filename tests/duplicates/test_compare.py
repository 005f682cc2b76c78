"""Two records are compared: the score, and the reasons that add up to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.duplicates.compare import compare, prepared
from graph_api.duplicates.records import MatchableRecord, ReasonKind
from tests.duplicates.names import LEXICON, WEIGHER, compared, kinds, ready

SURE, LIKELY, UNLIKELY = 0.9, 0.8, 0.5

_WORDS = """
    International Global Women Men Rights Droits Homme Kenya Kenyan Foundation Fundación Inc. e.V. ASTRA
    (GAATW) Crime organisé Организация 人权 منظمة Judges Judge of the La - UK
"""
names = st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=7).map(" ".join) | st.text(max_size=20)
records = st.builds(
    MatchableRecord,
    st.just("Thing"),
    st.sampled_from("ABC"),
    st.lists(names, min_size=1, max_size=3).map(tuple),
    st.lists(names, max_size=2).map(tuple),
    st.frozensets(st.sampled_from(["KEN", "UGA"]), max_size=2),
    st.sampled_from(["", "a.example", "b.example", "facebook.com"]),
)


@pytest.mark.parametrize(
    ("one", "other", "least"),
    [
        ("Criminologists Without Borders", "CRIMINOLOGISTS without borders", SURE),
        ("Associatia Eliberare", "Asociația eLiberare", SURE),
        ("Legal Analysis and Research NGO", "Legal Analysis and Research Public Union", SURE),
        ("The Slum Child Foundation", "Foundation Slum Child", SURE),
        ("Trippinz Care, Inc.", "Trippinz Care", SURE),
        ("Fundación Sales", "Sales Foundation", SURE),
        ("Centre for Rights Education", "Center for Rights Educaton", LIKELY),
        ("Общество «Мемориал»", "Obshchestvo Memorial", LIKELY),
        ("منظمة حقوق الإنسان", "Munazzamat Huquq al-Insan", LIKELY),
        ("CPD - Center for Pragmatic Development", "Center for Pragmatic Development (CPD)", SURE),
        ("ASTRA", "Anti-trafficking Action (ASTRA)", LIKELY),
        ("GI-TOC", "Global Initiative against Transnational Organized Crime", LIKELY),
        ("Réseau pour le développement durable", "Développementdurable Réseau", LIKELY),
    ],
)
def test_spellings_of_one_name_score_high(one: str, other: str, least: float) -> None:
    assert compared(one, other).score >= least


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rapha International", "Rokpa International"),
        ("La Strada International", "ASTM International"),
        ("AWTAD Anti-Corruption Organization", "Arab Anti-Corruption Organisation"),
        ("C4", "A Better Community for All (ABC4All)"),
        ("Amnesty Kenya", "Amnesty Uganda"),
        ("Women for Peace", "Men for Peace"),
        ("Niger Delta Forum", "Nigeria Delta Forum"),
    ],
)
def test_false_friends_score_low(one: str, other: str) -> None:
    assert compared(one, other).score < UNLIKELY


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Slum Child Trust", "slum child trust", ReasonKind.SAME_NAME),
        ("Slum Child Trust", "Child Slum Trust", ReasonKind.WORD_ORDER),
        ("Slum Child Trust", "Slumm Child Trust", ReasonKind.SPELLING),
        ("Paz y Salud", "Peace and Health", ReasonKind.TRANSLATION),
        ("Slum Child, Inc.", "Slum Child e.V.", ReasonKind.LEGAL_FORM),
        ("Rapha International", "Rapha Kenya", ReasonKind.SCOPE),
        ("Rapha Kenya", "Rapha Uganda", ReasonKind.OTHER_PLACE_IN_NAME),
        ("Rapha Kenya", "Rapha", ReasonKind.PLACE_IN_ONE_NAME),
        ("Rapha Hope (RHO)", "Rapha Hope (HRO)", ReasonKind.OTHER_ACRONYM),
        ("SPERO", "Hopes of Many (SPERO)", ReasonKind.SAME_ACRONYM),
        ("HOME", "Houses of Many Elders", ReasonKind.INITIALS),
    ],
)
def test_what_differs_is_a_reason(one: str, other: str, kind: ReasonKind) -> None:
    assert kind in kinds(compared(one, other))


def test_an_alias_counts_as_a_name() -> None:
    known = ready("La Strada International")
    aliased = MatchableRecord("Thing", "A", ("Something Else", "La Strada International"))

    assert compare(ready("Something Else"), known, WEIGHER).score < UNLIKELY
    assert compare(prepared(aliased, LEXICON), known, WEIGHER).score >= SURE


def test_the_same_place_and_website_speak_for_a_pair_and_other_ones_against() -> None:
    plain = compared("Maat for Peace", "Maat for Peace and Development").score
    place = _score({"places": frozenset({"EGY"})}, {"places": frozenset({"EGY"})})
    elsewhere = _score({"places": frozenset({"EGY"})}, {"places": frozenset({"KEN"})})
    host = _score({"host": "maat.example"}, {"host": "maat.example"})
    other_host = _score({"host": "maat.example"}, {"host": "maat-kenya.example"})
    shared_host = _score({"host": "facebook.com"}, {"host": "facebook.com"})

    assert elsewhere < plain < place < host
    assert other_host < plain == shared_host


def test_a_place_alone_makes_no_pair() -> None:
    egypt = {"places": frozenset({"EGY"})}

    assert compare(ready("Maat", **egypt), ready("Spero", **egypt), WEIGHER).score == 0


@given(records, records)
def test_contributions_add_up_to_a_score_between_0_and_1(
    one: MatchableRecord, other: MatchableRecord
) -> None:
    found = compare(prepared(one, LEXICON), prepared(other, LEXICON), WEIGHER)

    assert 0 <= found.score <= 1
    assert sum(reason.contribution for reason in found.reasons) == pytest.approx(found.score)


@given(records, records)
def test_the_order_of_two_records_changes_no_score(one: MatchableRecord, other: MatchableRecord) -> None:
    left, right = prepared(one, LEXICON), prepared(other, LEXICON)

    assert compare(left, right, WEIGHER).score == pytest.approx(compare(right, left, WEIGHER).score)


def _score(one: dict[str, object], other: dict[str, object]) -> float:
    left, right = ready("Maat for Peace", **one), ready("Maat for Peace and Development", **other)
    return compare(left, right, WEIGHER).score
