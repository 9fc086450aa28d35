"""Social Security numbers in every written form.

A number is never turned away for an area the agency does not issue (000, 666, 9xx): a clerk's
misprint identifies as well as the real thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from presidio_analyzer import RecognizerResult

from redactor.detect.recognizers.base import DASH, Pattern, RuleRecognizer, compiled
from redactor.detect.recognizers.tables import rows

DIGIT = r"[0-9OoQIl|SBZ]"  # with what OCR makes of digits
CUE = compiled(r"\b(?:SSN|SS\s?#|SS\s?no|soc(?:ial)?(?:\s?sec(?:urity)?)?|S\.S\.N?\.?)")
NUMBERED = compiled(rf"{CUE.pattern}|\bnumber\b")  # "her number ends in 0114"
LAST = r"(?:last|final)\s+(?:4|four)(?:\s+(?:digits?|of|the|his|her|SSN|SS|social|security|number|is|are|no\.?|#))*"


def mostly_digits(text: str) -> bool:
    """At least seven of the nine signs are digits."""
    return len(re.findall(r"\d", text)) >= 7


HEADING = compiled(
    r"(?:SSN|SS\s?#|soc(?:ial)?)[^\t\n]{0,12}\b(?:last|4|four)\b|last\s(?:4|four)[^\t\n]{0,8}(?:SSN|SS|soc)"
)
FOUR = re.compile(r"(?<![^\t\n])\d{4}(?![^\t\n])")  # a cell of four digits


class SsnRecognizer(RuleRecognizer):
    """Full, masked, partial, spaced, wrapped and misread numbers."""

    words = ("ssn", "social", "security", "soc", "ss")
    patterns = (
        Pattern(
            "three-two-four with dashes or dots",
            "ssn",
            compiled(
                rf"(?<![\w.-])(?P<it>{DIGIT}{{3}}\s?(?:{DASH}|\.)\s?{DIGIT}{{2}}\s?(?:{DASH}|\.)\s?{DIGIT}{{4}})(?![\w-])",
                any_case=False,
            ),
            0.9,
            valid=mostly_digits,
        ),
        Pattern(
            "three-two-four with spaces or cells",
            "ssn",
            compiled(r"(?<![\w.$-])(?P<it>\d{3}[ \n\t]{1,2}\d{2}[ \n\t]{1,2}\d{4})(?![\w-])"),
            0.75,
        ),
        Pattern(
            "nine digits after a cue",
            "ssn",
            compiled(
                rf"(?<![\w-])(?P<it>{DIGIT}(?:[ .]?{DIGIT}){{8}}|{DIGIT}(?:\s?{DASH}?\s?{DIGIT}){{8}})(?![\w-])",
                any_case=False,
            ),
            0.9,
            cue=CUE,
            valid=mostly_digits,
        ),
        Pattern(
            "masked but for the last digits",
            "ssn",
            compiled(
                rf"(?<!\w)(?P<it>[xX*#•]{{3}}\s?{DASH}?\s?[xX*#•]{{2}}\s?{DASH}?\s?\d{{4}})(?!\d)"
            ),
            0.9,
        ),
        Pattern(
            "masked at the end",
            "ssn",
            compiled(
                rf"(?<![\w-])(?P<it>\d{{3}}\s?{DASH}\s?\d{{2}}\s?{DASH}\s?(?:[xX*#]{{4}}|[xX*#]{{2}}\d{{2}}))(?!\w)"
            ),
            0.9,
        ),
        Pattern("last four", "ssn", compiled(rf"\b(?P<it>{LAST}[\s:.,-]*\d{{4}})(?!\d)"), 0.7),
        Pattern(
            "ends in, after a cue",
            "ssn",
            compiled(r"\b(?P<it>(?:end(?:s|ing)?(?:\s+in)?|last)[\s:]*\d{4})(?!\d)"),
            0.8,
            cue=NUMBERED,
        ),
        Pattern(
            "four digits after a cue and a mask",
            "ssn",
            compiled(r"(?:SSN|SS#|social)[\s:#]*(?:\.{2,}|[xX*]{1,6})[\s-]*(?P<it>\d{4})(?!\d)"),
            0.85,
        ),
    )

    def find(self, text: str) -> Iterable[RecognizerResult]:
        """Matches of the patterns, and last four digits in tables that have a column of them."""
        yield from super().find(text)
        for start, end in rows(text, HEADING):
            for match in FOUR.finditer(text, start, end):
                yield self.result("ssn", *match.span(), 0.8, "under a heading of last digits")
