"""Made-up case forms: intake sheets, rosters, call logs, captions, headers, short narratives.

The written documents are narrative first; these add the dry layouts they hold few of. Everything in
them is drawn from name lists and random numbers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from form_words import CODES, FILLER, THINGS, TITLES_OF, TOWNS
from maker import Maker

from corpus import Document, Span

MARK = re.compile(r"\x01([^\x02]*)\x02([^\x03]*)\x03([^\x04]*)\x04")


def _code(m: Maker, person: str) -> str:
    role = str(m.people[person]["roles"][0])  # type: ignore[index]
    return m.rng.choice(CODES.get(role, TITLES_OF.get(role, ["other"])))


def intake(m: Maker) -> str:
    """Reporter and family fields, each with a label."""
    rng, r = m.rng, m.one("reporter")
    sep = rng.choice([": ", ":\t", "\t", ": ", " - "])
    end = rng.choice(["\n\n", "\n", "\t", "\n\n"])
    rows = [
        (rng.choice(["Reporter", "Reporting party", "Name of reporter", "Caller", "RP", "Reported by", "Source", "Referent", "Mandated reporter", "Name"]), m.full(r)),
        (rng.choice(["Relationship to child", "Relationship", "Title/Position", "Reporter type", "Occupation"]), m.job(r)),
        (rng.choice(["Phone", "Call back number", "Reporter phone", "Tel", "Contact"]), m.phone(r)),
        (rng.choice(["Employer", "Agency/School", "Organization", "Place of employment"]), m.employer(r)),
        (rng.choice(["Address", "Reporter address", "Addr"]), m.address(r)), (rng.choice(["Email", "E-mail"]), m.email(r)),
        ("Anonymous", rng.choice(["No", "Y", "N", "☐ Yes ☒ No"])),
    ]  # fmt: skip
    top = rng.choice(["REPORTER INFORMATION", "Section B. Reporting Source", "Referral source", "A. PERSON MAKING REPORT", "CALLER", ""])
    kept = [rows[0], *rng.sample(rows[1:], rng.randint(1, 6))]
    return (top + "\n\n" if top else "") + end.join(f"{a}{sep}{b}" for a, b in kept)


def family(m: Maker) -> str:
    """Label and value fields of the case and the household."""
    rng = m.rng
    v, p, a, w = m.one("child_victim"), m.one("parent"), m.one("alleged_perpetrator"), m.one("caseworker")
    sep, end = rng.choice([": ", ":\t", "\t", ": "]), rng.choice(["\n\n", "\n", "\t", "\n\n"])
    rows = [
        (rng.choice(["Case name", "Family", "Case", "RE", "Case head"]), m.full(p)), (rng.choice(["Case no.", "Case #", "Call ID", "Incident #", "File No.", "Referral ID", "Intake number", "DCN"]), m.ident(v)),
        (rng.choice(["Victim", "Alleged victim", "Child", "Child's name", "Client", "Patient", "Student", "Subject child"]), m.full(v)), (rng.choice(["DOB", "Date of birth", "Birthdate", "D.O.B."]), m.dob(v)),
        (rng.choice(["SSN", "SS#", "Social Security No.", "Soc. Sec. #"]), m.ssn(rng.choice([v, p, a]))), (rng.choice(["Mother", "Father", "Parent/guardian", "Caretaker"]), m.full(p)),
        (rng.choice(["Alleged perpetrator", "AP", "Alleged offender", "Suspect", "Perpetrator", "Person responsible"]), m.full(a)), (rng.choice(["Address", "Residence", "Home address", "Lives at"]), m.address(p)),
        (rng.choice(["Phone", "Home", "Cell", "Home ph"]), m.phone(p)), (rng.choice(["School", "Attends", "Daycare"]), m.employer(v)),
        (rng.choice(["Worker", "Caseworker", "Assigned to", "Investigator", "CSW", "Prepared by"]), m.name(w, rng.choice(["full", "initial", "turned"]))),
        (rng.choice(["Date", "Date of report", "Received", "Interview date", "Date opened"]), m.date(2018, 2026)), ("County", rng.choice(TOWNS)), (rng.choice(["Medicaid", "MRN", "Medicaid ID", "Chart #", "Student ID"]), m.ident(v)),
        ("AP DOB", m.dob(a)), ("Driver license", m.ident(a)), ("Employer", m.employer(a)), ("Sex/Race", rng.choice(["F/W", "M/B", "M/H", "F / A", "F W"])), ("Age", str(rng.randint(1, 60))),
    ]  # fmt: skip
    return end.join(f"{a}{sep}{b}" for a, b in rng.sample(rows, rng.randint(4, len(rows))))


def roster(m: Maker) -> str:
    """A household or contact table."""
    rng = m.rng
    people = m.who(
        "child_victim",
        "sibling",
        "parent",
        "alleged_perpetrator",
        "relative",
        *rng.choice([(), ("collateral",), ("collateral", "reporter")]),
    )
    rng.shuffle(people)
    columns: dict[str, Callable[[str], str]] = {
        rng.choice(["Role", "Rel", "Relationship", "Code", "Involvement"]): lambda p: rng.choice(CODES.get(m.people[p]["roles"][0], ["OTH", "other"])),  # type: ignore[index]
        rng.choice(["DOB", "DOB/Age", "Birth date", "Born"]): lambda p: m.dob(p) if rng.random() < 0.8 else rng.choice(["unk", f"{rng.randint(20, 50)}ish", f"age {rng.randint(1, 70)}"]),
        "Sex": lambda _: rng.choice("MF"), rng.choice(["R/S", "Race", "Eth"]): lambda _: rng.choice(["W", "B", "H", "A", "W/F", "B/M", "AI"]),
        rng.choice(["SSN", "SS#"]): lambda p: m.ssn(p) if rng.random() < 0.7 else "unk", rng.choice(["DCN", "ID", "Client ID", "Person ID"]): m.ident, rng.choice(["Phone", "Contact"]): lambda p: m.phone(p) if rng.random() < 0.8 else "none",
        rng.choice(["Address", "Whereabouts", "Lives where"]): lambda p: rng.choice([m.address(p), "same", "in home", "unknown", "with father"]), rng.choice(["School/Employer", "School", "Work"]): lambda p: m.employer(p) if rng.random() < 0.6 else "n/a",
    }  # fmt: skip
    chosen = ["Name", *rng.sample(list(columns), rng.randint(2, 5))]
    if rng.random() < 0.15:
        chosen = [*chosen[1:2], "Name", *chosen[2:]]
    sep, form = rng.choice(["\t", "\t", "\t", " ", " | "]), rng.choice(["full", "turned", "turned", "mid", "caps"])
    head = sep.join(chosen)
    lines = [sep.join(m.name(p, form) if c == "Name" else columns[c](p) for c in chosen) for p in people]
    if rng.random() < 0.3:
        lines = [f"{i + 1}{sep}{line}" for i, line in enumerate(lines)]
    return rng.choice(["\n\n", "\n\n", "\n"]).join([head, *lines] if rng.random() < 0.85 else lines)


def log(m: Maker) -> str:
    """Dated contact entries."""
    rng = m.rng
    w = m.one("caseworker")
    out = []
    for _ in range(rng.randint(2, 7)):
        p, q = m.one(), m.one("parent", "relative", "collateral", "child_victim", "alleged_perpetrator")
        acts = [
            f"TC to {m.name(p)} {m.phone(p)}, left vm.", f"HV at {m.address(q)}. Present: {m.name(q)}, {m.name(m.one('child_victim', 'sibling'), 'first')}.", f"Text from {m.name(q)}: can you come at 4.", f"Spoke w/ {m.name(q)} re {rng.choice(THINGS)}.",
            f"Rec'd call from {m.name(m.one('reporter'))}, {m.job(m.one('reporter'))}, who made the report.", f"RP {m.name(m.one('reporter'))} called back to ask status; advised cannot share.", f"Email to {m.name(p)} ({m.email(p)}).",
            f"{m.name(q)} denied {rng.choice(THINGS)}.", f"Staffed w/ {m.name(m.one('caseworker'))}.", f"Interviewed {m.name(m.one('child_victim'), rng.choice(['full', 'first']))} at {m.employer(m.one('child_victim'))}.", f"{m.name(m.one('law_enforcement'), 'last')} requested copy of file.",
        ]  # fmt: skip
        sep = rng.choice(["\t", " ", " - ", ": "])
        by = rng.choice(["", " " + m.name(w, rng.choice(["letters", "initial", "last"])), " /" + m.name(w, "letters")])
        out.append(f"{m.date(2018, 2026)}{sep}{rng.choice(acts)}{by}")
    return rng.choice(["\n\n", "\n"]).join(out)


def story(m: Maker) -> str:
    """Short narrative sentences with role cues."""
    rng = m.rng
    r, v, a, p, w, o = m.one("reporter"), m.one("child_victim"), m.one("alleged_perpetrator"), m.one("parent"), m.one("caseworker"), m.one()
    n = m.name
    f = lambda x: n(x, rng.choice(["first", "first", "full", "last"]))
    title = lambda x: rng.choice(["Mr. ", "Ms. ", "Mrs. ", ""]) + n(x, "last")
    t = lambda: rng.choice(THINGS)
    lines = [
        f"The hotline was called by {n(r, 'full')}, {m.job(r)}, on {m.date(2018, 2026)}.", f"RP, {n(r, 'full')}, states that {f(v)} told her about {t()}.", f"{f(r)} called the report in because of {t()}.", f"Caller identified self as {n(r)} and can be reached at {m.phone(r)}.",
        f"{title(r)} reported concerns of {t()} for {f(v)}.", f"{f(r)} said she had to call, being a mandated reporter.", f"Worker asked {f(p)} about {t()}. {f(p)} said {f(a)} did it.", f"{f(v)} disclosed that {f(a)} caused {t()}.", f"{n(a, 'full')} denied the allegations and asked who turned {rng.choice(['him', 'her', 'them'])} in.",
        f"{f(p)} believes {f(r)} made the report.", f"{f(p)} stated it had to be {f(o)} who called.", f"This worker, {n(w, 'full')}, made contact with the family at {m.address(p)}.", f"{f(v)} resides with {f(p)} and {f(a)}.", f"{title(a)} was interviewed by {rng.choice(TITLES_OF['law_enforcement'])} {n(m.one('law_enforcement'), 'last')}.",
        f"Collateral contact: {n(m.one('collateral'), 'full')} {m.phone(m.one('collateral'))} had no concerns.", f"{f(v)} ({m.dob(v)}) attends {m.employer(v)}.", f"Dr. {n(m.one('professional'), 'last')} examined {f(v)} and noted {t()}.", f"The family was referred to services; {f(p)} agreed.", f"{n(m.one('relative'))} is willing to take placement.",
        f"{f(v)} was placed with {n(m.one('foster_parent', 'relative'), 'full')}.", f"{rng.choice(['Judge', 'The Honorable', 'Hon.'])} {n(m.one('judge'), rng.choice(['last', 'full']))} ordered supervised visits.", f"{n(m.one('attorney'), 'full')} appeared for the mother.",
    ]  # fmt: skip
    return " ".join(rng.sample(lines, rng.randint(3, 9)))


def sign(m: Maker) -> str:
    """A signature block, a header of an e-mail, a caption, a list of persons present."""
    rng = m.rng
    w, s = m.one("caseworker"), m.one()
    role = str(m.people[s]["roles"][0])  # type: ignore[index]
    post = rng.choice(TITLES_OF.get(role, ["", ""]))
    v, a, j = m.one("child_victim"), m.one("attorney"), m.one("judge")
    return rng.choice([
        f"{rng.choice(['Respectfully submitted,', 'Sincerely,', 'Thank you,', 'Signed:', '/s/'])}\n{m.name(s, 'full')}{rng.choice([', ', chr(10)])}{post}\n{m.phone(s)}",
        f"From: {m.name(s, 'full')} <{m.email(s)}>\nTo: {m.name(w, rng.choice(['full', 'turned']))}\nSent: {m.date(2018, 2026)} 9:14 AM\nSubject: {rng.choice(['RE: visit', 'report', m.name(v, 'last') + ' case', 'FW: call'])}",
        f"IN THE {rng.choice(['CIRCUIT', 'JUVENILE', 'CHANCERY', 'YOUTH'])} COURT OF {rng.choice(TOWNS).upper()} COUNTY\n\nIN THE INTEREST OF:\n{m.name(v, rng.choice(['caps', 'letters', 'full']))}, a minor\tCase No. {m.ident(v)}\n\nBefore: {m.name(j, 'full')}, {rng.choice(TITLES_OF['judge'])}\nFor the mother: {m.name(a, 'full')}",
        "Present: " + rng.choice([", ", "; "]).join(f"{m.name(p, 'full')} ({_code(m, p)})" for p in rng.sample(m.who(), 4)),
        f"cc: {m.name(a, 'full')}, {m.name(w, 'initial')}, file", f"{m.name(w, rng.choice(['full', 'initial']))}\tDate {m.date(2018, 2026)}\tSupervisor: {m.name(m.one('caseworker'), 'full')}",
        f"Witness: {m.name(m.one('collateral'), 'full')}\tOfficer {m.name(m.one('law_enforcement'), 'last')} badge {m.ident(m.one('law_enforcement'))}", f"Requester: {m.name(m.one('requester', 'parent'), 'full')}, {m.address(m.one('requester', 'parent'))}, asks for a copy of the file.",
        f"Page {rng.randint(1, 9)} of 9\t{m.name(v, 'turned')}\t{m.ident(v)}", f"Typed by {m.name(w, 'letters')}", f"Q. {rng.choice(['Ms.', 'Mr.'])} {m.name(s, 'last')}, who called the hotline?\nA. {m.name(m.one('reporter'), 'first')} did.",
    ])  # fmt: skip


def make(rng: random.Random, number: int) -> Document:
    """One made-up document."""
    m = Maker(rng)
    parts = rng.choices([intake, family, roster, log, story, sign], [3, 3, 3, 2, 4, 3], k=rng.randint(3, 8))
    blocks = []
    for part in parts:
        blocks.append(part(m))
        if rng.random() < 0.5:
            blocks.append(rng.choice(FILLER))
    marked = "\n\n".join(blocks)
    text, spans, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[3]), found[1], found[2]))
        text += found[3]
        at = found.end()
    return Document(f"form-{number}", {"people": m.people}, text + marked[at:], tuple(spans))
