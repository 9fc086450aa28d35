"""An officer's edits: what they change, what they can never open, and what is kept of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.errors import BadEdit, Outdated, OverrideNeeded, RedactorError
from redactor.pipeline import Analysis, Draft, release
from redactor.policy import check
from redactor.policy.decide import NEVER_OPENED
from redactor.report.internal_log import reviewed
from redactor.review import (
    Journal,
    Judged,
    Subject,
    as_step,
    boxes_on,
    checklist,
    compare,
    find,
    judge,
    read_journal,
    ready,
    record,
    spans_under,
)
from redactor.review.answers import consequences
from redactor.review.log import review_log
from redactor.types import Action, Box
from tests.conftest import make_request

ROLES = ("reporter", "parent", "child_victim", "alleged_perpetrator", "collateral", "caseworker")
KEEPERS = ("parent", "alleged_perpetrator", "requester", "caseworker")


def did(do: str, **facts: Any) -> Any:
    """A step as the page sends it."""
    return as_step({"do": do, "reason": "looked", **facts})


def undo() -> Any:
    return as_step({"do": "undo"})


def person(subject: Subject, name: str) -> str:
    return next(p.id for p in subject.findings.people if name in p.names)


def states(judged: Judged, name: str) -> set[str]:
    """The states of all boxes over a text."""
    text = judged.reading.text
    return {v.state for v in boxes_on(judged, 0) if v.span and text[slice(*v.span)] == name}


def span(subject: Subject, text: str) -> list[int]:
    start = subject.reading.text.index(text)
    return [start, start + len(text)]


def after(subject: Subject, *steps: Any) -> Judged:
    journal = Journal()
    judged = judge(subject)
    for step in steps:
        journal, judged = record(subject, journal, step, journal.revision)
    return judged


# what an edit changes


def test_a_role_changes_every_box_of_the_person(subject: Subject) -> None:
    """The witness is hidden by a rule; called the caseworker, every mention of the name opens."""
    witness = person(subject, "Ruth Hale")
    assert states(judge(subject), "Ruth Hale") == {"redact"}

    judged = after(subject, did("set_roles", person=witness, roles=["caseworker"]))

    assert states(judged, "Ruth Hale") == {"keep"}
    assert states(judged, "573-555-0188") == {"redact"}  # a worker's own phone stays hidden


def test_a_parent_called_the_reporter_is_gone_everywhere(subject: Subject) -> None:
    judged = after(
        subject, did("set_roles", person=person(subject, "Nora Finch"), roles=["reporter"])
    )

    assert states(judged, "Nora Finch") == {"redact"}


def test_merged_people_share_the_stricter_roles(subject: Subject) -> None:
    """The mother merged with the reporter is hidden, and only one of the two is left."""
    mother, reporter = person(subject, "Nora Finch"), person(subject, "Dana Orr")

    judged = after(subject, did("merge", person=mother, into=reporter))

    assert states(judged, "Nora Finch") <= {"redact", "hold"}
    assert judged.findings.person(mother) is None
    merged = judged.findings.person(reporter)
    assert merged and set(merged.names) == {"Nora Finch", "Dana Orr"}


def test_what_is_split_off_is_hidden_until_somebody_says_who_it_is(subject: Subject) -> None:
    child = person(subject, "Milo Finch")
    start = subject.reading.text.rindex("Milo")

    judged = after(subject, did("split", person=child, spans=[[start, start + 4]]))

    assert judged.findings.person("s1") is not None
    assert states(judged, "Milo") == {"redact"}
    assert states(judged, "Milo Finch") == {"keep"}


def test_a_hidden_person_is_hidden_and_a_shown_one_shows_names_only(subject: Subject) -> None:
    hidden = after(
        subject, did("decide_person", person=person(subject, "Milo Finch"), action="redact")
    )
    shown = after(subject, did("decide_person", person=person(subject, "Ruth Hale"), action="keep"))

    assert states(hidden, "Milo Finch") == states(hidden, "Milo") == {"redact"}
    assert states(shown, "Ruth Hale") == {"keep"}
    assert states(shown, "573-555-0188") == {"redact"}


def test_marked_words_are_hidden_and_opened_again(subject: Subject) -> None:
    porch = span(subject, "on the porch")
    marked = did("mark", spans=[porch], kind="place_detail", label="LOC")

    judged = after(subject, marked)
    box = next(v for v in boxes_on(judged, 0) if v.span == tuple(porch))
    again = after(subject, marked, did("open", span=porch))

    assert (box.state, box.label, box.officer) == ("redact", "LOC", True)
    assert not [v for v in boxes_on(again, 0) if v.span == tuple(porch)]


def test_every_place_of_a_searched_text_is_found(subject: Subject) -> None:
    """Also where a dash or a space stands differently; nothing is found for one letter."""
    places = find(subject.reading, "nora finch")
    judged = after(subject, did("mark", spans=[list(p) for p in places], kind="name"))

    assert len(places) == 3
    assert states(judged, "Nora Finch") == {"redact"}
    assert find(subject.reading, "5735550188") == (tuple(span(subject, "573-555-0188")),)
    assert find(subject.reading, "N") == ()


def test_an_opened_text_opens_wherever_it_stands(subject: Subject) -> None:
    """A text hidden in one place and left in another would give itself away."""
    hidden = did("decide_person", person=person(subject, "Nora Finch"), action="redact")

    judged = after(subject, hidden, did("open", span=span(subject, "Nora Finch")))

    assert states(judged, "Nora Finch") == {"keep"}


def test_a_drawn_box_is_moved_and_deleted(subject: Subject) -> None:
    rectangle = {"page": 0, "x0": 300, "y0": 600, "x1": 400, "y1": 640}
    further = {**rectangle, "x1": 450}

    drawn = after(subject, did("add_box", box=rectangle, label="PI"))
    moved = after(subject, did("add_box", box=rectangle), did("move_box", id="b1", box=further))
    gone = after(subject, did("add_box", box=rectangle), did("delete_box", id="b1"))

    boxes = {r.box: r.label for r in drawn.removals}
    assert boxes[Box(0, 300, 600, 400, 640)] == "PI"
    assert Box(0, 300, 600, 450, 640) in {r.box for r in moved.removals}
    assert not [v for v in boxes_on(gone, 0) if v.id == "b1"]


def test_a_box_takes_the_words_under_its_new_extent(subject: Subject) -> None:
    """Drawn wider, the box hides the words beside it too."""
    found = next(
        v for v in boxes_on(judge(subject), 0) if v.span == tuple(span(subject, "Ruth Hale"))
    )
    b = found.box
    wide = {"page": 0, "x0": b.x0 - 60, "y0": b.y0 - 1, "x1": b.x1 + 1, "y1": b.y1 + 1}

    judged = after(
        subject,
        did("resize", span=list(found.span or ()), piece=0, box=wide, reason="wrong_extent"),
    )

    start, end = span(subject, "Witness: Ruth Hale")
    wider = [v for v in boxes_on(judged, 0) if v.span == (start, end)]
    assert wider and wider[0].state == "redact"


def test_questions_are_asked_once_a_person_and_answered_once(subject: Subject) -> None:
    """The reporter's own words and the ink are asked; the answers settle them."""
    first = {a.id for a in judge(subject).asked}
    reporter = f"person:{person(subject, 'Dana Orr')}"

    hidden = after(
        subject,
        did("answer_hold", hold=reporter, action="redact"),
        did("answer_hold", hold="region:0:0", action="keep"),
    )

    assert first == {reporter, "region:0:0"}
    assert hidden.asked == ()
    assert not [v for v in boxes_on(hidden, 0) if v.id.startswith("region")]
    assert "keep" not in states(hidden, "who lives next door")


