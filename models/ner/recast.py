"""A document with other people, numbers and addresses; the spans go along."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable

from edits import Edit, edits, join

from cast import WORD, Cast, pools, shape
from corpus import Document, Span

STREET = {
    "street", "st", "avenue", "ave", "road", "rd", "drive", "dr", "lane", "ln", "court", "ct", "place", "pl", "highway", "hwy",
    "county", "co", "route", "rt", "apt", "apartment", "unit", "lot", "suite", "ste", "box", "po", "p", "rr", "north", "south",
    "east", "west", "n", "s", "e", "w", "ne", "nw", "se", "sw", "blvd", "boulevard", "circle", "cir", "terrace", "ter", "way",
    "trail", "trl", "parkway", "pkwy", "the", "of", "off", "on", "past", "and", "at", "in", "behind", "near", "by", "up", "next",
    "to", "trailer", "park", "house", "mobile", "home", "blue", "white", "green", "apartments", "floor", "upstairs", "down",
    "mo", "ms", "ar", "tx", "ok", "tn", "wv", "ky", "az", "nm", "mn", "wi", "oh", "ga", "al", "la", "fl", "nc", "sc", "va",
}  # fmt: skip
PLACE = {
    "elementary", "elem", "school", "middle", "high", "church", "clinic", "hospital", "center", "daycare", "academy", "medical",
    "county", "district", "care", "home", "health", "baptist", "methodist", "of", "the", "and", "a", "head", "start", "college",
    "university", "store", "plant", "inc", "llc", "co", "department", "dept", "police", "office", "first", "st", "primary",
    "early", "learning", "child", "children", "children's", "family", "pediatrics", "services", "group", "associates", "at",
    "regional", "memorial", "general", "community", "intermediate", "public", "ministries", "assembly", "god",
    "behavioral", "counseling", "tech", "mental", "day", "preschool", "kindergarten", "station",
}  # fmt: skip
SWAPS = [
    ["teacher", "counselor", "principal", "coach", "aide", "librarian", "nurse", "tutor", "secretary", "para"],
    ["neighbor", "landlord", "roommate", "landlady", "tenant", "babysitter", "sitter"],
    ["aunt", "uncle", "grandmother", "grandfather", "cousin", "sister", "brother", "mother-in-law", "stepmother", "niece"],
    ["upstairs", "downstairs", "next-door", "across-the-street", "backyard"],
    ["first", "second", "third", "fourth", "fifth", "sixth", "kindergarten"],
    ["pediatrician", "dentist", "therapist", "physician", "orthodontist", "dermatologist", "psychologist"],
    ["cashier", "clerk", "driver", "mechanic", "barber", "hairdresser", "waitress", "plumber", "janitor", "cook"],
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
    ["mother", "father", "mom", "dad", "stepfather"], ["ex-wife", "ex-husband", "ex-boyfriend", "ex-girlfriend"],
    ["church", "daycare", "school", "gym", "clinic", "library", "hospital", "camp"],
]  # fmt: skip


class Numbers:
    """New digits for old ones, the same for the same number through a document."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.known: dict[str, str] = {}

    def digits(self, run: str) -> str:
        if run not in self.known:
            new = "".join(self.rng.choice("0123456789") for _ in run)
            if len(run) == 4 and run[:2] in ("19", "20"):
                new = run[:2] + new[2] + new[3] if run[:2] == "19" else "20" + self.rng.choice("012") + new[3]
            elif len(run) == 2 and 1 <= int(run) <= 12:
                new = f"{self.rng.randint(1, 12):02}"
            elif len(run) == 2 and int(run) <= 31:
                new = f"{self.rng.randint(10, 31)}"
            elif len(run) == 1:
                new = str(self.rng.randint(1, 9))
            self.known[run] = new
        return self.known[run]

    def all(self, text: str) -> str:
        return re.sub(r"\d+", lambda m: self.digits(m.group()), text)

    def phone(self, text: str) -> str:
        d = re.sub(r"\D", "", self.all(text))
        rng = self.rng
        if len(d) not in (7, 10) or re.search("[a-zA-Z]", text) or rng.random() < 0.4:
            return self.all(text)
        tail = f"{d[-7:-4]}{rng.choice(['-', '.', ' ', '-', ' - '])}{d[-4:]}"
        if len(d) == 7 or rng.random() < 0.12:
            return tail
        area = d[:3]
        return rng.choice(
            [
                f"({area}) {tail}",
                f"{area}-{tail}",
                f"{area}.{tail}",
                f"{area} {tail}",
                d,
                f"1-{area}-{tail}",
                f"({area}){tail}",
                f"+1 {area} {tail}",
                f"{area}/{tail}",
            ]
        )

    def ssn(self, text: str) -> str:
        d = re.sub(r"\D", "", self.all(text))
        if len(d) != 9 or self.rng.random() < 0.4:
            return self.all(text)
        a, b, c = d[:3], d[3:5], d[5:]
        return self.rng.choice(
            [
                f"{a}-{b}-{c}",
                f"{a} {b} {c}",
                d,
                f"{a}-{b}{c}",
                f"xxx-xx-{c}",
                f"***-**-{c}",
                f"{a}.{b}.{c}",
                f"{a} - {b} - {c}",
                f"XXX-XX-{c}",
            ]
        )

    def date(self, text: str) -> str:
        found = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})[/.-](\d{2}|\d{4})", text)
        rng = self.rng
        if not found or rng.random() < 0.4:
            return self.all(text)
        m, d, y = rng.randint(1, 12), rng.randint(1, 28), int(found[4][-2:])
        year = (1900 if y > 25 else 2000) + y if len(found[4]) == 2 else int(found[4])
        year = max(1930, min(2026, year + rng.randint(-2, 2)))
        month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][
            m - 1
        ]
        return rng.choice(
            [
                f"{m}/{d}/{year}",
                f"{m:02}/{d:02}/{year}",
                f"{m}-{d}-{year % 100:02}",
                f"{m:02}/{d:02}/{year % 100:02}",
                f"{month} {d}, {year}",
                f"{d} {month[:3]} {year}",
                f"{year}-{m:02}-{d:02}",
                f"{month[:3]}. {d}, {year}",
                f"{m}.{d}.{year % 100:02}",
                f"{m:02}{d:02}{year}",
                f"{m}/{year}",
            ]
        )


