"""What looks like an identifier and is nobody's: statutes, form, order and tax numbers, titles of laws.

These places are taken before numbers and names, and then let go, so that they stay readable. What
has the shape of an SSN, a contact, a birth date or an address is never let go, unless the name of a
code stands before it: a "tax id" may be a person's, and "soc. sec. 412-68-9023" is no section, but
"OAR 413-010-0035" is no telephone.
"""

from __future__ import annotations

from redactor.detect.recognizers.base import Pattern, RuleRecognizer, compiled

KIND = "nobodys"
CITED = "citation"  # wins its place from everything
SECTION = r"\d+[A-Za-z]?(?:[-.:\u2013]\d+[A-Za-z]?){0,4}(?:\s?\(\w{1,4}\)){0,4}"
CODES = (
    r"RSMo\.?|R\.?S\.?\s?Mo\.?|(?!P\.O)[A-Z]\.\s?(?:[A-Z]\.\s?){1,3}(?:A\.)?|(?:Miss|Ark|Tenn|Kan|Okla|Tex|Fla|Ga|Ala|Ind|Wis|Minn|Neb|Mont|Wash|Cal|Colo)"
    r"\.?\s(?:Code|Stat|Rev)(?:\.?\s(?:Ann|Stat|Code)\.?)*"
)

NO_DATE = r"(?!\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b)"  # "R.C. 07-04-2023" is a child and a birth date
LETTERS = (
    r"(?<![\w.])(?P<it>(?:\d{1,3}\s)?(?:[A-Z]\.){2,5}\s?"  # a code by its initials, or a child
)
SECTIONS = r"\d+[A-Z]{0,2}(?:[-.:]\d+[A-Za-z]?)*"
BY_LAW = compiled(r"(?:\bunder|\bpursuant\s+to|\bviolat\w+(?:\s+of)?|\bstatutes?,?|\blaw,?)\s+$")
PARTY = r"[A-Z][\w.'\u2019&-]*(?:,?\s(?:[A-Z][\w.'\u2019&-]*|of|the|and|for|&)){0,6}"
REPORTER = (  # volume, series and page of the printed reports
    r"\d{1,4}\s(?:S\.\s?W\.|N\.\s?[EW]\.|S\.\s?E\.|P\.|A\.|So\.|F\.|F\.\s?Supp\.|U\.\s?S\.|S\.\s?Ct\.|Cal\.|Ill\."
    r"|N\.\s?Y\.|Mo\.|Miss\.|Ohio\sSt\.|Wis\.|Kan\.|Or\.|Wash\.)\s?(?:2d|3d|4th|5th)?,?\s\d{1,4}(?!\d)"
)
DECISION = (
    rf"\b(?:(?:In\sre|In\sthe\s(?:Interest|Matter)\sof|Ex\sparte)\s{PARTY}|{PARTY}\sv(?:s)?\.\s{PARTY}),\s{REPORTER}"
    r"(?:,\s\d{1,4}(?:[-\u2013]\d{1,3})?)?(?:\s\([\w.\s]{0,20}\d{4}\))?"
)


