"""The spaCy component that turns the network's word probabilities into spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from redactor.detect.edges import trim, widen
from redactor.detect.network import FILES, Network, Probabilities

WEAK = "weak"
LEAST_ROLE = 0.001
Labels = NDArray[np.int64]


def register_extensions() -> None:
    """Make sure that spans know ``score``, ``roles``, ``tells`` and ``report``."""
    for name, default in (("score", 0.0), ("roles", None), ("tells", None), ("report", 0.0)):
        if not Span.has_extension(name):
            Span.set_extension(name, default=default)


@dataclass(frozen=True)
class Run:
    """Words ``first:last`` of one kind (1 for the first kind)."""

    first: int
    last: int
    kind: int


def bridge(text: str, found: Probabilities, labels: Labels) -> Labels:
    """Labels in which a lone mark of punctuation inside a mention belongs to it."""
    out = labels.copy()
    for i in range(1, len(out) - 1):
        if out[i] or not out[i - 1] or out[i - 1] != out[i + 1] or found.begins[i + 1]:
            continue
        word = text[found.starts[i] : found.ends[i]]
        if word and not any(c.isalnum() for c in word):
            out[i] = out[i - 1]
    return out


def runs(text: str, found: Probabilities, labels: Labels, across: int) -> Iterator[Run]:
    """Runs of words with one label; only kind ``across`` goes past a cell or a block.

    A word that could only go on, with nothing before it, begins a mention of its own.
    """
    open_: Run | None = None
    end = 0
    for i, kind in enumerate(labels.tolist()):
        if found.starts[i] == found.ends[i]:  # a layout mark
            continue
        gap = text[end : found.starts[i]]
        end = int(found.ends[i])
        wall = "\f" in gap or (kind != across and ("\t" in gap or "\n\n" in gap))
        if open_ and kind == open_.kind and not wall and not found.begins[i]:
            open_ = Run(open_.first, i + 1, kind)
            continue
        if open_:
            yield open_
        open_ = Run(i, i + 1, kind) if kind else None
    if open_:
        yield open_


def apart(spans: Iterable[Span | None]) -> list[Span]:
    """The spans in order, without any that shares a token with the one before it."""
    kept: list[Span] = []
    for span in spans:
        if span is not None and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def label(found: Probabilities, find: float, least: Mapping[int, float]) -> Labels:
    """The likeliest kind of every word that is probably something, else 0.

    That is: a word whose kinds together reach ``find``, or one of whose kinds reaches its own
    threshold in ``least``.
    """
    kinds = found.kinds
    out = np.where(1 - kinds[:, 0] >= find, kinds[:, 1:].argmax(-1) + 1, 0)
    for kind, threshold in least.items():
        out = np.where((out == 0) & (kinds[:, kind] >= threshold), kind, out)
    return out


class TokenClassifier:
    """Sets ``doc.ents`` at ``find`` and above, ``doc.spans["weak"]`` to fainter names.

    ``least`` gives single kinds a lower threshold of their own.

    Every span carries ``score`` (mean probability of its words), ``roles`` (role to
    probability), ``tells`` (role to how much the words say of it, above 0, for weighing spans
    against one another) and ``report`` (probability that it stands in talk about the report).
    """

    def __init__(
        self,
        name: str,
        *,
        size: int,
        overlap: int,
        find: float,
        least: dict[str, float],
        weak: float,
        threads: int,
    ) -> None:
        """Keep the options; the network comes with ``from_disk``."""
        self.name = name
        self.options = {"size": size, "overlap": overlap, "threads": threads}
        self.find, self.least, self.weak = find, least, weak
        self.folder = Path()
        self.network: Network | None = None
        self.workers = 1  # windows of a text that are read at once
        register_extensions()

    def from_disk(self, path: str | Path, **_: Any) -> TokenClassifier:
        """Load the network of a folder."""
        self.folder = Path(path)
        self.network = Network(self.folder, **self.options)
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Copy the files of the network into a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (Path(path) / name).write_bytes((self.folder / name).read_bytes())

    def __call__(self, doc: Doc) -> Doc:
        """The document with its spans set; raises ValueError where no network was loaded."""
        if self.network is None:
            raise ValueError("The token classifier has no network; load the pipeline from disk.")
        text = doc.text  # spaCy puts it together anew each time
        found = self.network.read(text, self.workers)
        doc.spans[WEAK] = []
        if not len(found):
            return doc
        least = {1 + self.network.kinds.index(kind): p for kind, p in self.least.items()}
        sure = bridge(text, found, label(found, self.find, least))
        doc.ents = self._spans(doc, text, found, sure)
        name = 1 + self.network.kinds.index("NAME")
        faint = (sure == 0) & (found.kinds[:, name] >= self.weak)
        maybe = self._spans(doc, text, found, np.where(faint, name, 0))
        taken = {token.i for ent in doc.ents for token in ent}
        doc.spans[WEAK] = [s for s in maybe if taken.isdisjoint(range(s.start, s.end))]
        return doc

    def _spans(self, doc: Doc, text: str, found: Probabilities, labels: Labels) -> list[Span]:
        assert self.network is not None  # noqa: S101  (for the type checker)
        across = 1 + self.network.kinds.index("ADDRESS")
        return apart(self._span(doc, text, found, r) for r in runs(text, found, labels, across))

    def _span(self, doc: Doc, text: str, found: Probabilities, run: Run) -> Span | None:
        assert self.network is not None  # noqa: S101
        kind = self.network.kinds[run.kind - 1]
        start, end = int(found.starts[run.first]), int(found.ends[run.last - 1])
        start, end = trim(text, *widen(text, start, end, kind), kind)
        if end <= start:
            return None
        span: Span = doc.char_span(start, end, label=kind, alignment_mode="expand")
        words = slice(run.first, run.last)
        span._.score = float(found.kinds[words, run.kind].mean())
        span._.report = float(found.report[words].mean())
        tells = found.tells[words].sum(0)
        odds = (found.tells[words] * found.roles[words]).sum(0) / tells
        roles = zip(self.network.roles, (1 / (1 + np.exp(-odds))).tolist(), strict=True)
        span._.roles = {role: p for role, p in roles if p >= LEAST_ROLE}
        span._.tells = dict(zip(self.network.roles, tells.tolist(), strict=True))
        return span


@Language.factory(
    "onnx_token_classifier",
    default_config={
        "size": 256,
        "overlap": 64,
        "find": 0.4,
        "least": {"NAME": 0.35, "INDIRECT": 0.3},
        "weak": 0.2,
        "threads": 1,
    },
)
def create(
    nlp: Language,  # noqa: ARG001
    name: str,
    size: int,
    overlap: int,
    find: float,
    least: dict[str, float],
    weak: float,
    threads: int,
) -> TokenClassifier:
    """The component as spaCy's configuration names it."""
    return TokenClassifier(
        name, size=size, overlap=overlap, find=find, least=least, weak=weak, threads=threads
    )
