"""What still tells of a hidden reporter: small words beside the box, and how long the box ran.

A box hides the name, but "a" or "an" before it tells the first sound of a job, "she" in the same
sentence halves the suspects, initials that stayed name somebody, and a text that ran over two
lines was long. They are listed for the reviewer, who hides what tells too much; the law keeps
any "personally identifiable information" of a reporter confidential (RSMo 210.109.3(3)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redactor.people.link import NAMES
from redactor.people.names import initials_of, parse
from redactor.people.resolve import REPORTERS_OWN
from redactor.removals import gone
from redactor.types import Box, Decision, Findings, Mention, Reading

LIKELY = 0.5  # confidence from which somebody counts as the reporter here
ARTICLE = re.compile(r"\b(an?)\s+$", re.IGNORECASE)
PRONOUN = re.compile(r"\b(?:she|he|her|hers|him|his|herself|himself)\b", re.IGNORECASE)
INITIALS = re.compile(
    r"(?<![\w.])(?:[A-Z]\.[ ]?){1,2}[A-Z]\.?(?![\w.])|(?<![\w.])[A-Z]{2,3}(?![\w.])"
)
STOP = re.compile(r"[.!?;](?=\s)|\n\n|\f|\t")
REACH = 600  # characters back to the beginning of a sentence


@dataclass(frozen=True, slots=True)
class Telltale:
    """One place that stays and tells of a hidden reporter.

    ``kind`` is article, pronoun, initials or lines (the hidden text ran over several); ``start``
    and ``end`` are its place in ``Reading.text``.
    """

    kind: str
    start: int
    end: int
    box: Box


def telltales(
    reading: Reading, findings: Findings, decisions: Sequence[Decision]
) -> tuple[Telltale, ...]:
    """Every such place, in order, each once; none where no reporter is hidden."""
    hidden = [findings.mentions[d.mention] for d in decisions if gone(d)]
    own = [m for m in hidden if _of_reporter(findings, m)]
    covered = bytearray(len(reading.text) + 1)
    for m in hidden:
        covered[m.start : m.end] = b"\1" * (m.end - m.start)
    spans = {
        (kind, a, b)
        for kind, a, b in (*_beside(reading, own), *_initials(reading, findings, own))
        if kind == "lines" or 1 not in covered[a:b]
    }
    return tuple(
        Telltale(kind, a, b, boxes[0])
        for a, b, kind in sorted((a, b, kind) for kind, a, b in spans)
        if (boxes := reading.boxes(a, b))
    )


def _of_reporter(findings: Findings, mention: Mention) -> bool:
    person = findings.person(mention.person)
    reporter = person is not None and person.roles.get("reporter", 0.0) >= LIKELY
    return mention.kind in REPORTERS_OWN or (reporter and mention.kind in NAMES)


def _beside(reading: Reading, own: Sequence[Mention]) -> Iterator[tuple[str, int, int]]:
    """The article before each box, the pronouns of its sentence, and boxes of several lines."""
    text = reading.text
    for m in own:
        if found := ARTICLE.search(text, max(m.start - 6, 0), m.start):
            yield "article", *found.span(1)
        start, end = _sentence(text, m)
        yield from (("pronoun", *p.span()) for p in PRONOUN.finditer(text, start, end))
        if "\n" in text[m.start : m.end].strip():
            yield "lines", m.start, m.end


def _sentence(text: str, mention: Mention) -> tuple[int, int]:
    """From the stop before a mention to the stop behind it."""
    first = max(mention.start - REACH, 0)
    start = max((s.end() for s in STOP.finditer(text, first, mention.start)), default=first)
    stop = STOP.search(text, mention.end)
    return start, min(stop.start() if stop else len(text), mention.end + REACH)


def _initials(
    reading: Reading, findings: Findings, own: Sequence[Mention]
) -> Iterator[tuple[str, int, int]]:
    """Initials in the text that are those of a hidden reporter."""
    people = (findings.person(i) for i in {m.person for m in own})
    names = [parse(n) for p in people if p for n in p.names]
    letters = {i for n in names if n.full for i in initials_of(n)}
    for found in INITIALS.finditer(reading.text):
        if "".join(c for c in found.group().casefold() if c.isalpha()) in letters:
            yield "initials", *found.span()
