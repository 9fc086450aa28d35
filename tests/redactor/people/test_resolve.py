"""Who is who, on short invented texts with hand-made mentions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.people import resolve
from redactor.people.link import link
from redactor.people.names import parse, same_given, same_last, same_word
from redactor.people.roles import some_child
from redactor.types import (
    Context,
    Findings,
    KnownPerson,
    Mention,
    Page,
    Person,
    Reading,
    Request,
)


def reading(text: str) -> Reading:
    return Reading(text, (Page(0, 612.0, 792.0, 0, len(text), ()),))


def named(
    text: str, *names: str, roles: dict[str, dict[str, float]] | None = None
) -> tuple[Mention, ...]:
    """A name mention wherever one of the names stands as a word, with the model's roles for it."""
    found = []
    for name in sorted(names, key=len, reverse=True):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(a.start < m.end() and m.start() < a.end for a in found):
                found.append(
                    Mention(
                        "name",
                        m.start(),
                        m.end(),
                        0.9,
                        "ModelRecognizer",
                        roles=(roles or {}).get(name, {}),
                    )
                )
    return tuple(sorted(found, key=lambda m: m.start))


def who(text: str, findings: Findings, name: str) -> set[str]:
    """Ids of the people that the name means."""
    return {m.person for m in findings.mentions if text[m.start : m.end] == name}


def roles(text: str, findings: Findings, name: str) -> dict[str, float]:
    (identifier,) = who(text, findings, name)
    person = findings.person(identifier)
    assert person is not None
    return dict(person.roles)


NOBODY = Request("us-mo", "inv_researcher")


@pytest.mark.parametrize(
    ("written", "given_names", "last"),
    [
        ("Denise Okafor", ("denise",), "okafor"),
        ("OKAFOR, Denise L.", ("denise", "l"), "okafor"),
        ("Mr. Darnell Oates Jr.", ("darnell",), "oates"),
        ("Whitmore-Banks, Jaleesa", ("jaleesa",), "whitmore-banks"),
        ("Maria de la Cruz", ("maria",), "de la cruz"),
        ("Milo", ("milo",), ""),
        ("Ruth Ann Stegall", ("ruth", "ann"), "stegall"),
    ],
)  # fmt: skip
def test_names_are_taken_apart(written: str, given_names: tuple[str, ...], last: str) -> None:
    """Given names and surname, however they are written."""
    name = parse(written)

    assert (name.given, name.last) == (given_names, last)


@pytest.mark.parametrize("written", ["D.O.", "D. O.", "T.T.F.", "DO"])
def test_initials_are_initials(written: str) -> None:
    """With and without points."""
    assert parse(written).initials == re.sub(r"[^a-z]", "", written.lower())


@given(st.text(max_size=40))
def test_parsing_never_fails(text: str) -> None:
    """Whatever a recognizer calls a name."""
    name = parse(text)

    assert same_word("abcdef", "abcdef")
    assert isinstance(name.full, bool)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Denise Okafor called. Okafor said so. OKAFOR, DENISE was seen.", ("Denise Okafor", "Okafor", "OKAFOR, DENISE")),
        ("William Jamison was home. Bill left.", ("William Jamison", "Bill")),
        ("Karissa Petrie said so. K. Petrie left.", ("Karissa Petrie", "K. Petrie")),
        ("Denise Okafor wrote. D.O. signed.", ("Denise Okafor", "D.O.")),
        ("Marisol Quintero called. Ms. Quintero said.", ("Marisol Quintero", "Quintero")),
        ("Hermelinda Vasquez came. Hermelnda Vasquez left.", ("Hermelinda Vasquez", "Hermelnda Vasquez")),
        ("Remington Vail slept. Remi woke.", ("Remington Vail", "Remi")),
        ("Travis Wayne Vail left. Travis W. came back.", ("Travis Wayne Vail", "Travis W.")),
        ("Lyric Vail is six. VAIL L was seen.", ("Lyric Vail", "VAIL L")),
        ("Zaire came home. Z.J. slept.", ("Zaire", "Z.J.")),
        ("Darla said so. D. Eaton signed.", ("Darla", "D. Eaton")),
        ("Karissa Petrie called. It is P-E-T-R-I-E.", ("Karissa Petrie", "P-E-T-R-I-E")),
    ],
)  # fmt: skip
def test_one_human_many_spellings(text: str, names: tuple[str, ...]) -> None:
    """All forms are one person."""
    mentions = named(text, *names)

    assert len(link(text, mentions)) == 1


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Carl Finch Jr. is six. Carl Finch Sr. is forty.", ("Carl Finch Jr", "Carl Finch Sr")),
        ("Nora Finch, mother. Ruth Finch, aunt.", ("Nora Finch", "Ruth Finch")),
        ("Dana Orr called. Lee Sand came.", ("Dana Orr", "Lee Sand")),
    ],
)
def test_namesakes_are_kept_apart(text: str, names: tuple[str, ...]) -> None:
    """A shared surname is not a shared person."""
    assert len(link(text, named(text, *names))) == 2


