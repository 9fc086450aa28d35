"""From decisions on mentions to boxes on pages, and to the texts that must be gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.across import across
from redactor.policy import Policy
from redactor.settings import Settings
from redactor.text import squash
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
    "ssn": 4,
    "handle": 6,
    "dob": 6,
}  # squashed characters
HANGS = 3  # letters from which a rest of a word is worth keeping
DOOR = 5  # of an address with a number and a name: 12 Elm, Lot 14


def gone(decision: Decision) -> bool:
    """Whether the decision hides its mention; what is held is hidden until a person decides."""
    return decision.action is not Action.KEEP


def is_long(kind: str, text: str) -> bool:
    """Whether a text is long enough to be looked for all over a file."""
    plain = squash(text)
    if kind == "address" and not plain.isdigit() and any(map(str.isdigit, plain)):
        return len(plain) >= DOOR
    return len(plain) >= LEAST.get(kind, 7)


def removals(
    policy: Policy,
    reading: Reading,
    findings: Findings,
    decisions: Sequence[Decision],
    settings: Settings,
) -> tuple[Removal, ...]:
    """Every box to destroy, page by page: hidden mentions, unexplained ink, unreadable pages.

    A page that is hidden whole has no other box.
    """
    found: list[Removal] = []
    whole = {p.number for p in reading.pages if unreadable(p, settings)}
    for d in decisions:
        m = findings.mentions[d.mention]
        if gone(d):
            found += [
                Removal(b, d.label, d.prints, d.citations, fixed_width=True, continues=n > 0)
                for n, b in enumerate(visible(reading, m))
                if b.page not in whole
            ]
    span = policy.vocabulary.defaults.span
    for page in reading.pages:
        found += list(across(page, [r for r in found if r.box.page == page.number]))
        for region in [_whole_page(page)] if page.number in whole else page.regions:
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
    start, end = _whole_words(reading, mention)
    yield from (b for b in reading.boxes(start, end) if b.width > 0 and b.height > 0)


def _whole_words(reading: Reading, mention: Mention) -> tuple[int, int]:
    """The mention's place, with the few signs that hang on it in words that OCR read.

    Where a letter ends and the comma behind it begins no reader of pictures tells to the pixel,
    and a letter's foot beside the box would tell it.
    """
    start, end = mention.start, mention.end
    for word in reading.words_in(mention.start, mention.end):
        before, behind = word.text[: start - word.start], word.text[end - word.start :]
        if word.source is not Source.OCR:
            continue
        if word.start < start and _letters(before) < HANGS:
            start = word.start
        if word.start < end < word.end and _letters(behind) < HANGS:
            end = word.end
    return start, end


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _whole_page(page: Page) -> Region:
    return Region("page", Box(page.number, 0.0, 0.0, page.width, page.height), "")


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
        if m.recognizer == "sweep":  # a further place, or a part, of a text that is one already
            continue
        # what is too short to be hidden elsewhere, a year or a ZIP code, other things bear too
        if gone(d) and m.kind in SWEPT and is_long(m.kind, text):
            found.setdefault((text, m.kind))
    return tuple(Protected(text, kind) for text, kind in found)


def allowed(reading: Reading, findings: Findings, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The texts of mentions that were decided to stay, once each."""
    kept = (findings.mentions[d.mention] for d in decisions if not gone(d))
    return tuple(dict.fromkeys(reading.text[m.start : m.end] for m in kept))