def test_words_under_a_box_come_in_runs(subject: Subject) -> None:
    found = next(
        v for v in boxes_on(judge(subject), 0) if v.span == tuple(span(subject, "Ruth Hale"))
    )
    b = found.box

    runs = spans_under(subject.reading, Box(0, b.x0 - 2, b.y0 - 1, b.x1 + 2, b.y1 + 1))

    # the comma stands with the second word
    assert [subject.reading.text[slice(*r)] for r in runs] == ["Ruth Hale,"]


# the shield


@pytest.mark.parametrize(
    "edit",
    [
        {"do": "set_roles", "person": "Dana Orr", "roles": ["caseworker"]},
        {"do": "mark_requester", "person": "Dana Orr"},
        {"do": "decide_person", "person": "Dana Orr", "action": "keep"},
        {"do": "answer_hold", "hold": "Dana Orr", "action": "keep"},
        {"do": "open", "span": "Dana Orr"},
        {"do": "open", "span": "412-68-9023"},
        {"do": "open", "span": "who lives next door"},
    ],
    ids=lambda e: f"{e['do']}-{e.get('span', '')}",
)
def test_the_shield_opens_by_an_override_alone(subject: Subject, edit: dict[str, Any]) -> None:
    """Without it the change is refused and nothing changes; with it the log says so."""
    facts = dict(edit)
    if "person" in facts:
        facts["person"] = person(subject, facts["person"])
    if "hold" in facts:
        facts["hold"] = f"person:{person(subject, facts['hold'])}"
    if "span" in facts:
        facts["span"] = span(subject, facts["span"])

    refused = as_step({"reason": "law_opens", **facts})
    taken = as_step({"reason": "court_order", "override": True, **facts})

    if facts["do"] != "mark_requester":  # the reporter's role stays with the requester's
        with pytest.raises(OverrideNeeded):
            record(subject, Journal(), refused, 0)
    assert opened(subject, judge(subject, [refused])) == set()
    journal, judged = record(
        subject, Journal(), taken, 0, by="officer-7", at="2026-11-25T10:00:00Z"
    )
    row = review_log(judged, journal)[0]
    assert (row["override"], row["reason"], row["by"]) == (True, "court_order", "officer-7")
    if facts["do"] in ("open", "answer_hold"):
        assert opened(subject, judged)


