"""What several readers saw of one page, made one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from redactor.pdf.lines import cluster, upright
from redactor.pdf.rawpage import RawPage
from redactor.types import Box, Source, Word

COVER = 0.3  # of a word under another makes them readings of one place
MARK = re.compile(r"[^\w]+")


def add_ocr(
    page: RawPage,
    words: Sequence[Word],
    *,
    rules: Sequence[Box] = (),
    angle: float = 0.0,
    confidence: float = 1.0,
) -> RawPage:
    """The page with the words that OCR read of one of its areas.

    What the text layer shows already is not repeated; where OCR reads a visible word otherwise its
    line stands behind as ``OCR2``. Of an invisible layer only the lines that say something else
    than the picture stay, as ``HIDDEN``.
    """
    front, hidden = page.front, page.behind
    fresh, other = _unseen(words, front)
    added = (*fresh, *(replace(w, source=Source.OCR2) for w in other))
    kept = _differing(hidden, [w for w in fresh if w.source is Source.OCR])
    sideways = abs(angle) > 45 and _letters(fresh) > _letters(front)
    tilted = sideways or (not front and bool(fresh))
    return replace(
        page,
        words=(*front, *added, *kept),
        rules=(*page.rules, *rules),
        angle=angle if tilted else page.angle,
        confidence=_mean(front, fresh, confidence),
    )


def add_told(page: RawPage, told: Iterable[Word]) -> RawPage:
    """The page with words told outside its picture (fields, notes, links), unless it shows them."""
    shown = squash(page.words)
    return replace(page, words=(*page.words, *(w for w in told if squash([w]) not in shown)))


def squash(words: Iterable[Word]) -> str:
    """Letters and digits of words in their order, without case."""
    return MARK.sub("", "".join(w.text for w in words)).casefold()


def _letters(words: Iterable[Word]) -> int:
    return sum(len(w.text) for w in words)


def _mean(front: Sequence[Word], fresh: Sequence[Word], confidence: float) -> float:
    """Confidence of the page: its text layer counts as 1, OCR as the reader says."""
    plain, read = _letters(front), _letters(fresh)
    return (plain + confidence * read) / (plain + read) if plain + read else confidence


def _unseen(words: Sequence[Word], front: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """OCR words where the text layer shows none, and those that say something else than it."""
    fresh, other = [], []
    for word in words:
        under = [w for w in front if covers(w.box, word.box)]
        if not under:
            fresh.append(word)
        elif squash([word]) not in squash(sorted(under, key=lambda w: w.box.x0)):
            other.append(word)
    return fresh, other


def _differing(layer: Sequence[Word], seen: Sequence[Word]) -> list[Word]:
    """Words of the lines of a hidden layer that the picture does not show alike."""
    kept = []
    for line in cluster(upright(layer, 0.0, (0.0, 0.0))):
        own = [i.word for i in line]
        under = [w for w in seen if any(covers(w.box, o.box) for o in own)]
        if not own or squash(own) != squash(sorted(under, key=lambda w: w.box.x0)):
            kept += own
    return kept


def covers(a: Box, b: Box) -> bool:
    """True when two boxes are of one place."""
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    if wide <= 0 or high <= 0:
        return False
    return wide * high > COVER * min(a.width * a.height, b.width * b.height)
