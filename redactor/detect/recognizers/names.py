"""Names told by what stands before or around them, with the role a label gives.

The model finds most names; these catch what stands in a labelled field or behind a title.
"""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled

LABEL = (
    r"(?!(?:DOB|SSN|DCN|MRN|Age|Sex|Race|Phone|Address|Relation(?:ship)?|NARRATIVE|ALLEGATIONS?)\b)"
)
WORD = LABEL + r"(?:[A-Z][a-z'\u2019]+(?:-[A-Z][a-z]+)?|[A-Z]{2,}(?:-[A-Z]{2,})?|[A-Z]\.)"
PERSON = rf"(?:{WORD},[ ]{WORD}(?:[ ]{WORD})?|{WORD}(?:[ ]{WORD}){{0,3}})"
FULL = rf"(?:{WORD},[ ]{WORD}(?:[ ]{WORD})?|{WORD}(?:[ ]{WORD}){{1,3}})"
TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Hon|Judge|Officer|Ofc|Deputy|Dep|Det|Detective|Sgt|Sergeant|Cpl|Lt|Capt|Trooper|Tpr|"
    "Coach|Nurse|Pastor|Rev|Father|Sister|Principal|Aunt|Auntie|Uncle|Grandma|Grandpa|Counselor|Attorney|Atty|Commissioner"
)
DEGREE = (
    r"M\.?D\.?|D\.O\.|R\.?N\.?|LPN|A?PRN|ARNP|[FPC]NP|PA-C|Ph\.?D\.?|Psy\.?D\.?|Ed\.?[DS]\.?|L[CIM]+SW|LSW|LPCC?|LMFT|"
    r"BSW|MSW|M\.?Ed\.?|D\.?D\.?S\.?|D\.?M\.?D\.?|D\.?V\.?M\.?|J\.D\.|Esq\.?|CCC-SLP|OTR/L|BCBA|IBCLC|CNM"
)
NOT_NAMES = (
    r"(?!(?:The|This|That|Unknown|Unk|None|No|Yes|See|Same|Not|Name|First|Last|Middle|Address|Phone|Date|DOB|Role|Type|Relationship|Declined|"
    r"Anonymous|Mandated|Permissive|Confidential|Refused|Children|Division|Department|County|State|Mother|Father|Child|"
    r"Parent|School|Home|Case|Report|Reporter|Worker|RP|N/?A|NA|Mo|Fa|And|Or|He|She|It|They|We|I)\b)"
)
MARKED = r"(?:double[ ][A-Z]|[A-Z][ ](?:as[ ]in|for|like)[ ](?:in[ ])?\w+)"
LETTER, THEN = rf"(?:{MARKED}|[A-Z](?!\w))", r"(?:,[ ]?|[-\u2013.][ ]?|[ ])"
SPELLED = (
    rf"\b(?=(?:{LETTER}{THEN}){{3}}{LETTER})"
    rf"(?P<it>(?:[A-Z]{THEN}){{0,12}}{MARKED}(?:{THEN}{LETTER}){{0,20}})(?!\w)"
)
ROLES = {
    "reporter": r"(?:Reporter(?:'s)?(?:\s+name)?|Name\s+of\s+reporter|Reported\s+by|RP|Rptr|Caller(?:\s+name)?|Reporting\s+(?:party|person)|Referral\s+source|Referred\s+by|Complainant|Called\s+in\s+by|Hotlined\s+by)",
    "caseworker": r"(?:Worker|Wkr|Caseworker|Case\s?worker|Investigator|Assigned\s+(?:to|worker)|Taken\s+by|Prepared\s+by|Supervisor|Children's\s+Service\s+Worker|CSW|Hotline\s+worker|Case\s+manager|Completed\s+by|Submitted\s+by|Entered\s+by)",
    "child_victim": r"(?:Victim(?:\s+child)?|Alleged\s+victim|Child(?:'s)?\s+name|Subject\s+child|Child|Juvenile|Minor)",
    "alleged_perpetrator": r"(?:Alleged\s+perp(?:etrator)?|AP|ALP|Perpetrator|Subject\s+of\s+report)",
    "parent": r"(?:Mother|Father|Parent(?:s|/caretaker|/guardian)?|Mom|Dad|Bio(?:logical)?\s+(?:mother|father))",
    "foster_parent": r"(?:Foster\s+(?:parents?|mother|father|home)|Resource\s+(?:parent|home)|Placement\s+provider)",
    "attorney": r"(?:GAL|Guardian\s+ad\s+litem|Attorney(?:\s+for\s+\w+)?|Counsel)",
    "judge": r"(?:Judge|Hon(?:orable)?\.?|Commissioner)",
    "law_enforcement": r"(?:Officer|Detective|Deputy)",
}


