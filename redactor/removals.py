"""From decisions on mentions to boxes on pages, and to the texts that must be gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from redactor.policy import Policy
from redactor.settings import Settings
from redactor.text import squash, squash_map
from redactor.types import (
    Action,
    Box,
    Decision,
    Findings,
    Hold,
    Mention,
    Page,
    Reading,
    Region,
    Removal,
    Source,
)
from redactor.verify.expectation import Protected
from redactor.verify.match import PUNCTUATION, name_words

SWEPT = {
    "name",
    "alias",
    "phone",
    "fax",
    "email",
    "ssn",
    "address",
    "handle",
    "employer",
    "school",
    "other_number",
    "dob",
}
LEAST = {
    "name": 4,
    "alias": 4,
    "employer": 4,
    "school": 4,
    "handle": 6,
    "dob": 6,
}  # squashed characters
NAMELIKE = {"name", "alias"}
FREE = re.compile(rb"\0+")
SPELLED = 6  # squashed characters of a name that an address on line spells
ONLINE = {"email", "url", "handle"}
SURE = 0.85  # confidence of a role from which a namesake keeps the name


def gone(decision: Decision) -> bool:
    """Whether the decision hides its mention; what is held is hidden until a person decides."""
    return decision.action is not Action.KEEP


def swept(
    reading: Reading, findings: Findings, decisions: tuple[Decision, ...]
) -> tuple[Findings, tuple[Decision, ...]]:
    """Findings and decisions with every further place of a hidden text hidden too.

    A text hidden in one place and left in another gives itself away. Places that a kept mention
    holds stay, unless the text is the reporter's or goes on beyond the mention.
    """
    mentions, found = list(findings.mentions), list(decisions)
    telling = _telling(reading, findings, decisions)
    found = [_like_the_hidden(d, reading, findings, telling) for d in found]
    squashed, origin = squash_map(reading.text)
    taken = bytearray(len(reading.text))
    for m in mentions:
        taken[m.start : m.end] = b"\1" * (m.end - m.start)
    for text, decision in telling.items():
        start = squashed.find(text)
        while start >= 0:
            a, b = origin[start], origin[start + len(text) - 1] + 1
            if _whole(reading.text, a, b) and not _ordinary(reading.text[a:b]):
                inner = _inside(mentions, a, b) if 1 in taken[a:b] else []
                for n in inner or ():
                    found[n] = found[n] if gone(found[n]) else replace(decision, mention=n)
                like = replace(findings.mentions[decision.mention], recognizer="sweep")
                for first, last in () if inner is None else _free(reading.text, taken, a, b):
                    taken[first:last] = b"\1" * (last - first)
                    mentions.append(replace(like, start=first, end=last))
                    found.append(replace(decision, mention=len(mentions) - 1))
            start = squashed.find(text, start + 1)
    order = sorted(range(len(mentions)), key=lambda n: mentions[n].start)
    place = {n: i for i, n in enumerate(order)}
    moved = sorted((replace(d, mention=place[d.mention]) for d in found), key=lambda d: d.mention)
    return replace(findings, mentions=tuple(mentions[n] for n in order)), tuple(moved)


def _inside(mentions: Sequence[Mention], start: int, end: int) -> list[int] | None:
    """The mentions in a stretch that goes on beyond each of them; None where one does not end."""
    there = [(n, m) for n, m in enumerate(mentions) if m.start < end and start < m.end]
    within = all(
        start <= m.start and m.end <= end and m.end - m.start < end - start for _, m in there
    )
    return [n for n, _ in there] if within else None


def _free(text: str, taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What no mention holds of a stretch, white space and punctuation apart."""
    for run in FREE.finditer(taken, start, end):
        if any(map(str.isalnum, text[slice(*run.span())])):
            yield run.span()


def _like_the_hidden(
    decision: Decision, reading: Reading, findings: Findings, telling: dict[str, Decision]
) -> Decision:
    """A kept name that is hidden elsewhere is hidden too, unless it is surely somebody else's."""
    mention = findings.mentions[decision.mention]
    text = squash(reading.text[mention.start : mention.end])
    if gone(decision):
        return decision
    if mention.kind in ONLINE:  # the address of somebody whose name is hidden
        spelled = next((t for t in telling if len(t) >= SPELLED and t in text), "")
        return replace(telling[spelled], mention=decision.mention) if spelled else decision
    if mention.kind not in NAMELIKE or text not in telling:
        return decision
    other = findings.mentions[telling[text].mention]
    person = findings.person(mention.person)
    sure = max(person.roles.values(), default=0.0) >= SURE if person else False
    if sure and other.person != mention.person:
        return decision
    return replace(telling[text], mention=decision.mention)