def test_a_bare_surname_is_the_one_named_last_before() -> None:
    """Two people of one surname: the text decides."""
    text = "Nora Finch was home. Later Ruth Finch came by. Finch said she had called."

    findings = resolve(reading(text), named(text, "Nora Finch", "Ruth Finch", "Finch"), NOBODY)

    assert who(text, findings, "Finch") == who(text, findings, "Ruth Finch")


def test_a_double_surname_is_no_part_of_it() -> None:
    """Ms. Wilk-Dobbs is the mother of that name, not the uncle Dobbs whom she is told of."""
    text = "To Katarzyna Wilk-Dobbs. Clark Dobbs was seen. Ms. Wilk-Dobbs: the plan ended."

    findings = resolve(
        reading(text), named(text, "Katarzyna Wilk-Dobbs", "Clark Dobbs", "Wilk-Dobbs"), NOBODY
    )

    assert who(text, findings, "Wilk-Dobbs") == who(text, findings, "Katarzyna Wilk-Dobbs")
    assert who(text, findings, "Wilk-Dobbs") != who(text, findings, "Clark Dobbs")


def test_a_bare_surname_is_whose_role_it_is_read_in() -> None:
    """The model's reading of the place weighs beside what was named last."""
    text = "Todd Finch was charged. His mother Ruth Finch came by. Finch pleaded guilty."
    told = {
        "Todd Finch": {"alleged_perpetrator": 0.9},
        "Ruth Finch": {"relative": 0.9},
        "Finch": {"alleged_perpetrator": 0.9},
    }

    mentions = named(text, "Todd Finch", "Ruth Finch", "Finch", roles=told)
    findings = resolve(reading(text), mentions, NOBODY)

    assert who(text, findings, "Finch") == who(text, findings, "Todd Finch")


def test_the_job_of_the_reporter_is_found_again() -> None:
    """Once the interpreter is the reporter, every "the interpreter" points there."""
    text = (
        "Reporter: Alda Crane, interpreter.\n\nThe interpreter was in the room. "
        "The nurse was not. Her interpreter left."
    )

    findings = resolve(reading(text), named(text, "Alda Crane"), NOBODY)
    told = [text[m.start : m.end] for m in findings.mentions if m.kind == "indirect_text"]

    assert told == ["The interpreter", "Her interpreter"]


def test_the_job_of_somebody_else_named_is_left() -> None:
    """A job with a name of its own behind it is that person's."""
    text = "Reporter: Alda Crane, nurse.\n\nThe nurse, Ms. Hill, saw him."

    findings = resolve(reading(text), named(text, "Alda Crane", "Hill"), NOBODY)

    assert not [m for m in findings.mentions if m.kind == "indirect_text"]


def test_an_address_is_the_requesters_own_only_where_it_surely_is() -> None:
    """Where the mother moved to must not stay because the father is named beside it."""
    text = "Todd Vail, 12 Elm St\n\nShe moved in March to 9 Oak Ct and asks that Todd not be told."
    homes = tuple(
        Mention("address", m.start(), m.end(), 0.9, "AddressRecognizer")
        for m in re.finditer(r"12 Elm St|9 Oak Ct", text)
    )
    request = Request("us-mo", "inv_alleged_perpetrator", ("Todd Vail",))

    findings = resolve(reading(text), (*named(text, "Todd Vail", "Todd"), *homes), request)

    assert who(text, findings, "12 Elm St") == who(text, findings, "Todd Vail")
    assert who(text, findings, "9 Oak Ct") == {""}


