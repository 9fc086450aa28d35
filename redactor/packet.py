"""Several files of one case read as one, so that they share their people.

"Dr. N." in a letter is the reporter whom the intake form names in full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from redactor.types import Decision, Findings, Mention, Page, Reading

BETWEEN = "\f"  # what parts two files: no mention goes across it


def together(readings: Sequence[Reading]) -> Reading:
    """One reading of all files in their order; pages are counted through."""
    if len(readings) == 1:
        return readings[0]
    text = ""
    pages: list[Page] = []
    for reading in readings:
        text += BETWEEN if pages else ""
        before = len(pages)
        pages += [_moved(p, len(text), before) for p in reading.pages]
        text += reading.text
    return Reading(text, tuple(pages))


def apart(findings: Findings, readings: Sequence[Reading]) -> Iterator[Findings]:
    """Each file's own mentions, with the people of all files."""
    start = 0
    for reading in readings:
        end = start + len(reading.text)
        own = [m for m in findings.mentions if start <= m.start and m.end <= end]
        yield replace(findings, mentions=tuple(_back(m, start) for m in own))
        start = end + len(BETWEEN)


def joined(parts: Sequence[Findings], readings: Sequence[Reading]) -> Findings:
    """The findings of ``together`` of which ``parts`` are the findings of each file."""
    start, mentions = 0, []
    for part, reading in zip(parts, readings, strict=True):
        mentions += [_back(m, -start) for m in part.mentions]
        start += len(reading.text) + len(BETWEEN)
    return Findings(tuple(mentions), parts[0].people)


def decided(
    findings: Findings, decisions: Sequence[Decision], readings: Sequence[Reading]
) -> Iterator[tuple[Findings, tuple[Decision, ...]]]:
    """Each file's own findings with their decisions."""
    before = 0
    for part in apart(findings, readings):
        own = decisions[before : before + len(part.mentions)]
        yield part, tuple(replace(d, mention=n) for n, d in enumerate(own))
        before += len(part.mentions)


def _back(mention: Mention, start: int) -> Mention:
    return replace(mention, start=mention.start - start, end=mention.end - start)


def _moved(page: Page, start: int, before: int) -> Page:
    """The page behind ``before`` other pages, its text from ``start`` on."""
    words = tuple(
        replace(w, start=w.start + start, box=replace(w.box, page=w.box.page + before))
        for w in page.words
    )
    return replace(
        page,
        number=page.number + before,
        start=page.start + start,
        end=page.end + start,
        words=words,
    )
