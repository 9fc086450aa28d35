"""US street, rural, box and trailer addresses; usaddress has the last word on doubtful ones."""

from __future__ import annotations

from functools import lru_cache

import usaddress

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled
from redactor.detect.recognizers.dates import MONTH

SUFFIX = (
    "Street|St|Avenue|Ave|Av|Road|Rd|Drive|Dr|Lane|Ln|Court|Ct|Circle|Cir|Boulevard|Blvd|Way|Place|Pl|"
    "Terrace|Terr|Ter|Parkway|Pkwy|Highway|Hwy|Trail|Trl|Loop|Square|Sq|Turnpike|Pike|Run|Row|Path|Plaza|Plz|"
    "Crossing|Xing|Cove|Cv|Bend|Bnd|Ridge|Rdg|Hollow|Holw|Alley|Aly|Trace|Trce|View|Heights|Hts|Manor|Mnr|"
    "Crescent|Cres|Spur|Pass|Fork|Branch|Extension|Ext|Bypass|Walk|Landing|Lndg|Grove|Grv"
)
STATE = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|"
    "Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    "Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|"
    "North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|"
    "Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Mo|Miss|Ill|Kans?|Ark|Tenn|"
    "A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
)
G = r"(?:[ ]|\n(?!\n)|\t)"  # one gap inside an address
C = rf"(?:,|{G})"
DIR = r"(?:[NSEW]|NE|NW|SE|SW|North|South|East|West)\.?"
NAME = r"(?:[A-Z][\w'\u2019.-]*|\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)|of|the|de|la)"
UNIT = (
    r"(?:(?:Apt|APT|Apartment|Unit|UNIT|Lot|LOT|Rm|Room|Suite|Ste|Trailer|Trlr|TRLR|Bldg|Building|Space|Spc|Sp|Floor|Fl|No|apt|lot|unit|rm|room|trailer)\.?"
    r"[ ]?#?[ ]?[A-Za-z0-9-]{1,5}|\#[ ]?[A-Za-z0-9-]{1,6})"
)
ZIP = r"\d{5}(?:-\d{4})?"
CITY = r"[A-Z][\w'\u2019.-]*(?:[ ][A-Z][\w'\u2019.-]*){0,2}"
TAIL = (
    rf"(?:{C}{{1,3}}{UNIT}){{0,2}}"
    rf"(?:{C}{{1,3}}{CITY}{C}{{1,3}}(?:{STATE})\b\.?(?:{C}{{1,3}}{ZIP})?|{C}{{1,3}}{CITY}{C}{{1,3}}{ZIP})?"
)
NUM = r"\d{1,6}(?:[-\u2013]\d{1,5})?[A-Za-z]?(?:[ ]?1/2|[ ]\u00bd|\u00bd)?"
CUE = compiled(
    r"\b(?:address|addr|residen(?:ce|es?|t)|res|resides?|resid(?:ed|ing)|lives?|lived|living|live|home|staying|stays|"
    r"located|moved|house|at|mail(?:ing)?)\b[^\n]{0,20}$"
)


COURT_OF_LAW = compiled(
    r"\b(?:circuit|district|supreme|superior|juvenile|family|probate|municipal|chancery|youth)\s+court\b"
)


@lru_cache(maxsize=4096)
def parses(text: str) -> bool:
    """Usaddress sees a street address in the text, which names no court of law."""
    if COURT_OF_LAW.search(text):
        return False
    try:
        _, kind = usaddress.tag(" ".join(text.split()))
    except usaddress.RepeatedLabelError:
        return True
    return str(kind) in ("Street Address", "PO Box", "Intersection")


