"""Who is who: from mentions to people with roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from redactor.people.called import called
from redactor.people.context import Contexts
from redactor.people.cues import captioned, of_agencies
from redactor.people.initialled import initialled
from redactor.people.letterheads import with_letterheads
from redactor.people.link import NAMES, Cluster, link
from redactor.people.mail import at_home, of_one_mailbox
from redactor.people.misread import misread, reporters_misread
from redactor.people.owners import AGENCY, UNNAMED, give_owners
from redactor.people.propagate import again, terms
from redactor.people.requester import mark
from redactor.people.roles import (
    of_mail,
    of_papers,
    of_the_agency,
    of_the_case,
    one_reporter,
    roles_of,
    some_child,
)
from redactor.people.telling import POINTS, SURE, told_again
from redactor.people.transcripts import calling
from redactor.people.underlined import underlined
from redactor.people.wanted import reporters_words, wanted_words
from redactor.people.writers import reporting
from redactor.stretches import begun
from redactor.types import Context, Findings, Mention, Person, Reading, Request

LONGEST = 200  # characters of a name
REPORTERS_OWN = {"indirect_text", "reporter_meta"}


def resolve(reading: Reading, mentions: Sequence[Mention], request: Request) -> Findings:
    """The people of a case file, and every mention with the person it means and its context.

    Mentions come back in order of place and do not overlap; every character that a given mention
    held is held by one of the result.
    """
    text = reading.text
    found = _with_terms(reading, mentions, request)
    clusters = link(text, found)
    ids = {n: f"p{n + 1}" for n in range(len(clusters))}
    linked = _linked(found, clusters, ids)
    linked = _in_order([*linked, *again(reading, clusters, linked, ids)])
    people = mark({p.id: p for p in _people(text, linked, ids.values())}, request)
    people = {p.id: p for p in _placed_by_blocks(text, linked, people.values())}
    people.update(_standing())
    linked = _in_order([*linked, *reporters_misread(reading, linked, people)])
    linked = _in_order([*linked, *reporters_words(reading, linked, people)])
    linked = _in_order([*linked, *initialled(text, linked, people)])
    linked = _in_order([*linked, *called(text, linked, people)])
    linked = _in_order([*linked, *told_again(text, linked, people)])
    linked = _in_order([*linked, *underlined(reading, linked)])
    owned = give_owners(text, with_letterheads(text, linked, people), people)
    people = of_one_mailbox(text, owned, people)
    contexts = Contexts(text)
    placed = [_placed(m, contexts, people) for m in owned]
    used = {m.person for m in placed}
    return Findings(tuple(placed), tuple(p for p in people.values() if p.id in used))


def _with_terms(reading: Reading, mentions: Sequence[Mention], request: Request) -> list[Mention]:
    """The mentions, with the request's own terms taking their place first."""
    named = [reading.text[m.start : m.end] for m in mentions if m.kind in NAMES]
    hide = _in_order(
        [
            *terms(reading, request.must_hide, "must_hide"),
            *wanted_words(reading, request.must_hide, named),
            *(
                Mention("name", start, end, 1.0, "must_hide", "as OCR read it")
                for start, end in misread(reading, request.must_hide)
            ),
        ]
    )
    keep = [
        replace(m, recognizer="must_keep")
        if any(
            k.start <= m.start and m.end <= k.end
            for k in terms(reading, request.must_keep, "must_keep")
        )
        else m
        for m in mentions
    ]
    known = [n for k in request.known for n in (k.name, *k.aliases)]
    names = list(terms(reading, known, "known_person"))
    ordered = sorted(mentions, key=lambda m: m.start)
    hide = [_read(h, ordered) for h in hide]
    return _in_order([*hide, *_outside(names, hide), *_outside(keep, [*hide])])


def _read(term: Mention, mentions: Sequence[Mention]) -> Mention:
    """The term with the roles that the model read in its place."""
    near = begun(mentions, term.start - LONGEST, term.end)
    inside = (m for m in near if term.start < m.end and m.roles)
    read = next(inside, None)
    return replace(term, roles=read.roles, tells=read.tells) if read else term


def _outside(mentions: Iterable[Mention], taken: Sequence[Mention]) -> Iterable[Mention]:
    """What is left of each mention beside those that are taken."""
    for mention in mentions:
        pieces = [(mention.start, mention.end)]
        for t in taken:
            pieces = [
                (a, b)
                for s, e in pieces
                for a, b in ((s, min(e, t.start)), (max(s, t.end), e))
                if b > a
            ]
        for a, b in pieces:
            yield replace(mention, start=a, end=b)


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Sorted, the later of two that overlap cut back."""
    done: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start = max(m.start, done[-1].end if done else 0)
        if start < m.end:
            done.append(replace(m, start=start))
    return done


def _linked(
    found: Sequence[Mention], clusters: Sequence[Cluster], ids: dict[int, str]
) -> list[Mention]:
    owner = {n: ids[c] for c, cluster in enumerate(clusters) for n in cluster.mentions}
    return [replace(m, person=owner[n]) if n in owner else m for n, m in enumerate(found)]


def _people(text: str, mentions: Sequence[Mention], ids: Iterable[str]) -> Iterable[Person]:
    named = defaultdict(list)
    for m in mentions:
        if m.kind in NAMES:
            named[m.person].append(m)
    for identifier in ids:
        own = named[identifier]
        forms = tuple(dict.fromkeys(text[m.start : m.end] for m in own))
        roles, why = roles_of(text, own)
        yield Person(identifier, forms, roles, why)


def _placed_by_blocks(
    text: str, mentions: Sequence[Mention], people: Iterable[Person]
) -> tuple[Person, ...]:
    """The people with the roles that captions, address blocks and their own papers give them."""
    names = [m for m in mentions if m.kind in NAMES]
    listed = {m.person for m in captioned(text, names)}
    seated = {m.person for m in of_agencies(text, names)}
    writers = {m.person for m in (*reporting(text, names), *calling(text, names))}
    given = {p.id: p for p in people}
    mailing = at_home(text, mentions, given)
    told = any(m.kind == POINTS and m.score >= SURE for m in mentions)
    known = one_reporter(of_papers(of_mail(given.values(), mailing), writers), told=told)
    return some_child(of_the_case(of_the_agency(known, seated), listed))


def _standing() -> dict[str, Person]:
    """The agency itself, and the reporter of whom no name is known."""
    return {
        AGENCY: Person(AGENCY, (), {"agency": 1.0}, ("the agency's own contact",)),
        UNNAMED: Person(UNNAMED, (), {"reporter": 1.0}, ("spoken of without a name",)),
    }


def _placed(mention: Mention, contexts: Contexts, people: dict[str, Person]) -> Mention:
    context = Context.REPORT if mention.context is Context.REPORT else contexts.at(mention.start)
    person = mention.person
    if mention.kind in REPORTERS_OWN and not person:
        reporters = [p for p in people.values() if p.roles.get("reporter", 0.0) >= 0.5 and p.names]
        person = reporters[0].id if len(reporters) == 1 else UNNAMED
    return replace(mention, context=context, person=person)
