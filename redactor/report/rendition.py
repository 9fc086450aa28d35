"""The release as plain text: kept words, and a label in the place of every hidden stretch."""

from __future__ import annotations

import re
from collections.abc import Sequence

from presidio_anonymizer import AnonymizerEngine, OperatorConfig
from presidio_anonymizer.entities import RecognizerResult

from redactor.types import Action, Decision, Findings, Reading, Removal, Source, Word

SHOWN = {Source.TEXT, Source.OCR}
HIDDEN = "HIDDEN"


def rendition(
    reading: Reading, findings: Findings, decisions: Sequence[Decision], boxes: Sequence[Removal]
) -> str:
    """The text of the release, page by page, for reading aloud or searching.

    Neighbouring hidden stretches become one label, so that their number tells nothing.
    """
    pages = []
    for page in reading.pages:
        stretches = [
            (max(m.start, page.start), min(m.end, page.end), d.prints)
            for d in decisions
            if d.action is not Action.KEEP
            for m in [findings.mentions[d.mention]]
            if m.start < page.end and m.end > page.start
        ]
        stretches += [(w.start, w.end, "") for w in page.words if _unseen(w, boxes)]
        pages.append(_one(reading.text[page.start : page.end], stretches, page.start))
    return "\n\f\n".join(pages) + "\n"


def _unseen(word: Word, boxes: Sequence[Removal]) -> bool:
    """Words that no page shows, or that lie under a box of the page."""
    if word.source not in SHOWN:
        return True
    b = word.box
    x, y = (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2
    return any(
        r.box.page == b.page and r.box.x0 <= x <= r.box.x1 and r.box.y0 <= y <= r.box.y1
        for r in boxes
    )


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
