"""Where somebody works, worships or learns, told by a label or a verb."""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled

CAP = r"(?:St\.|[A-Z][\w'\u2019&-]*|[A-Z]{2,}|\d{1,3}(?:st|nd|rd|th))"
ORG = rf"(?:the\s)?{CAP}(?:[ \n](?:{CAP}|of|the|for|and|&|in|at(?=\s[A-Z])|de|la)){{0,6}}"
JOB = (
    r"(?:nurse|RN|LPN|CNA|teacher|counselor|aide|principal|secretary|clerk|cashier|manager|cook|driver|therapist|"
    r"pastor|minister|coach|doctor|physician|pediatrician|dentist|hygienist|interpreter|librarian|director|worker|tech(?:nician)?)"
)
AT = r"(?:at|for|with|of|from)"


class EmployerRecognizer(RuleRecognizer):
    """Employers and schools in labelled fields, after "works at", and behind a job."""

    words = ("employer", "works", "school", "agency")
    patterns = (
        Pattern(
            "field of an employer",
            "employer",
            compiled(
                rf"\b(?i:employer|agency|organi[sz]ation|company|business|place\s+of\s+(?:work|employment)|employed\s+(?:by|at)|works?\s+at|"
                rf"workplace|facility|practice|clinic|office|shop)\s?(?::|\t|\s[\u2013-]\s)[ \t]*(?P<it>{ORG})",
                any_case=False,
            ),
            0.6,
        ),
        Pattern(
            "field of a school",
            "school",
            compiled(
                rf"\b(?i:school|daycare|day\s?care|preschool)(?i:\s+name)?\s?(?::|\t)[ \t]*(?P<it>{ORG})",
                any_case=False,
            ),
            0.6,
        ),
        Pattern(
            "a public school's number",  # New York's: P.S. 219, I.S. 61, J.H.S. 80
            "school",
            compiled(
                r"(?<![\w.])(?P<it>(?:(?:P|I|M|J\.?H)\.S\.[ ]?(?:\#|No\.[ ]?)?|[PI]S[ ]?\#)\d{1,3}(?:[ ]?[KMQRX]\b)?)(?![\w-]|[ ]?(?:yo|y/o|yr|year|mo)\b)",
                any_case=False,
            ),
            0.7,
        ),
        Pattern(
            "after a verb of work",
            "employer",
            compiled(
                rf"\b(?i:works?|worked|working|employed|interprets?|teaches|taught|volunteers?|drives?|cleans|cooks)\s+(?:(?i:nights|days|part[- ]time|full[- ]time)\s+)?{AT}\s(?P<it>{ORG})",
                any_case=False,
            ),
            0.55,
        ),
        Pattern(
            "in brackets with its phone",
            "employer",
            compiled(
                rf"\((?P<it>{CAP}(?:[ ](?:{CAP}|of|the|for|and|&)){{1,5}}),?\s(?:\(?\d{{3}}\)?[-. ])?\d{{3}}[-. ]\d{{4}}\b",
                any_case=False,
            ),
            0.5,
        ),
        Pattern(
            "behind a job",
            "employer",
            compiled(rf"\b(?i:{JOB})\s(?:at|with|from)\s(?P<it>{ORG})", any_case=False),
            0.55,
        ),
    )