def _telling(
    reading: Reading, findings: Findings, decisions: Sequence[Decision]
) -> dict[str, Decision]:
    """Hidden texts, and words of hidden names, long enough to be looked for everywhere."""
    found: dict[str, Decision] = {}
    parts: dict[str, Decision] = {}
    for d in decisions:
        m = findings.mentions[d.mention]
        text = reading.text[m.start : m.end]
        if gone(d) and m.kind in SWEPT and _long(m.kind, text):
            found.setdefault(squash(text), d)
            if m.kind in NAMELIKE:
                parts |= {w: d for w in name_words(text) if _long(m.kind, w)}
    kept = [squash(t) for t in allowed(reading, findings, decisions)]
    small = {squash(w.text) for w in reading.words if w.text.strip(PUNCTUATION).islower()}
    free = {w: d for w, d in parts.items() if w not in small and not any(w in k for k in kept)}
    every = {**free, **found}
    return {text: every[text] for text in sorted(every, key=lambda t: (-len(t), t))}


def _long(kind: str, text: str) -> bool:
    """Whether a text is long enough to be looked for all over a file."""
    return len(squash(text)) >= LEAST.get(kind, 7)


def _ordinary(text: str) -> bool:
    """A single word in small letters: `summer` is not Summer."""
    return text.isalpha() and text.islower()


def _whole(text: str, start: int, end: int) -> bool:
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def removals(
    policy: Policy,
    reading: Reading,
    findings: Findings,
    decisions: Sequence[Decision],
    settings: Settings,
) -> tuple[Removal, ...]:
    """Every box to destroy, page by page: hidden mentions, unexplained ink, unreadable pages."""
    found: list[Removal] = []
    for d in decisions:
        m = findings.mentions[d.mention]
        if gone(d):
            found += [
                Removal(b, d.label, d.prints, d.citations, fixed_width=True, continues=n > 0)
                for n, b in enumerate(visible(reading, m))
            ]
    span = policy.vocabulary.defaults.span
    for page in reading.pages:
        whole = Region("page", _whole_page(page), "")
        for region in [whole] if unreadable(page, settings) else page.regions:
            label = region.label or span.label
            found.append(Removal(region.box, label, policy.prints(label), (span.cite,)))
    return tuple(sorted(found, key=lambda r: (r.box.page, r.box.y0, r.box.x0)))


def visible(reading: Reading, mention: Mention) -> Iterator[Box]:
    """Boxes of a mention; a second reader's word hides its place as well, a note has none."""
    if any(
        w.source in (Source.FIELD, Source.ANNOTATION, Source.LINK)
        for w in reading.words_in(mention.start, mention.end)
    ):
        return
    yield from (
        b for b in reading.boxes(mention.start, mention.end) if b.width > 0 and b.height > 0
    )


def _whole_page(page: Page) -> Box:
    return Box(page.number, 0.0, 0.0, page.width, page.height)


def unreadable(page: Page, settings: Settings) -> bool:
    """A scan too coarse or too poorly read to be told safe."""
    coarse = page.kind == "scan" and 0 < page.dpi < settings.min_dpi
    return not page.cleared and (coarse or page.confidence < settings.min_confidence)


def page_holds(policy: Policy, reading: Reading, settings: Settings) -> Iterator[Hold]:
    """Questions about ink and pages that no reader explains."""
    cite = (policy.vocabulary.defaults.span.cite,)
    for page in reading.pages:
        if unreadable(page, settings):
            why = f"Page {page.number + 1} cannot be read well enough to be told safe."
            yield Hold("", "page", why, (), "unreadable_page", cite)
            continue
        for region in page.regions:
            yield _region_hold(page, region, cite)


def _region_hold(page: Page, region: Region, cite: tuple[str, ...]) -> Hold:
    question = f"Page {page.number + 1} shows {region.kind} that no reader explains: {region.why}."
    return Hold("", region.kind, question, (), "unexplained_ink", cite)


def protected(
    reading: Reading, findings: Findings, decisions: Sequence[Decision]
) -> tuple[Protected, ...]:
    """The texts that must be gone, once each; words of indirect descriptions are ordinary ones."""
    found: dict[tuple[str, str], None] = {}
    for d in decisions:
        m = findings.mentions[d.mention]
        text = reading.text[m.start : m.end]
        bare_year = m.kind == "dob" and not _long(m.kind, text)  # the year of other things too
        if gone(d) and m.kind in SWEPT and not bare_year:
            found.setdefault((text, m.kind))
    return tuple(Protected(text, kind) for text, kind in found)


def allowed(reading: Reading, findings: Findings, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The texts of mentions that were decided to stay, once each."""
    kept = (findings.mentions[d.mention] for d in decisions if not gone(d))
    return tuple(dict.fromkeys(reading.text[m.start : m.end] for m in kept))