def test_an_employer_is_the_requesters_own_only_where_it_surely_is() -> None:
    """A witness who spoke of the father has a job of her own, and may be the reporter."""
    text = (
        "Todd Vail, employed at Larkin Mill.\n\nShe has seen Todd shout. Never saw him leave a mark"
        " on either of the two, she says now. Works at Java Jive."
    )
    work = tuple(
        Mention("employer", m.start(), m.end(), 0.9, "ModelRecognizer")
        for m in re.finditer(r"Larkin Mill|Java Jive", text)
    )
    request = Request("us-mo", "inv_alleged_perpetrator", ("Todd Vail",))

    findings = resolve(reading(text), (*named(text, "Todd Vail", "Todd"), *work), request)

    assert who(text, findings, "Larkin Mill") == who(text, findings, "Todd Vail")
    assert who(text, findings, "Java Jive") == {""}


@pytest.mark.parametrize(
    ("text", "contact", "agency"),
    [
        ("Children's Division, Pike County\n1420 Elm St", "1420 Elm St", True),
        ("County of Harlan - Department of Social Services\n1420 Elm St", "1420 Elm St", True),
        ("Allen County Children Services\n1420 Elm St", "1420 Elm St", True),
        ("Seen there.\n\nOffice of Child and Family Services, 1420 Elm St", "1420 Elm St", True),
        ("She will be at the Osceola County Courthouse, 1420 Elm St", "1420 Elm St", True),
        ("DCYF Bellingham, 1420 Elm St", "1420 Elm St", True),
        ("Pike Children's Division \u00b7 Night Unit\n1420 Elm St", "1420 Elm St", True),
        ("Visit at four at\tLinn Co DHS 1420 Elm St", "Linn Co DHS 1420 Elm St", True),
        ("MDCPS \u2014 SCOTT COUNTY \u2014 1420 Elm St", "1420 Elm St", True),
        ("Indiana DCS, Elkhart Co., 1420 Elm St", "1420 Elm St", True),
        ("Regional office 1420 Elm St", "1420 Elm St", True),
        ("DCP&P Union East Local Office, 1420 Elm St", "1420 Elm St", True),
        ("Form F-21 (R. 02/2018)\tMarathon Co. Social Services\n1420 Elm St", "1420 Elm St", True),
        ("Department of Children, Youth, and Families\n1420 Elm St", "1420 Elm St", True),
        ("Write to the Office of Administrative Hearings, 1420 Elm St", "1420 Elm St", True),
        ("Mark closed for intake. Field office 1420 Elm St, 573", "1420 Elm St", True),
        ("TRANSFER SUMMARY - DCS Upper Cumberland\n\n1420 Elm St, Cookeville", "1420 Elm St", True),
        ("09/22/2006 16:40 OKDHS CREEK CO 573-555-0142 P.02/02", "573-555-0142", True),
        ("09/22/2006 16:40 CREEK CO SCHOOLS 573-555-0142 P.02/02", "573-555-0142", False),
        ("INTAKE - DCS Upper Cumberland\nReferent\n1420 Elm St", "1420 Elm St", False),
        ("INTAKE - DCS Upper Cumberland\nAddress\n1420 Elm St", "1420 Elm St", False),
        ("INTAKE - DCS Upper Cumberland\n\n1420 Elm St has two doors", "1420 Elm St", False),
        ("He told the field office. Her office 1420 Elm St", "1420 Elm St", False),
        ("Our office is at 1420 Elm St", "1420 Elm St", False),  # a dentist who reports says so too
        ("Reporter: Dana Orr\nOffice: 1420 Elm St", "1420 Elm St", False),
        ("Reporter: Dana Orr\nOffice: 573-555-0142", "573-555-0142", False),
        ("LeFlore County DHS 573-555-0142", "573-555-0142", False),
        ("FAX TO: Luzerne CYS 573-555-0142", "573-555-0142", True),
        ("She told CYS 573-555-0142", "573-555-0142", False),
        ("The doctor's office, 1420 Elm St", "1420 Elm St", False),
        ("Her office is at 1420 Elm St", "1420 Elm St", False),
        ("Works at the Farm Bureau County Office, 1420 Elm St", "1420 Elm St", False),
        ("He stays at Pinion Court 1420 Elm St", "Pinion Court 1420 Elm St", False),
        ("The caller works at DSS and lives at 1420 Elm St", "1420 Elm St", False),
        ("She told DSS, who came to 1420 Elm St", "1420 Elm St", False),
        ("Reported to the hotline by a neighbor\n1420 Elm St", "1420 Elm St", False),
        ("told CPS services where he is\n1420 Elm St", "1420 Elm St", False),
        ("Hotline call from 573-555-0142", "573-555-0142", False),
        ("Unit of caller: 573-555-0142", "573-555-0142", False),
        ("Intake. RP's cell 573-555-0142", "573-555-0142", False),
    ],
)
def test_only_an_offices_own_line_makes_a_contact_the_offices(
    text: str, contact: str, agency: bool
) -> None:
    """What the agency owns stays for everybody, so a caller's must never pass for it."""
    kind = "phone" if contact.startswith("573") else "address"
    at = text.index(contact)
    found = Mention(kind, at, at + len(contact), 0.9, "rule")

    findings = resolve(reading(text), (found,), NOBODY)

    assert (who(text, findings, contact) == {"agency"}) is agency


