"""Whether what a recognizer calls a name can be one, and which of its words cannot.

A model that reads without case takes "deer" for a name and "met Amber" for a whole one. Where a
text uses capitals the ordinary way, they tell.
"""

from __future__ import annotations

import re
from dataclasses import replace

from redactor.types import Mention
from redactor.writing import ABBREVIATIONS, is_mixed, is_ordinary, wordset

NAMELIKE = frozenset({"name", "alias", "signature"})
PARTICLES = wordset("de la del van von der den da dos di du le bin ibn al el y st ap mac")
LABELS = wordset(
    """
    worker supervisor investigator caseworker child victim mother father mom dad parent
    parents reporter caller officer detective deputy judge attorney atty counsel advocate
    intake hotline team client patient student teacher nurse doctor principal
    counselor therapist sibling siblings brother sister aunt uncle cousin grandmother
    grandfather grandma grandpa gram granny nana papa mamaw papaw neighbor landlord
    boyfriend girlfriend husband wife son daughter baby infant boy girl placement placemt
    foster relative witness suspect subject petitioner respondent plaintiff defendant
    juvenile minor state commonwealth mr mrs ms miss dr sgt cpl lt capt det ofc dep tpr jo djo
    gal casa pgm pgf mgm mgf per re cc via from to by with and or said says met saw had have was
    were asked told called spoke visited interviewed contacted signed date name phone dear hi
    hello thanks regards sincerely monday tuesday wednesday thursday friday saturday sunday
    mon tue tues wed thu thur thurs fri sat sun feb apr jul aug sep sept oct nov
    dec
    """
)
# What anybody may see on a child; said in everyday words it is the allegation, no diagnosis.
INJURIES = wordset(
    """
    bruise bruises bruised bruising black eye eyes lip lips swollen swelling scratch scratches
    scratched mark marks welt welts scab scabs cut cuts burn burns burned burnt bleeding blood
    bloody bump bumps knot bite bites sore sores red redness handprint stripes scrape scrapes
    """
)
DAY = re.compile(r"(?<![\d./-])\d{1,2}(?![\d./-])")  # alone it is nobody's birth date
BORN, CUE = re.compile(r"\b(?:d\.?o\.?b|birth\w*|born|b-?day)\b", re.IGNORECASE), 60
DOUBTED = {"medical": 0.6, "dob": 0.7, "handle": 0.6}  # a score under which it is none
SMALL = 3  # letters; shorter words are on no list, longer ones are no initials
DIGITS = {"ssn": 4, "other_number": 2}  # at least so many, or it is none
STREETS = wordset("street st avenue ave av road rd drive dr lane ln court ct blvd way apt lot")
WORD = re.compile(r"[^\W_](?:[^\W_]|['\u2019.-](?=[^\W_]))*")
FAINT = 0.6  # a score under which a name needs more than the model's word
GUESS = 0.45  # a score under which a capital does not make a name of an ordinary word
SURE = 0.8
# What stands beside a piece of an amount or a fraction: 35,078[,254.69], 0[.0053]
COUNTED = frozenset({"dob", "other_number"})
PIECE, YEAR = re.compile(r"[\d.,]+"), re.compile(r"(?:19|20)\d\d")
AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
OF = re.compile(r"\b\d{1,4} of \d{1,4}\b")
GOES_ON = re.compile(r",\d{3}(?!\d)|\.\d{2,4}(?![\d./-])")
WENT_BEFORE = re.compile(r"(?:\d,|(?<![\d./])\d{1,3}\.)$")


