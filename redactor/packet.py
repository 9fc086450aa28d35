"""Several files of one case read as one, so that they share their people, and taken apart again.

"Dr. N." in a letter is the reporter whom the intake form names in full.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from redactor.types import Decision, Findings, Mention, Page, Reading

BETWEEN = "\f"  # what parts two files


@dataclass(frozen=True)
class Part:
    """One file of a packet: what tells where it lies in the whole, and what it was."""

    pages: int
    chars: int
    digest: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def digest_of(digests: Iterable[str]) -> str:
    """The digest of a packet: SHA-256 over those of its files; that of a single file is its own."""
    first, *others = digests
    return hashlib.sha256("\n".join([first, *others]).encode()).hexdigest() if others else first


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


def torn(reading: Reading, parts: Sequence[Part]) -> Iterator[Reading]:
    """The reading of each file again, with what was changed on its pages since."""
    start, first = 0, 0
    for part in parts:
        pages = reading.pages[first : first + part.pages]
        moved = tuple(_moved(p, -start, -first) for p in pages)
        yield Reading(reading.text[start : start + part.chars], moved)
        start, first = start + part.chars + len(BETWEEN), first + part.pages


def apart(findings: Findings, readings: Sequence[Reading]) -> Iterator[Findings]:
    """Each file's own mentions, with the people of all files."""
    for part, _ in decided(findings, (), readings):
        yield part


def joined(parts: Sequence[Findings], readings: Sequence[Reading]) -> Findings:
    """The findings of ``together`` of which ``parts`` are the findings of each file."""
    start, mentions = 0, []
    for part, reading in zip(parts, readings, strict=True):
        mentions += [replace(m, start=m.start + start, end=m.end + start) for m in part.mentions]
        start += len(reading.text) + len(BETWEEN)
    return Findings(tuple(mentions), parts[0].people)


def decided(
    findings: Findings, decisions: Sequence[Decision], readings: Sequence[Reading]
) -> Iterator[tuple[Findings, tuple[Decision, ...]]]:
    """Each file's own findings with their decisions; what goes across two files is in both."""
    of = {d.mention: d for d in decisions}
    start = 0
    for reading in readings:
        end = start + len(reading.text)
        own = [n for n, m in enumerate(findings.mentions) if m.start < end and m.end > start]
        mentions = tuple(_within(findings.mentions[n], start, end) for n in own)
        said = tuple(replace(of[n], mention=i) for i, n in enumerate(own)) if of else ()
        yield replace(findings, mentions=mentions), said
        start = end + len(BETWEEN)


def _within(mention: Mention, start: int, end: int) -> Mention:
    """The part of the mention between two offsets, counted from the first of them."""
    return replace(
        mention, start=max(mention.start, start) - start, end=min(mention.end, end) - start
    )


def _moved(page: Page, start: int, before: int) -> Page:
    """The page behind ``before`` other pages, its text from ``start`` on."""
    words = tuple(
        replace(w, start=w.start + start, box=replace(w.box, page=w.box.page + before))
        for w in page.words
    )
    regions = tuple(replace(r, box=replace(r.box, page=r.box.page + before)) for r in page.regions)
    return replace(
        page,
        number=page.number + before,
        start=page.start + start,
        end=page.end + start,
        words=words,
        regions=regions,
    )
