"""Who calls in the transcript of a call: the one whom the hotline's screener speaks with.

    SCREENER: Child abuse hotline. Are the children safe right now?
    ORTIZ: Yes. She is asleep on my sofa.

Nobody says of the caller that she reports; her label and her answer to "your name?" name her.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from redactor.stretches import begun
from redactor.types import Mention

TURN = re.compile(
    r"(?:\A|(?<=[\n\f\t]))[ ]*(?:\[?\d{1,2}:\d\d(?::\d\d)?\]?[ ]*)?"
    r"(?P<label>[A-Z][\w.'\u2019/-]*(?:[ ][\w.'\u2019/-]+){0,3})[ ]?:[ \t\n]"
)
FEW = 4  # turns; fewer are no call
OWN = 2  # turns of who calls
BEGINS = 6  # turns in which the hotline says what it is
ANSWER = 80  # characters of an answer in which a name is the speaker's
TAKER = re.compile(
    r"\b(?:screener|intake|hot\s?line|operator|call[- ]?taker|registry|childline|specialist|counsell?or|worker|agent)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\b(?:(?:child\s+)?abuse\b.{0,30}\b(?:hot\s?line|line|registry)|hot\s?line|(?:child(?:ren)?'?s?\s+)?"
    r"(?:protective\s+services|services|welfare)\s+(?:intake|hot\s?line)|central\s+intake|childline)\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:interpreter|supervisor|automated|recording|note|end|time|date)\b", re.IGNORECASE
)
ASKED = re.compile(
    r"\byour\s+(?:\w+\s+)?name\b|\bwho\s+(?:am\s+I|is\s+this)\b|\bwho's\s+(?:this|calling)\b",
    re.IGNORECASE,
)


class Turn(NamedTuple):
    """What one speaker says: the label, its place, and where the words end."""

    label: str
    start: int
    said: int
    end: int


def calling(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names of who calls a hotline, in the labels and answers of the call's transcript."""
    turns = list(_turns(text))
    taker = _taker(text, turns)
    spoken = Counter(t.label for t in turns if t.label != taker and not OTHERS.search(t.label))
    if not taker or not spoken:
        return
    caller, count = spoken.most_common(1)[0]
    if count < OWN:
        return
    asked = False
    for turn in turns:
        if turn.label == caller:
            yield from begun(names, turn.start, turn.said)
            if asked:
                yield from begun(names, turn.said, min(turn.end, turn.said + ANSWER))
        asked = turn.label == taker and bool(ASKED.search(text, turn.said, turn.end))


def _turns(text: str) -> Iterator[Turn]:
    found = list(TURN.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(text)
        yield Turn(match["label"].casefold(), match.start("label"), match.end(), end)


def _taker(text: str, turns: Sequence[Turn]) -> str:
    """The label of the one who takes the call of a hotline; empty where this is none."""
    often = {label for label, n in Counter(t.label for t in turns).items() if n >= OWN}
    if len(turns) < FEW:
        return ""
    begins = [t for t in turns if t.label in often][:BEGINS]
    asks = {t.label for t in turns if "?" in text[t.said : t.end]}
    greets = [t.label for t in begins if GREETING.search(text, t.said, t.end) and t.label in asks]
    labelled = [t.label for t in begins if TAKER.search(t.label)]
    hotline = greets or any(GREETING.search(t.label) or "screener" in t.label for t in begins)
    return next(iter([*labelled, *greets]), "") if hotline else ""