def plausible(text: str, mention: Mention) -> Mention | None:
    """The mention without words that cannot belong to it; None when nothing is left.

    Only what a model read is doubted; a rule has its own reasons.
    """
    if mention.recognizer != "ModelRecognizer":
        return mention
    if mention.kind not in NAMELIKE:
        crumb = _crumb(text[mention.start : mention.end], mention) or _counts(text, mention)
        return None if crumb else mention
    if "_" in text[mention.start : mention.end]:
        return mention  # a name on a screen
    mixed = is_mixed(text, mention.start, mention.end)
    words = list(WORD.finditer(text, mention.start, mention.end))
    while len(words) > 1 and _foreign(words[0].group(), mixed=mixed):
        words.pop(0)
    while len(words) > 1 and _foreign(words[-1].group(), mixed=mixed, last=True):
        if mixed and words[-1].group()[0].isupper() and text[words[-1].start() - 1] == " ":
            break  # "Mary Jo"
        words.pop()
    if not words or (len(words) == 1 and _no_name(words[0].group(), mention.score, mixed=mixed)):
        return None
    end = words[-1].end()
    whole = mention.end if end == _last(text, mention) else end
    return replace(mention, start=words[0].start(), end=whole)


def _crumb(words: str, mention: Mention) -> bool:
    """Whether it is too little of its kind: one small word of a description, a few digits."""
    if mention.kind == "indirect_text":
        return len(words.split()) == 1 and mention.score < SURE
    if mention.score < DOUBTED.get(mention.kind, 0.0):
        return True
    if mention.kind == "medical":
        return _seen_by_anybody(words)
    if mention.kind == "address":
        return all(w in STREETS for w in re.findall(r"\w+", words.casefold()))
    if mention.kind in DIGITS:
        return sum(c.isdigit() for c in words) < DIGITS[mention.kind]
    return False


def _counts(text: str, mention: Mention) -> bool:
    """Whether it is a piece of an amount or of "3 of 12", a day, or a year that numbers nothing."""
    piece = text[mention.start : mention.end]
    if mention.kind not in COUNTED:
        return False
    born = BORN.search(text, max(mention.start - CUE, 0), mention.start)
    day = DAY.match(text, mention.start) if mention.kind == "dob" and not born else None
    near = OF.finditer(text, max(mention.start - 8, 0), mention.end + 8)
    whole = any(m.start() <= mention.start and mention.end <= m.end() for m in near)
    if whole or (day and day.end() == mention.end):
        return True
    if not PIECE.fullmatch(piece):
        return False
    if AMOUNT.fullmatch(piece):
        return True
    if mention.kind == "other_number" and YEAR.fullmatch(piece):
        return mention.score < SURE
    before = text[max(mention.start - 4, 0) : mention.start]
    return bool(GOES_ON.match(text, mention.end) or WENT_BEFORE.search(before))


def _seen_by_anybody(words: str) -> bool:
    """Whether it tells an injury in everyday words alone, without a measure."""
    plain = re.findall(r"[\w'\u2019]+", words.casefold())
    return any(w in INJURIES for w in plain) and all(
        w.isalpha() and (len(w) < SMALL or is_ordinary(w)) for w in plain
    )


def _last(text: str, mention: Mention) -> int:
    """Where the last word of the mention ends; what follows it is punctuation."""
    return max((w.end() for w in WORD.finditer(text, mention.start, mention.end)), default=0)


def _foreign(word: str, *, mixed: bool, last: bool = False) -> bool:
    """Whether a word at the edge of a longer name is none of its words."""
    plain = word.casefold().rstrip(".")
    if plain in PARTICLES and not last:
        return False
    if plain in LABELS and len(plain) > 1:
        return True
    return mixed and word[0].islower() and (is_ordinary(plain) or len(plain) < 3)


def _no_name(word: str, score: float, *, mixed: bool) -> bool:
    """Whether a word that stands alone is no name."""
    plain = word.casefold().rstrip(".")
    if plain in ABBREVIATIONS and (not mixed or word.isupper() or score < FAINT):
        return True
    if plain in LABELS:
        return score < SURE or word[0].islower()
    if mixed and word[0].islower():
        return is_ordinary(plain) or score < FAINT
    if word.isupper() and len(word) <= SMALL:
        return False  # may be initials: `initials.py` knows whether they fit anybody
    return is_ordinary(plain) and score < (GUESS if mixed else FAINT)
