"""Variations of a document: other names, numbers, labels and layout; the spans go along."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterable
from itertools import pairwise

from cast import WORD, Cast, misspell, pools, shape  # noqa: F401
from corpus import Document, Span

Edit = tuple[str, Span | None]

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
LABELS = [
    ["reporter", "rp", "caller", "reporting party", "reported by", "referent", "referral source", "name of reporter", "reporter name",
     "complainant", "source", "report source", "reporting source", "person reporting", "person making report", "mandated reporter", "reporter info",
     "call received from", "referred by", "informant", "reporting person", "r/p"],
    ["alleged perpetrator", "ap", "alleged offender", "alleged maltreater", "alp", "perpetrator", "alleged abuser", "suspect", "perp", "person responsible",
     "alleged perp", "offender"],
    ["alleged victim", "av", "victim", "subject child", "child", "child's name", "vic", "victim child", "name of child", "identified child", "child victim"],
    ["worker", "caseworker", "cps worker", "assigned worker", "investigator", "social worker", "case manager", "assigned to", "csw", "fcm", "cw",
     "children's service worker", "family support worker"],
    ["mother", "bio mother", "mom", "mo", "biological mother", "natural mother", "birth mother"],
    ["father", "bio father", "dad", "fa", "biological father", "putative father", "birth father"],
    ["supervisor", "sup", "unit supervisor", "reviewed by", "approved by", "supv"],
    ["dob", "d.o.b.", "date of birth", "birthdate", "birth date", "born", "birthday"],
    ["phone", "ph", "tel", "telephone", "cell", "contact no.", "phone number", "phone #", "call back", "contact"],
    ["address", "addr", "residence", "home address", "resides at", "lives at", "mailing address", "res"],
    ["ssn", "social security no.", "ss#", "soc", "social", "ssn:", "social security number"],
]  # fmt: skip


def _edits(doc: Document) -> list[Edit]:
    out: list[Edit] = []
    at = 0
    for span in doc.spans:
        if span.start < at:
            continue
        out += [(doc.text[at : span.start], None), (doc.text[span.start : span.end], span)]
        at = span.end
    return [*out, (doc.text[at:], None)]


def _join(doc: Document, edits: Iterable[Edit]) -> Document:
    text, spans = "", []
    for piece, span in edits:
        if span is not None and piece.strip():
            spans.append(Span(len(text), len(text) + len(piece), span.person, span.kind))
        text += piece
    return Document(doc.id, doc.case, text, tuple(spans))


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

    return _join(doc, map(renew, _edits(doc)))


def relabel(doc: Document, rng: random.Random) -> Document:
    """The document with other words for its field labels, each the same throughout."""
    chosen: dict[str, str] = {}
    for group in LABELS:
        for label in group:
            chosen[label] = rng.choice(group)
    pattern = re.compile(
        r"(?:(?<=\n)|(?<=\t)|(?<=; )|(?<=  )|^)(" + "|".join(sorted(map(re.escape, chosen), key=len, reverse=True)) + r")(?=\s?[:\t])",
        re.IGNORECASE,
    )
    return _join(
        doc,
        [
            (t, s) if s else (pattern.sub(lambda m: shape(m.group(), _title(chosen[m.group().lower()], m.group())), t), s)
            for t, s in _edits(doc)
        ],
    )


def _title(new: str, old: str) -> str:
    if old[:1].isupper() and not old.isupper():
        return new.upper() if len(new) <= 3 else new[0].upper() + new[1:]
    return new


def relay(doc: Document, rng: random.Random) -> Document:
    """The document with its cells, lines and blocks set out otherwise, as readers do it."""
    cell = rng.choice(["\t", "\t", "\n", "\n\n", " ", ": ", " | ", " - ", "\t"])
    join = rng.choice([0, 0, 0.1, 0.5])
    split = rng.choice([0, 0, 0.15, 0.6])
    colon = rng.choice([0, 0, 0.5, 1])
    lone = rng.choice([0, 0, 0.05])

    def piece(text: str) -> str:
        text = re.sub(r":?\t", lambda m: cell if cell == ": " else m.group().replace("\t", cell), text) if cell != "\t" else text
        if colon:
            text = re.sub(
                r"(?<=[A-Za-z]): (?=$)|(?<=[\n\t][A-Za-z .]{4}): ",
                lambda m: rng.choice([":\t", "\t"]) if rng.random() < colon else m.group(),
                text,
            )
        text = re.sub(r"\n\n", lambda m: "\n" if rng.random() < join else m.group(), text)
        text = re.sub(r"(?<!\n)\n(?!\n)", lambda m: "\n\n" if rng.random() < split else m.group(), text)
        return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda m: "\n\n" if rng.random() < lone * 0.2 else m.group(), text)

    return _join(doc, [(piece(t), s) if s is None or rng.random() < 0.5 else (t, s) for t, s in _edits(doc)])


def wrap(doc: Document, rng: random.Random) -> Document:
    """The document with its long lines wrapped at one width, as on paper."""
    width = rng.choice([45, 60, 75, 85, 95, 110])
    out, column = [], 0
    for found in re.finditer(r"[^\s]+|\s", doc.text):
        token = found.group()
        if token == " " and column >= width * 0.75:
            following = re.match(r"\S*", doc.text[found.end() :])
            if column + 1 + len(following.group() if following else "") > width:
                token, column = "\n", -1
        column = 0 if token in "\n\t\f" else column + len(token)
        out.append(token)
    return Document(doc.id, doc.case, "".join(out), doc.spans)


CONFUSED = {
    "l": "1I|i", "1": "lI", "I": "l1|", "o": "0c", "O": "0Q", "0": "Oo", "5": "S", "S": "5", "B": "8", "8": "B", "e": "c", "c": "e",
    "a": "o", "n": "ri", "h": "b", "t": "f", "f": "t", "i": "l1", "u": "v", "v": "y", "g": "q9", "Z": "2", "2": "Z", "6": "b", "G": "6C", ".": ",",
    ",": ".", "-": "~ ", "'": "’`", "D": "O", "E": "F", "y": "v", "r": "n", "/": "l1", ":": ";.",
}  # fmt: skip
PAIRS = [("m", "rn"), ("rn", "m"), ("w", "vv"), ("d", "cl"), ("cl", "d"), ("ll", "11"), ("li", "h"), ("nn", "m"), ("tt", "ll")]


def _smudge(text: str, rng: random.Random, level: float) -> str:
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        roll = rng.random()
        if roll < level:
            pair = next(((a, b) for a, b in rng.sample(PAIRS, len(PAIRS)) if text.startswith(a, i)), None)
            if pair and rng.random() < 0.4:
                out.append(pair[1])
                i += len(pair[0])
                continue
            out.append(rng.choice(CONFUSED[c]) if c in CONFUSED else c)
        elif roll < level * 1.12 and c == " ":
            pass
        elif roll < level * 1.2 and c.isalnum():
            out.append(c + rng.choice([" ", "'", ".", ""]))
        else:
            out.append(c)
        i += 1
    return "".join(out)


def smudge(doc: Document, rng: random.Random) -> Document:
    """The document as a reader of bad page images would give it."""
    level = rng.choice([0.004, 0.01, 0.02, 0.04])
    return _join(doc, [(_smudge(t, rng, level), s) for t, s in _edits(doc)])


def excerpt(doc: Document, rng: random.Random) -> Document:
    """A run of blocks of the document, now and then with two of them in the other order."""
    cuts = [0, *(m.end() for m in re.finditer(r"\n\n", doc.text)), len(doc.text)]
    if len(cuts) < 5:
        return doc
    a = rng.randrange(0, len(cuts) - 3)
    start = cuts[a]
    spans = tuple(Span(s.start - start, s.end - start, s.person, s.kind) for s in doc.spans if s.start >= start)
    return Document(doc.id, doc.case, doc.text[start:], spans)


def thin(doc: Document, rng: random.Random) -> Document:
    """The document without some of its blocks, and now and then two neighbours in the other order."""
    share = rng.uniform(0, 0.35)
    ends = [m.end() for m in re.finditer(r"\n\n|\f", doc.text)]
    cuts = [0, *(e for e in ends if not any(s.start < e < s.end for s in doc.spans)), len(doc.text)]
    blocks = [(a, b) for a, b in pairwise(cuts) if b > a and rng.random() >= share]
    for i in range(len(blocks) - 1):
        if rng.random() < 0.03:
            blocks[i], blocks[i + 1] = blocks[i + 1], blocks[i]
    text, spans = "", []
    for a, b in blocks:
        at = len(text) - a
        spans += [Span(s.start + at, s.end + at, s.person, s.kind) for s in doc.spans if a <= s.start and s.end <= b]
        text += doc.text[a:b]
    return Document(doc.id, doc.case, text, tuple(spans)) if text.strip() else doc


def vary(doc: Document, rng: random.Random) -> Document:
    """One random variation of the document."""
    steps = [(thin, 0.5), (recast, 0.93), (relabel, 0.4), (relay, 0.5), (excerpt, 0.1), (smudge, 0.3), (wrap, 0.85)]
    for step, share in steps:
        if rng.random() < share:
            doc = step(doc, rng)
    return doc
