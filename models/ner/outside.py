"""Free corpora that label persons only, as documents; what they do not label is not held against."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from cast import FIXED, WORD, Cast, pools, shape
from corpus import Document, Span

SOURCES = {
    "tab": ("train",), "btc": ("train",), "wnut17": ("train",), "wikigold": ("train",), "litbank": ("train",),
    "gum_free": ("train",), "secfilings": ("train",), "presidio_synth": ("train",),
}  # fmt: skip
PERSONS = {"PERSON", "PER"}


def _document(row: dict[str, object], name: str) -> Document:
    text = str(row["text"])
    spans = []
    for start, end, label in row["ents"]:  # type: ignore[attr-defined]
        at = text[max(start - 1, 0) : start + 1]
        person = label in PERSONS and "@" not in at
        spans.append(Span(start, end, "-", "name" if person else "unlabelled"))
    if name == "btc":
        known = {s.start for s in spans} | {s.start - 1 for s in spans}
        spans += [Span(m.start(), m.end(), "-", "unlabelled") for m in re.finditer(r"@\w+", text) if not known & {m.start(), m.start() + 1}]
    flat = re.sub(r"(?<!\n)\n(?!\n)", " ", text)
    return Document(f"{name}-{row['id']}", {"people": {}}, flat, tuple(sorted(spans, key=lambda s: s.start)))


def _chunks(doc: Document, size: int) -> list[Document]:
    """Runs of about ``size`` characters, cut between words outside every span."""
    out, start = [], 0
    while start < len(doc.text):
        end = doc.text.find(" ", start + size)
        while end > 0 and any(s.start <= end < s.end for s in doc.spans):
            end = doc.text.find(" ", end + 1)
        end = end if end > 0 else len(doc.text)
        spans = tuple(Span(s.start - start, s.end - start, s.person, s.kind) for s in doc.spans if s.start >= start and s.end <= end)
        out.append(Document(doc.id, doc.case, doc.text[start:end], spans))
        start = end + 1
    return out


def read_outside(folder: Path, size: int = 1200) -> dict[str, list[Document]]:
    """Chunks by corpus."""
    found: dict[str, list[Document]] = {}
    for name, parts in SOURCES.items():
        found[name] = []
        small: list[Document] = []
        for part in parts:
            for line in (folder / name / f"{part}.jsonl").read_text(encoding="utf-8").splitlines():
                small += _chunks(_document(json.loads(line), name), size)
        found[name] = small
    return found


def swap(doc: Document, rng: random.Random) -> Document:
    """The document with other person names, word for word, the same word the same."""
    cast = Cast({}, rng)
    text, spans, at = "", [], 0
    for span in doc.spans:
        if span.start < at:
            continue
        text += doc.text[at : span.start]
        piece = doc.text[span.start : span.end]
        if span.kind == "name":
            words = WORD.findall(piece)
            for i, word in enumerate(words):
                if word.lower() not in cast.new and word.lower() not in FIXED and len(word) > 1:
                    part = 1 if i and i == len(words) - 1 else 0
                    cast.new[word.lower()] = shape("Aa", rng.choice(pools()[cast.origin()][part]))
            piece = cast.name(piece, "-")
        spans.append(Span(len(text), len(text) + len(piece), span.person, span.kind))
        text += piece
        at = span.end
    return Document(doc.id, doc.case, text + doc.text[at:], tuple(spans))
