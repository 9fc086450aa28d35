"""The whole way below the PDF on marked-up documents: found, linked, decided, swept.

    python whole_way.py FOLDER [--category inv_alleged_perpetrator] [--held-out]

Lays the text of every document out on a page, and prints what was hidden and what was lost, as
`redactor evaluate` does for case files. The first person accused (or parent) who did not report asks.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from redactor.batch.evaluate import Tally, count, table, wishes
from redactor.batch.gold import Gold, GoldMention
from redactor.detect.engine import engine
from redactor.people import resolve
from redactor.policy import least_answers, load
from redactor.policy.decide import decide
from redactor.settings import settings
from redactor.sweep import swept
from redactor.types import Action, Box, Page, Reading, Request, Word

from corpus import Document, read_folder

ASKS = {"inv_alleged_perpetrator": "alleged_perpetrator", "inv_parent": "parent"}
LINE, CHARACTER, LEFT = 12.0, 5.0, 50.0  # points
STEP = re.compile(r"\f|\n+|\t|[^\s]+")


def lay_out(text: str) -> Reading:
    """The text on pages, a line below the other, cells at stops."""
    pages: list[Page] = []
    words: list[Word] = []
    x, y, start = LEFT, LEFT, 0

    def close(end: int) -> None:
        pages.append(Page(len(pages), 612.0, max(792.0, y + LEFT), start, end, tuple(words)))
        words.clear()

    for step in STEP.finditer(text):
        sign = step.group()
        if sign == "\f":
            close(step.start())
            x, y, start = LEFT, LEFT, step.end()
        elif sign[0] == "\n":
            x, y = LEFT, y + LINE * len(sign)
        elif sign == "\t":
            x = (x // 120 + 1) * 120
        else:
            end = x + CHARACTER * len(sign)
            words.append(Word(sign, Box(len(pages), x, y, end, y + 10), step.start()))
            x = end + CHARACTER
    close(len(text))
    return Reading(text, tuple(pages))


def gold_of(doc: Document, reading: Reading) -> Gold:
    """The truth about a document, in the words of its layout."""
    starts = {word.start: n for n, word in enumerate(reading.words)}
    mentions = tuple(
        GoldMention(
            s.person, s.kind, doc.text[s.start : s.end], tuple(starts[w.start] for w in reading.words_in(s.start, s.end)), on_image=False
        )
        for s in doc.spans
    )
    return Gold(doc.id, b"", doc.case["people"], tuple((w.box, w.text) for w in reading.words), mentions)


def shows(text: str, hidden: bytearray, word: Word) -> bool:
    """Whether more than half of a word's letters can be read; the rest of "Denise's" tells nothing."""
    letters = [not hidden[n] for n in range(word.start, word.end) if text[n].isalnum()]
    return sum(letters) * 2 > len(letters) if letters else True


def measure(doc: Document, category: str, tally: Tally) -> None:
    """Add one document to the tally."""
    reading, policy = lay_out(doc.text), load("us-mo")
    gold = gold_of(doc, reading)
    name = gold.first_with(ASKS[category]) if category in ASKS else ""
    request = Request("us-mo", category, (name,) if name else (), answers=least_answers(policy, category), holds="hide")
    found = resolve(reading, engine(settings()).analyze(reading), request)
    found, decisions = swept(reading, found, decide(policy, category, request.answers, found, request))
    hidden = bytearray(len(doc.text))
    for d in decisions:
        m = found.mentions[d.mention]
        if d.action is not Action.KEEP:
            hidden[m.start : m.end] = b"\1" * (m.end - m.start)
    seen = [shows(doc.text, hidden, w) for w in reading.words]
    tally.documents += 1
    tally.released += 1
    count(gold, wishes(gold, request, settings()), seen, tally)


def main() -> None:
    """Measure a folder and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--category", default="inv_alleged_perpetrator")
    parser.add_argument("--held-out", action="store_true", help="every tenth document alone, as training holds them back")
    args = parser.parse_args()
    tally = Tally()
    for n, doc in enumerate(read_folder(args.folder)):
        if n % 10 == 7 or not args.held_out:
            measure(doc, args.category, tally)
    print(table({args.category: tally}))


if __name__ == "__main__":
    main()
