"""Measures the whole way against case files whose truth is known.

What ought to happen to each true mention is asked of the policy itself, with the gold's people
and roles in the place of found ones; what did happen is read from the saved release by PDFium.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from pathlib import Path

from redactor.batch.gold import Gold, load_folder
from redactor.pipeline import run
from redactor.policy.decide import decide
from redactor.policy.loader import load as load_policy
from redactor.settings import Settings
from redactor.types import Action, Request
from redactor.verify.score import readable

IDENTITY = {
    "name",
    "phone",
    "email",
    "address",
    "ssn",
    "dob",
    "id",
    "employer",
    "indirect",
    "other",
}
PARTIAL = {"indirect"}  # hidden when half of its telling words are
FUNCTION_WORDS = frozenset(
    {
        *("the", "of", "a", "an", "and", "in", "on", "at", "to", "for", "by", "with", "from"),
        *("his", "her", "their", "who", "is", "was", "mr", "mrs", "ms", "miss", "dr"),
    }
)


@dataclass
class Tally:
    """Counts over documents: mentions that had to go and went, had to stay and were lost."""

    must: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    keep: int = 0
    lost: int = 0
    words: int = 0
    words_lost: int = 0
    documents: int = 0
    released: int = 0
    with_reporter: int = 0
    reporter_hidden: int = 0
    pages: int = 0
    seconds: float = 0.0
    refusals: Counter[str] = field(default_factory=Counter)

    def recall(self, group: str) -> float | None:
        """Share of the group's mentions that are gone; None where there was none."""
        return self.gone[group] / self.must[group] if self.must[group] else None

    def as_dict(self) -> dict[str, object]:
        """The figures with 95 % intervals (Wilson 1927), ready for JSON."""
        return {
            "documents": self.documents,
            "released": self.released,
            "refusals": dict(self.refusals),
            "recall": {g: _share(self.gone[g], n) for g, n in sorted(self.must.items())},
            "reporter_fully_hidden": _share(self.reporter_hidden, self.with_reporter),
            "names_that_must_stay_lost": _share(self.lost, self.keep),
            "plain_words_lost": _share(self.words_lost, self.words),
            "seconds_per_page": round(self.seconds / self.pages, 3) if self.pages else None,
        }


def _share(part: int, whole: int) -> dict[str, float | int] | None:
    if not whole:
        return None
    p, z = part / whole, 1.96
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    low, high = max(centre - half, 0.0), min(centre + half, 1.0)
    return {"share": round(p, 4), "of": whole, "low": round(low, 4), "high": round(high, 4)}


def evaluate(
    folder: Path,
    request: Request,
    settings: Settings,
    *,
    requester_role: str = "",
    seen: Callable[[str], None] = lambda _: None,
) -> Tally:
    """The tally over every case of the folder, each asked for by the person of that role.

    Raises:
        BadRequest: the folder holds no case with gold.
    """
    tally = Tally()
    for gold in load_folder(folder):
        requester = gold.first_with(requester_role) if requester_role else ""
        asked = replace(request, requester_names=(requester,) if requester else ())
        _one(gold, asked, settings, tally)
        seen(gold.id)
    return tally


def _one(gold: Gold, request: Request, settings: Settings, tally: Tally) -> None:
    tally.documents += 1
    began = time.perf_counter()
    release = run(gold.pdf, request, settings=settings)
    tally.seconds += time.perf_counter() - began
    tally.pages += 1 + max(box.page for box, _ in gold.words)
    if release.document is None:
        tally.refusals.update(c.name for c in release.verdict.failing)
        tally.refusals[release.outcome] += 1
        return
    tally.released += 1
    seen = readable(gold.pdf, release.document, gold.words)
    count(gold, wishes(gold, request, settings), seen, tally)


def wishes(gold: Gold, request: Request, settings: Settings) -> list[Action | None]:
    """What ought to happen to each true mention; None where either is right."""
    policy = load_policy(request.jurisdiction, settings.policies_dir)
    requester = request.requester_names[0] if request.requester_names else ""
    decisions = decide(policy, request.category, request.answers, gold.findings(requester), request)
    found: list[Action | None] = [None] * len(gold.mentions)
    for d in decisions:
        m = gold.mentions[d.mention]
        if m.kind == "phone" and "caseworker" in gold.roles(m.person):
            continue  # the gold does not tell an office number from a private one
        if m.kind == "keep":
            found[d.mention] = Action.KEEP
        elif m.kind in IDENTITY and d.action is not Action.KEEP:
            found[d.mention] = Action.REDACT
        elif m.kind == "name":
            found[d.mention] = Action.KEEP
    return found


def count(gold: Gold, wishes: Sequence[Action | None], seen: Sequence[bool], tally: Tally) -> None:
    """Add a document to the tally, whose words can be read or not as ``seen`` says."""
    reporter_whole, reporter_there = True, False
    for mention, wish in zip(gold.mentions, wishes, strict=True):
        left = [seen[n] for n in _telling(gold, mention.words)]
        if not left or wish is None:
            continue
        if wish is Action.KEEP:
            tally.keep += 1
            tally.lost += sum(left) * 2 <= len(left)
            continue
        gone = sum(left) * 2 <= len(left) if mention.kind in PARTIAL else not any(left)
        reporter = "reporter" in gold.roles(mention.person) and mention.kind != "indirect"
        for group in _groups(mention.kind, reporter=reporter, on_image=mention.on_image):
            tally.must[group] += 1
            tally.gone[group] += gone
        if reporter:
            reporter_there, reporter_whole = True, reporter_whole and gone
    tally.with_reporter += reporter_there
    tally.reporter_hidden += reporter_there and reporter_whole
    tally.words += len(gold.spare_words)
    tally.words_lost += sum(not seen[n] for n in gold.spare_words)


def _groups(kind: str, *, reporter: bool, on_image: bool) -> list[str]:
    return ["all", kind] + ["reporter"] * reporter + ["on_images"] * on_image


def _telling(gold: Gold, words: Sequence[int]) -> Sequence[int]:
    """The words of a mention that tell something; all of them where none does."""
    telling = [
        n
        for n in words
        if len(gold.words[n][1].strip(".,;:()'\"")) > 1
        and gold.words[n][1].lower().strip(".,;:()'\"") not in FUNCTION_WORDS
    ]
    return telling or words


def table(tallies: Mapping[str, Tally]) -> str:
    """A Markdown table, one column a requester category."""
    groups = sorted({g for t in tallies.values() for g in t.must})
    lines = ["| | " + " | ".join(tallies) + " |", "|---" * (len(tallies) + 1) + "|"]
    for group in groups:
        cells = [_cell(t.gone[group], t.must[group]) for t in tallies.values()]
        lines.append(f"| {group} hidden | " + " | ".join(cells) + " |")
    for title, part, whole in (
        ("files with the reporter fully hidden", "reporter_hidden", "with_reporter"),
        ("names and look-alikes lost that must stay", "lost", "keep"),
        ("plain words lost", "words_lost", "words"),
        ("released", "released", "documents"),
    ):
        cells = [_cell(getattr(t, part), getattr(t, whole)) for t in tallies.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(part: int, whole: int) -> str:
    share = _share(part, whole)
    if share is None:
        return "-"
    return f"{share['share']:.3f} of {whole} ({share['low']:.3f} to {share['high']:.3f})"
