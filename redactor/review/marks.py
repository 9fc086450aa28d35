"""What a list of edits comes to: people as the officer knows them, words and places marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from redactor.errors import BadEdit
from redactor.people.requester import RELATIONS
from redactor.policy.decide import NEVER_OPENED
from redactor.review import edits as do
from redactor.review.edits import Edit, Rectangle, Span
from redactor.review.subject import Subject
from redactor.text import squash
from redactor.types import Box, Mention, Person, Region, Source

OFFICER = "officer"  # recognizer of what an officer marked, kind of a region an officer drew
SET_BY = "set by the officer"
LEAST_BOX = 2.0  # points; a smaller drag is a slip of the hand


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of the officer, for a person, a hold or a text; the last that fits holds."""

    action: str
    person: str = ""
    hold: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """Words that an officer marked: their kind and the label of the box."""

    kind: str
    label: str


@dataclass
class Marks:
    """The sum of the edits in force; built by ``gather`` and read-only afterwards."""

    people: dict[str, Person]
    merged: dict[str, str] = field(default_factory=dict)
    owners: dict[Span, str] = field(default_factory=dict)
    extents: dict[Span, Span] = field(default_factory=dict)
    words: dict[Span, Marked] = field(default_factory=dict)
    boxes: dict[str, Region] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    confirmed: set[Span] = field(default_factory=set)
    lifted: set[Span] = field(default_factory=set)  # opened knowingly, against the shield
    shielded: set[str] = field(default_factory=set)  # ids that were ever the reporter's

    def owner(self, mention: Mention) -> str:
        """The person a mention means now."""
        person = self.owners.get((mention.start, mention.end), mention.person)
        while person in self.merged:
            person = self.merged[person]
        return person


def gather(subject: Subject, edits: Iterable[Edit]) -> Marks:
    """What the edits come to on this case file.

    Raises:
        BadEdit: an edit speaks of somebody or something that is not there.
    """
    marks = Marks({p.id: p for p in subject.findings.people})
    worker = _Gatherer(subject, marks)
    for edit in edits:
        worker.take(edit)
    return marks


