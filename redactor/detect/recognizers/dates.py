"""How dates are written; shared by the birth-date recognizer."""

from __future__ import annotations

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
YEAR = r"(?:(?:19|20)\d{2}|['\u2019]?\d{2})"
S = r"[ \n]?"
SLASHED = rf"[0-9OIl]{{1,2}}{S}[/.\-\u2013]{S}[0-9OIl]{{1,2}}{S}[/.\-\u2013]{S}{YEAR}"
ISO = r"(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}"
WRITTEN = rf"{MONTH}\.?[ \n]+\d{{1,2}}(?:st|nd|rd|th)?,?[ \n]+{YEAR}"
BRITISH = rf"\d{{1,2}}(?:st|nd|rd|th)?[ \n-]+(?:of[ \n]+)?{MONTH}\.?,?[ \n-]+{YEAR}"
YEAR_FIRST = rf"(?:19|20)\d{{2}},?[ \n]+{MONTH}\.?[ \n]+\d{{1,2}}"
_DAY = (
    r"(?:(?:twenty|thirty)[- ])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|"
    r"thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
SPELT = rf"(?:(?:the[ \n])?{_DAY}[ \n]of[ \n]{MONTH}|{MONTH}[ \n](?:the[ \n])?{_DAY})(?:,?[ \n](?:of[ \n])?{YEAR})?"
NO_YEAR = rf"(?:{SPELT}|{MONTH}\.?[ \n]+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}/\d{{1,2}})"
SPACED = r"\d{1,2} \d{1,2} (?:19|20)\d{2}"
DATE = rf"(?:{ISO}|{YEAR_FIRST}|{WRITTEN}|{BRITISH}|{SLASHED}|{SPACED})"