class NobodysRecognizer(RuleRecognizer):
    """Citations of law, numbers of purchase, tax, billing and forms, names of laws and tests."""

    patterns = (
        Pattern(
            "section of a code",
            KIND,
            compiled(
                rf"(?P<it>(?:\u00a7+|(?<!\.)\bs\.|\bss\.|\bsecs?\.?|\bsections?)\s?{SECTION}(?:,?\s(?:{CODES})(?![\w]))?)",
            ),
            0.9,
        ),
        Pattern(
            "code and section",
            KIND,
            compiled(
                r"\b(?P<it>(?:RSMo\.?|Code\sAnn\.|(?:Miss|Ark|Tenn|Ind|Tex|Ga|Ala|Mont)\.\sCode(?:\sAnn\.?)?|(?:[AKNRHUTMC]\.S\.A|K\.A\.R|[NOKHAC]\.R\.S|R\.C\.W|N\.J\.S\.A|O\.C\.G\.A|[MUT]\.C\.A|M\.C\.L|M\.G\.L|F\.A\.C)\.|MCA|ORS|NRS|KRS|ARS|KSA|KAR|NRSA|RSA|HRS|RCW|MCL|UCA|CSR|CFR|USC)\s?(?:\u00a7+\s?)?\d{1,3}[A-Z]?[-.:]\d{1,4}(?:[-.:]\d{1,4}[a-z]?)*(?:\s?\(\w{1,4}\)){0,4})",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "code by its initials and a section sign",  # 33 V.S.A. \u00a7 4913, R.S. 46:56(F)
            KIND,
            compiled(
                rf"{LETTERS}(?:(?:Code\s(?:Ann\.\s)?|\u00a7+\s?){SECTIONS}(?:\s?\(\w{{1,4}}\)){{0,4}}|{NO_DATE}\d+[A-Z]?[-.:]\d[\d.:-]*(?:\(\w{{1,4}}\)){{1,4}}))(?![\w-])",
                any_case=False,
            ),
            0.85,
        ),
        Pattern(
            "code by its initials behind a word of law",  # under G.S. 7B-301
            KIND,
            compiled(rf"{LETTERS}{NO_DATE}{SECTIONS})(?![\w-])", any_case=False),
            0.85,
            cue=BY_LAW,
        ),
        Pattern(
            "code and section that is like a number",
            CITED,
            compiled(
                r"\b(?P<it>(?:OAR|WAC|NMSA|TCA|CRS|NAC|KSA|RCW|NRS|N\.M\.S\.A\.|C\.R\.S\.|(?:[A-Z][a-z]{2,4}\.\s)?Rev\.\sStat\.(?:\sAnn\.)?)\s?"
                r"(?:\u00a7+\s?)?\d[\dA-Z]*[-.:]\d[\d.:-]*\d)",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "code by letters that mean other things too",
            KIND,
            compiled(
                r"\b(?P<it>(?:ARM|WIC|W&I|IC)\s?(?:\u00a7+\s?)?\d+(?:[-.]\d+){0,3})(?![\w-])",
                any_case=False,
            ),
            0.85,
        ),
        Pattern(
            "title, administrative code and section",
            CITED,
            compiled(
                r"\b(?P<it>\d{1,2}\s?(?:VAC|NYCRR|NMAC|NCAC|KAR|AAC|IAC|OAC|TAC)\s?\d[\d.:-]*\d)",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "title, code and section",
            KIND,
            compiled(
                r"\b(?P<it>\d{1,2}[A-Z]?\s(?:U\.?S\.?C\.?(?:A\.)?|C\.?F\.?R\.?|CSR|O\.?S\.?|Pa\.?\s?C\.?S\.?|M\.?R\.?S\.?A?)\s(?:\u00a7+\s?)?\d[\d.:-]*[a-z]?(?:-\d+)?(?:\s?\(\w{1,4}\)){0,4})",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "decision of a court that is cited",
            CITED,
            compiled(rf"(?P<it>{DECISION})", any_case=False),
            0.9,
        ),
        Pattern(
            "number of an order, a bill or a tax return",
            KIND,
            compiled(
                r"\b(?P<it>(?:PO|P\.O\.|purchase\sorder|invoice|inv\.?|F?EIN|CLIA|batch|SKU|voucher)(?:\s(?:number|no\.?|num\.?))?\s?[#:]?\s?(?=[A-Z]{0,3}\d)[A-Z\d][A-Z\d-]{3,16})(?![\w-])",
            ),
            0.9,
        ),
        Pattern(
            "number of a receipt or a parcel",
            KIND,
            compiled(
                r"\b(?P<it>(?:receipt|tracking|certified(?:\smail)?|money\sorder|ticket|lot(?=\s(?:no|\#)))\s(?:no\.?\s?|\#\s?|number\s)?"
                r"(?=[\w -]{0,12}\d)(?:[A-Z]{1,4}[- ]?)?\d[\d -]{2,22}\d)(?![\w-])"
            ),
            0.9,
        ),
        Pattern(
            "number of an agency's form",  # 525 of 531 in the corpus are that
            KIND,
            compiled(
                r"\b(?P<it>(?:L?DSS|DHS|CFS|JFS|DCFS?|OCFS|SOC|AOC|JDF|CS|DA|CD|CF|HHS|PPS|DOC|CY|CW)[-\s](?:[A-Z]{1,2}-)?\d{2,5}[A-Z]?)(?![\w-])",
                any_case=False,
            ),
            0.85,
        ),
        Pattern(
            "number of a form that is like a telephone",  # Missouri's "MO 886-4570", Iowa's 470-3240
            CITED,
            compiled(
                r"\b(?P<it>(?:(?:[Ff]orm|FORM)\s(?:MO\s)?|MO\s)\d{3}-\d{4})(?![\w-])",
                any_case=False,
            ),
            0.9,
        ),
        Pattern(
            "number of a form",
            KIND,
            compiled(
                r"\b(?P<it>(?:form|rev\.?|version|chapter|manual)\s(?:no\.?\s?|#)?(?=[\w-]*\d)[A-Z]{0,4}[-\s]?\d[\w.-]{0,9})(?![\w-])"
            ),
            0.85,
        ),
        Pattern(
            "name of a law or a test",
            KIND,
            compiled(
                r"\b(?P<it>(?:[A-Z][a-z]+['\u2019]s\sLaw(?!\s(?i:office|firm|school))|(?:Adam\sWalsh|Baker|Jacob\sWetterling|Katie\sBeckett|Chafee|McKinney-Vento|Marchman|Fostering\sConnections)\s(?:Act|waiver|program)|Ansell-Casey|Beck\s(?:Depression|Anxiety)\sInventory|Miranda\swarnings?|Amber\sAlert|Daniel\sMemorial))",
                any_case=False,
            ),
            0.9,
        ),
    )