class _Gatherer:
    def __init__(self, subject: Subject, marks: Marks) -> None:
        self.subject, self.marks = subject, marks
        self.limit = subject.policy.vocabulary.confidence.reporter
        self.spans = {(m.start, m.end): m for m in subject.findings.mentions}
        self.shield(marks.people.values())

    def take(self, edit: Edit) -> None:
        before = set(self.reach(edit)) if edit.override else set()
        act: Callable[[Any], None] = getattr(self, edit.do)
        act(edit)
        self.marks.lifted |= before
        self.shield(self.marks.people.values())

    def shield(self, people: Iterable[Person]) -> None:
        reporters = {p.id for p in people if p.roles.get("reporter", 0.0) >= self.limit}
        self.marks.shielded |= reporters

    def reach(self, edit: Edit) -> Iterable[Span]:
        """The mentions that an override of this edit opens, as they stand before it."""
        if isinstance(edit, do.Open | do.Resize):
            text = self.text(edit.span)
            return [s for s in self.spans if self.text(s) == text] + [edit.span]
        person = getattr(edit, "person", "")
        if isinstance(edit, do.AnswerHold):
            person = edit.hold.removeprefix("person:")
        return [s for s, m in self.spans.items() if person and self.marks.owner(m) == person]

    def text(self, span: Span) -> str:
        return squash(self.subject.reading.text[span[0] : span[1]])

    def person(self, identifier: str) -> Person:
        if identifier not in self.marks.people:
            raise BadEdit("There is no such person in this file any more.", field="person")
        return self.marks.people[identifier]

    def place(self, r: Rectangle) -> Box:
        pages = self.subject.reading.pages
        if r.page >= len(pages):
            raise BadEdit("The file has no such page.", field="page")
        page = pages[r.page]
        x0, x1 = sorted(min(max(x, 0.0), page.width) for x in (r.x0, r.x1))
        y0, y1 = sorted(min(max(y, 0.0), page.height) for y in (r.y0, r.y1))
        if x1 - x0 < LEAST_BOX or y1 - y0 < LEAST_BOX:
            raise BadEdit("The box is too small to be meant.", field="box")
        return Box(r.page, x0, y0, x1, y1)

    def label(self, label: str) -> str:
        if label and label not in self.subject.policy.vocabulary.labels:
            raise BadEdit("The policy has no such label.", field="label")
        return label

    # one method an edit

    def set_roles(self, edit: do.SetRoles) -> None:
        known = self.subject.policy.vocabulary.vocabulary.roles
        if not set(edit.roles) <= set(known):
            raise BadEdit("The policy knows no such role.", field="roles")
        person = self.person(edit.person)
        roles = dict.fromkeys(edit.roles, 1.0)
        self.marks.people[person.id] = replace(person, roles=roles, why=(SET_BY,))

    def merge(self, edit: do.Merge) -> None:
        one, other = self.person(edit.person), self.person(edit.into)
        if one.id == other.id:
            raise BadEdit("A person cannot be merged with itself.", field="into")
        roles = {
            r: max(one.roles.get(r, 0.0), other.roles.get(r, 0.0))
            for r in (*other.roles, *one.roles)
        }
        names = tuple(dict.fromkeys((*other.names, *one.names)))
        why = tuple(dict.fromkeys((*other.why, *one.why, "merged by the officer")))
        self.marks.people[other.id] = Person(other.id, names, roles, why)
        del self.marks.people[one.id]
        self.marks.merged[one.id] = other.id
        if one.id in self.marks.shielded:
            self.marks.shielded.add(other.id)

    def split(self, edit: do.Split) -> None:
        person = self.person(edit.person)
        own = {s for s, m in self.spans.items() if self.marks.owner(m) == person.id}
        if not set(edit.spans) <= own or set(edit.spans) == own:
            raise BadEdit("Choose some, but not all, of the person's own mentions.", field="spans")
        names = tuple(
            dict.fromkeys(
                self.subject.reading.text[a:b]
                for a, b in edit.spans
                if self.spans[(a, b)].kind in ("name", "alias", "initials", "signature")
            )
        )
        number = 1 + sum(1 for p in (*self.marks.people, *self.marks.merged) if p.startswith("s"))
        new = Person(f"s{number}", names, {}, ("split off by the officer",))
        self.marks.people[new.id] = new
        self.marks.owners.update(dict.fromkeys(edit.spans, new.id))
        rest = tuple(n for n in person.names if n not in names)
        self.marks.people[person.id] = replace(person, names=rest or person.names)

    def mark_requester(self, edit: do.MarkRequester) -> None:
        person = self.person(edit.person)
        asked = next(
            (r[0] for e, r in RELATIONS.items() if self.subject.ruling.category.endswith(e)), ""
        )
        roles = {**person.roles, "requester": 1.0, **({asked: 1.0} if asked else {})}
        self.marks.people[person.id] = replace(person, roles=roles, why=(*person.why, SET_BY))
        if asked == "parent":
            for other in list(self.marks.people.values()):
                if other.roles.get("child_victim", 0.0) >= 0.6 and other.id != person.id:
                    own = {**other.roles, "requester_child": 1.0}
                    self.marks.people[other.id] = replace(other, roles=own)

    def decide_person(self, edit: do.DecidePerson) -> None:
        self.marks.choices.append(Choice(edit.action, person=self.person(edit.person).id))

    def answer_hold(self, edit: do.AnswerHold) -> None:
        self.marks.choices.append(Choice(edit.action, hold=edit.hold))

    def mark(self, edit: do.Mark) -> None:
        if edit.kind not in self.subject.policy.kinds:
            raise BadEdit("The policy knows no such kind of words.", field="kind")
        for start, end in edit.spans:
            if not 0 <= start < end <= len(self.subject.reading.text):
                raise BadEdit("The words are not in the file.", field="spans")
            self.marks.words[(start, end)] = Marked(edit.kind, self.label(edit.label))

    def open(self, edit: do.Open) -> None:
        if edit.span in self.marks.words:
            text = self.text(edit.span)
            for span in [s for s in self.marks.words if self.text(s) == text]:
                del self.marks.words[span]
            return
        start, end = edit.span
        if not self.text((start, end)):
            raise BadEdit("There are no words in that place.", field="span")
        self.marks.choices.append(Choice("keep", text=self.text(edit.span)))

    def confirm(self, edit: do.Confirm) -> None:
        self.marks.confirmed.add(edit.span)

    def resize(self, edit: do.Resize) -> None:
        box = self.place(edit.box)
        now = self.marks.extents.get(edit.span, edit.span)
        pieces = self.subject.reading.boxes(*now)
        if edit.piece >= len(pieces) or pieces[edit.piece].page != box.page:
            raise BadEdit("There is no such box on that page.", field="piece")
        new = self._extent(now, pieces[edit.piece], box)
        if not edit.override and self._shielded(edit.span):
            new = (min(now[0], new[0]), max(now[1], new[1]))
        if edit.span in self.marks.words:
            self.marks.words[new] = self.marks.words.pop(edit.span)
        elif edit.span in self.spans:
            self.marks.extents[edit.span] = new
        else:
            raise BadEdit("There is no such box any more.", field="span")

    def _shielded(self, span: Span) -> bool:
        mention = self.spans.get(span)
        return mention is not None and (
            mention.kind in NEVER_OPENED
            or bool({mention.person, self.marks.owner(mention)} & self.marks.shielded)
        )

    def _extent(self, now: Span, piece: Box, box: Box) -> Span:
        """From the first to the last character that the other pieces or the new box hold."""
        reading = self.subject.reading
        page = reading.pages[box.page]
        held = [
            n
            for w in page.words
            if w.source in (Source.TEXT, Source.OCR)
            for n in range(w.start, w.end)
            if _middle_in(w.part(n, n + 1), box)
        ]
        if not held:
            raise BadEdit("There are no words under the new box; draw a box instead.", field="box")
        others = [
            n
            for w in reading.words_in(*now)
            if not _middle_in(w.box, piece)
            for n in range(max(w.start, now[0]), min(w.end, now[1]))
        ]
        both = held + others
        return min(both), max(both) + 1

    def add_box(self, edit: do.AddBox) -> None:
        number = 1 + max((int(k[1:]) for k in self.marks.boxes), default=0)
        region = Region(OFFICER, self.place(edit.box), "drawn by the officer")
        self.marks.boxes[f"b{number}"] = replace(region, label=self.label(edit.label))

    def move_box(self, edit: do.MoveBox) -> None:
        self.marks.boxes[edit.id] = replace(self._drawn(edit.id), box=self.place(edit.box))

    def delete_box(self, edit: do.DeleteBox) -> None:
        self._drawn(edit.id)
        del self.marks.boxes[edit.id]

    def _drawn(self, identifier: str) -> Region:
        if identifier not in self.marks.boxes:
            raise BadEdit("There is no such box any more.", field="id")
        return self.marks.boxes[identifier]


def _middle_in(part: Box, box: Box) -> bool:
    x, y = (part.x0 + part.x1) / 2, (part.y0 + part.y1) / 2
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1
