"""What the words around a name say of its role: labels, rows, titles, appositions, verbs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from redactor.people.offices import WELFARE, is_agency
from redactor.types import Mention
from redactor.writing import wordset

BEFORE, AFTER = 60, 70  # characters looked at on each side
MOST_LINES, LONGEST_LINE = 7, 90  # of a block that is an address
ADDRESSED = re.compile(r"\s*(?:(?:attn|attention|to|c/o|mr|mrs|ms|miss|dr)[.:\s]*)*", re.IGNORECASE)
GREETING = re.compile(r"\bDear\s+(?:(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+)?$")
LETTER_HEAD = 900  # characters from the top of a letter to its greeting
LONGEST_CELL = 40  # a longer cell is a sentence, not a role


def _c(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.IGNORECASE)


J = r"(?:\s*\([^)\n]{1,25}\))?\s*[:,\t\u2013\u2014-]*\s*(?:name\s*[:\t-]*\s*)?(?:(?:Mr|Mrs|Ms|Miss)\.?\s+)?$"  # from a label to its value
LABELS = (
    ("reporter", 0.9, _c(r"\b(?<!per )(?:reporter(?:'s)?(?:\s+name)?|name\s+of\s+(?:reporter|caller)|reported\s+by|RP|rptr|R/P|reporting\s+(?:party|person|source)|referral\s+source|referred\s+by|referent|complainant|(?:called|phoned)\s+in\s+by|hotlined\s+by|report\s+(?:made|received)\s+(?:by|from)|caller(?:'s)?(?:\s+name)?|call(?:ed)?\s+from)" + J)),
    ("caseworker", 0.9, _c(r"\b(?:worker|wkr|case\s?worker|investigator|assigned(?:\s+to)?|taken\s+by|prepared\s+by|supervisor|supv?r?|CSW|case\s+m(?:anager|gr)|completed\s+by|submitted\s+by|entered\s+by|written\s+by|recorded\s+by|intake\s+by|specialist|CPS|Children's\s+Division)" + J)),
    ("child_victim", 0.85, _c(r"\b(?:victim(?:\s+child)?|VC|AV|VIC|alleged\s+victim|subject\s+child|in\s+the\s+interest\s+of|IN\s+RE|child(?:'s)?\s+name|child|juvenile|minor|re|fwd?)" + J)),
    ("alleged_perpetrator", 0.9, _c(r"\b(?:alleged\s+perp(?:etrator)?s?|A/?P|ALP|perp(?:etrator)?|suspect|defendant)" + J)),
    ("parent", 0.85, _c(r"\b(?:(?:natural|bio(?:logical)?|birth|adoptive|legal)?\s*(?:mother|father|mom|dad|parents?(?:/\w+)?)|MO|FA|BM|BF|mo|fa)" + J)),
    ("foster_parent", 0.9, _c(r"\b(?:foster\s+(?:parents?|mother|father|mom|dad|home)|resource\s+(?:parents?|home|family)|placed\s+with|placement\s+with|respite(?:\s+provider)?)" + J)),
    ("relative", 0.8, _c(r"\b(?:(?:maternal|paternal|great)?[- ]?(?:grand(?:mother|father|parents?|ma|pa)|aunt|uncle|cousin)|MGM|PGM|MGF|PGF|MGGM|MA|PA|relative)" + J)),
    ("sibling", 0.8, _c(r"\b(?:(?:half|step)?-?\s?(?:sibling|brother|sister)s?|sib|CHN)" + J)),
    ("attorney", 0.9, _c(r"\b(?:GAL|guardian\s+ad\s+litem|attorney(?:\s+for\s+(?:the\s+)?\w+)?|counsel(?:\s+for\s+\w+)?|atty|prosecutor|CASA)" + J)),
    ("judge", 0.95, _c(r"\b(?:judge|hon(?:orable)?\.?|commissioner|magistrate)" + J)),
    ("law_enforcement", 0.9, _c(r"\b(?:officer|ofc\.?|detective|det\.?|deputy|dep\.?|sgt\.?|sergeant|cpl\.?|corporal|lt\.?|trooper|tpr\.?|sheriff|P\.?O\.?)" + J)),
    ("professional", 0.8, _c(r"\b(?:dr\.?|doctor|nurse|principal|coach|teacher|counselor|therapist|pediatrician|PCP|physician|social\s+worker|psychologist|pastor)" + J)),
    ("collateral", 0.8, _c(r"\b(?:collateral(?:\s+contact)?|witness|neighbor|landlord|babysitter|sitter|friend|co-?worker)" + J)),
)  # fmt: skip
# What somebody did to whom the next word names: "told RP", "by counsel", "is a hard worker".
DONE = "told|tells|let|gave|asked|asks|showed|met|says?|said|saw|called|walked|took|left|hugged|hit|hard|by|with|through|to|do|will|in|from|for|of|and|than|on"
S = (
    r"^[\"\u201d)]?\s*(?:,|\(|\u2013|\u2014|-|\t|\n)?\s*(?:is\s+|was\s+)?(?:the\s+|a\s+|an\s+|his\s+|her\s+|their\s+|child's\s+|children's\s+|[A-Z][a-z]+'s\s+)?(?:(?!(?:"
    + DONE
    + r")\b)\w+\s+)?"
)
OF_THE = r"^,?\s+(?:for|of)\s+(?:the\s+)?(?:\w+\s+(?:county|co\.)\s+)?"
TAILS = (
    ("caseworker", 0.85, _c(S + r"(?:children's\s+service\s+(?:worker|specialist)|CSW|CPSW|caseworker|case\s?worker|case\s+m(?:anager|gr)|hotline\s+worker|investigator|CPS\s+worker|supervisor|social\s+service\s+(?:worker|specialist)|circuit\s+manager|FCOS|worker)\b")),
    ("professional", 0.8, _c(S + r"(?:(?-i:M\.?D|D\.?O(?!\.?B)|R\.?N|LPN|APRN|PNP|FNP|PA-C|Ph\.?D|Psy\.?D|LCSW|LPC|LMSW|M\.?Ed|SANE|DDS)|principal|teacher|counselor|nurse|therapist|pediatrician|physician|coach|aide|secretary|pastor|psychologist|school\s+social\s+worker)\b")),
    ("parent", 0.85, _c(S + r"(?:mother|father|mom|dad|parent|biological\s+(?:mother|father))\b")),
    ("alleged_perpetrator", 0.85, _c(S + r"(?:alleged\s+perp(?:etrator)?|A/?P|ALP|perpetrator|stepfather|step-?dad|stepmother|step-?mom|paramour|boyfriend|mother's\s+(?:boyfriend|paramour)|live-in)\b")),
    ("relative", 0.8, _c(S + r"(?:(?:maternal|paternal|great)[- ])*(?:grand(?:mother|father|parent|ma|pa)|aunt|uncle|cousin|great-?\w+|MGM|PGM|MGF|PGF)\b")),
    ("sibling", 0.8, _c(S + r"(?:(?:half|step)-?\s?)?(?:sibling|brother|sister)\b")),
    ("child_victim", 0.85, _c(S + r"(?:victim|VC|AV|alleged\s+victim|subject\s+child|a\s+minor)\b")),
    ("child_victim", 0.5, _c(r"^\s+(?:was|is|were|has\s+been|remains?)?\s*(?:placed\s+(?:with|in)|removed\s+from|taken\s+into\s+(?:protective\s+)?custody)\b")),
    ("foster_parent", 0.85, _c(S + r"(?:foster\s+(?:mother|father|parent)|resource\s+parent|kinship)\b")),
    ("attorney", 0.9, _c(S + r"(?:GAL|guardian\s+ad\s+litem|attorney|esq|counsel|prosecut\w+|CASA)\b")),
    ("attorney", 0.95, _c(OF_THE + r"(?:juvenile\s+office(?:r)?|prosecut\w+(?:'s)?(?:\s+office)?|(?:county|district|circuit|state's|prosecuting)\s+attorney|attorney\s+general|public\s+defender)\b")),
    ("caseworker", 0.8, _c(OF_THE + rf"(?:{WELFARE})(?!\w)")),
    ("law_enforcement", 0.8, _c(OF_THE + r"(?:[A-Z]\w+\s+){0,2}(?:county\s+)?(?:sheriff|police|SO|PD|highway\s+patrol)\b")),
    ("law_enforcement", 0.85, _c(S + r"(?:PD|police|sheriff|deputy\s+juvenile\s+officer|juvenile\s+officer|DJO|trooper|detective|badge|DSN)\b")),
    ("judge", 0.9, _c(S + r"(?:judge|commissioner|presiding)\b")),
    ("collateral", 0.75, _c(S + r"(?:neighbor|landlord|babysitter|sitter|friend|clerk|coworker|witness|roommate)\b")),
    ("reporter", 0.85, _c(r"^,?\s*(?:\([^)]{1,20}\)\s*)?(?:who\s+)?(?:had\s+|has\s+|also\s+)?(?:called\s+(?:the\s+hotline|this\s+in|it\s+in|in\s+(?:the|a)\s+report)|made\s+(?:the|this|a)\s+(?:report|call|hotline)|hotlined|phoned\s+(?:this|it|the\s+hotline)|reported\s+(?:concerns|this))")),
    ("reporter", 0.7, _c(r"^[,:!]?\s+(?:thank\s+you|thanks)[^.\n]{0,20}?\s+for\s+(?:your\s+(?:\w+\s+){0,2}?(?:report|hotline|referral|call\s+(?:to|about|on|of))\b|(?:calling|reporting)\b|making\s+(?:the|this|your|a)\s+(?:\w+\s+)?(?:report|call))")),
    ("reporter", 0.85, _c(S + r"(?:reporter|RP|rptr|mandated\s+reporter|reporting\s+party|caller)\b(?!['\u2019]s)")),
)  # fmt: skip
CELLS = (
    ("child_victim", _c(r"^(?:VIC|VC|AV|victim(?:\s+child)?|alleged\s+victim|subject(?:\s+child)?|child\s+victim|identified\s+child|client)\b")),
    ("sibling", _c(r"^(?:CHN|sib(?:ling)?s?|(?:half|step)[- ]?(?:sib\w*|brother|sister)|other\s+child|brother|sister|non-victim)\b")),
    ("parent", _c(r"^(?:PAR|parent|mother|father|mom|dad|MO|FA|(?:bio\w*|birth)\s+(?:mother|father|parent)|caretaker)\b")),
    ("alleged_perpetrator", _c(r"(?:^|\b)(?:ALP|AP|alleged\s+perp\w*|perp(?:etrator)?|A/P)\b")),
    ("relative", _c(r"^(?:[MP]G[MFP]|[MP]A|[MP]U|(?:maternal|paternal)\s+\w+|grand\w+|aunt|uncle|cousin|relative|kin)\b")),
    ("reporter", _c(r"^(?:RP|rptr|reporter|reporting\s+party|caller|referent|mandated\s+reporter)\b")),
    ("caseworker", _c(r"^(?:worker|caseworker|CSW|investigator|supervisor|case\s+m(?:anager|gr)|CD\b|children's\s+division)")),
    ("foster_parent", _c(r"^(?:foster|resource|placement\s+(?:provider|home|parent)|kinship)\b")),
    ("attorney", _c(r"^(?:GAL|attorney|counsel|CASA)\b")),
    ("law_enforcement", _c(r"^(?:officer|detective|police|law\s+enforcement|LE|juvenile\s+officer|DJO)\b")),
    ("professional", _c(r"^(?:teacher|principal|counselor|doctor|nurse|therapist|pediatrician|PCP|school)\b")),
    ("collateral", _c(r"^(?:collateral|witness|neighbor|landlord|sitter|friend)\b")),
)  # fmt: skip
CAPTION = re.compile(
    r"\b(?:in\s+the\s+interests?\s+of|in\s+(?:re|the\s+matter\s+of)(?=[^\n]{0,40}?\b(?:minors?|child|children|infant|juvenile|born|DOB)\b))",
    re.IGNORECASE,
)
LISTED = wordset(
    """
    and a an the male female minor minors child children infant juvenile age aged born dob no case
    cause january february march april may june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec jr sr
    """
)
FURTHEST = 300  # characters that a caption's list of children takes


def cues(text: str, mention: Mention) -> Iterator[tuple[str, float, str]]:
    """(role, weight, where from) for every cue around a name mention."""
    start = max(_block(text, mention.start), mention.start - BEFORE)
    stop = text.find("\n\n", mention.end)
    before = text[start : mention.start]
    after = text[mention.end : min(stop if stop >= 0 else len(text), mention.end + AFTER)]
    for role, weight, label in LABELS:
        if label.search(before):
            yield role, weight, "label"
    for role, weight, tail in TAILS:
        if tail.search(after):
            yield role, weight, "apposition"
    yield from _row(text, mention)


def of_agencies(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names that stand in an agency's address block, or that a letter to one greets."""
    yield from (n for n in names if _in_an_agencys_block(text, n) or _greeted(text, n))


