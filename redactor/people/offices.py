"""The names of offices that work on reports: agencies, and courts with an address."""

from __future__ import annotations

import re
from itertools import takewhile

WELFARE = (
    r"Child(?:ren)?(?:'s|\u2019s|s)?(?:,\s+Youth,?)?\s+(?:(?:and|&)\s+(?:Family|Families|Youth)|Services|Division|Protect\w+|Welfare)|"
    r"(?:Human|Social|Family|Protective)\s+(?:Services|Resources)|DSS|DCFS?|DCS|DFS|DFCS|DHS|DHHS|DHR|DCPS|DCYF|DFPS|CYFD|OCFS|OCYF|OYFS|OCS|CYS|MDCPS|FSD|CFS|CPS|HHS|DHSS|DPHHS|DCBS|CHFS|O[KD]HS|OKDHS|DCP&?P|C&Y|CYA|Human\s+Service\s+Zone"
)
SEATED = re.compile(
    rf"\b(?:{WELFARE}|Courthouse|(?:Circuit|Juvenile|Family|District|Youth)\s+Court|Ombudsman|"
    r"Administrative\s+Hearings|Office\s+of\s+Child\s+Care)(?!\w)"
)
OF_A_TITLE = re.compile(
    r"[A-Z][\w'\u2019.&-]*|of|and|the|for|&|-|\u2013|\u2014|\d{1,3}(?:st|nd|rd|th)?"
)
AGENCY = re.compile(rf"\b(?:{WELFARE})(?!\w)")
LONGEST = 70  # characters of an agency's name
MATTER = re.compile(r"\s*(?:re|subj(?:ect)?|ref)\b", re.IGNORECASE)  # what a letter is about
ENDS = re.compile(r",|\s[-\u2013\u2014\u2022|]\s|\t")


def office_at_end(text: str) -> bool:
    """Whether the words with capitals at the end of a text name an office."""
    words = takewhile(OF_A_TITLE.fullmatch, reversed(text.split()))
    return bool(SEATED.search(" ".join(reversed(list(words)))))


def is_agency(line: str) -> bool:
    """Whether a line begins with the name of an agency and nothing else."""
    name = ENDS.split(line.strip())[0]
    words = [w.strip(",:;") for w in name.split()]
    return (
        len(name) < LONGEST
        and not MATTER.match(line)
        and bool(AGENCY.search(name))
        and all(map(OF_A_TITLE.fullmatch, words))
    )
