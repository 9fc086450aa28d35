"""A document as a reader of bad page images would give it."""

from __future__ import annotations

import random

from edits import edits, join

from corpus import Document

CONFUSED = {
    "l": "1I|i", "1": "lI", "I": "l1|", "o": "0c", "O": "0Q", "0": "Oo", "5": "S", "S": "5", "B": "8", "8": "B", "e": "c", "c": "e",
    "a": "o", "n": "ri", "h": "b", "t": "f", "f": "t", "i": "l1", "u": "v", "v": "y", "g": "q9", "Z": "2", "2": "Z", "6": "b", "G": "6C", ".": ",",
    ",": ".", "-": "~ ", "'": "’`", "D": "O", "E": "F", "y": "v", "r": "n", "/": "l1", ":": ";.",
}  # fmt: skip
PAIRS = [("m", "rn"), ("rn", "m"), ("w", "vv"), ("d", "cl"), ("cl", "d"), ("ll", "11"), ("li", "h"), ("nn", "m"), ("tt", "ll")]


def _smudge(text: str, rng: random.Random, level: float) -> str:
    out = []
    i = 0
    while i < len(text):
        c = text[i]
        roll = rng.random()
        if roll < level:
            pair = next(((a, b) for a, b in rng.sample(PAIRS, len(PAIRS)) if text.startswith(a, i)), None)
            if pair and rng.random() < 0.4:
                out.append(pair[1])
                i += len(pair[0])
                continue
            out.append(rng.choice(CONFUSED[c]) if c in CONFUSED else c)
        elif roll < level * 1.12 and c == " ":
            pass
        elif roll < level * 1.2 and c.isalnum():
            out.append(c + rng.choice([" ", "'", ".", ""]))
        else:
            out.append(c)
        i += 1
    return "".join(out)


def smudge(doc: Document, rng: random.Random) -> Document:
    """The document as a reader of bad page images would give it."""
    level = rng.choice([0.004, 0.01, 0.02, 0.04])
    return join(doc, [(_smudge(t, rng, level), s) for t, s in edits(doc)])
