"""The release as plain text: kept words, and a label in the place of every hidden stretch."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from presidio_anonymizer import AnonymizerEngine, OperatorConfig
from presidio_anonymizer.entities import RecognizerResult

from redactor.types import Action, Box, Decision, Findings, Reading, Removal, Source, Word

SHOWN = {Source.TEXT, Source.OCR}
HIDDEN = "HIDDEN"
Stretch = tuple[int, int, str]  # of the text: start, end, what its label prints


def rendition(
    reading: Reading, findings: Findings, decisions: Sequence[Decision], boxes: Sequence[Removal]
) -> str:
    """The text of the release, page by page, for reading aloud or searching.

    Neighbouring hidden stretches become one label, so that their number tells nothing.
    """
    hidden, under = _hidden(reading, findings, decisions), defaultdict[int, list[Box]](list)
    for removal in boxes:
        under[removal.box.page].append(removal.box)
    pages = []
    for page in reading.pages:
        stretches = [
            (max(start, page.start), min(end, page.end), prints)
            for start, end, prints in hidden[page.number]
        ]
        unseen = (w for w in page.words if _unseen(w, under[page.number]))
        stretches += [(w.start, w.end, "") for w in unseen]
        pages.append(_one(reading.text[page.start : page.end], stretches, page.start))
    return "\n\f\n".join(pages) + "\n"


def _hidden(
    reading: Reading, findings: Findings, decisions: Sequence[Decision]
) -> dict[int, list[Stretch]]:
    """The hidden stretches that each page has a part of."""
    found = defaultdict[int, list[Stretch]](list)
    for decision in decisions:
        m = findings.mentions[decision.mention]
        if decision.action is not Action.KEEP:
            for number in range(reading.page_at(m.start), reading.page_at(m.end - 1) + 1):
                found[number].append((m.start, m.end, decision.prints))
    return found


def _unseen(word: Word, boxes: Sequence[Box]) -> bool:
    """Words that no page shows, or that lie under a box of their page."""
    if word.source not in SHOWN:
        return True
    b = word.box
    x, y = (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2
    return any(r.x0 <= x <= r.x1 and r.y0 <= y <= r.y1 for r in boxes)


def _one(text: str, stretches: Sequence[tuple[int, int, str]], offset: int) -> str:
    prints = sorted({p for _, _, p in stretches})
    names = {p: f"LABEL_{n}" if p else HIDDEN for n, p in enumerate(prints)}
    results = [
        RecognizerResult(names[p], a - offset, b - offset, 1.0 if p else 0.5)
        for a, b, p in stretches
        if b > a
    ]
    operators = {
        name: OperatorConfig("replace", {"new_value": f"[{p}]" if p else " "})
        for p, name in names.items()
    }
    operators["DEFAULT"] = OperatorConfig("replace", {"new_value": "[hidden]"})
    plain = AnonymizerEngine().anonymize(text, results, operators=operators).text
    plain = re.sub(r"(\[[^\]\n]+\])(?:[ ,.\t]*\1)+", r"\1", plain)
    return re.sub(r"[ \t]{2,}", "\t", re.sub(r"\n{3,}", "\n\n", plain)).strip()
