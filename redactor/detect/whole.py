"""The rest of a proper name or an address that a finder cut short.

"Prairie Star" leaves "Motel" behind, "214 Pulaski Street" its town: what is left would tell the
place as well as the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from redactor.detect.plausible import LABELS
from redactor.types import Mention
from redactor.writing import wordset

PLACES = {"employer", "school"}
PROPER = {"employer", "school", "indirect_text"}
CAPITAL = r"[A-Z][a-z'\u2019]+"
LAST_CAPITAL = re.compile(rf"{CAPITAL}$")
FURTHER = rf"[ ](?:(?:&|of|for)[ ](?:the[ ])?)?{CAPITAL}"  # "Chip & Timber"
MORE_CAPITALS = re.compile(rf"(?:{FURTHER}){{1,3}}(?:[ ]?#\d+)?|[ ]?#\d+")
FORMER = re.compile(rf"(?:{CAPITAL}[ ]){{1,3}}$")
BACK = 40  # characters that the words before an employer's take
NO_PART = wordset(
    """
    a an the at in on of to for from by with and or but as is was has had her his their my our
    its this that she he they we i you it works worked working employed employer employment
    agency school occupation attends attended goes went called if when while since after before
    also then there both all no not
    """
)
# A town, and perhaps its state and ZIP, that ends its clause: else it may be somebody's name.
STATE = r"(?:,?[ ][A-Z]{2}(?:[ ]\d{5}(?:-\d{4})?)?)?"
TOWN = re.compile(rf",[ ]{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}{STATE}(?=[.;)\n]|$)")
SUFFIX = re.compile(
    r"(?:,?[ ]|[ ]?\n(?=\())"
    r"(?:\(?N\.?M\.?[NI]\b\.?[ ]?\)?|[JS]r\b\.?|[JS]R\b\.?|I{2,3}\b|IV(?=[.,;)\n]|$))"
)  # of a person's name
# Given names as clerks abbreviate them, and what a hospital calls a child before it has a name.
BEGUN = re.compile(
    r"\b(?:(?i:Wm|Chas|Jas|Geo|Thos|Robt|Jos|Edw|Benj|Saml|Danl|Alex|Jno)\.|"
    r"(?i:baby|infant)[ ](?i:boy|girl))[ ]$"
)
GIVEN = re.compile(r"[A-Z](?:\.|[a-z'\u2019]+)")  # a given name or its initial, and no surname
# Surnames of the Plains that are words: "Runs Above", "Kills Crow", "Spotted Elk".
PLAINS = re.compile(
    r"[ ](?:Runs|Kills|Walks|Stands|Hunts|Rides|Flies|Brings|"
    r"Spotted|Standing|Running|Sitting|Charging|White|Red|Black|Yellow|Blue|Iron|Two|Little|Long|Lone|"
    r"Swift|Big|Bad|Medicine|Many|Crazy|Plenty|Fast|Thunder)"
    r"[ ](?!Street|St\b|Ave|Road|Rd\b|River|Creek|House|Rock|Lake|County|School|"
    r"Cross|Sox|Hat|Flag|Tape|Cell|Light|Lodge|Notes)[A-Z][a-z]+"
)
SINGLE = 24  # characters back in which the mention's last word begins


def whole(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions in order of place, each with the rest of its own name, none over another."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    last = 0
    for given, after in zip_longest(ordered, ordered[1:]):
        mention = replace(given, start=max(_first(text, given), last))
        more = min(_rest(text, mention), after.start if after else len(text))
        last = max(mention.end, more)
        end = mention.start + len(text[mention.start : more].rstrip(" ,"))
        yield replace(mention, end=end) if end > mention.end else mention


def _first(text: str, mention: Mention) -> int:
    """Where a name begins: "Three [Rivers Community Hospital]", "Wm. [Jamison]"."""
    if mention.kind == "name" and (
        begun := BEGUN.search(text, max(mention.start - BACK, 0), mention.start)
    ):
        return begun.start()
    if mention.kind not in PLACES or not text[mention.start].isupper():
        return mention.start
    former = FORMER.search(text, max(mention.start - BACK, 0), mention.start)
    words = former.group().split() if former else []
    while words and words[0].casefold() in NO_PART | LABELS:
        words.pop(0)
    return mention.start - sum(len(w) + 1 for w in words)


def _rest(text: str, mention: Mention) -> int:
    """Where the mention's name ends."""
    if mention.kind == "name":
        told = SUFFIX.match(text, mention.end) or (
            GIVEN.fullmatch(text, mention.start, mention.end) and PLAINS.match(text, mention.end)
        )
        return told.end() if told else mention.end
    if mention.kind == "address" and (town := TOWN.match(text, mention.end)):
        return town.end()
    if mention.kind in PROPER and LAST_CAPITAL.search(
        text, max(mention.start, mention.end - SINGLE), mention.end
    ):
        more = MORE_CAPITALS.match(text, mention.end)
        return more.end() if more else mention.end
    return mention.end
