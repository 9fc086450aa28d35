"""The words of the design, as frozen values that the rooms hand to one another.

Units everywhere: PDF points, origin at the top left of the page as it is displayed
(rotation undone, crop box applied), pages counted from 0. Character offsets count into
``Reading.text``.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Source(StrEnum):
    """Where a word was read."""

    TEXT = "text"  # visible text layer of the page
    HIDDEN = "hidden"  # invisible, clipped, off page, covered or in a hidden layer
    FIELD = "field"  # value of a form field
    ANNOTATION = "annotation"  # note, stamp, highlight
    LINK = "link"  # target of a link
    OCR = "ocr"  # first reader of the page image
    OCR2 = "ocr2"  # second reader of the page image


class Action(StrEnum):
    """What happens to a mention, most restrictive first."""

    WITHHOLD = "withhold"
    HOLD = "hold"
    REDACT = "redact"
    KEEP = "keep"


class Context(StrEnum):
    """REPORT is intake text or a sentence about the making of a report; all else is OTHER."""

    REPORT = "report"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle on one page."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def union(self, other: Box) -> Box:
        """The smallest box that holds both; they must lie on one page."""
        return Box(
            self.page,
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )

    def holds(self, other: Box) -> bool:
        """Whether all of the other lies within, on the same page."""
        inside = self.x0 <= other.x0 and other.x1 <= self.x1
        return self.page == other.page and inside and self.y0 <= other.y0 and other.y1 <= self.y1

    def turned(self, quarters: int, width: float = 0.0, height: float = 0.0) -> Box:
        """The box on its page of that size, turned left by so many quarters.

        Turned back by ``turned(-quarters, ...)`` with the size of the turned page.
        """
        x0, y0, x1, y1 = self.x0, self.y0, self.x1, self.y1
        match quarters % 4:
            case 1:
                return Box(self.page, y0, width - x1, y1, width - x0)
            case 2:
                return Box(self.page, width - x1, height - y1, width - x0, height - y0)
            case 3:
                return Box(self.page, height - y1, x0, height - y0, x1)
        return self


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space.

    ``start`` is the offset of the first character in ``Reading.text``. ``edges`` are the x
    positions between characters (``len(text) + 1`` of them), empty where the reader has none.
    ``confidence`` runs from 0 to 1. ``turn`` counts the quarters by which the writing is turned
    right: 1 runs down the page, 3 up. ``level`` is False for a word that OCR read aslant.
    """

    text: str
    box: Box
    start: int
    source: Source = Source.TEXT
    confidence: float = 1.0
    edges: tuple[float, ...] = ()
    turn: int = 0
    level: bool = True

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)

    def part(self, start: int, end: int) -> Box:
        """The box of the characters between two offsets of ``Reading.text``."""
        a, b = max(start - self.start, 0), min(end - self.start, len(self.text))
        if not self.edges or (a <= 0 and b >= len(self.text)):
            return self.box  # without edges nobody knows where the part stands
        x0, x1 = self.edges[a], self.edges[b]
        return Box(self.box.page, min(x0, x1), self.box.y0, max(x0, x1), self.box.y1)