def _in_an_agencys_block(text: str, mention: Mention) -> bool:
    """Whether a name has a line to itself beside an agency's: an addressee, a signature."""
    start, stop = _block(text, mention.start), text.find("\n\n", mention.end)
    lines = text[start : stop if stop >= 0 else len(text)].split("\n")
    if not 1 < len(lines) <= MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        return False
    own = text.count("\n", start, mention.start)
    before = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    near = (*lines[max(own - 2, 0) : own], *lines[own + 1 : own + 3])
    return bool(ADDRESSED.fullmatch(before)) and any(map(is_agency, near))


def _greeted(text: str, mention: Mention) -> bool:
    """Whether a letter that is addressed to an agency greets the one of this name."""
    page = text.rfind("\f", 0, mention.start) + 1
    head = text[page : mention.start]
    if len(head) > LETTER_HEAD or not GREETING.search(head):
        return False
    blocks = [b.split("\n") for b in head.split("\n\n")[1:-1]]  # the first is the writer's own
    return any(is_agency(line) for b in blocks if len(b) <= MOST_LINES for line in b)


def captioned(text: str, names: Sequence[Mention]) -> Iterator[Mention]:
    """The names that a juvenile court's caption lists: the children of the case.

    They stand behind "In the interest of", with nothing between them but birth dates, file numbers
    and words such as "a minor" (RSMo 211.031, 211.091 style the petition so).
    """
    for caption in CAPTION.finditer(text):
        at, first = caption.end(), bisect_left(names, caption.end(), key=attrgetter("start"))
        for name in names[first:]:
            between = text[at : name.start]
            far = name.end - caption.end() > FURTHEST or "\n\n" in between.strip()
            if far or not all(map(_listed, re.findall(r"[\w./-]+", between))):
                break
            yield name
            at = name.end


def _listed(word: str) -> bool:
    """Whether a word stands between the names of a caption's list."""
    return any(map(str.isdigit, word)) or word.replace(".", "").casefold() in LISTED


def _row(text: str, mention: Mention) -> Iterator[tuple[str, float, str]]:
    """Role cells in the table row whose first name this is."""
    start = _block(text, mention.start)
    stop = text.find("\n\n", mention.end)
    row = text[start : stop if stop >= 0 else len(text)]
    if "\t" not in row or len(row) > 400:
        return
    own = row[: mention.start - start].count("\t")
    for n, cell in enumerate(row.split("\t")):
        told = cell.strip()
        if n == own or abs(n - own) > 3 or len(told) > LONGEST_CELL:
            continue
        for role, words in CELLS:
            match = words.search(told)
            if match and len(match.group()) >= len(told) / 2:
                yield role, 0.9, "row"


def _block(text: str, offset: int) -> int:
    """Where the block that holds the offset begins."""
    blank, page = text.rfind("\n\n", 0, offset), text.rfind("\f", 0, offset)
    return max(blank + 2 if blank >= 0 else 0, page + 1)
