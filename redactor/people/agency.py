"""Which contacts are the agency's own: letterheads, hotlines, what stands behind an office's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from redactor.people.offices import AGENCY, OF_A_TITLE, WELFARE, office_at_end
from redactor.stretches import begun
from redactor.types import Mention

REACH = 160  # characters back to a name, or an office's name, that a contact may follow
HOUSE = re.compile(
    r"\b(?:division|department|dept|dss|dfs|hotline|unit|county\s+(?:office|courthouse)|office\s+of|field\s+office|"
    r"bureau|agency|administration|services|courthouse|juvenile\s+(?:office|court)|circuit|state\s+of)\b",
    re.IGNORECASE,
)
SENTENCE = re.compile(r"[.;!?]\s+(?=[A-Z\d])")
# A line that is nothing but the name of an office: what stands under it is the office's.
OFFICES = re.compile(
    rf"\b(?:Division|Department|Dept\.?|Bureau|Courthouse|(?:Area|Field|County|Juvenile|Circuit)\s+Office|{WELFARE})(?!\w)"
)
# An office whose name ends where its address begins: "Linn County DSS, 12 Elm Street".
BEFORE = re.compile(
    r"(?P<office>[^,;:()/|\n\t\u2022]+?)(?:,|\s[-\u2013\u2014\u2022|]|\s?\(|\s+at)?\s*$"
)
# The same as one stretch: "LeFlore Co DHS 511 N Harper".
WITHIN = re.compile(
    r"(?P<office>[^,;:()/|\n\t\d]+?)(?:,|\s[-\u2013\u2014]|\s?\()?\s*(?=\d|P\.?\s?O\.?\s)"
)
# Words before a contact by which it is somebody's who called or is spoken of; no letterhead has any.
SOMEBODYS = re.compile(
    r"\b(?:from|by|callers?|called|calls?|phoned|rang|RP|rptr|reporters?|referents?|informants?|complainants?|sources?|reporting|reported|he|she|they|told|said|asked|is|was|were|has|had|her|his|their|my|home|cell|mobile|"
    r"mother|father|mom|dad|victim|neighbou?r|lives?|resides?|residence|staying|works?|worked|employe[dr]|employment)\b",
    re.IGNORECASE,
)
PUBLIC = re.compile(
    r"\b(?:hotline|toll[ -]?free|main\s+(?:line|number|office)|crisis\s+line|poison(?:\s+control)?|TTY|helpline|switchboard)"
    r"(?:\s+(?:number|line|no\.?|phone|tel\.?|at|is))?[\s:.,#()|-]{0,4}$",
    re.IGNORECASE,
)
LINES = re.compile(  # public lines too, where nothing tells of a person
    r"\b(?:24[ -]?h(?:ou)?rs?\.?\s+line|(?:state|county|report(?:ing)?|after[ -]hours)\s+line|duty\s+phone|"
    r"(?:state|county|central|CPS|CWS|DSS|DCF|DFS|DHS)\s+intake)[\s:.,#()|-]{0,4}$",
    re.IGNORECASE,
)
TOLL_FREE = re.compile(r"^\W*(?:1\W*)?8(?:00|33|44|55|66|77|88)\W")
# "Regional office 12 Elm Street"; a bare "Office:" may be a reporter's field, "our" a dentist's letter.
OUR_OFFICE = re.compile(
    r"\b(?:regional|field|area|local|county|district|agency|dept\.?)\s(?:office|ofc\.?)[\s:,]*$",
    re.IGNORECASE,
)
FAX_LINE = re.compile(r"\bfax\b", re.IGNORECASE)
FAXED_PAGE = re.compile(r"\s+P(?:\.|g\.?)?\s?0?0?\d/\d", re.IGNORECASE)
FIELD = re.compile(r":\s*$|\b(?:address|street|location|where|mailing|found)\b", re.IGNORECASE)
STAMP = re.compile(r"^\s*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\s+\d{1,2}:\d\d(?:\s?[AP]M)?\s+")
SEAT = {"address", "phone", "fax"}
TELLS_A_CONTACT = re.compile(
    r"\b(?:fax|tel|telephone|phone|ph|voice|office|main|direct|desk|ext)\b[.:#]*", re.IGNORECASE
)
CALL_AND_FAX = re.compile(r"\d{3}\W{1,2}\d{4}\b.{0,20}?\b(?:fax|f)\b[\s:.]*\(?\d{3}", re.IGNORECASE)
LETTERHEAD = 250  # characters from the top of a page
ADDRESSEE = 70  # characters of a line that names an office
TOP, FOOT = 4, 3  # blocks of a page in which a letterhead or a footer stands


def of_agency(text: str, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether a contact is the records agency's own: letterhead, hotline, toll-free number."""
    words = text[mention.start : mention.end]
    line = max(text.rfind("\n", 0, mention.start), text.rfind("\t", 0, mention.start)) + 1
    reporters = mention.roles.get("reporter", 0.0) >= 0.3
    if mention.kind in ("phone", "fax") and _is_public(text, line, mention, reporters=reporters):
        return True
    if reporters:
        return False
    beside = _behind_office(text, line, mention) or (
        mention.kind == "address" and _beside_office(text, line, mention)
    )
    if beside or begun(names, line, mention.start):
        return beside
    blank = text.rfind("\n\n", 0, mention.start)
    start = blank + 2 if blank >= 0 else 0
    if SOMEBODYS.search(text[max(start, mention.start - 300) : mention.start]):
        return False
    if _under_agency(text, line, names) or _in_letterhead(text, line, mention, names):
        return True
    stop = text.find("\n\n", mention.end)
    block = text[max(start, mention.start - 300) : stop if stop >= 0 else len(text)]
    around = block.replace(words, " ")  # "604 Division St" is no office of itself
    return (
        bool(HOUSE.search(around)) and _at_edge(text, mention) and not _named(block, names, start)
    )