def test_a_grandmothers_health_is_not_the_childs() -> None:
    """Where a sentence tells of somebody else, the file's child is not the patient."""
    text = "Victim: Milo Finch.\n\nThe grandmother has dementia and forgets."
    at = text.index("dementia")
    found = Mention("medical", at, at + 8, 0.9, "ModelRecognizer")

    findings = resolve(reading(text), (*named(text, "Milo Finch"), found), NOBODY)

    assert who(text, findings, "dementia") == {""}


def test_initials_join_nobody_of_another_role() -> None:
    """A witness who signs with an initial is not the child of that letter."""
    text = "Darla is six.\n\nSeen by D. Eaton."
    told = {"Darla": {"child_victim": 0.9}, "D. Eaton": {"collateral": 0.9}}

    findings = resolve(reading(text), named(text, "Darla", "D. Eaton", roles=told), NOBODY)

    assert who(text, findings, "Darla") != who(text, findings, "D. Eaton")


def test_health_told_beside_an_officials_name_is_the_childs() -> None:
    """Dr. Hill found the fracture; it is not hers."""
    text = "Victim: Milo Finch.\n\nDr. Hill found a fracture of the arm."
    at = text.index("a fracture")
    found = Mention("medical", at, at + 10, 0.9, "ModelRecognizer")

    findings = resolve(reading(text), (*named(text, "Milo Finch", "Hill"), found), NOBODY)

    assert who(text, findings, "a fracture") == who(text, findings, "Milo Finch")


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Reporter:\tDana Orr\tPhone", "Dana Orr", "reporter"),
        ("RP Dana Orr, called at noon.", "Dana Orr", "reporter"),
        ("Referral source: Dana Orr", "Dana Orr", "reporter"),
        ("Dana Orr called the hotline on Sunday.", "Dana Orr", "reporter"),
        ("Assigned to\tLee Sand", "Lee Sand", "caseworker"),
        ("Lee Sand, Children's Service Worker II", "Lee Sand", "caseworker"),
        ("Alleged perpetrator: Carl Dufresne", "Carl Dufresne", "alleged_perpetrator"),
        ("FINCH, MILO\tVictim\t06/06/2016", "FINCH, MILO", "child_victim"),
        ("FINCH, IVY\tSibling\t5/1/2019", "FINCH, IVY", "sibling"),
        ("FINCH, NORA\tMother\t2/2/1990", "FINCH, NORA", "parent"),
        ("his grandmother Ruth Vail picked him up", "Ruth Vail", "relative"),
        ("Ruth Vail, maternal grandmother, said", "Ruth Vail", "relative"),
        ("Judge Margaret Stowe presided", "Margaret Stowe", "judge"),
        ("GAL Angela Whitfield recommends", "Angela Whitfield", "attorney"),
        ("Cpl. Hank Moritz met us", "Hank Moritz", "law_enforcement"),
        ("Dr. Samuel Okoro examined him", "Samuel Okoro", "professional"),
        ("placed with Judy Wamsley", "Judy Wamsley", "foster_parent"),
        ("Erin Gallo for the juvenile office has the draft", "Erin Gallo", "attorney"),
        ("Lee Sand of Greene County DSS will come", "Lee Sand", "caseworker"),
        ("Hank Moritz of the Pike County Sheriff met us", "Hank Moritz", "law_enforcement"),
    ],
)  # fmt: skip
def test_a_cue_gives_its_role(text: str, name: str, role: str) -> None:
    """Labels, rows, titles, appositions and verbs, without any model."""
    findings = resolve(reading(text), named(text, name), NOBODY)
    found = roles(text, findings, name)

    assert max(found, key=lambda r: found[r]) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Dana Orr told RP that it hurt.", "reporter"),
        ("Per RP, Dana Orr takes medicine.", "reporter"),
        ("Dana Orr reported that her tooth aches.", "reporter"),
        ("It was Dana Orr on RP's couch.", "reporter"),
        ("Dana Orr is a hard worker.", "caseworker"),
        ("Dana Orr let worker in.", "caseworker"),
        ("Dana Orr, by counsel, asks for a hearing.", "attorney"),
        ("In re the Dependency of: Dana Orr, d.o.b. 6-2-2016", "professional"),
        ("Det. Crum interviewed Dana Orr at home.", "collateral"),
    ],
)
def test_words_about_somebody_else_give_no_role(text: str, role: str) -> None:
    """Who tells RP is not RP; found by trying every cue on all names of the training documents."""
    found = resolve(reading(text), named(text, "Dana Orr"), NOBODY)

    (person,) = (p for p in found.people if "Dana Orr" in p.names)
    assert not any(why.endswith(f": {role}") for why in person.why)