def opened(subject: Subject, judged: Judged) -> set[tuple[int, int]]:
    """Shielded places that the file hid at first and that stand open now."""
    reporter = {p.id for p in subject.findings.people if p.roles.get("reporter", 0.0) >= 0.25}
    text = subject.reading.text
    shielded = {
        (m.start, m.end)
        for m in subject.findings.mentions
        if m.kind in NEVER_OPENED or m.person in reporter
    }
    first = judge(subject)
    hidden = {
        (first.findings.mentions[d.mention].start, first.findings.mentions[d.mention].end)
        for d in first.decisions
        if d.action is not Action.KEEP
    }
    # a place counts as open when some letter of it lies in no hidden mention
    now = [
        (judged.findings.mentions[d.mention].start, judged.findings.mentions[d.mention].end)
        for d in judged.decisions
        if d.action is not Action.KEEP
    ]
    covered = bytearray(len(text))
    for a, b in now:
        covered[a:b] = b"\1" * (b - a)
    return {
        (a, b)
        for a, b in shielded & hidden
        if any(not covered[n] and text[n].isalnum() for n in range(a, b))
    }


def any_step(subject: Subject) -> st.SearchStrategy[Any]:
    """Any step an officer could send, sensible or not, without an override."""
    people = st.sampled_from([*(p.id for p in subject.findings.people), "s1", "s2", "p99"])
    spans = st.sampled_from([[m.start, m.end] for m in subject.findings.mentions])
    choice = st.sampled_from(["keep", "redact"])
    roles = st.lists(st.sampled_from(ROLES), max_size=3, unique=True)
    edge = st.integers(min_value=0, max_value=620)
    box = st.fixed_dictionaries(
        {"page": st.just(0), "x0": edge, "y0": edge, "x1": edge, "y1": edge}
    )
    holds = st.sampled_from(["person:p1", "person:p3", "nobody:R5", "region:0:0", "page:0"])
    facts = [
        {"do": st.just("set_roles"), "person": people, "roles": roles},
        {"do": st.just("merge"), "person": people, "into": people},
        {
            "do": st.just("split"),
            "person": people,
            "spans": st.lists(spans, min_size=1, max_size=2),
        },
        {"do": st.just("mark_requester"), "person": people},
        {"do": st.just("decide_person"), "person": people, "action": choice},
        {"do": st.just("answer_hold"), "hold": holds, "action": choice},
        {"do": st.just("mark"), "spans": st.lists(spans, min_size=1, max_size=2)},
        {"do": st.just("open"), "span": spans},
        {"do": st.just("confirm"), "span": spans},
        {"do": st.just("resize"), "span": spans, "piece": st.just(0), "box": box},
        {"do": st.just("add_box"), "box": box},
        {"do": st.just("move_box"), "id": st.just("b1"), "box": box},
        {"do": st.just("delete_box"), "id": st.just("b1")},
    ]
    edits = st.one_of([st.fixed_dictionaries({"reason": st.just("looked"), **f}) for f in facts])
    turns = st.sampled_from([{"do": "undo"}, {"do": "redo"}])
    return st.one_of(edits, edits, edits, turns)


