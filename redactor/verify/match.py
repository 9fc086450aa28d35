"""Looks for protected texts in text that somebody extracted, whatever its spacing and case."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from redactor.text import orders, squash, squash_map
from redactor.verify.expectation import Protected
from redactor.writing import is_ordinary

NUMBERS = {"ssn", "phone", "fax", "office_phone"}
NAMES = {"name", "alias", "signature"}
LEAST = 4  # squashed characters; shorter strings are looked for by place, not by search
LEAST_WORD = 3  # letters of an ordinary word that is no piece of a name set apart
SHARE = 0.6  # of a name or of one of its words that gives it away
SHARED = NAMES | {"email", "handle"}
LONGEST = 60  # letters of a word
INITIAL = re.compile(r"\w\b")  # begins with a single letter
DIALLED = 7  # digits of a number that people write in groups
FREE = 8  # from this length on, word boundaries no longer matter
DIGEST = re.compile(r"\b(?=\d*[a-f])[0-9a-f]{16,}\b")  # holds any short number by chance
PUNCTUATION = ".,;:!?()[]\"'\u201c\u201d\u2019"


class Matcher:
    """Finds protected texts and their telling parts.

    A part of a name that is also a word of the kept text is no find: `Will` may stay a verb.
    """

    def __init__(
        self,
        protected: Iterable[Protected],
        kept: Sequence[str],
        allowed: Sequence[str] = (),
        original: Iterable[str] = (),
    ) -> None:
        """Keep the texts to look for.

        ``allowed`` are texts of mentions that were decided to stay, ``kept`` the words of the
        release. A whole protected text is excused only by what was decided to stay, never by
        standing among the words; a single word also by being an ordinary one, in small letters.
        ``original`` are texts before redaction: a part of a name that is a whole word there was
        not cut out of the name.
        """
        self._protected = tuple(protected)
        self._allowed = tuple(squash(a) for a in allowed)
        self._known = {w for text in original for w in _words(text)}
        self._initialled = {
            squash(p.text) for p in self._protected if p.kind in NAMES and INITIAL.match(p.text)
        }
        self._ordinary = {squash(w) for w in kept if w.strip(PUNCTUATION).islower()}

    @cached_property
    def targets(self) -> tuple[tuple[str, bool], ...]:
        """(squashed text, whether it counts anywhere or only as whole words), longest first."""
        found: dict[str, bool] = {}
        for p in self._protected:
            for text, anywhere in _parts(p):
                if len(text) >= LEAST and not self._stays(text):
                    found[text] = anywhere or found.get(text, False)
        return tuple(sorted(found.items(), key=lambda t: (-len(t[0]), t[0])))

    @cached_property
    def _shares(self) -> tuple[tuple[str, ...], ...]:
        """For every name, the runs of its letters that are long enough to tell it."""
        found = []
        for text in sorted({_own(p) for p in self._protected if p.kind in SHARED}):
            found.append(_runs(squash(text)))
            found += [_ends(squash(word)) for word in text.split()]
        return tuple(tuple(r for r in runs if self._tells(r)) for runs in found if runs)

    def _tells(self, run: str) -> bool:
        """Whether it is some of a name; one letter again and again is what OCR makes of dots."""
        return len(set(run)) > 1 and not self._stays(run)

    def _stays(self, text: str) -> bool:
        return text in self._ordinary or any(text in a for a in self._allowed)

    def count(self, text: str) -> int:
        """How many of the targets the text gives away."""
        squashed, origin = squash_map(text)
        found = sum(
            _there(t, squashed, origin, text, anywhere=a, known=self._excuses(t))
            for t, a in self.targets
        )
        return found or sum(
            any(self._told(run, squashed, origin, text) for run in runs) for runs in self._shares
        )

    def _excuses(self, target: str) -> Collection[str]:
        """Words of the original in which a name may begin: "G. Trammell" in "BG Trammell"."""
        return self._known if target in self._initialled else ()

    def whole_count(self, text: str) -> int:
        """How many long protected texts stand in it whole; for logs, whose own words are many."""
        squashed, origin = squash_map(text)
        found = [t for t, a in self.targets if a and t in squashed and _no_figure(t, text)]
        excused = [
            t
            for t in found
            if t in self._initialled
            and not _there(t, squashed, origin, text, anywhere=True, known=self._known)
        ]
        return len(found) - len(excused)

    def plain_count(self, data: bytes) -> int:
        """How many long targets stand in bytes letter by letter; quick, for large ones."""
        low = data.lower()
        return sum(
            len(raw) >= FREE and raw in low
            for raw in (t.encode("ascii", "ignore") for t, _ in self.targets)
        )

    def _told(self, run: str, squashed: str, origin: list[int], text: str) -> bool:
        """Whether the run stands there in words that the original does not have: cut ones."""
        start = squashed.find(run)
        while start >= 0:
            first, last = origin[start], origin[start + len(run) - 1] + 1
            head, tail = WORD_BEFORE.search(text[:first]), WORD_AFTER.match(text[last:])
            around = text[head.start() if head else first : last + (tail.end() if tail else 0)]
            words = list(_words(around))
            cut = not (head and tail) and any(w not in self._known for w in words)
            if cut and not _by_chance(words):
                return True
            start = squashed.find(run, start + 1)
        return False

    def raw_count(self, data: bytes) -> int:
        """How many targets stand in bytes, as they are or with signs between their letters.

        Letters set apart count only from the start of a word to the end of one: the operators of
        a content stream must not lend theirs (``Tm (rammell)``).
        """
        low = data.lower()
        squashed = re.sub(rb"[^0-9a-z]+", b"", low)
        found = 0
        for target, _ in self.targets:
            raw = target.encode("ascii", "ignore")
            if len(raw) >= FREE and raw in squashed:
                found += raw in low or bool(_apart(raw).search(low))
        return found


def _by_chance(words: Sequence[str]) -> bool:
    """Whether an ordinary word begins or ends the run: "THE" and a label that OCR misread."""
    return len(words) > 1 and any(len(w) >= LEAST_WORD and is_ordinary(w) for w in words)


WORD, WORD_BEFORE, WORD_AFTER = (re.compile(p) for p in (r"\w+", r"\w+$", r"^\w+"))


def _own(p: Protected) -> str:
    """The part of a text that is somebody's own: of an address on line, what stands before @."""
    return p.text.split("@")[0] if p.kind == "email" else p.text


