"""How names are written: taken apart, and compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from redactor.people.nicknames import SAME
from redactor.text import fold
from redactor.writing import wordset

SUFFIX = {"jr", "sr", "ii", "iii", "iv"}
NO_MIDDLE = {"nmn", "nmi"}  # "no middle name", as police write
PARTICLES = {
    "de",
    "la",
    "del",
    "van",
    "von",
    "der",
    "st",
    "da",
    "dos",
    "di",
    "le",
    "bin",
    "al",
    "el",
}
TITLES = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "hon", "judge", "officer", "ofc", "det", "detective", "sgt", "cpl", "lt",
    "capt", "deputy", "trooper", "coach", "nurse", "pastor", "rev", "principal", "aunt", "auntie", "uncle", "grandma",
    "grandpa", "granny", "nana", "papaw", "mamaw", "baby", "boy", "girl", "attorney", "commissioner", "sister", "father",
    "brother", "mother", "mom", "dad", "grandmother", "grandfather", "nanny", "gram", "tante", "tonton", "tia",
    "tio", "teta", "abuela", "abuelo", "lola", "lolo", "tutu", "famille", "familia", "family", "pasteur", "padre", "fr",
    "prof", "professor", "sheriff", "supervisor", "worker", "donor", "patient", "student",
}  # fmt: skip
CREDENTIALS = wordset(
    """
    md do rn lpn arnp aprn pnp fnp np pa phd psyd lcsw lpc lmsw licsw msw bsw med jd esq
    sane dds dmd cna pllc llc mba ma ms bs ba pt ot slp edd lmft lcpc cps csw ncc bcba ccc
    ph.d psy.d m.d
    """
)
FUZZY_FROM = 6  # letters from which one wrong letter is forgiven
GARBLED, GARBLED_FROM = 0.8, 8  # likeness of two surnames that a reader garbled, and letters
SOUNDS = (("th", "t"), ("ph", "f"))  # that a pet form writes as it hears them: Thessaly, Tess
STEM = 3  # letters that a pet form shares with its name


@dataclass(frozen=True, slots=True)
class Name:
    """A written name: given names, surname (empty when not told apart), suffix, initials only."""

    given: tuple[str, ...]
    last: str
    suffix: str = ""
    initials: str = ""

    @property
    def single(self) -> str:
        """The one word of a name that is a single word, else empty."""
        return self.given[0] if len(self.given) == 1 and not self.last else ""

    @property
    def full(self) -> bool:
        """True when it has a given name and a surname."""
        return bool(self.given and self.last)


def words_of(text: str) -> list[str]:
    """The words of a name, folded, without points or quotation marks; a lone dash is none."""
    plain = re.sub(r"[\"\u201c\u201d()\[\]*]|(?<=\s)'s\b", " ", text.replace("\u2019", "'"))
    words = [w.strip(".,;:'") for w in re.split(r"[\s/]+", fold(plain))]
    spelt = (_spelt(w.removesuffix("'s")) for w in words)
    return [w.strip("-") for w in spelt if any(map(str.isalnum, w))]


def _spelt(word: str) -> str:
    """A word that was spelt out letter by letter, put together."""
    return word.replace("-", "") if re.fullmatch(r"(?:\w-){2,}\w", word) else word


@lru_cache(maxsize=8192)
def parse(text: str) -> Name:
    """The parts of a written name: ``LAST, First M.``, ``First Last Jr.``, ``D.O.``, one word."""
    compact = re.sub(r"\s", "", text)
    if re.fullmatch(r"(?:[A-Za-z]\.){2,4}[A-Za-z]?|[A-Z]{2,3}", compact) and not _vowelled(compact):
        return Name((), "", initials=re.sub(r"[^a-z]", "", compact.casefold()))
    before, comma, after = text.partition(",")
    head, tail = words_of(before), words_of(after)
    suffix = next((w for w in head + tail if w in SUFFIX), "")
    head, tail = _bare(head), [w for w in _bare(tail) if w not in CREDENTIALS]
    if comma and tail and head:
        return Name(tuple(tail), " ".join(head), suffix)
    words = head or tail
    if not words:
        return Name((), "")
    if len(words) == 1:
        return Name((words[0],), "", suffix)
    cut = len(words) - 1
    while cut > 1 and words[cut - 1] in PARTICLES:
        cut -= 1
    return Name(tuple(words[:cut]), " ".join(words[cut:]), suffix)


def _vowelled(compact: str) -> bool:
    """Whether capitals without points can be a word, such as a short name in capitals."""
    return "." not in compact and len(compact) > 2 and bool(re.search(r"[AEIOUY]", compact))


def _bare(words: list[str]) -> list[str]:
    kept = [w for w in words if w not in SUFFIX | NO_MIDDLE]
    while len(kept) > 1 and kept[-1] in CREDENTIALS:
        kept = kept[:-1]
    while len(kept) > 1 and kept[0] in TITLES:
        kept = kept[1:]
    return kept


def same_word(a: str, b: str) -> bool:
    """Whether two name words are one: equal, nicknames of each other, or one letter apart."""
    if a == b or b in SAME.get(a, ()):
        return True
    return (
        min(len(a), len(b)) >= FUZZY_FROM
        and a[0] == b[0]
        and Levenshtein.distance(a, b, score_cutoff=1) <= 1
    )


def same_last(a: str, b: str) -> bool:
    """Whether two surnames are one, a part of a double name or an initial included."""
    if same_word(a, b):
        return True
    if len(a) == 1 or len(b) == 1:
        return a[:1] == b[:1]
    parts_a, parts_b = set(re.split(r"[-\s]", a)), set(re.split(r"[-\s]", b))
    return bool(parts_a & parts_b) and (len(parts_a) > 1 or len(parts_b) > 1)


def same_given(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether given names agree, initials and dropped middle names allowed."""
    if not a or not b:
        return True
    x, y = a[0], b[0]
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0] and _middles(a, b)
    return (
        same_word(x, y)
        or (len(a) > 1 and same_word(a[1], y))
        or (len(b) > 1 and same_word(b[1], x))
    )


def garbled(a: Name, b: Name) -> bool:
    """Whether two full names with one given name have surnames that a reader of a scan garbled."""
    x, y = ("".join((*n.given[1:], n.last)) for n in (a, b))
    return (
        a.given[0] == b.given[0]
        and len(a.given[0]) >= STEM
        and min(len(x), len(y)) >= GARBLED_FROM
        and Levenshtein.normalized_similarity(x, y) >= GARBLED
    )


def short_of(short: str, name: str) -> bool:
    """Whether a word may be a pet form made from the beginning of a given name: Remi, Gunnie."""
    stem = short[:-1] if short[-1:] in "sz" else short.rstrip("iey")
    return (
        len(stem) >= STEM
        and short != name
        and any(n.startswith(stem[:5]) for n in (name, _heard(name)))
        and len(short) <= len(name) + 2
    )


def _heard(name: str) -> str:
    for written, heard in SOUNDS:
        name = name.replace(written, heard)
    return name


def _middles(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) < 2 or len(b) < 2 or a[1][0] == b[1][0]


def initials_of(name: Name) -> set[str]:
    """The ways a full name may be cut down to initials."""
    if not name.full:
        return set()
    last = "".join(p[0] for p in re.split(r"[-\s]", name.last) if p)
    first, every = name.given[0][0], "".join(g[0] for g in name.given)
    return {first + last, every + last, first + last[0], every + last[0]}
