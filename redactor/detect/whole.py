"""The rest of a proper name or an address that a finder cut short.

"Prairie Star" leaves "Motel" behind, "214 Pulaski Street" its town: what is left would tell the
place as well as the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from redactor.types import Mention

PROPER = {"employer", "school", "indirect_text"}
CAPITAL = r"[A-Z][a-z'\u2019]+"
LAST_CAPITAL = re.compile(rf"{CAPITAL}$")
MORE_CAPITALS = re.compile(rf"(?:[ ]{CAPITAL}){{1,3}}")
# A town, and perhaps its state and ZIP, that ends its clause: else it may be somebody's name.
STATE = r"(?:,?[ ][A-Z]{2}(?:[ ]\d{5}(?:-\d{4})?)?)?"
TOWN = re.compile(rf",[ ]{CAPITAL}(?:[ ]{CAPITAL}){{0,2}}{STATE}(?=[.;)\n]|$)")
SINGLE = 24  # characters back in which the mention's last word begins


def whole(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions in order of place, each with the rest of its own name, none over another."""
    ordered = sorted(mentions, key=lambda m: (m.start, m.end))
    for mention, after in zip_longest(ordered, ordered[1:]):
        more = min(_rest(text, mention), after.start if after else len(text))
        end = mention.start + len(text[mention.start : more].rstrip(" ,"))
        yield replace(mention, end=end) if end > mention.end else mention


def _rest(text: str, mention: Mention) -> int:
    """Where the mention's name ends."""
    if mention.kind == "address" and (town := TOWN.match(text, mention.end)):
        return town.end()
    if mention.kind in PROPER and LAST_CAPITAL.search(
        text, max(mention.start, mention.end - SINGLE), mention.end
    ):
        more = MORE_CAPITALS.match(text, mention.end)
        return more.end() if more else mention.end
    return mention.end