def _is_public(text: str, line: int, mention: Mention, *, reporters: bool) -> bool:
    """Whether a number is everybody's: toll-free, a hotline's, a line of the state or the county."""
    told = text[max(line, mention.start - ADDRESSEE) : mention.start]
    if TOLL_FREE.match(text[mention.start : mention.end]) or PUBLIC.search(told):
        return True
    return not reporters and bool(LINES.search(told)) and not SOMEBODYS.search(told)


def _behind_office(text: str, line: int, mention: Mention) -> bool:
    """Whether the line up to the contact is an office's name and no more, or says "office"."""
    told = text[line : mention.start]
    said = SENTENCE.split(told)[-1]
    ours = OUR_OFFICE.search(said)
    faxed = FAX_LINE.search(told) or FAXED_PAGE.match(text, mention.end)
    if mention.kind != "address" and not faxed:  # a reporter may work for an agency
        return False
    told = TELLS_A_CONTACT.sub("", told) if faxed else told
    return len(said) < ADDRESSEE and (
        _is_office(STAMP.sub("", told)) or bool(ours and not SOMEBODYS.search(said[: ours.start()]))
    )


def with_further(text: str, mentions: Sequence[Mention], agency: str) -> list[Mention]:
    """The mentions; a contact that stands right behind one of the agency's is the agency's too."""
    done: list[Mention] = []
    for m in mentions:
        last = done[-1] if done else None
        further = (
            last is not None
            and last.person == agency
            and last.kind in SEAT
            and m.kind in SEAT
            and not m.person
            and m.roles.get("reporter", 0.0) < 0.3
            and ("\n\n" not in text[last.end : m.start] or _letterheads(text, last, m))
            and not re.search(r"\w", TELLS_A_CONTACT.sub(" ", text[last.end : m.start]))
        )
        done.append(replace(m, person=agency) if further else m)
    return done


def _letterheads(text: str, last: Mention, mention: Mention) -> bool:
    """Whether a contact behind a blank line is on a letterhead's own line of telephone and fax."""
    top, stop = text.rfind("\f", 0, last.start) + 1, text.find("\n", mention.start)
    line = text[text.rfind("\n", 0, mention.start) + 1 : stop if stop >= 0 else len(text)]
    return last.start - top < LETTERHEAD and bool(CALL_AND_FAX.search(line))


def _beside_office(text: str, line: int, mention: Mention) -> bool:
    """Whether an office's name ends right before the address, or is what it begins with."""
    own = WITHIN.match(text[mention.start : mention.end])
    before = BEFORE.search(text[max(line, mention.start - REACH) : mention.start])
    return any(office_at_end(found["office"]) for found in (own, before) if found)


def _under_agency(text: str, line: int, names: Sequence[Mention]) -> bool:
    """Whether the line above, with nobody named in it, is the agency's: an address block."""
    before = max(line - 1, 0)
    above = max(text.rfind("\n", 0, before), text.rfind("\t", 0, before), 0)
    told = text[above:line]
    return (
        text[line - 1 : line] == "\n"
        and len(told) < ADDRESSEE
        and _is_office(told)
        and not begun(names, above, line)
    )


def _in_letterhead(text: str, line: int, mention: Mention, names: Sequence[Mention]) -> bool:
    """Whether the address is a line of its own at the head of a page that begins with an agency.

    Nobody is named above it and no field's name stands before it.
    """
    top = max(text.rfind("\f", 0, mention.start) + 1, 0)
    above = text[top:line]
    end = text.find("\n", mention.end)
    rest = text[mention.end : end if end >= 0 else len(text)]
    return (
        mention.kind == "address"
        and not text[line : mention.start].strip()
        and len(above) < LETTERHEAD
        and bool(AGENCY.search(above))
        and not FIELD.search(above)
        and not SOMEBODYS.search(above)
        and not begun(names, top, line)
        and not re.search(r"\b[a-z]{2,}", rest)
    )


def _is_office(line: str) -> bool:
    """Whether a line is nothing but the name of an office."""
    words = re.split(r"[\s,:\u00b7\u2022|]+", line.strip(" ,:\u00b7\u2022|\n\t"))
    return bool(OFFICES.search(line)) and all(OF_A_TITLE.fullmatch(w) for w in words)


def _named(block: str, names: Sequence[Mention], start: int) -> bool:
    return bool(begun(names, start, start + len(block)))


def _at_edge(text: str, mention: Mention) -> bool:
    """In the first or last blocks of a page."""
    top = max(text.rfind("\f", 0, mention.start), 0)
    foot = text.find("\f", mention.end)
    foot = foot if foot >= 0 else len(text)
    return (
        text.count("\n\n", top, mention.start) < TOP or text.count("\n\n", mention.end, foot) < FOOT
    )
