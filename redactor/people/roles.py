"""From the evidence on a person to roles with a confidence.

What decides most is whether the law lets a name stay: it does for officials and for those the
report is about, and not for anybody else. So the confidence of a role that stays compares the
best evidence for staying with the best against it; where that is thin the name is hidden. The
reporter is weighed alone, and any credible evidence of being the reporter counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import exp

from redactor.people.evidence import OFFICIAL, OTHER, SUBJECT, Evidence, gather, odds
from redactor.types import Mention, Person

# Chosen on held-out documents (models/README.md): the weights of what speaks against staying, in
# log odds, and the log odds from which a name may stay; officials' names are no secret.
AGAINST, SUSPECT, CUE = 0.5, 0.2, 2.0
ALONE = 10.0  # weight of a cue where the model read nothing
STAYS, OFFICIALLY = 2.7, 0.5
STEEP = 2.0  # log odds that halve what is left to full confidence
CLOSE = 1.0  # log odds by which an office must be likelier than the family
KEPT = 0.6  # confidence at the limit: the policies' own limit for keeping
LEAST = 0.3  # of the strongest role beside it a role must have to be one ...
SEEN = 0.02  # ... and this much of its own
REPORTER_MEAN, REPORTER_TOP, REPORTER_CUE = 0.7, 0.3, 0.75
ROLES = (*OFFICIAL, *SUBJECT, *OTHER)
SEATED = 0.9  # confidence that whoever stands in an agency's address block works there
CHILD, WORKER = "child_victim", "caseworker"
MAYBE = 0.45  # confidence from which somebody may be the child that a report must be about ...
YOUNG = 0.2  # ... or this much where all else that may be is another child of the family ...
CREDIBLE = 0.2  # ... unless this much speaks for the reporter
REPORTER, FAINT, SETTLED = 0.8, 0.5, 0.85  # who is surely the reporter; who is hardly; who stays


def roles_of(text: str, mentions: Sequence[Mention]) -> tuple[dict[str, float], tuple[str, ...]]:
    """(role -> confidence, reasons) of a person with these mentions; no reason repeats text."""
    evidence = gather(text, mentions)
    roles = _compared(evidence) if mentions else {}
    reporter = _reporter(evidence)
    if reporter > 0.02:
        roles["reporter"] = round(reporter, 3)
    why = tuple(sorted({f"{where}: {role}" for role, _, where in evidence.told}))
    return roles or {"unknown": 1.0}, why or ("read by the model",)


def of_the_case(people: Iterable[Person], listed: Collection[str]) -> tuple[Person, ...]:
    """The people; those whom a court's caption lists are children that the case is about.

    Whoever may be the reporter is never raised.
    """
    return tuple(
        replace(p, roles={**p.roles, CHILD: max(p.roles.get(CHILD, 0.0), KEPT)})
        if p.id in listed and p.roles.get("reporter", 0.0) < CREDIBLE
        else p
        for p in people
    )


def of_the_agency(people: Iterable[Person], seated: Collection[str]) -> tuple[Person, ...]:
    """The people; those who stand in an agency's address block are its workers and nothing else.

    Unless much speaks for the reporter: reports go to an agency's people, faint readings err.
    """
    return tuple(
        replace(p, roles={WORKER: SEATED}, why=(*p.why, "an agency's address block"))
        if p.id in seated and p.roles.get("reporter", 0.0) < KEPT
        else p
        for p in people
    )


def of_papers(people: Iterable[Person], writers: Collection[str]) -> tuple[Person, ...]:
    """The people; those whose own papers say that they report are reporters.

    Unless they surely work for the agency: its notes stand on other people's papers.
    """
    return tuple(
        replace(
            p,
            roles={**p.roles, "reporter": max(p.roles.get("reporter", 0.0), REPORTER)},
            why=(*p.why, "a paper of their own"),
        )
        if p.id in writers and p.roles.get(WORKER, 0.0) < KEPT
        else p
        for p in people
    )


def of_mail(people: Iterable[Person], private: Collection[str]) -> tuple[Person, ...]:
    """The people; those who write from a mailbox at home are no officials."""
    return tuple(
        replace(
            p, roles={r: c for r, c in p.roles.items() if r not in OFFICIAL} or {"unknown": 1.0}
        )
        if p.id in private
        else p
        for p in people
    )


def one_reporter(people: Sequence[Person], *, told: bool = False) -> tuple[Person, ...]:
    """The people; faint suspicion goes where somebody else is surely the reporter.

    Of those only whose name surely stays for another role: what a report says of its making
    colours all who stand near it. Where the file has ``told`` of a reporter without a name, it
    goes of the child and of officials; a parent may well be the one who is told of.
    """
    sure = {p.id for p in people if p.roles.get("reporter", 0.0) >= REPORTER}

    def cleared(person: Person) -> bool:
        roles = (*OFFICIAL, *SUBJECT) if sure - {person.id} else (*OFFICIAL, CHILD) if told else ()
        settled = max((person.roles.get(r, 0.0) for r in roles), default=0.0) >= SETTLED
        return settled and person.roles.get("reporter", 0.0) < FAINT

    return tuple(
        replace(p, roles={r: c for r, c in p.roles.items() if r != "reporter"}) if cleared(p) else p
        for p in people
    )


def some_child(people: Sequence[Person]) -> tuple[Person, ...]:
    """The people; where nobody is surely the child that the report is about, the likeliest is.

    Every report is about a child. Whoever may be the reporter is never raised.
    """
    if any(p.roles.get(CHILD, 0.0) >= KEPT for p in people):
        return tuple(people)
    likely = [p for p in people if _likely(p) and p.roles.get("reporter", 0.0) < CREDIBLE]
    best = max(likely, key=lambda p: p.roles[CHILD], default=None)
    return tuple(replace(p, roles={**p.roles, CHILD: KEPT}) if p is best else p for p in people)


def _likely(person: Person) -> bool:
    """Whether somebody may be the child of the report: nothing else, or no adult, is likelier."""
    young = set(OTHER) & set(person.roles) == {"sibling"}
    return person.roles.get(CHILD, 0.0) >= (YOUNG if young else MAYBE)


def _compared(evidence: Evidence) -> dict[str, float]:
    """Confidence of every role that has evidence worth the name."""
    cue = CUE if evidence.read else ALONE
    told = {r: odds(evidence.means[r]) + cue * evidence.cues[r] for r in ROLES}
    suspect = SUSPECT * odds(evidence.means["reporter"]) + cue * evidence.cues["reporter"]
    for_, against = _best(told, (*OFFICIAL, *SUBJECT)), _best(told, OTHER)
    office, rest = _best(told, OFFICIAL), _best(told, (*SUBJECT, *OTHER))
    stays = _sure(for_ - AGAINST * against - suspect - STAYS)
    official = _sure(office - AGAINST * rest - suspect - OFFICIALLY)
    # rather one of the family, or hardly less: an office is no reason to stay
    if _best(told, SUBJECT) > office - CLOSE:
        official = min(official, MAYBE)
    sure = {OFFICIAL: min(official, stays), SUBJECT: stays, OTHER: 1 - stays}
    strength = {r: 1 / (1 + exp(-z)) for r, z in told.items()}
    rivals = {OFFICIAL: OFFICIAL, SUBJECT: (*OFFICIAL, *SUBJECT), OTHER: OTHER}
    return {
        role: round(sure[group], 3)
        for group in sure
        for role in group
        if strength[role] >= max(SEEN, LEAST * max(strength[r] for r in rivals[group]))
    }


def _best(told: Mapping[str, float], group: Iterable[str]) -> float:
    return max(told[r] for r in group)


def _sure(margin: float) -> float:
    """Confidence from log odds past the limit: ``KEPT`` at it, nearer to 1 or 0 with each step."""
    rest = 2 ** (-abs(margin) / STEEP)
    return 1 - (1 - KEPT) * rest if margin >= 0 else KEPT * rest


def _reporter(evidence: Evidence) -> float:
    read = REPORTER_MEAN * evidence.means["reporter"] + REPORTER_TOP * evidence.tops["reporter"]
    return 1 - (1 - read) * (1 - REPORTER_CUE * evidence.cues["reporter"])
