"""Two readers of one image made one reading: which to trust, and what else detection must see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from redactor.ocr.base import OcrPage, OcrWord, mean_confidence

COVER = 0.4  # of a word under another makes them readings of one place
DOUBT = 0.6  # mean confidence below which the first reader's line yields
LEAST = 0.3  # a word read with less confidence, and nothing but marks, is dirt
TALL = 1.6  # times the line's usual height; such a word is of another line
NARROW = 0.7  # times that width; what would be left less wide ends too early
WIDE = 2.0  # times the line's usual width of a letter; a word of wider ones has a wrong box
TALL_LETTERS, TAILS = set("bdfhklt0123456789"), set("gjpqyQJ,;()[]{}|/\\$@_")
TAIL = 0.3  # of a capital's height; so far letters go below the line
GROWTH = 0.6  # of its own height; a word is given no more above or below
STROKES = set("|_-\u2013\u2014=[]!")  # what a ruling line is misread as
MARK = re.compile(r"[^\w]+")


def combine(first: OcrPage, second: OcrPage) -> OcrPage:
    """The first reader's page, mended by the second, whose differing lines stand in ``second``.

    A line that only the second saw is taken over. Where the first doubts its own line the second
    is trusted and the first's words stand behind. Confidence stays the first reader's, whose
    figures mean something, lifted by nothing.
    """
    kept, behind = list(first.words), []
    offset = max((w.line for w in kept), default=-1) + 1
    taken = []
    for _, group in groupby(second.words, key=lambda w: w.line):
        line = [replace(w, line=w.line + offset) for w in group]
        under = [w for w in kept if any(overlaps(w, other) for other in line)]
        if not under:
            taken += line
        elif squash(under) == squash(line):
            continue
        elif mean_confidence(under) < DOUBT:
            kept = [w for w in kept if w not in under]
            behind += under
            taken += [replace(w, confidence=min(w.confidence, DOUBT)) for w in line]
        else:
            behind += line
    return OcrPage(
        tuple(kept + taken),
        tuple(behind),
        first.confidence,
        first.angle,
        first.rules,
        (*first.readers, *second.readers),
    )


def overlaps(a: OcrWord, b: OcrWord) -> bool:
    """True when two words stand on one place."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    if wide <= 0 or high <= 0:
        return False
    least = min((a.x1 - a.x0) * (a.y1 - a.y0), (b.x1 - b.x0) * (b.y1 - b.y0))
    return wide * high > COVER * least


def squash(words: Iterable[OcrWord]) -> str:
    """Letters and digits of words, left to right, without case."""
    return MARK.sub("", "".join(w.text for w in sorted(words, key=lambda w: w.x0))).casefold()


def clean(words: Iterable[OcrWord]) -> tuple[OcrWord, ...]:
    """Words without dirt: marks that no reader believes, and what has no extent."""
    return tuple(
        w
        for w in words
        if w.x1 - w.x0 >= 1
        and w.y1 - w.y0 >= 1
        and (w.confidence >= LEAST or any(c.isalnum() for c in w.text))
    )


def off_rules(
    words: Iterable[OcrWord], rules: Sequence[tuple[float, float, float, float]]
) -> list[OcrWord]:
    """Words without the bars and dashes that are ruling lines misread."""
    return [w for w in words if not (set(w.text) <= STROKES and _on_rule(w, rules))]


def _on_rule(word: OcrWord, rules: Sequence[tuple[float, float, float, float]]) -> bool:
    near = 0.5 * min(word.x1 - word.x0, word.y1 - word.y0) + 4
    return any(
        word.x0 - near <= c and a <= word.x1 + near and word.y0 - near <= d and b <= word.y1 + near
        for a, b, c, d in rules
    )


def apart(line: Sequence[OcrWord]) -> list[OcrWord]:
    """Words of one line, those far too wide for their letters cut where the next one begins.

    On blurred paper a reader's box may run to the end of the line, over all words that follow.
    One that runs into the next word in part is left: whose the ink is cannot be told.
    """
    usual = median((w.x1 - w.x0) / max(len(w.text), 1) for w in line)
    out = list(line)
    for n, (a, b) in enumerate(pairwise(line)):
        own = usual * len(a.text)
        if a.x1 - a.x0 > WIDE * own and b.x1 <= a.x1 and b.x0 - a.x0 >= NARROW * own:
            out[n] = replace(a, x1=b.x0, edges=())
    return out


def _extent(line: Sequence[OcrWord]) -> tuple[float, float]:
    """Top and foot of a line: of its capitals, and as far below as letters go.

    Told by words that have such letters, so that one word more with a tail changes nothing.
    """
    tall = [w.y0 for w in line if any(c in TALL_LETTERS or c.isupper() for c in w.text)]
    even = [w.y1 for w in line if not any(c in TAILS for c in w.text)]
    if tall and even and median(even) > median(tall):
        top, base = median(tall), median(even)
        return top, base + TAIL * (base - top)
    tops, feet = sorted(w.y0 for w in line), sorted(w.y1 for w in line)
    return tops[len(tops) // 8], feet[-1 - len(feet) // 8]


def level(words: Sequence[OcrWord]) -> tuple[OcrWord, ...]:
    """Words of one line given its common height, so that a box covers what a line may hold.

    A reader's box ends at the ink: ``once`` and ``Lynn`` would differ in height, and the height
    would tell which letters are hidden. A word is never grown by more than its own height.
    """
    out = []
    for _, group in groupby(words, key=lambda w: w.line):
        line = apart(list(group))
        high = median(w.y1 - w.y0 for w in line)
        top, foot = _extent(line)
        for w in line:
            grown = GROWTH * (w.y1 - w.y0) if w.y1 - w.y0 <= TALL * high else 0.0
            y0, y1 = max(min(w.y0, top), w.y0 - grown), min(max(w.y1, foot), w.y1 + grown)
            out.append(replace(w, y0=y0, y1=y1))
    return tuple(out)
