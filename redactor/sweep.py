"""A text that is hidden once is hidden wherever it stands, read along or across the page."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from redactor.pdf.lines import Item, cluster
from redactor.people.names import parse
from redactor.policy.decide import MUST_HIDE
from redactor.removals import SWEPT, allowed, gone, is_long
from redactor.text import squash, squash_map
from redactor.types import Decision, Findings, Mention, Reading, Word
from redactor.verify.match import PUNCTUATION, name_words, stands_out
from redactor.writing import is_mixed, is_ordinary

NAMELIKE = {"name", "alias"}
FREE = re.compile(rb"\0+")
SPELLED = 6  # squashed characters of a name that an address on line spells
ONLINE = {"email", "url", "handle"}
UNSPACED = "\u2e80"  # from here on scripts are written without spaces between words
COUNTED = re.compile(r"^\d{1,2}(?=\W)", re.MULTILINE)
COUNTS = 8  # fewer lines that begin with a number are a list
SHORT = 4  # letters; a name this short counts only with a capital, where capitals are used
LIKELY = 0.5  # confidence of being the reporter
SURE = 0.85  # confidence of a role from which a namesake keeps the name


def swept(
    reading: Reading, findings: Findings, decisions: Sequence[Decision]
) -> tuple[Findings, tuple[Decision, ...]]:
    """Findings and decisions with every further place of a hidden text hidden too.

    A text hidden in one place and left in another gives itself away. Places that a kept mention
    holds stay, unless the text is the reporter's or goes on beyond the mention.
    """
    telling, strong = _telling(reading, findings, decisions)
    found = [_like_the_hidden(d, reading, findings, telling) for d in decisions]
    sweep = _Sweep(reading.text, list(findings.mentions), found)
    squashed, origin = squash_map(reading.text)
    apart = [across(reading), unnumbered(reading.text)]
    for text, decision in telling.items():
        for start in _starts(squashed, text):
            end = origin[start + len(text) - 1] + 1
            named = _is_reporters(findings, findings.mentions[decision.mention])
            sweep.hide(origin[start], end, decision, wholly=text in strong, careless=named)
        for other, places in apart:
            for start in _starts(other, text):
                sweep.hide_apart(places[start : start + len(text)], decision)
    return sweep.result(findings)


class _Sweep:
    """Mentions and decisions that grow by the places that are found."""

    def __init__(self, text: str, mentions: list[Mention], decisions: list[Decision]) -> None:
        self.text, self.mentions, self.decisions = text, mentions, decisions
        self.given = tuple(mentions)
        self.taken = bytearray(len(text))
        self.starts = sorted((m.start, n) for n, m in enumerate(mentions))
        self.longest = max((m.end - m.start for m in mentions), default=0)
        for m in mentions:
            self.taken[m.start : m.end] = b"\1" * (m.end - m.start)

    def hide(
        self, start: int, end: int, like: Decision, *, wholly: bool = False, careless: bool = True
    ) -> None:
        """Hide a stretch that is a hidden text; with it what is kept and goes on beyond it.

        A name that goes on beyond it stays, unless it must go ``wholly``. A short one in small
        letters counts where it may be a ``careless`` writer's, as a reporter's always may.
        """
        text = self.text[start:end]
        if not self._whole(start, end) and not stands_out(text):
            return
        if text.isalpha() and text.islower():  # no Summer: summer; no Dawn: before dawn
            word = not careless and len(text) <= SHORT and is_mixed(self.text, start, end)
            if word or is_ordinary(text):
                return
        inner = self._inside(start, end) if 1 in self.taken[start:end] else []
        if inner is None:
            met = self._meeting(start, end)
            names = any(self.mentions[n].kind in NAMELIKE for n in met)
            inner = met if wholly or not names else None
        for n in inner or ():
            if not gone(self.decisions[n]):
                self.decisions[n] = replace(like, mention=n)
                self.mentions[n] = replace(self.mentions[n], recognizer="sweep")
        if inner is not None:
            self._fill(start, end, like)

    def hide_apart(self, places: Sequence[int], like: Decision) -> None:
        """Hide characters that spell a hidden text only where the page is read across."""
        breaks = [n + 1 for n, (a, b) in enumerate(pairwise(places)) if not a <= b <= a + 2]
        starts = self._whole(places[0], places[0] + 1, end=False)
        if breaks and starts and self._whole(places[-1], places[-1] + 1, start=False):
            for first, last in pairwise((0, *breaks, len(places))):
                self._fill(places[first], places[last - 1] + 1, like)

    def result(self, findings: Findings) -> tuple[Findings, tuple[Decision, ...]]:
        """All mentions in order of place, and their decisions."""
        order = sorted(range(len(self.mentions)), key=lambda n: self.mentions[n].start)
        place = {n: i for i, n in enumerate(order)}
        moved = [replace(d, mention=place[d.mention]) for d in self.decisions]
        mentions = tuple(self.mentions[n] for n in order)
        return replace(findings, mentions=mentions), tuple(sorted(moved, key=lambda d: d.mention))

    def _whole(self, first: int, last: int, *, start: bool = True, end: bool = True) -> bool:
        before, after = self.text[max(first - 1, 0) : first], self.text[last : last + 1]
        starts = not start or not before.isalnum() or self.text[first] >= UNSPACED
        ends = not end or not after.isalnum() or self.text[last - 1] >= UNSPACED
        return starts and ends

    def _inside(self, start: int, end: int) -> list[int] | None:
        """Mentions in a stretch that goes on beyond each of them; None where one does not end."""
        there = [(n, self.mentions[n]) for n in self._meeting(start, end)]
        within = all(
            start <= m.start and m.end <= end and m.end - m.start < end - start for _, m in there
        )
        return [n for n, _ in there] if within else None

    def _meeting(self, start: int, end: int) -> list[int]:
        """Mentions that share a character with a stretch."""
        first = bisect_left(self.starts, (start - self.longest, 0))
        near = self.starts[first : bisect_left(self.starts, (end, 0))]
        return [n for _, n in near if start < self.mentions[n].end]

    def _fill(self, start: int, end: int, like: Decision) -> None:
        """Take what no mention holds of a stretch, white space and punctuation apart."""
        mention = replace(self.given[like.mention], recognizer="sweep")
        for run in list(FREE.finditer(self.taken, start, end)):
            first, last = run.span()
            places = [n for n in range(first, last) if self.text[n].isalnum()]
            if places:
                first, last = places[0], places[-1] + 1
                self.taken[first:last] = b"\1" * (last - first)
                insort(self.starts, (first, len(self.mentions)))
                self.longest = max(self.longest, last - first)
                self.mentions.append(replace(mention, start=first, end=last))
                self.decisions.append(replace(like, mention=len(self.mentions) - 1))


def across(reading: Reading) -> tuple[str, list[int]]:
    """The squashed text of every page read line by line from edge to edge, and its offsets.

    Columns and cells are read through, as whoever copies the page would.
    """
    found, origin = [], []
    for page in reading.pages:
        for line in _lines(page.words):
            for word in line:
                plain, places = squash_map(word.text)
                found.append(plain)
                origin += [word.start + p for p in places]
    return "".join(found), origin


def unnumbered(text: str) -> tuple[str, list[int]]:
    """The squashed text without the numbers of its lines, and its offsets; empty where it has none.

    Transcripts and pleadings count their lines, and a name may go on behind the next number.
    """
    counted = [m.span() for m in COUNTED.finditer(text)]
    if len(counted) < COUNTS:
        return "", []
    return squash_map(COUNTED.sub(lambda m: " " * len(m.group()), text))


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    for _, group in groupby(sorted(words, key=lambda w: w.turn), key=lambda w: w.turn):
        level = [(w.box.turned(w.turn), w) for w in group]
        items = (Item(b.x0, b.y0, b.x1, b.y1, w) for b, w in level)
        yield from ([i.word for i in line] for line in cluster(items))


def _starts(squashed: str, text: str) -> Iterator[int]:
    start = squashed.find(text)
    while start >= 0:
        yield start
        start = squashed.find(text, start + 1)


def _like_the_hidden(
    decision: Decision, reading: Reading, findings: Findings, telling: Mapping[str, Decision]
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
) -> tuple[dict[str, Decision], set[str]]:
    """Hidden texts, and words of hidden names, long enough to be looked for everywhere.

    With them those words of a reporter's name that no other name of the file bears: these are
    hidden even where they stand within what was taken for somebody else's.
    """
    found: dict[str, Decision] = {}
    parts: dict[str, Decision] = {}
    strong: set[str] = set()
    kept = allowed(reading, findings, decisions)
    borne = {squash(w) for n in map(parse, kept) for w in (n.last, *n.given[:1])}
    for d in decisions:
        m = findings.mentions[d.mention]
        text = reading.text[m.start : m.end]
        if gone(d) and m.kind in SWEPT and is_long(m.kind, text):
            found.setdefault(squash(text), d)
            words = [w for w in name_words(text) if is_long(m.kind, w)]
            if m.kind in NAMELIKE:
                parts |= dict.fromkeys(words, d)
            if m.kind in NAMELIKE and _is_reporters(findings, m):
                strong |= {w for w in words if len(w) >= SPELLED and not is_ordinary(w)} - borne
    small = {squash(w.text) for w in reading.words if w.text.strip(PUNCTUATION).islower()}
    whole = [squash(t) for t in kept]
    free = {
        w: d
        for w, d in parts.items()
        if w not in small and (w in strong or not any(w in k for k in whole))
    }
    every = {**free, **found}
    order = sorted(every, key=lambda t: (-len(t), t))
    return {text: every[text] for text in order}, strong


def _is_reporters(findings: Findings, mention: Mention) -> bool:
    """Whether a mention surely names the reporter, or the request wants it hidden."""
    person = findings.person(mention.person)
    likely = person.roles.get("reporter", 0.0) if person else 0.0
    return mention.recognizer == MUST_HIDE or likely >= LIKELY
