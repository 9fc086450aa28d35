"""How case files write: their ordinary words, and whether a stretch uses capitals to tell names."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

AROUND = 150  # characters on each side that show how a text uses capitals
LOWER, UPPER = 0.015, 0.55  # share of capitals in ordinary mixed writing


def wordset(words: str) -> frozenset[str]:
    """The words of a string, for lists that read best as lines of text."""
    return frozenset(words.split())


# What case files cut short, of family, offices, trades and states; capitals that are no initials.
ABBREVIATIONS = wordset(
    """
    mgm mgf pgm pgf mggm mga mgu pga pgu mu mgps pgps gal casa djo jo le pd er ed icu nicu
    csw cpsw cps cd dss dfs dfcs dhs mdt fst fsd fcs aps rp rptr vc av ap alp unk na doc dv
    iv iep lpc ot pt md rn dob ssn hcy wic snap tanf chn hlu pbt thc uds uds fte fyi asap
    eta mules rejis ncic nlets tbd po box apt hwy rd st ave mo ms ks ok il ar ia tn gma gpa
    """
)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return wordset(resources.files("redactor").joinpath("ordinary.txt").read_text("utf-8"))


def is_ordinary(word: str) -> bool:
    """Whether the word, whatever its case, is one that case files use in small letters.

    The list is made from the training corpus by ``models/ner/words.py``.
    """
    return word.casefold().replace("\u2019", "'") in _ordinary()


def is_mixed(text: str, start: int, end: int) -> bool:
    """Whether the text about a place uses capitals the ordinary way, so that they tell names."""
    near = [c for c in text[max(start - AROUND, 0) : end + AROUND] if c.isalpha()]
    share = sum(c.isupper() for c in near) / max(len(near), 1)
    return LOWER < share < UPPER
