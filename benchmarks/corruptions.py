"""Pairs of names with a known answer, made from real names by documented corruptions.

A twin is a name as somebody else might write it. A stranger is another body's name that looks alike. The
random numbers are seeded by the name and the corruption, so that every run makes the same pairs whatever
it leaves out, and so that the halves for training and for testing never share a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.fuzz import token_set_ratio

Corruption: TypeAlias = Callable[[str, Random], "str | None"]
"""From a name and random numbers to another name; nothing where it does not apply."""

_FORMS = ("Inc.", "Ltd.", "e.V.", "A.C.", "NGO", "ONG", "LLC", "ASBL", "Limited")
_FORM = re.compile(r",?\s+(?:Inc\.?|Ltd\.?(?:/Gte\.)?|Limited|LLC|AC|A\.C\.|e\.V\.|gGmbH|Incorporated)$")
_SHORT = re.compile(r"\s*\(([A-Z][A-Z0-9&-]{2,9})\)")
_SMALL_WORDS = "a and at by d l de del des di do du e en et for in la las le les los of on para pour the y"
_SMALL = frozenset(_SMALL_WORDS.split())
_COMMON = (
    "Foundation",
    "Association",
    "Organization",
    "Society",
    "Initiative",
    "Institute",
    "Network",
    "Centre",
)
_TRANSLATED = (
    ("Foundation", "Fundación"),
    ("Foundation", "Fondation"),
    ("Association", "Asociación"),
    ("Centre", "Centro"),
    ("Center", "Centre"),
    ("Organization", "Organisation"),
    ("Network", "Réseau"),
    ("Institute", "Instituto"),
    ("Fundación", "Foundation"),
    ("Asociación", "Association"),
    ("Fondation", "Foundation"),
)
_PLACES = ("Kenya", "Nigeria", "India", "Canada", "Mexico", "Nepal", "Ghana", "France", "Pakistan", "Uganda")
_LETTERS = "abcdefghijklmnoprstuvw"


def _swap(word: str, random: Random) -> str:
    """A word with one letter left out, doubled, changed, or swapped with the next."""
    at = random.randrange(1, len(word) - 1)
    match random.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + random.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def typing_error(name: str, random: Random) -> str | None:
    """One letter wrong in one word of six letters or more."""
    words = name.split()
    long = [index for index, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if not long:
        return None
    chosen = random.choice(long)
    words[chosen] = _swap(words[chosen], random)
    return " ".join(words)


def two_typing_errors(name: str, random: Random) -> str | None:
    """Twice a typing error."""
    once = typing_error(name, random) if len(name.split()) > 2 else None
    return typing_error(once, random) if once else None


def small_words_dropped(name: str, _random: Random) -> str | None:
    """Articles, prepositions and conjunctions left out."""
    words = [word for word in name.split() if word.lower() not in _SMALL]
    return " ".join(words) if len(words) >= 2 else None


def common_word_dropped(name: str, random: Random) -> str | None:
    """A common word left out, of four words or more."""
    words = name.split()
    common = [word for word in words if word in _COMMON]
    if len(words) < 4 or not common:
        return None
    words.remove(random.choice(common))
    return " ".join(words)


def other_legal_form(name: str, random: Random) -> str | None:
    """The legal form left out, or another one added."""
    bare = _FORM.sub("", name)
    return bare if bare != name else f"{name}, {random.choice(_FORMS)}"


def only_the_acronym(name: str, _random: Random) -> str | None:
    """What stands in brackets, alone."""
    found = _SHORT.search(name)
    return found.group(1) if found and len(found.group(1)) > 3 else None


def only_initials(name: str, _random: Random) -> str | None:
    """The first letters of five telling words or more, alone."""
    words = [word for word in re.findall(r"\w+", _SHORT.sub("", name)) if word.lower() not in _SMALL]
    return "".join(word[0] for word in words).upper() if 4 < len(words) < 9 else None


def acronym_moved(name: str, _random: Random) -> str | None:
    """What stands in brackets, in front."""
    found = _SHORT.search(name)
    return f"{found.group(1)} - {_SHORT.sub('', name)}" if found else None


def acronym_dropped(name: str, _random: Random) -> str | None:
    """What stands in brackets, left out."""
    return _SHORT.sub("", name) if _SHORT.search(name) else None


def acronym_added(name: str, _random: Random) -> str | None:
    """The first letters of the telling words, in brackets."""
    made = only_initials(name, _random) if "(" not in name else None
    return f"{name} ({made})" if made else None


def accents_lost(name: str, _random: Random) -> str | None:
    """No accents, as in a file of ASCII."""
    bare = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    return anyascii(bare) if bare != name else None


def capitals(name: str, _random: Random) -> str | None:
    """In capitals, and without punctuation."""
    return re.sub(r"[^\w\s]", " ", name.upper()) if not name.isupper() else None


def other_order(name: str, random: Random) -> str | None:
    """The last word in front, or a comma's parts changed over."""
    words = _FORM.sub("", _SHORT.sub("", name)).split()
    return " ".join([words[-1], *words[:-1]]) if len(words) >= 3 and "," not in name else None


