"""Dates of birth; every other date is nobody's secret and is left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presidio_analyzer import RecognizerResult

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled
from redactor.detect.recognizers.dates import DATE, MONTH, NO_YEAR, SPELT
from redactor.detect.recognizers.tables import cells

CUE = r"(?:\b[D0]\.?\s?[O0]\.?\s?B\.?\b|\bdate\s+of\s+birth|\bbirth\s?-?dates?|\bbirthdays?|\bborn|\bb\.|\bD/O/B)"
HEADING = compiled(r"\bD\.?O\.?B\.?|birth")
SOME_DATE = compiled(rf"(?P<it>{DATE}|{MONTH}\.?\s+\d{{1,2}},?\s*(?:19|20)?\d{{0,4}})")


class DobRecognizer(RuleRecognizer):
    """A date after a cue, before "(DOB)", or under a heading that says birth."""

    words = ("dob", "birth", "born")
    patterns = (
        Pattern(
            "date after a cue",
            "dob",
            compiled(
                rf"{CUE}(?:\s+(?:is|was|on|of|in|given|as|listed|about|ca\.?)){{0,3}}[\s:.#,(-]*(?P<it>{DATE})"
            ),
            0.95,
        ),
        Pattern(
            "date without year after a cue",
            "dob",
            compiled(rf"{CUE}(?:\s+(?:is|was|on))?[\s:.,(-]*(?P<it>{NO_YEAR})(?![/\d])"),
            0.7,
        ),
        Pattern(
            "date before a cue", "dob", compiled(rf"(?P<it>{DATE})\s*\(?(?:DOB|D\.O\.B\.)"), 0.9
        ),
        Pattern(
            "answer or correction to a birth date",
            "dob",
            compiled(
                rf"\b(?:DOBs?|date\s+of\s+birth|birth\s?date)\b[^.\n?]{{0,50}}(?:\?[\s>]*|\s(?:corrected|changed|really|actually|is|was)\s(?:to\s|on\s)?)(?P<it>{DATE})"
            ),
            0.8,
        ),
        Pattern(
            "day of a birthday",
            "dob",
            compiled(
                rf"\bbirthday\b[^.\n?]{{0,30}}?\son\s(?:the\s)?(?P<it>{DATE}|{SPELT})(?![/\d])"
            ),
            0.8,
        ),
        Pattern(
            "date after race and sex",
            "dob",
            compiled(
                rf"(?<!\w)[WBHIU][ /]?[MF][ ,]+(?P<it>{DATE}|[01]\d[0-3]\d{{3}})(?!\w)",
                any_case=False,
            ),
            0.8,
        ),
        Pattern(
            "second birth date of a list",
            "dob",
            compiled(rf"{CUE}[\s:.#,(-]*{DATE}\s*(?:and|&|,|;)\s*(?P<it>{DATE})"),
            0.8,
        ),
    )

    def find(self, text: str) -> Iterable[RecognizerResult]:
        """Matches of the patterns, and dates in columns of birth dates."""
        yield from super().find(text)
        for start, end in cells(text, HEADING):
            for match in re.finditer(SOME_DATE, text[start:end]):
                a, b = match.span("it")
                yield self.result(
                    "dob", start + a, start + b, 0.9, "date under a heading of births"
                )
