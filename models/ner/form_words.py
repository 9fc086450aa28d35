"""The words that made-up case forms are made of."""

from __future__ import annotations

STREETS = ["St", "Street", "Ave", "Avenue", "Rd", "Road", "Dr", "Drive", "Ln", "Lane", "Ct", "Blvd", "Pl", "Way", "Terrace", "Circle", "Hwy", "Trail"]  # fmt: skip
TOWNS = ["Springfield", "Jackson", "Tupelo", "Joplin", "Hattiesburg", "Rolla", "Biloxi", "Sedalia", "Columbia", "Greenville", "Fairview", "Franklin", "Clinton", "Salem", "Madison", "Georgetown", "Clayton", "Marion", "Vicksburg", "Lebanon", "Oxford", "Natchez", "Kirksville", "Hannibal"]  # fmt: skip
STATES = ["MO", "MS", "AR", "TX", "TN", "OK", "KS", "IL", "AL", "LA", "GA", "OH", "WI", "MN", "AZ", "NM", "WV", "KY"]
JOBS = ["2nd grade teacher", "school counselor", "school nurse", "ER physician", "pediatrician", "daycare director", "therapist", "neighbor", "maternal aunt", "landlord", "home health aide", "bus driver", "principal", "pharmacist", "youth pastor", "coach", "paternal grandmother", "dental hygienist", "case manager", "paramedic", "babysitter", "coworker of mother"]  # fmt: skip
EMPLOYERS = ["Elementary", "Middle School", "High School", "Head Start", "Pediatrics", "Family Clinic", "Baptist Church", "Daycare", "Child Care Center", "Regional Hospital", "Memorial Hospital", "Counseling Center", "Academy", "Dental", "Foods", "Manufacturing", "Trucking"]  # fmt: skip
CODES = {
    "child_victim": ["AV", "VIC", "SC", "AVC", "Victim", "CH", "V", "alleged victim", "Subject child", "VC", "V-1", "Child", "AV1"],
    "sibling": ["SIB", "CHN", "HM-child", "sibling", "OC", "Other child", "NV", "half-sib", "bro", "sis", "CHN2"],
    "alleged_perpetrator": ["AP", "ALP", "PERP", "AO", "AMT", "Alleged perp", "S-1", "SUSP", "Alleged offender", "PARAMOUR/AP", "step-dad (AP)", "Alleged maltreater"],
    "parent": ["MO", "FA", "PAR", "MOTHER", "FATHER", "BM", "BF", "mom", "dad", "bio father", "Parent", "PRT", "mother/HH head"],
    "relative": ["MGM", "PGM", "MGF", "PGF", "MA", "uncle", "aunt", "REL", "cousin", "grandmother", "GM", "pat. aunt", "great-grandma"],
    "collateral": ["COL", "COLL", "collateral", "W-1", "Wit", "witness", "neighbor", "Collateral contact", "friend of family"],
    "reporter": ["RPT", "RP", "REP", "reporter", "Caller", "R/P", "Reporting party", "Referent", "MR"],
}  # fmt: skip
TITLES_OF = {
    "caseworker": ["CSW II", "Children's Service Worker", "CPS Investigator", "Social Worker III", "Family Case Manager", "Intake Specialist", "Hotline Worker", "Supervisor", "Unit Manager", "FSW", "Case Aide", "Program Administrator"],
    "law_enforcement": ["Det.", "Ofc.", "Deputy", "Sgt.", "Trooper", "Officer", "Lt."],
    "professional": ["MD", "RN", "LCSW", "DO", "PNP", "M.Ed.", "LPC", "SANE", "OTR/L", "PsyD"],
    "attorney": ["Attorney for Mother", "GAL", "Guardian ad Litem", "Attorney for Children's Division", "Public Defender", "Juvenile Officer's attorney", "Attorney at Law"],
    "judge": ["Circuit Judge", "Juvenile Court Judge", "Commissioner", "Hon.", "Referee"],
}  # fmt: skip
THINGS = ["bruising to the left arm", "no food in the home", "loud arguments at night", "being left alone", "a burn on the hand", "dirty clothes and head lice", "marks on the back", "drug use in the home", "missing school", "a fall down the steps", "being hit with a belt", "no heat since November", "unsecured firearms", "truancy"]  # fmt: skip
FILLER = [
    "Household has one dog. Home observed to be cluttered but passable.", "Utilities on at time of visit.", "No weapons reported.", "Safety plan reviewed and signed.",
    "Information contained herein is confidential under state law.", "Use Form CD-14 for all contacts. Mark the box that applies.", "Statute: § 210.150 RSMo.", "Response priority: Level 2.",
    "Grace period for the assessment ends in 45 days.", "Medicaid active. SNAP pending.", "Will follow up next week.", "No prior history found in the system.", "Finding: unsubstantiated, preponderance not met.",
    "Agency main line 1-800-392-3738.", "Hope House has a waiting list.", "See attached photos (6).", "Interpreter not needed.", "Case to remain open for services.", "Track: Assessment. County: Greene.",
    "Children's Division, 615 Howerton Court, Jefferson City.", "Chance of recurrence rated moderate.", "May contact by text.", "CD-23 completed.", "Staffed with supervisor; no removal at this time.",
]  # fmt: skip
