"""Settles overlaps between recognizers: in the end no two mentions share a character."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from redactor.detect.plausible import NAMELIKE, plausible
from redactor.detect.whole import whole
from redactor.stretches import Taken
from redactor.types import Mention

NOBODYS, CITATION = "nobodys", "citation"
# The kind on the left wins a place from those behind it, whatever their scores.
RANK = (
    CITATION,  # let go in the end
    "ssn",
    "email",
    "dob",
    "fax",  # before the telephone that every recognizer takes it for
    "phone",
    "address",
    "url",
    NOBODYS,  # let go in the end; never what may be somebody's number, contact or home
    "court_number",
    "benefit_id",
    "medical_record_number",
    "drivers_licence",
    "vehicle_id",
    "report_number",
    "case_number",
    "account_number",
    "state_id",
    "other_number",
    "handle",
    "name",
    "indirect_text",
    "school",
    "employer",
)
LEAST = 0.4
LEAST_OF = {"name": 0.35, "alias": 0.35, "signature": 0.35, "indirect_text": 0.6}
EDGES = " \t\n\f.,;:!?()[]{}<>\"'\u201c\u201d\u2018\u2019|*_/\\-\u2013\u2014"
CLOSERS = {")": "(", "]": "["}
TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Hon|Judge|Officer|Ofc|Det|Detective|Sgt|Cpl|Lt|Capt|Deputy)\b\.?\s+)+",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['\u2019]s$|(?<=s)['\u2019]$")
LEAD = re.compile(
    r"(?:(?:and|or|if|the|that's|that|to|of|with|by|for|from|when|so|but|then|as|at|in|on|is|was|per|re|via|cc|says|said)\b[\s,:]+)+",
    re.IGNORECASE,
)
# Small words at the edges of a description or a diagnosis, which tell nothing of it; "a" and "an",
# "he" and "she" do, and stay with it.
TELLING = frozenset({"indirect_text", "medical", "employer"})
SMALL = (
    r"the|and|or|but|that|when|while|until|till|then|so|was|is|are|were|been|be|has|had|have|of|in|on|at|to|for|from|"
    r"by|with|as|it"
)
FIRST, LAST = (
    re.compile(rf"(?:(?:{SMALL})\b[\s,;:]+)+", re.IGNORECASE),
    re.compile(rf"(?:[\s,;:]+(?:{SMALL}))+$", re.IGNORECASE),
)
# Two people's names; V. is an initial. A stop behind a whole word ends a name: "Arriaga. A, R, R".
BETWEEN = re.compile(r"\s(?:vs?\.?|[-\u2013\u2014])\s|(?<=[a-z]{4})\.\s")
SHORT = 3  # letters; a lower-case word this short is no name


def merge(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Mentions in order of place, trimmed, none overlapping another.

    Where two overlap the higher rank wins its place and the other keeps what is left of it, so
    that every character some recognizer found stays found.
    """
    taken, found = Taken(), []
    each = (piece for m in mentions if _enough(m) for piece in _apart(text, m))
    for mention in sorted(each, key=_precedence):
        for piece in _free(mention, taken):
            trimmed = trim(text, piece)
            kept = plausible(text, trimmed) if trimmed else None
            if kept:
                taken.add(kept.start, kept.end)
                found.append(kept)
    found = [m for m in whole(text, found) if m.kind not in (NOBODYS, CITATION)]
    return tuple(sorted(_joined(text, found), key=lambda m: (m.start, m.end)))


def _enough(mention: Mention) -> bool:
    return mention.score >= LEAST_OF.get(mention.kind, LEAST) and mention.end > mention.start


def _apart(text: str, mention: Mention) -> Iterator[Mention]:
    """The names that a model took for one: "Doyle v. Marsh", "Ann Doyle - Marsh boys"."""
    if mention.kind not in NAMELIKE:
        yield mention
        return
    at = mention.start
    for cut in BETWEEN.finditer(text, mention.start, mention.end):
        yield replace(mention, start=at, end=cut.start())
        at = cut.end()
    yield replace(mention, start=at)


def _precedence(m: Mention) -> tuple[int, int, float, int]:
    rank = RANK.index(m.kind) if m.kind in RANK else len(RANK)
    return (rank, m.start - m.end, -m.score, m.start)


def _free(mention: Mention, taken: Taken) -> Iterator[Mention]:
    """What is left of a mention when taken places are cut out; a name inside is swallowed."""
    at = mention.start
    for start, end in [*taken.meeting(at, mention.end), (mention.end, mention.end)]:
        if start > at:
            yield replace(mention, start=at, end=start)
        at = end


def trim(text: str, mention: Mention) -> Mention | None:
    """The mention without punctuation, titles and possessives at its edges, or None."""
    start, end = mention.start, mention.end
    cut = text.find("\f", start, end)
    if cut >= 0:
        end = cut
    while (
        start < end
        and text[start] in EDGES
        and not (text[start] == "(" and mention.kind == "phone")
    ):
        start += 1
    while end > start and text[end - 1] in EDGES and not _closes(text, start, end, mention.kind):
        end -= 1
    if mention.kind in NAMELIKE:
        title = TITLE.match(text[start:end])
        start += title.end() if title and title.end() < end - start else 0
        tail = POSSESSIVE.search(text[start:end])
        end = start + tail.start() if tail else end
        start += _small_words(text, start, end)
        if text[start:end].islower() and end - start <= SHORT:
            return None
    if mention.kind in TELLING and mention.recognizer == "ModelRecognizer":
        start, end = _within(text, start, end)
    if not any(c.isalnum() for c in text[start:end]):
        return None
    return replace(mention, start=start, end=end)


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """The place without the small words at its edges; whole where one word would be left."""
    first = FIRST.match(text, start, end)
    begins = first.end() if first else start
    last = LAST.search(text[begins:end])
    ends = begins + last.start() if last else end
    return (begins, ends) if len(text[begins:ends].split()) > 1 else (start, end)


def _small_words(text: str, start: int, end: int) -> int:
    """Length of the words before a name that cannot be part of it ("and\\nGabriel")."""
    match = LEAD.match(text, start, end)
    return match.end() - start if match and match.end() < end else 0


def _closes(text: str, start: int, end: int, kind: str) -> bool:
    """Whether the last sign belongs: a bracket opened inside, or the point of an initial."""
    last = text[end - 1]
    if last in CLOSERS:
        return CLOSERS[last] in text[start : end - 1]
    return last == "." and kind in NAMELIKE and end - start > 1 and text[end - 2].isupper()


def _joined(text: str, mentions: Sequence[Mention]) -> Iterable[Mention]:
    """Neighbouring pieces of one address made one."""
    last: Mention | None = None
    for mention in sorted(mentions, key=lambda m: m.start):
        if (
            last is not None
            and last.kind == mention.kind == "address"
            and re.fullmatch(r"[\s,]{0,3}", text[last.end : mention.start])
            and "\n\n" not in text[last.end : mention.start]
        ):
            last = replace(last, end=mention.end, score=max(last.score, mention.score))
            continue
        if last is not None:
            yield last
        last = mention
    if last is not None:
        yield last