def _field(role: str, label: str) -> Pattern:
    regex = rf"(?:^|(?<=[\t|;.(]))[ ]?(?i:{label})(?:[ ]?\([^)\n]{{1,30}}\))?[ ]?(?::[ \t\n]?|\t|[ ][-\u2013][ ])(?P<it>{NOT_NAMES}{FULL})"
    return Pattern(
        f"field of a form ({role})", "name", compiled(regex, any_case=False), 0.8, roles={role: 0.9}
    )


class NameRecognizer(RuleRecognizer):
    """Names behind titles, in labelled fields, in signatures and as initials of minors."""

    words = ("name",)
    patterns = (
        Pattern(
            "behind a title",
            "name",
            compiled(
                rf"\b(?:{TITLES})\.?[ \n](?P<it>{NOT_NAMES}{WORD}(?:[ ]{WORD}){{0,2}})",
                any_case=False,
            ),
            0.7,
        ),
        *(_field(role, label) for role, label in ROLES.items()),
        Pattern(
            "before a degree",
            "name",
            compiled(
                rf"(?:^|(?<=[\t;:(]))[ ]?(?P<it>{NOT_NAMES}{WORD}(?:[ ]{WORD}){{1,3}}),[ ](?:{DEGREE})(?!\w|[ ]\d{{5}})",
                any_case=False,
            ),
            0.75,
        ),
        Pattern(
            "listed with a role",
            "name",
            compiled(
                rf"^[ ]?(?P<it>{NOT_NAMES}{WORD},[ ]{WORD}(?:[ ]{WORD})?)(?=[ \t]+(?:Victim|Alleged|Perpetrator|Mother|Father|Parent|Sibling|Child|Grand\w+|Aunt|Uncle|Step\w+|Reporter)\b)",
                any_case=False,
            ),
            0.7,
        ),
        Pattern("spelled out", "name", compiled(SPELLED, any_case=False), 0.8),
        Pattern(
            "signature",
            "name",
            compiled(rf"(?:/s/|\bs/)[ ]*(?P<it>{PERSON})", any_case=False),
            0.85,
        ),
        Pattern(
            "also known as",
            "name",
            compiled(
                rf"\b(?:a[./]?k[./]?a\.?|AKA|alias|goes\s+by|nicknamed?)[ :\"\u201c]+(?P<it>{WORD}(?:[ ]{WORD})?)",
                any_case=False,
            ),
            0.7,
        ),
        Pattern(
            "initials",
            "name",
            compiled(
                r"(?<![\w.])(?P<it>(?![PIMH]\.S\.[ ]?\#?\d)(?!(?:[A-Z]\.){2,4}\s?(?:\u00a7|Code\b|Stat\b))(?!(?:A\.M|P\.M|U\.S|D\.O\.B|P\.O|C\.J|P\.J|M\.D|J\.D|R\.N|M\.S|B\.A|M\.A|E\.R|I\.D|D\.C|N\.A|S\.S|I\.V|T\.V|Ph\.D)\b)[A-Z]\.[ ]?[A-Z]\.(?:[ ]?[A-Z]\.)?)(?![\w])",
                any_case=False,
            ),
            0.55,
        ),
    )
