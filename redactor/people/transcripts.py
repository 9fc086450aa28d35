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
OWN = 2  # turns of who calls
NEAR = 12  # turns at a call's beginning in which the caller speaks often
FOREIGN = 2  # turns of others that a call goes on after
ANSWER = 80  # characters of an answer in which a name is the speaker's
TAKER = re.compile(
    r"\b(?:screener|intake|hot\s?line|operator|call[- ]?taker|registry|childline|specialist)\b",
    re.IGNORECASE,
)
GREETING = re.compile(
    r"\b(?:(?:child\s+)?abuse\b.{0,30}\b(?:hot\s?line|line|registry)|hot\s?line|(?:child(?:ren)?'?s?\s+)?"
    r"(?:protective\s+services|services|welfare)\s+(?:intake|hot\s?line)|central\s+intake|childline)\b",
    re.IGNORECASE,
)
TOLD = re.compile(
    r"\b(?:called|calls|phoned|from|told|to|a|our|that)\s+(?:the\s+)?$", re.IGNORECASE
)
OTHERS = re.compile(
    r"\b(?:interpreter|supervisor|automated|recording|note|end|time|date|page)\b", re.IGNORECASE
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
    """The names of who calls a hotline, in the labels and answers of each call's transcript."""
    turns, at = list(_turns(text)), 0
    while at < len(turns):
        caller = _caller(text, turns[at : at + NEAR])
        if not caller:
            at += 1
            continue
        taker, foreign, asked = turns[at].label, 0, False
        for turn in turns[at:]:
            foreign = 0 if turn.label in (taker, caller) else foreign + 1
            if foreign > FOREIGN:
                break
            if turn.label == caller:
                yield from begun(names, turn.start, turn.said)
                yield from (
                    begun(names, turn.said, min(turn.end, turn.said + ANSWER)) if asked else ()
                )
            asked = turn.label == taker and bool(ASKED.search(text, turn.said, turn.end))
            at += 1


def _turns(text: str) -> Iterator[Turn]:
    found = list(TURN.finditer(text))
    for match, after in zip_longest(found, found[1:]):
        end = after.start() if after else len(text)
        yield Turn(match["label"].casefold(), match.start("label"), match.end(), end)


def _caller(text: str, turns: Sequence[Turn]) -> str:
    """The label of who speaks with a hotline that picks up in the first turn; empty where none does.

    A field worker who speaks of the hotline to a mother takes no call.
    """
    first = turns[0]
    greeting = GREETING.search(text, first.said, first.end)
    greets = greeting and not TOLD.search(text, first.said, greeting.start())
    asks = any("?" in text[t.said : t.end] for t in turns if t.label == first.label)
    if not asks or not (greets or TAKER.search(first.label)):
        return ""
    spoken = Counter(
        t.label for t in turns if t.label != first.label and not OTHERS.search(t.label)
    )
    caller, count = next(iter(spoken.most_common(1)), ("", 0))
    return caller if count >= OWN else ""
