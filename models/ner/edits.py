"""A document in pieces, between its spans and within them, and put together again."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Document, Span

Edit = tuple[str, Span | None]


def edits(doc: Document) -> list[Edit]:
    """The pieces of the text in order, each with the span that it is, or none."""
    out: list[Edit] = []
    at = 0
    for span in doc.spans:
        if span.start < at:
            continue
        out += [(doc.text[at : span.start], None), (doc.text[span.start : span.end], span)]
        at = span.end
    return [*out, (doc.text[at:], None)]


def join(doc: Document, pieces: Iterable[Edit]) -> Document:
    """The document of these pieces."""
    text, spans = "", []
    for piece, span in pieces:
        if span is not None and piece.strip():
            spans.append(Span(len(text), len(text) + len(piece), span.person, span.kind))
        text += piece
    return Document(doc.id, doc.case, text, tuple(spans))