def _words(text: str) -> Iterable[str]:
    return (squash(w) for w in WORD.findall(text))


def _runs(name: str) -> tuple[str, ...]:
    """Every run of most of a name; of a short one none."""
    size = math.ceil(SHARE * len(name))
    many = range(len(name) - size + 1) if len(name) >= FREE else ()
    return tuple(name[n : n + size] for n in many)


def _ends(word: str) -> tuple[str, ...]:
    """The first and the last letters of a name's word, as a box that slipped leaves them."""
    size = math.ceil(SHARE * len(word))
    return (word[:size], word[-size:]) if len(word) >= FREE else ()


@lru_cache(maxsize=4096)
def _apart(target: bytes) -> re.Pattern[bytes]:
    letters = rb"[^0-9a-z]{0,6}".join(bytes([c]) for c in target)
    return re.compile(rb"(?<![0-9a-z])" + letters + rb"(?![0-9a-z])")


def _parts(p: Protected) -> Iterable[tuple[str, bool]]:
    for order in orders(p.text):
        whole = squash(order)
        yield whole, len(whole) >= FREE
    if p.kind in NUMBERS:
        yield re.sub(r"\D", "", p.text), True
    elif p.kind in NAMES:
        yield from ((w, stands_out(w)) for o in orders(p.text) for w in name_words(o))
    elif p.kind == "email":
        yield squash(p.text.split("@")[0]), False


def stands_out(text: str) -> bool:
    """Whether a text tells also within a longer word: ``#quillfeather2`` names Quillfeather."""
    return len(squash(text)) >= FREE and not is_ordinary(text)


def name_words(name: str) -> Iterator[str]:
    """The words of a name, squashed; what holds a digit is no part of one."""
    for word in re.split(r"[\s,.]+", name):
        if not any(c.isdigit() for c in word):
            yield squash(word)


def _there(
    target: str,
    squashed: str,
    origin: list[int],
    text: str,
    *,
    anywhere: bool,
    known: Collection[str] = (),
) -> bool:
    """Whether a target stands in a text; none that begins within one of the ``known`` words."""
    start = squashed.find(target)
    while start >= 0:
        end = start + len(target)
        first, last = origin[start], origin[end - 1]
        apart = target.isdigit() and len(target) < FREE and last - first + 1 > len(target)
        alone = _edge(text, first - 1) and _edge(text, last + 1)
        within = bool(known) and _begun(text, first) in known
        # digits apart are those of a date or a fraction, not of this number
        if not apart and (alone or (anywhere and not within)):
            return True
        start = squashed.find(target, start + 1)
    return False


def _begun(text: str, offset: int) -> str:
    """The word, squashed, that began before an offset and goes on there; empty for none."""
    head = WORD_BEFORE.search(text[max(offset - LONGEST, 0) : offset])
    tail = WORD_AFTER.match(text[offset:])
    return squash(head.group() + tail.group()) if head and tail else ""


def _edge(text: str, offset: int) -> bool:
    return not (0 <= offset < len(text)) or not text[offset].isalnum()


def _no_figure(target: str, text: str) -> bool:
    """Whether a find is more than a log's own figures run together: 0.06, 2.1 is no 0621."""
    if not target.isdigit() or len(target) >= FREE:
        return True
    apart = r"[-\s()/\u2010-\u2015]{0,2}" if len(target) >= DIALLED else "[- ]?"
    written = apart.join(target)
    told = DIGEST.sub(" ", text)
    return re.search(rf"(?<![\d.]){written}(?!\.?\d)", told) is not None
