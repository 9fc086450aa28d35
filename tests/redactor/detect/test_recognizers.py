"""One table a recognizer: what a text must yield, and what must yield nothing."""

from __future__ import annotations

import time

import pytest

from redactor.detect.recognizers.address import AddressRecognizer
from redactor.detect.recognizers.base import RuleRecognizer
from redactor.detect.recognizers.dob import DobRecognizer
from redactor.detect.recognizers.email import EmailRecognizer
from redactor.detect.recognizers.employer import EmployerRecognizer
from redactor.detect.recognizers.names import NameRecognizer
from redactor.detect.recognizers.nobodys import NobodysRecognizer
from redactor.detect.recognizers.numbers import NumberRecognizer
from redactor.detect.recognizers.online import OnlineRecognizer
from redactor.detect.recognizers.phone import PhoneRecognizer
from redactor.detect.recognizers.reporter import ReporterRecognizer
from redactor.detect.recognizers.ssn import SsnRecognizer

SSN = [
    ("SSN: 412-68-9023", "412-68-9023"),
    ("412\u201368\u20139023", "412\u201368\u20139023"),  # en dashes
    ("412.68.9023", "412.68.9023"),
    ("social 412 68 9023", "412 68 9023"),
    ("SSN 412689023", "412689023"),
    ("SSN: 4l2-68-9O23", "4l2-68-9O23"),  # OCR
    ("SSN 4 1 2 6 8 9 0 2 3", "4 1 2 6 8 9 0 2 3"),
    ("SSN\n412-68-9023", "412-68-9023"),  # heading above
    ("412-68-\n9023", "412-68-\n9023"),  # wrapped
    ("000-12-3456", "000-12-3456"),  # never issued, never turned away
    ("666-12-3456", "666-12-3456"),
    ("xxx-xx-3456", "xxx-xx-3456"),
    ("***-**-3456", "***-**-3456"),
    ("SSN 412-68-XXXX", "412-68-XXXX"),
    ("last four 6789", "last four 6789"),  # the words before it tell what it is
    ("last 4 of SSN: 6789", "last 4 of SSN: 6789"),
    ("her social ends in 6789", "ends in 6789"),
    ("her number (ends in 6789)", "ends in 6789"),
    ("a meeting that ends in 2024", None),
    ("Name\tSSN last 4\tBkgd\n\nL. Benavides\t2051\tok", "2051"),
    ("Name\tHired\tSSN last 4\n\nL. Benavides\t2051", "2051"),  # an empty cell is no cell
    ("Name\tRoom\tBkgd\n\nL. Benavides\t2051\tok", None),
    ("ZIP 65101-4432", None),
    ("call 573-555-0142", None),
    ("invoice 412689023", None),
    ("in 2019 68 of 9023", None),
    ("RSMo 210.150.2", None),
]
PHONE = [
    ("call 573-555-0142", "573-555-0142"),
    ("(573) 555-0142", "573) 555-0142"),
    ("573.555.0142 x12", "573.555.0142 x12"),
    ("573 555 0142", "573 555 0142"),
    ("1-800-555-0140", "1-800-555-0140"),
    ("her cell 555-0142", "555-0142"),
    ("phone 555 0142", "555 0142"),
    ("573-555-\n0142", "573-555-\n0142"),
    ("cell 5735550142", "5735550142"),
    ("GRANDMOTHER CAN TAKE KIDS 5735550142", "5735550142"),
    ("total 1735550142", None),
    ("five seven three five five five zero one four two", "five seven three five five five zero one four two"),
    ("desk 573-555-0142, pager 0621", "0621"),
    ("call Dr. Sand at ext. 231", "231"),
    ("dial 911", None),
    ("$150-2000", None),
    ("412-68-9023", None),
    ("12/03-2024", None),
]  # fmt: skip
EMAIL = [
    ("mquintero@larkin.example", "mquintero@larkin.example"),
    ("<m.q+x@a.b.example>", "m.q+x@a.b.example"),
    ("mq@larkin.\nexample", "mq@larkin.\nexample"),
    ("mq @ larkin.org", "mq @ larkin.org"),
    ("dee at example dot org", "dee at example dot org"),
    ("meet at noon", None),
    ("mq@larkin.example. Reporter left", "mq@larkin.example"),
]
DOB = [
    ("DOB 03/13/1988", "03/13/1988"),
    ("D.O.B.: 3-13-88", "3-13-88"),
    ("born March 13, 1988", "March 13, 1988"),
    ("Date of birth\t13 Mar 1988", "13 Mar 1988"),
    ("DOB 1991, April 4", "1991, April 4"),
    ("b. 3/4/19", "3/4/19"),
    ("DOB 03 11 2018", "03 11 2018"),
    ("3/13/1988 (DOB)", "3/13/1988"),
    ("Name\tDOB\tRole\n\nMilo\t6/6/2016\tVictim", "6/6/2016"),
    ("DOB for Mina?\n\n> > Mar 13 1988. And", "Mar 13 1988"),
    ("Mina's DOB on her record was off by a day, corrected to 3/13/88.", "3/13/88"),
    ("had her first birthday in care on the eleventh of May", "eleventh of May"),
    ("DOB was asked for. Seen 3/13/24", None),
    ("W/M 3-13-88 came to the door", "3-13-88"),
    ("CREWS, D. BM 031388", "031388"),
    ("seen at 9:10 AM 03/13/2024", None),
    ("as of 03/13/2024", None),
    ("visited on 03/13/2024", None),
    ("Name\tSeen\tRole\n\nMilo\t6/6/2016\tVictim", None),
    ("the job was done 3/4/19", None),
]
ADDRESS = [
    ("14 Elm Ct, Apt 3, Fulton, MO 65251", "14 Elm Ct, Apt 3, Fulton, MO 65251"),
    ("at 1847 N Hummel Ave Lot 22", "1847 N Hummel Ave Lot 22"),
    ("614 E. Saline St,\nSedalia, MO 65301", "614 E. Saline St,\nSedalia, MO 65301"),
    ("3319 E 58th Terrace", "3319 E 58th Terrace"),
    ("mail to 266 E 800 S, Provo 84606 please", "266 E 800 S, Provo 84606"),
    ("at 1450 North 200 West", "1450 North 200 West"),
    ("drove 12 N 3 times", None),
    ("1\tIN THE CIRCUIT COURT OF BOONE COUNTY", None),  # a line's number in the margin
    ("at 12 Circuit Ct, Fulton", "12 Circuit Ct"),
    ("2207 WALNUT STREET, UNIT 4", "2207 WALNUT STREET, UNIT 4"),
    ("P.O. Box 4088, Jefferson City, MO 65103", "P.O. Box 4088, Jefferson City, MO 65103"),
    ("Post Office Drawer 903, Fulton, MO 65251", "Post Office Drawer 903, Fulton, MO 65251"),
    ("PSC 41 Box 1120, APO AE 09464", "PSC 41 Box 1120, APO AE 09464"),
    ("mail via FPO AP 96665", "FPO AP 96665"),
    ("Rural Route 2, Box 118", "Rural Route 2, Box 118"),
    ("12450 County Road 318", "12450 County Road 318"),
    ("8120 State Highway 13", "8120 State Highway 13"),
    ("Lot 14 Shady Acres", "Lot 14 Shady Acres"),
    ("Room 114 of the Prairie Star Motel", "Room 114 of the Prairie Star Motel"),
    ("lives at 7402 Wabash", "7402 Wabash"),
    ("RSMo 210.150 applies", None),
    ("form CD-40 Rev. 3/25", None),
    ("on 12 March the doctor came", None),
    ("in Greene County, Missouri", None),
    ("Milo 9 Victim", None),
    ("3 children in the home", None),
]
NUMBER = [
    ("Case No: 2021-CPS-004512", "2021-CPS-004512"),
    ("Call ID\t24109337", "24109337"),
    ("DCN 61830475", "61830475"),
    ("Medicaid number: 00772914", "00772914"),
    ("MRN 0077-4412", "0077-4412"),
    ("plate AB1 234C", None),
    ("cause 25JU-JU00318", "25JU-JU00318"),
    ("Name\tDCN\n\nMilo\t61830475", "61830475"),
    ("report of 3/4/2025", None),
    ("form CD-26", None),
    ("case at 10:40", None),
    ("RSMo 210.150", None),
]
ONLINE = [
    ("snapchat: dee_2010", "dee_2010"),
    ("@dee.2010 wrote", "@dee.2010"),
    ("see https://a.example/x", "https://a.example/x"),
    ("mail a@b.example", None),
]
NAME = [
    ("Ms. Quintero said", "Quintero"),
    ("J.T. 12 yo", "J.T."),
    ("J.T. 10-12-2015", "J.T."),
    ("S.C. Code 63-7-310 says", None),
    ("School P.S. 219, gr. 5", None),
    ("Reporter: Dana Orr", "Dana Orr"),
    ("Taken by\tPratt, Gwendolyn\tPriority", "Pratt, Gwendolyn"),
    ("/s/ Lee Sand", "Lee Sand"),
    ("the minor T.T.F. was", "T.T.F."),
    ("a.k.a. Dee", "Dee"),
    ("MILL CREEK PEDIATRICS\nTobias Q. Quintero, M.D., F.A.A.P.\n12 Elm", "Tobias Q. Quintero"),
    ("Silver Spring, MD 20901", None),
    ("at 8:12 A.M. today", None),
    ("Reporter: Anonymous", None),
    ("Mark the box", None),
]
INDIRECT = [
    ("I am Mina's\ngrandma on her daddy's side. I called", "Mina's\ngrandma"),
    ("I am her teacher. She called me.", None),
    ("RP is the school nurse and called", "the school nurse"),
    ("RP, who lives next door, heard", "who lives next door"),
    ("call received from the child's second-grade teacher", "the child's second-grade teacher"),
    ("She thinks it was her sister-in-law", "her sister-in-law"),
    ("the upstairs neighbor called the hotline", "neighbor"),
    ("it was probably the lady upstairs", "the lady upstairs"),
    ("he blames the desk man", "the desk man"),
    (
        "D. A., who lives in the apartment above the family, said",
        "who lives in the apartment above the family",
    ),
    ("he went upstairs with the woman", None),
    ("the teacher said he was tired", None),
    ("his grandmother cooks", None),
]
EMPLOYER = [
    ("Opal Quintero (Tender Hands, 601-555-0159) is still there", "Tender Hands"),
    ("Opal Quintero (601-555-0159) is still there", None),
    ("Agency: Harlan County Juvenile Bureau", "Harlan County Juvenile Bureau"),
    ("School P.S. 219, gr. 5", "P.S. 219"),
    ("seen at I.S. 61 today", "I.S. 61"),
    ("10 P.M. 61 left", None),
    ("PS #4 and IS 3 YEARS OLD, I.S. 7 yo", "PS #4"),
    ("THE CHILD IS 3 YEARS OLD, Child I.S. 7 yo, PS 5", None),
    ("Employer\tFrost Feed & Saddle", "Frost Feed & Saddle"),
    ("She works nights at the Silver Larch Inn and", "the Silver Larch Inn"),
    ("a counselor at Birch Hollow Elementary said", "Birch Hollow Elementary"),
    ("she works at night", None),
    ("the agency: see below", None),
]
NOBODYS = [
    ("under RSMo 210.150.2(5) he", "RSMo 210.150.2(5)"),
    ("K.S.A. 38-2211 says", "K.S.A. 38-2211"),
    ("42 U.S.C. 5106a(b)", "42 U.S.C. 5106a(b)"),
    ("section 210.109", "section 210.109"),
    ("under s. 48.981 of the code", "s. 48.981"),
    ("Under G.S. 7B-301 any person", "G.S. 7B-301"),
    ("(33 V.S.A. \u00a7 4913) protects", "33 V.S.A. \u00a7 4913"),
    ("protected, R.S. 46:56(F).", "R.S. 46:56(F)"),
    ("S.C. Code 63-7-310 says", "S.C. Code 63-7-310"),
    ("pursuant to R.C. 2151.421", "R.C. 2151.421"),
    ("R.C. 07-04-2023, G.S. 12-15, I.C. 07-2015", None),
    (
        "J.T. 12(F), R.C. 12 yo was seen, In re R.C. 23-4418, G.S. 7, R.S. 9, I.C. 4, M.C.L. 4/2/2015",
        None,
    ),
    ("J.T. 10-12-2015 was seen, J.T. 4:30, J.T. 555-0142, In re J.T. 23-4418", None),
    ("School P.S. 219, gr. 5", None),
    ("tires on PO 384-19-7286", "PO 384-19-7286"),
    ("Invoice 326-22-9083", "Invoice 326-22-9083"),
    ("see OAR 413-010-0035", "OAR 413-010-0035"),
    ("under WAC 110-30-0230 I", "WAC 110-30-0230"),
    ("Neb. Rev. Stat. \u00a7 28-711", "Neb. Rev. Stat. \u00a7 28-711"),
    ("violation 8VAC20-780-410", "8VAC20-780-410"),
    ("in custody, WIC 306", "WIC 306"),
    ("sent DSS-5295 and JFS 01138", "DSS-5295"),
    ("money order no. 26618840315", "money order no. 26618840315"),
    ("receipt HD-30558", "receipt HD-30558"),
    ("the Katie Beckett waiver", "Katie Beckett waiver"),
    ("erred. Zink v. State, 278 S.W.3d 170, 175 (Mo. banc 2009).", "Zink v. State, 278 S.W.3d 170"),
    (
        "see In re K.A.W., 133 S.W.3d 1 (Mo. banc 2004)",
        "In re K.A.W., 133 S.W.3d 1 (Mo. banc 2004)",
    ),
    ("Santosky v. Kramer, 455 U.S. 745", "Santosky v. Kramer, 455 U.S. 745"),
    ("Sykes v. Sykes, heard on 3 May", None),  # a case of somebody's own
    ("In re K.A.W., No. 23JU-1142", None),
    ("Lot 14 Shady Acres", None),
    ("her WIC ID is 412-68-9023", None),
    ("SSN 412-68-9023", None),
    ("D.M. 05-11-2015 No. 23BA", None),
    ("P.O. Box 1177", None),
    ("Katie Becker called", None),
    ("Katie Beckett called", None),  # may be somebody's name
    ("Karissa's Law office", None),
]
TABLES = {
    EmployerRecognizer: EMPLOYER,
    NobodysRecognizer: NOBODYS,
    SsnRecognizer: SSN,
    PhoneRecognizer: PHONE,
    EmailRecognizer: EMAIL,
    DobRecognizer: DOB,
    AddressRecognizer: ADDRESS,
    NumberRecognizer: NUMBER,
    OnlineRecognizer: ONLINE,
    NameRecognizer: NAME,
    ReporterRecognizer: INDIRECT,
}
ROWS = [(kind, *row) for kind, rows in TABLES.items() for row in rows]


@pytest.mark.parametrize(("kind", "text", "wanted"), ROWS)
def test_table(kind: type[RuleRecognizer], text: str, wanted: str | None) -> None:
    """The wanted stretch is among the finds, or there is none."""
    found = [text[r.start : r.end] for r in kind().find(text)]

    if wanted is None:
        assert found == []
    else:
        assert any(wanted in f or (f in wanted and len(f) > 0.8 * len(wanted)) for f in found), (
            found
        )


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize(
    "line", ["1" * 50_000, "A " * 25_000, "12 " * 20_000, "a@" * 25_000, "Name\t" * 10_000]
)
def test_a_hostile_line_takes_bounded_time(kind: type[RuleRecognizer], line: str) -> None:
    """No pattern goes wild; the limit is wide, for the machine may be busy."""
    began = time.process_time()

    list(kind().find(line))

    assert time.process_time() - began < 20


@pytest.mark.parametrize("kind", TABLES)
def test_explanations_repeat_no_text(kind: type[RuleRecognizer]) -> None:
    """Why a recognizer found something is said without what it found."""
    for text, wanted in TABLES[kind]:
        for result in kind().find(text):
            why = str(result.analysis_explanation.textual_explanation)
            assert wanted is None or wanted not in why
