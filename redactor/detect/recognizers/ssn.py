"""Social Security numbers in every written form.

A number is never turned away for an area the agency does not issue (000, 666, 9xx): a clerk's
misprint identifies as well as the real thing.
"""

from __future__ import annotations

import re

from redactor.detect.recognizers.base import DASH, Pattern, RuleRecognizer, compiled

DIGIT = r"[0-9OoQIl|SBZ]"  # with what OCR makes of digits
CUE = compiled(r"\b(?:SSN|SS\s?#|SS\s?no|soc(?:ial)?(?:\s?sec(?:urity)?)?|S\.S\.N?\.?)")
NUMBERED = compiled(rf"{CUE.pattern}|\bnumber\b")  # "her number ends in 0114"
LAST = r"(?:last|final)\s+(?:4|four)(?:\s+(?:digits?|of|the|his|her|SSN|SS|social|security|number|is|are|no\.?|#))*"


def mostly_digits(text: str) -> bool:
    """At least seven of the nine signs are digits."""
    return len(re.findall(r"\d", text)) >= 7


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