@pytest.mark.parametrize(
    "text", ["placed Ivy with DSS", "took Ivy from the sheriff", "saw Ivy at CPS"]
)
def test_a_child_with_an_agency_is_none_of_its_workers(text: str) -> None:
    """An official's name stays for everybody, a brother's or sister's does not."""
    read = {"Ivy": {"sibling": 0.7}}
    found = roles(text, resolve(reading(text), named(text, "Ivy", roles=read), NOBODY), "Ivy")
    assert max(found.get(r, 0.0) for r in ("caseworker", "law_enforcement")) < 0.6


def test_whoever_is_rather_of_the_family_has_no_office() -> None:
    """Else a child's name would stay in a research copy, where officials' do."""
    text = "FW: Whitaker - new information"
    read = {"Whitaker": {"caseworker": 0.75, "child_victim": 0.85}}

    found = roles(
        text, resolve(reading(text), named(text, "Whitaker", roles=read), NOBODY), "Whitaker"
    )

    assert found.get("caseworker", 0.0) < 0.6 <= found["child_victim"]


def test_nothing_known_is_not_enough_to_stay() -> None:
    """A name without evidence falls to the protective side."""
    text = "Somebody saw Pat Doe there."

    found = roles(text, resolve(reading(text), named(text, "Pat Doe"), NOBODY), "Pat Doe")

    assert all(c < 0.6 or r == "unknown" for r, c in found.items())


def test_a_known_name_is_found_where_nobody_saw_it() -> None:
    """Propagation: the surname alone, in capitals, in another paragraph; not a common word."""
    text = "Will Reed called.\n\nThen REED left and will return. The reed was tall."

    findings = resolve(reading(text), named(text, "Will Reed"), NOBODY)
    found = [text[m.start : m.end] for m in findings.mentions]

    assert "REED" in found or found == ["Will Reed"]
    assert "will" not in found
    assert "reed" not in found


def test_requester_is_marked_in_every_form() -> None:
    """The name on the request may be spelled otherwise than in the file."""
    text = "DUFRESNE, CARL\tAlleged perpetrator\n\nCarl said no."
    request = Request("us-mo", "inv_alleged_perpetrator", ("Carl Dufresne",))

    findings = resolve(reading(text), named(text, "DUFRESNE, CARL", "Carl"), request)

    assert roles(text, findings, "Carl")["requester"] == 1.0
    assert who(text, findings, "Carl") == who(text, findings, "DUFRESNE, CARL")


