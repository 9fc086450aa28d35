"""Names that the end of a page or a column, or a footnote, cuts in two.

The lines of one word may lie far apart in the text then; a name that is known from elsewhere tells
that "Quill-" at the end of one line and "feather" at the start of a later one are its halves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from redactor.text import fold

SHORTEST = 6  # letters of a name that is looked for in two halves
HALF = 2  # letters of a half
APART = 3000  # characters from one half to the other: a page's foot and the next one's head
END = re.compile(r"(?<![\w-])([^\W\d_]{2,})[-\u00ad\u2010\u2011][ ]*(?=[\n\t\f]|$)")


def halves(
    text: str, words: Mapping[str, str], shortest: int = SHORTEST
) -> Iterator[tuple[int, int, str]]:
    """(start, end, owner) of both halves of every known word that is cut so.

    ``words`` gives the owner of each word, folded; those of fewer letters are not looked for.
    """
    plain = fold(text)
    for end in END.finditer(plain):
        first = end.group(1)
        for word in (w for w in words if w.startswith(first)):
            rest = word.removeprefix(first)
            if len(word) < shortest or len(rest) < HALF:
                continue
            begun = re.compile(rf"(?:^|(?<=[\n\t\f]))[ ]?({re.escape(rest)})(?!\w)")
            other = begun.search(plain, end.end(), end.end() + APART)
            if other:
                yield end.start(1), end.end(1), words[word]
                yield other.start(1), other.end(1), words[word]
                break