def _place(text: str, fixed: set[str], cast: Cast, share: float) -> str:
    def swap(m: re.Match[str]) -> str:
        low = m.group().lower()
        if low in fixed or not m.group()[0].isupper() or len(low) < 3:
            return m.group()
        if low not in cast.new and cast.rng.random() < share:
            cast.new[low] = cast.rng.choice(pools()[cast.rng.choice(["plain", "words", "census", "census", "hispanic"])][1])
        return shape(m.group(), cast.new[low]) if low in cast.new else m.group()

    return WORD.sub(swap, text)


def _indirect(text: str, rng: random.Random) -> str:
    def swap(m: re.Match[str]) -> str:
        group = next((g for g in SWAPS if m.group().lower() in g), None)
        return shape(m.group(), rng.choice(group)) if group and rng.random() < 0.5 else m.group()

    return re.sub(r"[A-Za-z]+(?:-[A-Za-z]+)*", swap, text)


def recast(doc: Document, rng: random.Random) -> Document:
    """The document with other people, numbers and addresses."""
    cast, numbers = Cast(doc.case["people"], rng), Numbers(rng)
    loose = rng.random() < 0.6
    mixed = string.ascii_uppercase.replace("O", "").replace("I", "")
    letters = rng.random() < 0.5
    makers: dict[str, Callable[[str, Span], str]] = {
        "name": lambda t, s: cast.name(t, s.person),
        "familyname": lambda t, s: cast.name(t, s.person),
        "phone": lambda t, _: numbers.phone(t),
        "ssn": lambda t, _: numbers.ssn(t),
        "dob": lambda t, _: numbers.date(t),
        "id": lambda t, _: numbers.all(
            re.sub(r"\b[A-Z]{1,3}(?=[-\d])", lambda m: "".join(rng.choice(mixed) for _ in m.group()) if letters else m.group(), t)
        ),
        "email": lambda t, _: numbers.all(cast.inside(t)),
        "address": lambda t, _: numbers.all(_place(t, STREET, cast, 0.7)),
        "employer": lambda t, _: _place(t, PLACE, cast, 0.5),
        "indirect": lambda t, _: _indirect(_place(t, PLACE | STREET, cast, 0.0), rng),
        "other": lambda t, _: numbers.all(cast.inside(t)),
    }
    dates = re.compile(r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)")

    def outside(text: str) -> str:
        if not loose:
            return text
        text = dates.sub(lambda m: numbers.date(m.group()), text)
        return re.sub(r"(?<![\d.§])\d{1,2}(?![\d.])|\d{4,}", lambda m: numbers.digits(m.group()), text)

    def renew(edit: Edit) -> Edit:
        text, span = edit
        if span is None:
            return outside(text), None
        return (makers[span.kind](text, span) if span.kind in makers else text), span

    return join(doc, map(renew, edits(doc)))