def test_known_people_come_with_their_roles() -> None:
    """What the agency knows beats guesses, even where no recognizer saw the name."""
    text = "Dana Orr came by again. Dana said hello."
    request = Request("us-mo", "inv_parent", known=(KnownPerson("Dana Orr", ("reporter",)),))

    findings = resolve(reading(text), (), request)

    assert roles(text, findings, "Dana Orr")["reporter"] == 1.0


def test_must_hide_is_found_through_wraps_spaces_and_accents() -> None:
    """Matching is on letters and digits."""
    text = "the green\nCadil-\nlac and a GREEN  CADILLAC, not a cadillacs"
    request = Request("us-mo", "inv_parent", must_hide=("Green Cadillac",))

    findings = resolve(reading(text), (), request)

    assert [m.recognizer for m in findings.mentions] == ["must_hide", "must_hide"]


def test_agency_hotline_is_the_agencys_and_a_callers_number_is_not() -> None:
    """'called the hotline from 555-...' is the caller's own number."""
    text = "Hotline 1-800-555-0140\n\nRP Dana Orr called the hotline from 573-555-0142."
    phones = tuple(
        Mention("phone", m.start(), m.end(), 0.9, "PhoneRecognizer")
        for m in re.finditer(r"1-800-555-0140|573-555-0142", text)
    )

    findings = resolve(reading(text), (*named(text, "Dana Orr"), *phones), NOBODY)

    assert who(text, findings, "1-800-555-0140") == {"agency"}
    assert who(text, findings, "573-555-0142") == who(text, findings, "Dana Orr")


def test_sentences_about_the_report_are_report_context() -> None:
    """The same name in another sentence is not."""
    text = "RP Dana Orr called. On Monday Dana Orr met the worker."

    contexts = [m.context for m in resolve(reading(text), named(text, "Dana Orr"), NOBODY).mentions]

    assert contexts == [Context.REPORT, Context.OTHER]


WORDS = st.sampled_from(
    ["Nora", "Finch", "Milo", "RP", "called", "the", "Dr.", "\n\n", "\t", "Finch,", "N.F.", "will"]
)


@given(st.lists(WORDS, min_size=1, max_size=30), st.data())
def test_no_mention_is_ever_lost(words: list[str], data: st.DataObject) -> None:
    """Every character a recognizer found is held by a mention of the result; none overlap."""
    text = " ".join(words)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    given_ = tuple(
        Mention("name", a, b, 0.9, "ModelRecognizer")
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
        if b > a
    )

    found = resolve(reading(text), given_, NOBODY).mentions

    held = {n for m in found for n in range(m.start, m.end)}
    assert held >= {n for m in given_ for n in range(m.start, m.end)}
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert found == resolve(reading(text), given_, NOBODY).mentions


def test_given_names_and_surnames_compare_as_people_do() -> None:
    """Nicknames, initials, one wrong letter, half of a double name."""
    assert same_given(("william",), ("bill",))
    assert same_given(("k",), ("karissa",))
    assert not same_given(("nora",), ("ruth",))
    assert same_last("whitmore-banks", "banks")
    assert not same_last("finch", "fitch")


@pytest.mark.parametrize(
    ("confidences", "expected"),
    [
        (({"child_victim": 0.5}, {"child_victim": 0.3}), (0.6, 0.3)),
        (({"child_victim": 0.5}, {"child_victim": 0.9}), (0.5, 0.9)),  # there is one
        (({"child_victim": 0.2}, {"parent": 0.9}), (0.2, None)),  # nobody is likely
        (({"child_victim": 0.5, "reporter": 0.3}, {"parent": 0.9}), (0.5, None)),
        (({"child_victim": 0.5}, {"child_victim": 0.9, "reporter": 0.3}), (0.5, 0.9)),  # told it
        (
            ({"child_victim": 0.2, "sibling": 0.8}, {"child_victim": 0.1, "sibling": 0.9}),
            (0.6, 0.1),
        ),
        (({"child_victim": 0.2, "sibling": 0.8, "relative": 0.8},), (0.2,)),  # or an adult
    ],
)
def test_where_nobody_is_surely_the_child_the_likeliest_is(
    confidences: tuple[dict[str, float], ...], expected: tuple[float | None, ...]
) -> None:
    people = [Person(f"p{n}", (), roles) for n, roles in enumerate(confidences)]
    assert tuple(p.roles.get("child_victim") for p in some_child(people)) == expected


