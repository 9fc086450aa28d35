"""Writes the list of ordinary words: `python words.py --corpus corpus --out FILE`.

A word is ordinary that at least three documents use in small letters outside every mention.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from corpus import read_folder

WORD = re.compile(r"(?<![\w'’-])[a-z][a-z']+(?![\w'’-])")
LEAST = 3
FREE = {"keep", "medical", "indirect"}  # kinds whose words are ordinary ones


def ordinary(folder: Path) -> list[str]:
    """The ordinary words of the documents in alphabetical order."""
    seen: Counter[str] = Counter()
    for doc in read_folder(folder):
        marked = {i for s in doc.spans if s.kind not in FREE for i in range(s.start, s.end)}
        seen.update({m.group() for m in WORD.finditer(doc.text) if m.start() not in marked})
    return sorted(w for w, n in seen.items() if n >= LEAST)


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.write_text("\n".join(ordinary(args.corpus)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