class AddressRecognizer(RuleRecognizer):
    """Addresses by shape; the city, state and ZIP code that follow are part of them."""

    words = ("address", "lives", "residence", "home", "street")
    patterns = (
        Pattern(
            "number, name and street type",
            "address",
            compiled(
                rf"(?<![\w/.-])(?P<it>{NUM}{G}(?:{DIR}{G})?(?:{NAME}{G}){{1,4}}?(?:{SUFFIX}|{SUFFIX.upper()})\b\.?(?:{G}{DIR}(?!\w))?{TAIL})",
                any_case=False,
            ),
            0.85,
            valid=parses,
        ),
        Pattern(
            "number and name before city and state",
            "address",
            compiled(
                rf"(?<![\w/.-])(?P<it>{NUM}{G}(?:{DIR}{G})?(?:{NAME}{G}?){{1,3}}(?:{C}{{1,3}}{UNIT})?,{C}{{0,2}}{CITY}{C}{{1,3}}(?:{STATE})\b\.?(?:{C}{{1,3}}{ZIP})?)",
                any_case=False,
            ),
            0.7,
            valid=parses,
        ),
        Pattern(
            "of a street grid",  # as in Utah: 266 E 800 S
            "address",
            compiled(
                rf"(?<![\w/.-])(?P<it>\d{{1,5}}{G}(?:[NSEW]\.?|North|South|East|West){G}\d{{1,5}}{G}(?:[NSEW](?:\.|\b)|North|South|East|West)"
                rf"(?:{C}{{1,3}}{CITY})?{TAIL}(?:{C}{{1,3}}{ZIP})?)(?![\w-])",
                any_case=False,
            ),
            0.8,
        ),
        Pattern(
            "numbered highway or county road",
            "address",
            compiled(
                rf"(?<![\w/.-])(?P<it>{NUM}{G}(?:(?:[NSEW]\.?){G})?(?:State|County|Co\.?|US|U\.S\.|MO|Private|Farm|Outer){G}?"
                rf"(?:Highway|Hwy\.?|Road|Rd\.?|Route|Rte\.?|CR){G}[\w-]{{1,6}}{TAIL})"
            ),
            0.85,
        ),
        Pattern(
            "short highway or route",
            "address",
            compiled(
                rf"(?<![\w/.-])(?P<it>{NUM}{G}(?:Highway|Hwy|Route|Rte|Rt|CR|FM|SR){G}[A-Z0-9]{{1,5}}\b{TAIL})",
                any_case=False,
            ),
            0.8,
        ),
        Pattern(
            "miles from somewhere",
            "address",
            compiled(
                r"(?P<it>(?i:(?:about\s)?(?:\d{1,2}(?:\.\d|\s1/2)?|one|two|three|four|five|six|half\sa)\s?(?:mi\.?|miles?)\s(?:[NSEW]{1,2}\s)?"
                r"(?:out|past|from|off|down|up|beyond|on|north|south|east|west)\s(?:of\s|the\s|on\s)*)[A-Z][\w'\u2019.]+(?:[ \n](?:[A-Z][\w'\u2019.]+|\d{1,4})){0,4}"
                r"(?:,\s(?:the\s)?(?:white|yellow|blue|red|green|gray|grey|brown|brick|tan|log|old|second|first|last|single|double)[^.;\n\t]{3,40})?)",
                any_case=False,
            ),
            0.7,
        ),
        Pattern(
            "house told by its looks",
            "address",
            compiled(
                r"\b(?P<it>(?:the|a)\s(?:(?:white|yellow|blue|red|green|gray|grey|brown|brick|tan|log|old|little|corner|last|single-?wide|double-?wide)\s){1,2}"
                r"(?:house|duplex|trailer|farmhouse|cabin|bungalow|double-?wide|single-?wide|camper|mobile\shome)\s(?:behind|by|next\sto|across\sfrom|past|on|off|over|beside|at)\s[^.;\n\t]{3,45})"
            ),
            0.7,
        ),
        Pattern(
            "rural route",
            "address",
            compiled(
                rf"(?<!\w)(?P<it>(?:Rural{G}(?:Route|Rt\.?)|R\.?R\.?|HC(?:R)?|Star{G}Route|Rte?\.?){G}?\#?{G}?\d{{1,4}}{C}{{1,3}}Box{G}\#?\d{{1,6}}[A-Z]?{TAIL})"
            ),
            0.9,
        ),
        Pattern(
            "post office box",
            "address",
            compiled(
                rf"(?<!\w)(?P<it>(?:P\.?{G}?O\.?|Post{G}Office){G}?(?:Box|Drawer){G}\#?\w{{1,7}}{TAIL})"
            ),
            0.9,
        ),
        Pattern(
            "military post office",
            "address",
            compiled(
                rf"(?<!\w)(?P<it>(?:[A-Z]{{2,5}}{G}\d{{1,4}}{C}{{1,3}}(?:Box{G}\d{{1,5}}{C}{{1,3}})?)?(?:APO|FPO|DPO),?{G}A[AEP]{G}{ZIP})",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "lot or room of a named place",
            "address",
            compiled(
                rf"(?<!\w)(?P<it>(?:Lot|Space|Trailer|Room|Rm\.?|Unit|Apt\.?){G}\#?\d{{1,4}}[A-Z]?,?{G}(?:(?:at|in|of){G})?(?:the{G})?(?:[A-Z][\w'\u2019]+{G}){{1,4}}"
                r"(?:Park|Court|Estates|Village|Acres|Motel|Inn|Hotel|Lodge|Apartments|Apts|Trailer[ ]Park|Mobile[ ]Home[ ]Park|Suites|Manor|Terrace|MHP)\b)",
                any_case=False,
            ),
            0.85,
        ),
        Pattern(
            "number and street without a type, after a cue",
            "address",
            compiled(
                rf"(?<![\w/.:-])(?P<it>(?!0)\d{{2,6}}{G}(?:{DIR}{G})?(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{MONTH}\b)[A-Z][a-z'\u2019]{{2,}}(?:{G}[A-Z][a-z'\u2019]{{2,}})?{TAIL})(?![\w])",
                any_case=False,
            ),
            0.5,
            cue=CUE,
        ),
        Pattern(
            "unit of an address told elsewhere",
            "address",
            compiled(
                r"\b(?:in|at|of|from|to)\s+(?P<it>(?:Apt|Apartment|Lot|Unit|Trailer)\.?\s#?\d{1,4}[A-Z]?)\b"
            ),
            0.5,
        ),
    )
