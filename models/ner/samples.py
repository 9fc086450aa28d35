"""Documents as windows of ids with their targets."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from redactor.detect.encoding import block_starts, cut, encode

from corpus import Document
from labels import KIND_OF, ROLES, TAGS, role_index

IGNORE = -100


@dataclass
class Sample:
    """One window: ids, tag of each piece, weight, role targets and person (-1: none), report target (-1: none)."""

    ids: np.ndarray
    tags: np.ndarray
    weights: np.ndarray
    roles: np.ndarray
    people: np.ndarray
    report: np.ndarray
    partial: bool


SENTENCE = re.compile(r"[^\n\f.!?]+(?:[.!?]+|\n(?!\n)|(?=\n\n)|\f|$)|\n+")


def _report_talk(doc: Document) -> list[tuple[int, int]]:
    """Stretches (a sentence, a line) that hold a reporter's mention or tell of one."""
    marks = [s.start for s in doc.spans if s.kind == "indirect" or "reporter" in doc.roles(s.person)]
    return [m.span() for m in SENTENCE.finditer(doc.text) if any(m.start() <= x < m.end() for x in marks)]


def targets(doc: Document, starts: np.ndarray, ends: np.ndarray, *, partial: bool) -> Sample:
    """Targets for every piece of the document (ids left empty)."""
    n = len(starts)
    tags, weights = np.zeros(n, np.int64), np.ones(n, np.float32)
    roles = np.full((n, len(ROLES)), -1, np.float32)
    people, numbers = np.full(n, -1, np.int64), {p: i for i, p in enumerate(doc.case.get("people", ()))}
    report = np.full(n, -1 if partial else 0, np.float32)
    for span in doc.spans:
        held = np.flatnonzero((starts < span.end) & (ends > span.start) | (starts == ends) & (starts >= span.start) & (ends < span.end))
        if not len(held):
            continue
        if span.kind in KIND_OF:
            kind = KIND_OF[span.kind]
            tags[held] = TAGS.index(f"I-{kind}")
            tags[held[0]] = TAGS.index(f"B-{kind}")
            weights[held] = 1.3 if kind in ("NAME", "INDIRECT") else 1.0
        elif span.kind == "keep":
            weights[held] = 1.5
        else:
            tags[held] = IGNORE
        owned = doc.roles(span.person)
        if owned and span.kind != "keep":
            roles[held] = 0
            for role in owned:
                roles[held, role_index(role)] = 1
            if span.kind == "name":
                people[held] = numbers[span.person]
    if not partial:
        for start, end in _report_talk(doc):
            report[(starts < end) & (ends > start)] = 1
    return Sample(np.empty(0, np.int64), tags, weights, roles, people, report, partial)


def _edged(x: np.ndarray, value: float) -> np.ndarray:
    """The rows with one of ``value`` before and behind, for [CLS] and [SEP]."""
    edge = np.full((1, *x.shape[1:]), value, x.dtype)
    return np.concatenate([edge, x, edge])


def windows(doc: Document, tokenizer: Tokenizer, size: int, overlap: int, *, partial: bool) -> list[Sample]:
    """The document's windows of at most ``size`` pieces with [CLS] and [SEP] about each."""
    pieces = encode(tokenizer, doc.text)
    if not len(pieces):
        return []
    whole = targets(doc, pieces.starts, pieces.ends, partial=partial)
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    out = []
    for w in cut(pieces, block_starts(tokenizer, pieces), size - 2, overlap):
        part = slice(w.start, w.end)
        out.append(
            Sample(
                ids=np.concatenate([[first], pieces.ids[part], [last]]),
                tags=_edged(whole.tags[part], IGNORE),
                weights=_edged(whole.weights[part], 0),
                roles=_edged(whole.roles[part], -1),
                people=_edged(whole.people[part], -1),
                report=_edged(whole.report[part], -1),
                partial=partial,
            )
        )
    return out


def batches(groups: list[list[Sample]], tokens: int, rng: random.Random) -> list[list[Sample]]:
    """Windows of like length together, those of one document never apart, about ``tokens`` a batch, in random order.

    The people of a batch are numbered through.
    """
    order = sorted(groups, key=lambda g: max(len(s.ids) for s in g) + rng.random() * 40)
    out: list[list[Sample]] = [[]]
    first = 0
    for group in order:
        longest = max(len(s.ids) for s in [*out[-1], *group])
        if out[-1] and (len(out[-1]) + len(group)) * longest > tokens:
            out.append([])
            first = 0
        most = max(int(s.people.max()) for s in group)
        out[-1] += [replace(s, people=np.where(s.people >= 0, s.people + first, -1)) for s in group]
        first += most + 1
    rng.shuffle(out)
    return out
