"""Made-up names, many with letters beyond ASCII, that sort all over the alphabet."""

from __future__ import annotations

from random import Random

_FORMS = (
    "Asociación",
    "Fundación",
    "Réseau",
    "Związek",
    "Asociația",
    "Sdružení",
    "Ligue",
    "Centro",
    "Instituto",
    "Bündnis",
    "Føreningen",
    "Coalition",
    "Alliance",
    "Foundation",
    "Institute",
    "Forum",
    "Initiative",
    "Observatoire",
    "Łódź Committee",
    "Union",
)
_AIMS = (
    "against trafficking",
    "des droits",
    "for justice",
    "pentru drepturi",
    "for safe migration",
    "contra el crimen",
    "for open borders",
    "de la niñez",
    "för fred",
    "des femmes",
    "for youth",
    "sin armas",
    "for research",
    "na rzecz prawa",
    "for forests",
    "de médiation",
)
_SYLLABLES = (
    *("a", "bé", "cho", "da", "el", "fi", "gó", "hu", "i", "ja", "kü", "la", "mé", "no", "ø"),
    *("pa", "qui", "ro", "ša", "tu", "u", "vi", "wa", "xe", "yo", "ză"),
)


def town(random: Random) -> str:
    """The name of a town."""
    return "".join(random.choices(_SYLLABLES, k=random.choice((2, 3, 3, 4)))).capitalize()


def organization(random: Random) -> str:
    """The name of an organization: its form and its town in either order, and its aim."""
    form, place, aim = random.choice(_FORMS), town(random), random.choice(_AIMS)
    return f"{place} {form} {aim}" if random.random() < 0.7 else f"{form} {place} {aim}"


def network(random: Random) -> str:
    """The name of a network."""
    return f"{town(random)} Network {random.choice(_AIMS)}"


def event(random: Random) -> str:
    """The name of an event."""
    return f"{random.choice(('Dialogue', 'Séminaire', 'Training', 'Taller'))} {town(random)}"


def acronym(name: str) -> str:
    """The first letters of a name's words."""
    return "".join(word[0] for word in name.split()).upper()
