"""Gold of a laid-out case file (words and boxes in json) as text and spans, lines as they lie."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from corpus import Document, Span

Placed = list[Any]  # page, x0, y0, x1, y1, text


def _gap(a: Placed, b: Placed, left: float) -> str:
    """What stands between two words that follow one another."""
    height = max(a[4] - a[2], 1.0)
    if a[0] != b[0]:
        return "\f"
    if abs(b[2] - a[2]) < 0.6 * height and b[1] >= a[1]:
        return "\t" if b[1] - a[3] > 1.5 * height else " "
    if b[2] - a[4] > 0.45 * height or b[2] < a[2] - height:
        return "\n\n"
    return "\t" if b[1] > left + 4 * height and a[1] > left + 4 * height and b[2] < a[2] else "\n"


def _inside(word: Placed, boxes: list[list[float]]) -> bool:
    x, y = (word[1] + word[3]) / 2, (word[2] + word[4]) / 2
    for page, x0, y0, x1, y1 in boxes:
        overlap = min(word[3], x1) - max(word[1], x0)
        if word[0] == page and y0 - 1 <= y <= y1 + 1 and (x0 <= x <= x1 or overlap > 2):
            return True
    return False


def _span(mention: dict[str, Any], words: list[Placed], starts: list[int]) -> Span | None:
    held = [i for i, w in enumerate(words) if _inside(w, mention["boxes"])]
    if not held:
        return None
    start, end = starts[held[0]], starts[held[-1]] + len(words[held[-1]][5])
    first, last = mention["text"].split()[0], mention["text"].split()[-1]
    lead = words[held[0]][5].find(first)
    tail = words[held[-1]][5].rfind(last)
    if lead > 0:
        start += lead
    if tail >= 0:
        end = starts[held[-1]] + tail + len(last)
    return Span(start, end, mention["person"], mention["kind"]) if end > start else None


def read_gold(path: Path) -> Document:
    """The document of one gold json file."""
    case = json.loads(path.read_text(encoding="utf-8"))
    words: list[Placed] = case["words"]
    left = min(w[1] for w in words)
    text, starts = "", []
    for i, word in enumerate(words):
        text += _gap(words[i - 1], word, left) if i else ""
        starts.append(len(text))
        text += word[5]
    spans = [_span(m, words, starts) for m in case["mentions"]]
    found = sorted((s for s in spans if s), key=lambda s: s.start)
    return Document(case["id"], case, text, tuple(found))


def write_laid_out(documents: list[Document], target: Path) -> None:
    """Keep documents as text and spans, one a line."""
    rows = [
        {"id": d.id, "people": d.case["people"], "text": d.text, "spans": [[s.start, s.end, s.person, s.kind] for s in d.spans]}
        for d in documents
    ]
    target.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")


def read_laid_out(path: Path) -> list[Document]:
    """The documents that ``write_laid_out`` kept."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Document(r["id"], {"people": r["people"]}, r["text"], tuple(Span(*s) for s in r["spans"])) for r in rows]