def with_article(name: str, _random: Random) -> str | None:
    """``The`` in front, or not."""
    return name.removeprefix("The ") if name.startswith("The ") else f"The {name}"


def common_word_translated(name: str, random: Random) -> str | None:
    """A common word in another language."""
    known = [(one, other) for one, other in _TRANSLATED if re.search(rf"\b{one}\b", name)]
    if not known or len(name.split()) < 2:
        return None
    one, other = random.choice(known)
    return re.sub(rf"\b{one}\b", other, name)


TWINS: Mapping[str, Corruption] = {
    "typing error": typing_error,
    "two typing errors": two_typing_errors,
    "small words dropped": small_words_dropped,
    "common word dropped": common_word_dropped,
    "other legal form": other_legal_form,
    "only the acronym": only_the_acronym,
    "only the initials": only_initials,
    "acronym moved": acronym_moved,
    "acronym dropped": acronym_dropped,
    "acronym added": acronym_added,
    "accents lost": accents_lost,
    "capitals, no punctuation": capitals,
    "other order": other_order,
    "with or without The": with_article,
    "common word translated": common_word_translated,
}


def other_place(name: str, random: Random) -> str | None:
    """The place in the name replaced by another one."""
    found = [place for place in _PLACES if re.search(rf"\b{place}\b", name)]
    if not found or len(name.split()) < 2:
        return None
    return re.sub(rf"\b{found[0]}\b", random.choice([each for each in _PLACES if each not in found]), name)


def branch(name: str, random: Random) -> str | None:
    """``International`` replaced by a place: a branch."""
    if not re.search(r"\bInternational\b", name) or len(name.split()) < 2:
        return None
    return re.sub(r"\bInternational\b", random.choice(_PLACES), name)


def place_added(name: str, random: Random) -> str | None:
    """A place behind the name: a branch of it."""
    named = any(place in name for place in _PLACES) or len(name.split()) < 2
    return None if named or _FORM.search(name) else f"{name} {random.choice(_PLACES)}"


STRANGERS: Mapping[str, Corruption] = {
    "other place": other_place,
    "branch instead of International": branch,
    "place added": place_added,
}
NEIGHBOUR = "nearest other name in the register"
TELLING_WORD = "a telling word replaced"


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A name of the register, another name, which way it was made, and whether both mean the same."""

    name: str
    other: str
    way: str
    same: bool


def halves(names: Sequence[str], seed: int) -> tuple[list[str], list[str]]:
    """The names for training and those for testing."""
    shuffled = sorted(set(names))
    Random(seed).shuffle(shuffled)
    middle = len(shuffled) // 2
    return sorted(shuffled[:middle]), sorted(shuffled[middle:])


def labelled_pairs(names: Sequence[str], seed: int, each: int) -> Iterator[LabelledPair]:
    """Up to ``each`` pairs of every way, from names chosen by seed."""
    for way, corrupt in TWINS.items():
        yield from _made(names, way, corrupt, seed, each, same=True)
    for way, corrupt in STRANGERS.items():
        yield from _made(names, way, corrupt, seed, each, same=False)
    yield from _made(names, TELLING_WORD, _replacer(names), seed, each, same=False)
    yield from _neighbours(names, seed, each)


def _made(
    names: Sequence[str], way: str, corrupt: Corruption, seed: int, each: int, *, same: bool
) -> Iterator[LabelledPair]:
    order = list(names)
    Random(f"{seed}/{way}").shuffle(order)
    count = 0
    for name in order:
        other = corrupt(name, Random(f"{seed}/{way}/{name}"))
        if other is not None and other != name:
            yield LabelledPair(name, other, way, same)
            count += 1
        if count == each:
            return


def _replacer(names: Sequence[str]) -> Corruption:
    """Replaces the longest word that is in no other name by such a word of another name."""
    counts: dict[str, int] = {}
    for name in names:
        for word in set(name.split()):
            counts[word] = counts.get(word, 0) + 1
    rare = sorted(word for word, count in counts.items() if count == 1 and word.isalpha() and len(word) > 4)

    def replaced(name: str, random: Random) -> str | None:
        own = [word for word in name.split() if counts.get(word) == 1 and word.isalpha() and len(word) > 4]
        if not own or len(name.split()) < 3:
            return None
        return name.replace(max(own, key=len), random.choice(rare))

    return replaced


def _neighbours(names: Sequence[str], seed: int, each: int) -> Iterator[LabelledPair]:
    """The likest other names of the register, by another measure than ours; taken for strangers.

    The register may hold one body under two names, so a few of these labels may be wrong.
    """
    order = list(names)
    Random(f"{seed}/{NEIGHBOUR}").shuffle(order)
    for name in order[:each]:
        for other, _, _ in process.extract(name, names, scorer=token_set_ratio, limit=2):
            if other != name:
                yield LabelledPair(name, other, NEIGHBOUR, same=False)
                break