@given(data=st.data())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_sequence_of_edits_opens_the_shield_or_loses_the_way_back(
    subject: Subject, data: st.DataObject
) -> None:
    """Whatever is sent: refused with a reason or taken; taken back, the file is as it was."""
    journal, judged = Journal(), judge(subject)
    for value in data.draw(st.lists(any_step(subject), max_size=8)):
        try:
            journal, judged = record(subject, journal, as_step(value), journal.revision)
        except RedactorError:
            continue
        assert opened(subject, judged) == set()
    again = read_journal(journal.as_json())
    assert again == journal
    assert judge(subject, again.edits).decisions == judged.decisions

    while journal.standing:
        journal, judged = record(subject, journal, undo(), journal.revision)
    first = judge(subject)
    assert (judged.decisions, judged.findings, judged.asked) == (
        first.decisions,
        first.findings,
        first.asked,
    )
    assert judged.removals == first.removals


def test_an_undone_edit_comes_back_until_something_new_is_done(subject: Subject) -> None:
    hide = did("decide_person", person=person(subject, "Milo Finch"), action="redact")
    redo = as_step({"do": "redo"})

    assert states(after(subject, hide, undo(), redo), "Milo Finch") == {"redact"}
    with pytest.raises(BadEdit):
        after(subject, hide, undo(), did("confirm", span=span(subject, "Lee Sand")), redo)


def test_a_request_to_keep_a_name_never_opens_the_reporter(subject: Subject) -> None:
    """A must-keep term beside a role change still leaves the reporter hidden."""
    kept = tuple(
        replace(m, recognizer="must_keep") if m.person == person(subject, "Dana Orr") else m
        for m in subject.findings.mentions
    )
    asked = replace(
        subject,
        request=replace(subject.request, must_keep=("Dana Orr",)),
        findings=replace(subject.findings, mentions=kept),
    )

    judged = judge(
        asked, [did("set_roles", person=person(subject, "Dana Orr"), roles=["collateral"])]
    )

    assert states(judged, "Dana Orr") == {"redact"}


# what is kept, and refused


def test_a_step_on_an_older_state_is_refused(subject: Subject) -> None:
    journal, _ = record(subject, Journal(), did("confirm", span=span(subject, "Lee Sand")), 0)

    with pytest.raises(Outdated):
        record(subject, journal, did("confirm", span=span(subject, "Lee Sand")), 0)


@pytest.mark.parametrize(
    "value",
    [
        {"do": "nothing"},
        {"do": "set_roles", "person": "p1", "roles": ["king"], "reason": "looked"},
        {"do": "merge", "person": "p1", "into": "p1", "reason": "looked"},
        {"do": "split", "person": "p1", "spans": [[0, 3]], "reason": "looked"},
        {"do": "mark", "spans": [[5, 99999]], "reason": "looked"},
        {"do": "mark", "spans": [[0, 3]], "kind": "mood", "reason": "looked"},
        {"do": "add_box", "box": {"page": 7, "x0": 0, "y0": 0, "x1": 9, "y1": 9}, "reason": "looked"},
        {"do": "add_box", "box": {"page": 0, "x0": 0, "y0": 0, "x1": 1, "y1": 1}, "reason": "looked"},
        {"do": "delete_box", "id": "b9", "reason": "looked"},
        {"do": "confirm", "span": [0, 3], "reason": "because"},
        {"do": "undo"},
    ],
    ids=lambda v: str(v["do"]),
)  # fmt: skip
def test_a_step_that_cannot_be_made_is_refused(subject: Subject, value: dict[str, Any]) -> None:
    with pytest.raises(BadEdit):
        record(subject, Journal(), as_step(value), 0)


def test_reasons_name_nobody(subject: Subject) -> None:
    """A note with a name is refused; one that became a name's later is cleaned in the log."""
    for note in ("Dana called me", "it is Orr's shop", "SSN 412-68-9023 is hers"):
        with pytest.raises(BadEdit):
            record(subject, Journal(), did("confirm", span=[0, 3], note=note), 0)

    journal, _ = record(subject, Journal(), did("confirm", span=[0, 3], note="the Porch owner"), 0)
    spans = [span(subject, "porch")]
    journal, judged = record(subject, journal, did("mark", spans=spans, kind="name"), 1)
    assert review_log(judged, journal)[0]["note"] == "the [name] owner"


