"""Variations of a document: other people, labels and layout; the spans go along."""

from __future__ import annotations

import random
import re
from itertools import pairwise

from edits import edits, join
from recast import recast
from smudge import smudge

from cast import shape
from corpus import Document, Span

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
    return join(
        doc,
        [
            (t, s) if s else (pattern.sub(lambda m: shape(m.group(), _title(chosen[m.group().lower()], m.group())), t), s)
            for t, s in edits(doc)
        ],
    )


def _title(new: str, old: str) -> str:
    if old[:1].isupper() and not old.isupper():
        return new.upper() if len(new) <= 3 else new[0].upper() + new[1:]
    return new


def relay(doc: Document, rng: random.Random) -> Document:
    """The document with its cells, lines and blocks set out otherwise, as readers do it."""
    cell = rng.choice(["\t", "\t", "\n", "\n\n", " ", ": ", " | ", " - ", "\t"])
    close = rng.choice([0, 0, 0.1, 0.5])
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
        text = re.sub(r"\n\n", lambda m: "\n" if rng.random() < close else m.group(), text)
        text = re.sub(r"(?<!\n)\n(?!\n)", lambda m: "\n\n" if rng.random() < split else m.group(), text)
        return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda m: "\n\n" if rng.random() < lone * 0.2 else m.group(), text)

    return join(doc, [(piece(t), s) if s is None or rng.random() < 0.5 else (t, s) for t, s in edits(doc)])


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
