"""US telephone and fax numbers, with and without area code, in digits and in words."""

from __future__ import annotations

from redactor.detect.recognizers.base import DASH, Pattern, RuleRecognizer, compiled

D = r"[0-9OolI]"
SEP = rf"(?:\s?{DASH}\s?|[.\s/])"
EXT = r"(?:[\s,]*(?:x|ext\.?|extension)\s*\d{1,5})?"
NUMBER = rf"(?:\+?1{SEP}?)?\(?\b{D}{{3}}\)?{SEP}{{0,2}}{D}{{3}}{SEP}{D}{{4}}"
CUE = compiled(
    r"\b(?:ph(?:one)?s?|tel(?:ephone)?|cell|mobile|call(?:ed|back|\sback)?|text(?:ed)?|fax|home|work|office|"
    r"reach(?:ed)?|number|no\.?|contact|msg|message|voicemail|vm|hotline|pager)\b"
)
FAX = compiled(r"\b(?:fax|fx|facsimile)\b[\s:.#,()\w]{0,12}$")
WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred)"


def real(text: str) -> bool:
    """Enough true digits, and not one digit throughout."""
    digits = [c for c in text if c.isdigit()]
    return len(digits) >= 6 and len(set(digits)) > 1


class PhoneRecognizer(RuleRecognizer):
    """Numbers of ten or seven digits; a fax is told by the word before it."""

    words = ("phone", "cell", "call", "tel", "fax", "contact")
    patterns = (
        Pattern(
            "fax, ten digits",
            "fax",
            compiled(rf"\b(?:fax|fx|facsimile|f(?=[\s:.]))[\s:.#]*(?P<it>{NUMBER}{EXT})(?!\d)"),
            0.95,
            valid=real,
        ),
        Pattern(
            "ten digits",
            "phone",
            compiled(rf"(?<![\w$-])(?P<it>{NUMBER}{EXT})(?![\w-])"),
            0.85,
            valid=real,
        ),
        Pattern(
            "ten digits in a row after a cue",
            "phone",
            compiled(rf"(?<![\w$-])(?P<it>\d{{10}}{EXT})(?![\w-])"),
            0.7,
            cue=CUE,
            valid=real,
        ),
        Pattern(
            "ten digits in a row",  # a telephone or a number of somebody's: of 13 one was neither
            "phone",
            compiled(r"(?<![\w$-])(?P<it>[2-9]\d{2}[2-9]\d{6})(?![\w-])"),
            0.45,
            valid=real,
        ),
        Pattern(
            "seven digits",
            "phone",
            compiled(rf"(?<![\w$/.-])(?P<it>[2-9]\d{{2}}\s?{DASH}\s?\d{{4}}{EXT})(?![\w-]|\.\d)"),
            0.6,
        ),
        Pattern(
            "seven digits after a cue",
            "phone",
            compiled(rf"(?<![\w$/.-])(?P<it>[2-9]\d{{2}}[.\s]\d{{4}}{EXT})(?![\w-]|\.\d)"),
            0.7,
            cue=CUE,
        ),
        Pattern(
            "extension or pager",
            "phone",
            compiled(
                r"\b(?:ext\.?|extension|x|pager|pgr|beeper)\s?[#:.]?\s?(?P<it>\d{3,5}|\d-\d{4})(?![\w-])"
            ),
            0.6,
        ),
        Pattern(
            "spoken digits",
            "phone",
            compiled(rf"\b(?P<it>{WORD}(?:[\s,-]+{WORD}){{6,11}})\b"),
            0.6,
        ),
    )