def test_the_log_tells_every_step_and_no_text(subject: Subject) -> None:
    """Undone steps too; who decided by hand stands beside the decision."""
    journal = Journal()
    for step in (
        did("decide_person", person=person(subject, "Milo Finch"), action="redact"),
        did("mark", spans=[span(subject, "Lee Sand")], kind="name", reason="missed"),
        undo(),
    ):
        journal, judged = record(subject, journal, step, journal.revision, by="officer-7")
    log = reviewed({"entries": [{"rule": "officer", "reviewer": ""}]}, review_log(judged, journal))

    assert [r["stands"] for r in log["review"]] == [True, False, False]
    assert log["entries"][0]["reviewer"] == "officer-7"
    written = json.dumps(log)
    assert not [n for p in subject.findings.people for n in p.names if n in written]


# before a release


def test_the_checklist_holds_a_release_until_all_is_settled(subject: Subject) -> None:
    """Open questions stop it; with two persons the officer of the edits is not the second."""
    reporter = f"person:{person(subject, 'Dana Orr')}"
    journal, judged = Journal(), judge(subject)
    assert not ready(checklist(judged, journal, by="a", two_persons=False))

    for hold in (reporter, "region:0:0"):
        journal, judged = record(
            subject,
            journal,
            did("answer_hold", hold=hold, action="redact"),
            journal.revision,
            by="a",
        )

    assert ready(checklist(judged, journal, by="a", two_persons=False))
    assert not ready(checklist(judged, journal, by="a", two_persons=True))
    assert ready(checklist(judged, journal, by="b", two_persons=True))


def test_the_release_is_what_was_reviewed(opened_file: tuple[Subject, Analysis]) -> None:
    """A drawn box, a marked word and a changed role stand in the saved file, which passes."""
    subject, found = opened_file
    reporter = f"person:{person(subject, 'Dana Orr')}"
    judged = after(
        subject,
        did("answer_hold", hold=reporter, action="redact"),
        did("answer_hold", hold="region:0:0", action="redact"),
        did("set_roles", person=person(subject, "Nora Finch"), roles=["relative"]),
        did("mark", spans=[span(subject, "a coat")], kind="place_detail"),
        did("add_box", box={"page": 0, "x0": 300, "y0": 600, "x1": 400, "y1": 640}),
    )
    analysis = Analysis(found.stripped, judged.reading, judged.findings)
    draft = Draft(
        subject.request, subject.policy, subject.ruling, analysis, judged.decisions, (), "0" * 64
    )

    done = release(draft, settings=subject.settings)

    assert done.outcome == "released", done.reasons
    assert "Nora Finch" not in done.text
    assert "a coat" not in done.text
    assert "Dana Orr" not in done.text
    assert "Carl Dufresne" in done.text
    boxes = done.requester_log["boxes"]
    assert [b for b in boxes if b["x0"] <= 300 and b["x1"] >= 400 and b["y0"] <= 600]  # type: ignore[attr-defined]


def test_two_requesters_are_compared(subject: Subject) -> None:
    """The alleged perpetrator and a researcher: the child's name goes to one of them only."""
    request = make_request("inv_researcher")
    other = replace(subject, request=request, ruling=check(subject.policy, request))

    found = compare(judge(subject), judge(other))

    child = person(subject, "Milo Finch")
    assert (child, "name", "first", 3) in found.counts
    assert compare(judge(subject), judge(subject)).differences == ()


def test_every_answer_says_what_it_changes(subject: Subject) -> None:
    """The least-releasing answer of a gate says that nothing is released, with its law."""
    charges = {
        c.value: c
        for c in consequences(subject.policy, "inv_alleged_perpetrator", "identity_verified")
    }

    assert "waits" in charges["no"].text
    assert "go ahead" in charges["yes"].text
    for category in subject.policy.categories:
        for _, gate in subject.policy.gates(subject.policy.category(category)):
            for question in gate.when:
                for c in consequences(subject.policy, category, question):
                    assert c.text and c.citations