@pytest.mark.parametrize(
    "caption",
    [
        "In the interest of:\nQ.M. 05-11-2015 No. 23BA-JU00219\nT.C. 07-04-2023 No. 23BA-JU00221",
        "IN THE INTEREST OF Q.M., a minor, DOB 05/11/2015, and T.C., a minor",
        "In re: Q.M. and T.C., minor children, Cause No. 62-24",
    ],
)
def test_the_children_of_a_caption_are_those_of_the_case(caption: str) -> None:
    """Every child that the caption lists, not the first alone; whoever stands behind is none."""
    text = f"{caption}\n\nHon. Marguerite Ellis\n\nT.C. was seen. Q.M. is the older sibling of T.C."
    read = {n: {"sibling": 0.6, "child_victim": 0.3} for n in ("Q.M.", "T.C.")}
    names = named(text, "Q.M.", "T.C.", "Marguerite Ellis", roles=read)
    findings = resolve(reading(text), names, NOBODY)
    assert roles(text, findings, "Q.M.")["child_victim"] >= 0.6
    assert roles(text, findings, "T.C.")["child_victim"] >= 0.6
    assert roles(text, findings, "Marguerite Ellis").get("child_victim", 0.0) < 0.6


def test_a_matter_that_is_no_child_s_lists_no_children() -> None:
    text = "IN THE MATTER OF GERALD KOBZA, Appellant, and the Department, Respondent"
    findings = resolve(reading(text), named(text, "GERALD KOBZA"), NOBODY)
    assert roles(text, findings, "GERALD KOBZA").get("child_victim", 0.0) < 0.6


@pytest.mark.parametrize(
    ("head", "whole"),
    [
        ("Harold J. Quillfeather, M.D.", "Harold J. Quillfeather"),
        ("Carol Quillfeather came", "Quillfeather"),  # somebody else's given name
        ("Dear Quillfeather", "Quillfeather"),
    ],
)
def test_a_surname_found_again_brings_the_given_name_before_it(head: str, whole: str) -> None:
    """Where it can be that person's: the letterhead of whoever signs with initials."""
    text = f"{head}\n\nThe growth is poor.\n\nYours, H. J. Quillfeather"
    findings = resolve(reading(text), named(text, "H. J. Quillfeather"), NOBODY)
    first = min(findings.mentions, key=lambda m: m.start)
    assert text[first.start : first.end] == whole


@pytest.mark.parametrize(
    ("text", "worker"),
    [
        ("Nora Quintero\nPike County Children's Division\n1 Elm St", True),
        ("Allen County Children Services\nAttn: Nora Quintero, Screening", True),
        ("MT. PISGAH CHURCH\n\nMay 3\n\nPike County DSS\n1 Elm St\n\nDear Ms. Quintero,\n\nGrace.", True),
        ("Pike County DSS\n\nMay 3\n\n9 Oak Ct\n\nDear Ms. Quintero,\n\nThe report is closed.", False),
        ("Pike County DSS\n\nRe: Notice of CPS Finding\n\nDear Ms. Quintero,\n\nIt is closed.", False),
        ("Nora Quintero called.\nThe DSS came and she told them all that she had seen.", False),
    ],
)  # fmt: skip
def test_who_stands_in_an_agencys_address_block_works_there(text: str, worker: bool) -> None:
    """However the model read them; whom the agency itself writes to may be anybody."""
    name = "Nora Quintero" if "Nora" in text else "Quintero"
    read = {name: {"professional": 0.6, "foster_parent": 0.5, "reporter": 0.3}}
    findings = resolve(reading(text), named(text, name, roles=read), NOBODY)
    told = roles(text, findings, name)
    assert (told.get("caseworker", 0.0) >= 0.6) is worker
    assert not worker or "reporter" not in told
