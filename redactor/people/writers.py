"""Who wrote a paper, and whose paper says that its writer reports.

A letter to the agency in the first person names its reporter in one place only, where it is
signed: "This letter follows the call that I placed yesterday".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from redactor.types import Mention

FURTHEST = 5000  # characters from what a letter says to its signature
NEAR = 1200  # characters back to a line "From" where nobody signs
FROM = re.compile(
    r"\b(?:from|sender|sig(?:ned|nature)?|author|employee|provider|dictated(?:\s+by)?|written\s+by|completed\s+by)[\s:>\u2192-]*$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"\W*(?:(?:sincerely|respectfully|regards|yours|thank\s+you|thanks|signed|s)\b\W*)?",
    re.IGNORECASE,
)
DEGREES = re.compile(r"(?:\W*[A-Z][\w.&-]*){0,5}\W*")
WHOM = (
    r"(?:(?:the|your|our|that|this|a|an|CPS|DCF|DFS|state|child\s+abuse|800)\s+){0,3}"
    r"(?:hot\s?line|intake|CPS|DCFS?|DFS|DHS|DSS|OCS|OCY|CYS|SCR|CANHU|ChildLine|Children's\s+(?:Division|Services)|child\s+(?:welfare|protective\s+services|protection)|800\s+number|state|registry)\b"
)
ADVERB = r"(?:just|also|then|first|again|finally|immediately|personally|hereby|\w+ly)"
REPORT = r"(?!no\b)(?:(?:a|an|the|this|that|my|our|another)\s+)?(?:\w+\s+){0,2}?(?:report|hotline|referral)\b"
OWN = re.compile(
    rf"\bI(?:'m|\s+am|\s+was)?\s+(?:{ADVERB}\s+)?(?:call(?:ed|ing)?|phon(?:ed|ing)?|rang|ring|contact(?:ed|ing)|told|telephoned|spoke\s+(?:to|with)|said\s+to|gave(?:\s+to)?)\s+(?:(?:it|this)\s+in(?:to)?\s+(?:to\s+)?)?{WHOM}"
    rf"|\bI(?:'m|\s+am|\s+was|'ve|\s+have|\s+had)?\s+(?:{ADVERB}\s+)?(?:ma(?:ke|de|king)|fil(?:e|ed|ing)|phon(?:e|ed|ing)\s+in|call(?:ed|ing)?\s+in|submit(?:ted|ting)?|plac(?:e|ed|ing))\s+{REPORT}"
    rf"|\b(?:call|report)\s+(?:that\s+)?I\s+(?:placed|made|phoned|called|gave)\b"
    rf"|\bI(?:'m|\s+am|\s+was)\s+(?:{ADVERB}\s+)?(?:reporting|a\s+mandated\s+reporter|the\s+(?:one|person)\s+who\s+(?:called|reported))\b"
    rf"|\bI\s+(?:want|wish|need|have|had|would\s+like|am\s+required|am\s+writing|write)\s+to\s+report\b"
    rf"|\bI\s+(?:called|phoned|hotlined)\s+(?:it|this)\s+in\b|\bI\s+hotlined\b"
    rf"|\bmy\s+(?:\w+\s+)?(?:call|report|phone\s+call)\s+(?:to|w/|with|on|of|at|dated|yesterday|this\s+morning|last\s+night)\s*(?:{WHOM}|(?=\w))",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"(?:never|not|n't|if|said|says|think\w*|thought|that|claims?|who)\s+$", re.IGNORECASE
)


def signs(text: str, mention: Mention) -> bool:
    """Whether a name stands in a line "From", or on a line of its own but for its degrees."""
    start, stop = text.rfind("\n", 0, mention.start) + 1, text.find("\n", mention.end)
    before = text[start : mention.start]
    after = text[mention.end : stop if stop >= 0 else len(text)]
    alone = CLOSING.fullmatch(before) and DEGREES.fullmatch(after)
    return bool(FROM.search(before) or alone)


def reporting(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names of those whose paper says in the first person that they report."""
    signed = [m for m in names if signs(text, m)]
    for match in OWN.finditer(text):
        if _quoted(text, match.start()) or DENIED.search(text[: match.start()]):
            continue
        at = bisect_left(signed, match.end(), key=attrgetter("start"))
        if at < len(signed) and signed[at].start - match.end() <= FURTHEST:
            yield signed[at]
        elif at and match.start() - signed[at - 1].end <= NEAR:
            yield signed[at - 1]


def _quoted(text: str, offset: int) -> bool:
    """Whether somebody else's words stand there, within marks of quotation."""
    block = text[text.rfind("\n\n", 0, offset) + 1 : offset]
    return block.count('"') % 2 == 1 or block.count("\u201c") > block.count("\u201d")