@dataclass(frozen=True, slots=True)
class Region:
    """Ink that no reader explains: a photo, signature, handwriting, stamp, barcode or ink."""

    kind: str
    box: Box
    why: str
    share: float = 0.0
    label: str = ""  # of the box over it; empty for the policy's own


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. ``start`` and ``end`` bound its stretch of ``Reading.text``.

    ``kind`` is text, scan or mixed. ``confidence`` is the mean of the readers (1 for a text
    layer), ``dpi`` the resolution of a scan (0 where there is none), ``angle`` the slope of its
    lines in degrees (those that fall to the right are positive), ``explained`` the share of the
    page's ink that lies under words that were read.
    """

    number: int
    width: float
    height: float
    start: int
    end: int
    words: tuple[Word, ...]
    kind: str = "text"
    confidence: float = 1.0
    dpi: float = 0.0
    explained: float = 1.0
    regions: tuple[Region, ...] = ()
    doubts: tuple[str, ...] = ()  # why the page must not be written as vectors
    cleared: bool = False  # a person has looked at a page that was read poorly
    angle: float = 0.0


@dataclass(frozen=True)
class Reading:
    """A whole case file as text with places.

    Layout is written into ``text``: a space between words of a line, ``\\n`` between wrapped
    lines of one paragraph or cell, ``\\t`` between cells of one table row or a label and its
    value set apart by white space, ``\\n\\n`` between blocks (paragraphs, table rows, headings),
    ``\\f`` between pages. Words that only a second reader or a hidden layer gave stand as
    blocks of their own behind the page's other text.
    """

    text: str
    pages: tuple[Page, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word of the file in the order of its offset."""
        return tuple(w for p in self.pages for w in p.words)

    @cached_property
    def _starts(self) -> list[int]:
        return [w.start for w in self.words]

    def words_in(self, start: int, end: int) -> Iterator[Word]:
        """Words that share a character with the stretch."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for word in self.words[first : bisect_left(self._starts, end)]:
            if word.end > start and word.start < end:
                yield word

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """Where the stretch stands, one box for each line piece."""
        found: list[Box] = []
        previous: Word | None = None
        for word in self.words_in(start, end):
            box = word.part(start, end)
            if previous and found and self._one_line(previous, word):
                found[-1] = found[-1].union(box)
            else:
                found.append(box)
            previous = word
        return tuple(found)

    def _one_line(self, a: Word, b: Word) -> bool:
        between = self.text[a.end : b.start]
        first, second = a.box.turned(a.turn), b.box.turned(a.turn)
        same = first.page == second.page and abs(first.y0 - second.y0) < 0.6 * first.height
        return same and not between.strip(" ") and second.x0 >= first.x0

    def page_at(self, offset: int) -> int:
        """Number of the page that holds the offset."""
        return max(bisect_right(self._page_starts, offset) - 1, 0)

    @cached_property
    def _page_starts(self) -> list[int]:
        return [p.start for p in self.pages]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of words that names or points at something.

    ``kind`` is a kind of the policy vocabulary (name, address, ssn ...). ``roles`` are the
    role guesses of the recognizer with their probability, ``tells`` how much the mention says of
    each role beside other mentions (1 where it is silent); ``person`` is the id of the person it
    belongs to, empty for nobody's. ``why`` explains the find and never repeats its text.
    """

    kind: str
    start: int
    end: int
    score: float
    recognizer: str
    why: str = ""
    roles: Mapping[str, float] = field(default_factory=dict)
    person: str = ""
    context: Context = Context.OTHER
    tells: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Mentions that mean one human being. ``roles`` maps a policy role to its confidence."""

    id: str
    names: tuple[str, ...]
    roles: Mapping[str, float]
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findings:
    """What stands in a case file: its mentions in order of place, and the people they mean."""

    mentions: tuple[Mention, ...]
    people: tuple[Person, ...]

    def person(self, identifier: str) -> Person | None:
        """The person of that id."""
        return next((p for p in self.people if p.id == identifier), None)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person the requester of the service told of, with roles, so that data beats guesses."""

    name: str
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what. ``answers`` maps a question id of the policy to one of its values."""

    jurisdiction: str
    category: str
    requester_names: tuple[str, ...] = ()
    relation: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    known: tuple[KnownPerson, ...] = ()
    must_hide: tuple[str, ...] = ()
    must_keep: tuple[str, ...] = ()
    holds: str = "stop"  # stop: a person decides; hide: what is held is hidden and released
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What the policy says of one mention. ``rule`` is its id, ``prints`` the box label."""

    mention: int
    action: Action
    rule: str
    citations: tuple[str, ...]
    label: str = ""
    prints: str = ""
    why: str = ""
    also: tuple[str, ...] = ()  # other rules that matched


@dataclass(frozen=True, slots=True)
class Removal:
    """One box to destroy on a page, and the label to print on it.

    With ``fixed_width`` the line is set anew behind a box of one width. ``continues`` marks the
    further lines of a stretch that began on an earlier one.
    """

    box: Box
    label: str
    prints: str
    citations: tuple[str, ...]
    fixed_width: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One test of a saved release. ``detail`` never repeats protected text.

    ``broken``: it found nothing wrong but could not be made, and so did not pass.
    """

    name: str
    passed: bool
    count: int = 0
    detail: str = ""
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a release may leave the house, and every check that was made of it."""

    checks: tuple[Check, ...]

    @property
    def releasable(self) -> bool:
        """True when checks were made and all of them passed."""
        return bool(self.checks) and all(c.passed for c in self.checks)

    @property
    def failing(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(c for c in self.checks if not c.passed)


@dataclass(frozen=True, slots=True)
class Hold:
    """One question for a person: decide once for these mentions."""

    person: str
    kind: str
    question: str
    mentions: tuple[int, ...]
    rule: str
    citations: tuple[str, ...]


@dataclass(frozen=True)
class Release:
    """What one request ends in.

    ``outcome`` is released (document present), held (``holds`` say what a person must decide),
    withheld (policy or a failed check keeps the file back), or letter (the law gives this
    requester an answer and no page; ``letter`` carries its fields). ``document`` is present
    only when ``verdict.releasable``.
    """

    outcome: str
    verdict: Verdict
    document: bytes | None = None
    text: str = ""
    requester_log: Mapping[str, object] = field(default_factory=dict)
    internal_log: Mapping[str, object] = field(default_factory=dict)
    notices: tuple[Mapping[str, str], ...] = ()
    letter: Mapping[str, object] | None = None
    holds: tuple[Hold, ...] = ()
    reasons: tuple[Mapping[str, object], ...] = ()  # of a hold or refusal: code, why, citations
    certificate: bytes = b""  # signed statement of the checks, JSON; with a document only
