"""Where the text speaks of the making of a report."""

from __future__ import annotations

import re
from bisect import bisect_right

from redactor.types import Context

REPORT = re.compile(
    r"\b(?:RP|R/P|rptr|reporters?|reporting\s+(?:party|person|source)|callers?|hotline[ds]?|called\s+(?:it|this)\s+in|"
    r"made\s+(?:the|a|this)\s+(?:report|call)|mandated|referral\s+source|report\s+was\s+(?:made|received)|anonymous|"
    r"who\s+(?:called|reported)|I\s+(?:called|reported)|my\s+report)\b",
    re.IGNORECASE,
)
END = re.compile(r"(?<=[.!?])[\s\u201d\"]+(?=[A-Z])|\n\n|\f")


class Contexts:
    """Tells for a place whether its sentence speaks of the making of a report."""

    def __init__(self, text: str) -> None:
        """Cut the text into sentences and mark those with a cue."""
        self._starts = [0, *(m.end() for m in END.finditer(text))]
        ends = [*self._starts[1:], len(text)]
        self._report = [
            bool(REPORT.search(text, a, b)) for a, b in zip(self._starts, ends, strict=True)
        ]

    def at(self, offset: int) -> Context:
        """The context of the sentence that holds the offset."""
        sentence = bisect_right(self._starts, offset) - 1
        return Context.REPORT if self._report[sentence] else Context.OTHER
