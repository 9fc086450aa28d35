"""Numbers that point to a person or a case, told by their label, their column or their shape."""

from __future__ import annotations

import re
from collections.abc import Iterable

from presidio_analyzer import RecognizerResult

from redactor.detect.recognizers.base import DASH, Pattern, RuleRecognizer, compiled
from redactor.detect.recognizers.tables import cells

CODE = rf"[A-Z0-9](?:[A-Z0-9]|{DASH}|[/.](?=[A-Z0-9])){{2,24}}"
NUMBER = r"(?:\s*(?:number|num\.?|no\.?|nbr|id|i\.d\.|#|ref(?:erence)?))?"
JOIN = r"[\s:.#=-]{0,4}"
LABELS = {
    "court_number": r"(?:docket|cause|court\s+(?:case|file)|juvenile\s+(?:case|file))",
    "case_number": r"(?:case|file|matter|FACTS|CPS|family|record)",
    "report_number": r"(?:call|report|incident|intake|referral|hotline|CA/?N|complaint|event|CFS|log)",
    "benefit_id": r"(?:DCN|Medicaid|MO\s?HealthNet|SNAP|EBT|TANF|WIC|benefit|client|member|recipient|policy|insurance|group)",
    "medical_record_number": r"(?:MRN|medical\s+record|med\.?\s+rec\.?|chart|patient|encounter|acct|account|visit|accession|lab)",
    "drivers_licence": r"(?:driver'?s?'?\s+licen[cs]e|DLN?|OLN|licen[cs]e|lic\.?|permit)",
    "vehicle_id": r"(?:plates?|tag|VIN|registration)",
    "account_number": r"(?:bank|checking|savings|card)",
    "state_id": r"(?:state\s+id|SID|inmate|booking|badge|DSN|unit|worker|wkr|student|bar|NPI|vendor|home|alien|A)",
}  # fmt: skip
HEADINGS = {
    "benefit_id": compiled(r"\b(?:DCN|Medicaid|client\s+id)\b"),
    "case_number": compiled(r"\bcase\s+(?:no|number|#)"),
    "report_number": compiled(r"\b(?:call|report|incident|prior)\s*(?:no|number|#|id)"),
}
COURT = compiled(
    r"(?<![\w-])(?P<it>\d{2}[A-Z]{1,3}[-\u2013]?[A-Z]{2}\d{3,7}(?:[-\u2013]\d{1,3})?)(?![\w-])",
    any_case=False,
)
SHAPE = re.compile(r"[A-Z0-9][A-Z0-9/.\u2010-\u2015-]{2,}")
FORM = re.compile(r"^(?:CD|CS|CA/N|SS|IM|DSS|W|I|FA|HIPAA)-?\d{1,3}[A-Z]?$", re.IGNORECASE)
DATED = re.compile(r"^\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?$|^\d{1,2}:\d{2}|^(?:19|20)\d{2}$")


def codelike(text: str) -> bool:
    """At least three digits, and neither a date, a time, a year nor a form number."""
    return sum(c.isdigit() for c in text) >= 3 and not DATED.match(text) and not FORM.match(text)


def _labelled(kind: str, label: str) -> Pattern:
    regex = rf"(?<![\w-]){label}{NUMBER}{JOIN}(?P<it>{CODE})(?!\w)"
    return Pattern(f"after its label ({kind})", kind, compiled(regex), 0.75, valid=codelike)


class NumberRecognizer(RuleRecognizer):
    """Case, call, benefit, record, licence, plate, badge and court numbers."""

    words = ("case", "number", "id", "dcn")
    patterns = (
        Pattern("shape of a court number", "court_number", COURT, 0.85),
        *(_labelled(kind, label) for kind, label in LABELS.items()),
    )

    def find(self, text: str) -> Iterable[RecognizerResult]:
        """Matches of the patterns, and codes in columns headed as such."""
        yield from super().find(text)
        for kind, heading in HEADINGS.items():
            for start, end in cells(text, heading):
                for match in SHAPE.finditer(text[start:end]):
                    if codelike(match.group()):
                        a, b = match.span()
                        yield self.result(kind, start + a, start + b, 0.75, "under its heading")
