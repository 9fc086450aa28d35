"""The written case documents as text and spans, in the layout convention of ``Reading.text``.

A space between words, ``\\n`` at a line break, ``\\t`` between cells of a row (and at wide gaps of
preformatted text), ``\\n\\n`` between blocks. Format of the files: FORMAT.md beside them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import html

BLOCKS = {"p", "h1", "h2", "h3", "h4", "li", "tr", "pre", "div", "ul", "ol", "table", "hr"}


@dataclass(frozen=True)
class Span:
    """One marked mention: offsets into ``Document.text``, person id (``-`` for nobody), kind."""

    start: int
    end: int
    person: str
    kind: str


@dataclass(frozen=True)
class Document:
    """One case document: its case block, its text, its marked mentions in order of place."""

    id: str
    case: dict[str, Any]
    text: str
    spans: tuple[Span, ...]

    def roles(self, person: str) -> tuple[str, ...]:
        """Roles of the person as the corpus names them."""
        return tuple(self.case["people"].get(person, {}).get("roles", ()))


class _Writer:
    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []

    def gap(self, separator: str) -> None:
        if self.text:
            kept = self.text.rstrip(" ")
            tail = re.search(r"[\n\t]*$", kept)
            had = tail.group() if tail else ""
            body = kept[: len(kept) - len(had)]
            rank = {"": 0, "\t": 1, "\n": 2, "\n\n": 3}
            strongest = max(separator, "\n\n" if "\n\n" in had else had[:1], key=lambda s: rank[s])
            self.text = body + strongest if body else ""

    def words(self, text: str, *, pre: bool) -> None:
        if pre:
            text = re.sub(r"[ \t]*\n[ \t]*", "\n", text)
            text = re.sub(r" {2,}|\t+", "\t", text)  # a wide gap parts two cells
        else:
            text = re.sub(r"\s+", " ", text)
        if self.text.endswith((" ", "\n", "\t")) or not self.text:
            text = text.lstrip(" \t")
        if text.startswith("\n"):
            self.text = self.text.rstrip(" \t")
        self.text += text


def _walk(node: Any, out: _Writer, *, pre: bool) -> None:
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag in ("script", ""):
        out.words(node.tail or "", pre=pre)
        return
    if tag in BLOCKS:
        out.gap("\n\n")
    elif tag in ("td", "th"):
        out.gap("\t")
    elif tag == "br":
        out.gap("\n")
    inside = pre or tag == "pre"
    start = len(out.text)
    out.words(node.text or "", pre=inside)
    for child in node:
        _walk(child, out, pre=inside)
    if tag == "m":
        body = out.text[start:]
        lead = len(body) - len(body.lstrip())
        if body.strip():
            end = len(out.text.rstrip())
            out.spans.append(Span(start + lead, end, node.get("p", "-"), node.get("k", "")))
    if tag in BLOCKS:
        out.gap("\n\n")
    elif tag in ("td", "th"):
        out.gap("\t")
    out.words(node.tail or "", pre=pre)


def read_document(path: Path) -> Document:
    """The document of one marked-up file."""
    root = html.fragment_fromstring(path.read_text(encoding="utf-8"), create_parent="body")
    case = json.loads(root.xpath("//script[@id='case']")[0].text)
    out = _Writer()
    for child in root:
        _walk(child, out, pre=False)
    return Document(case["id"], case, out.text, tuple(sorted(out.spans, key=lambda s: s.start)))


def read_folder(folder: Path) -> list[Document]:
    """Every document below the folder, in order of path."""
    return [read_document(p) for p in sorted(folder.rglob("*.html"))]
