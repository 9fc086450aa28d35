"""Makes the sample case files and their gold from ``cases/*.html``. Every person is invented.

    python samples/generate.py [OUT_DIR]

Writes ``ID.pdf`` and ``ID.json`` (people, roles, mentions with boxes, words), the shape that
``redactor evaluate`` reads. The same sources give the same bytes.
"""

from __future__ import annotations

import difflib
import io
import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
from lxml import html
from PIL import Image

HERE = Path(__file__).resolve().parent
FACES = {"word": "serif", "serif": "serif", "sans": "sans-serif", "typewriter": "monospace"}
STYLE = """body {{font-family: {face}; font-size: 11pt; line-height: 1.3}}
td {{padding: 3px 14px 3px 0}} h2 {{font-size: 15pt}} h3 {{font-size: 12pt}}"""
PAGE = pymupdf.Rect(0, 0, 612, 792)
INSIDE = pymupdf.Rect(60, 54, 552, 738)
SCAN_DPI = 200


def marked_tokens(body: Any) -> tuple[list[str], list[tuple[int, int, str, str, str]]]:
    """White-space tokens of the body, and mentions as (first, behind last, person, kind, text)."""
    text, spans = "", []

    def walk(node: Any) -> None:
        nonlocal text
        start = len(text)
        text += node.text or ""
        for child in node:
            walk(child)
        if node.tag == "m":
            spans.append((start, len(text), node.get("p"), node.get("k")))
        elif node.tag not in ("b", "i", "u"):
            text += " "
        text += node.tail or ""

    for child in body:
        if child.tag != "script":
            walk(child)
    tokens = [(m.start(), m.end()) for m in re.finditer(r"\S+", text)]
    mentions = []
    for a, b, person, kind in spans:
        inside = [i for i, (s, e) in enumerate(tokens) if s < b and e > a]
        mentions.append((inside[0], inside[-1] + 1, person, kind, " ".join(text[a:b].split())))
    return [text[s:e] for s, e in tokens], mentions


def typeset(body: Any, face: str) -> pymupdf.Document:
    """The body as a PDF, one story for each stretch between page breaks."""
    inner = "".join(html.tostring(n, encoding="unicode") for n in body if n.tag != "script")
    inner = re.sub(r"</?m[^>]*>", "", inner)
    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    for part in inner.split('<div class="pb"></div>'):
        story = pymupdf.Story(html=part, user_css=STYLE.format(face=face))
        more = 1
        while more:
            device = writer.begin_page(PAGE)
            more, _ = story.place(INSIDE)
            story.draw(device)
            writer.end_page()
    writer.close()
    return pymupdf.open("pdf", out.getvalue())


def places(doc: pymupdf.Document, tokens: list[str]) -> list[list[Any]]:
    """For each token the [page, x0, y0, x1, y1, text] of its word on the page."""
    words = [  # the typesetter makes ligatures of ff and fi
        [p.number, *(round(x, 2) for x in w[:4]), unicodedata.normalize("NFKC", w[4])]
        for p in doc
        for w in p.get_text("words", sort=False)
    ]
    matcher = difflib.SequenceMatcher(None, tokens, [w[5] for w in words], autojunk=False)
    found: list[Any] = [None] * len(tokens)
    taken: set[int] = set()
    for a, b, size in matcher.get_matching_blocks():
        found[a : a + size] = words[b : b + size]
        taken.update(range(b, b + size))
    free = [w for n, w in enumerate(words) if n not in taken]
    for n, token in enumerate(tokens):  # words that stand out of order on the page
        if found[n] is None:
            found[n] = next((w for w in free if w[5] == token), None)
            if found[n]:
                free.remove(found[n])
    lost = [t for t, f in zip(tokens, found, strict=True) if f is None]
    if lost:
        raise SystemExit(f"words without a place: {lost[:5]}")
    return found


def scan(doc: pymupdf.Document, number: int) -> None:
    """Put a noisy picture of the page in the place of its text."""
    pix = doc[number].get_pixmap(dpi=SCAN_DPI, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pix.samples, np.uint8).reshape(pix.height, pix.width).astype(float)
    noise = np.random.default_rng(7).normal(0, 9, grey.shape)
    image = Image.fromarray(np.clip(grey * 0.94 + 6 + noise, 0, 255).astype(np.uint8))
    data = io.BytesIO()
    image.save(data, "JPEG", quality=70)
    doc.delete_page(number)
    page = doc.new_page(number, PAGE.width, PAGE.height)
    page.insert_image(PAGE, stream=data.getvalue())


def add_extras(doc: pymupdf.Document) -> None:
    """Form fields, a sticky note and an attachment that all name people of the case."""
    page = doc[0]
    for row, (label, name, value) in enumerate(
        [("Caller name:", "caller", "Harlan Teague"), ("Caller phone:", "phone", "417-555-0194")]
    ):
        y = 600 + 30 * row
        page.insert_text((60, y), label, fontsize=11)
        field = pymupdf.Widget()
        field.rect = pymupdf.Rect(150, y - 13, 330, y + 5)
        field.field_type = pymupdf.PDF_WIDGET_TYPE_TEXT
        field.field_name, field.field_value, field.text_fontsize = name, value, 11
        page.add_widget(field)
    page.add_text_annot((520, 60), "Teague called again 6/5, wants to stay anonymous.")
    for note in page.annots() or ():
        for key in ("M", "CreationDate", "NM"):
            doc.xref_set_key(note.xref, key, "null")
    doc.embfile_add("notes.txt", b"Reporter: Harlan Teague, 417-555-0194", filename="notes.txt")


def make(source: Path, out: Path) -> None:
    """Write the PDF and the gold of one case."""
    body = html.fragment_fromstring(source.read_text(encoding="utf-8"), create_parent="body")
    case = json.loads(body.xpath("//script[@id='case']")[0].text)
    tokens, mentions = marked_tokens(body)
    doc = typeset(body, FACES[case.get("font", case["layout"])])
    words = places(doc, tokens)
    images = {"scan": range(doc.page_count), "mixed": range(1, doc.page_count)}.get(
        case["layout"], range(0)
    )
    gold = {
        **{k: case[k] for k in ("id", "title", "kind", "layout", "jurisdiction", "people")},
        "image_pages": list(images),
        "mentions": [
            {"id": n, "person": p, "kind": k, "text": t, "boxes": [w[:5] for w in words[a:b]]}
            for n, (a, b, p, k, t) in enumerate(mentions)
        ],
        "words": words,
    }
    if case["layout"] == "mixed":
        add_extras(doc)
    for number in images:
        scan(doc, number)
    doc.set_metadata({})
    for xref in range(1, doc.xref_length()):  # dates would make every run differ
        for key in ("Params/CreationDate", "Params/ModDate"):
            if doc.xref_get_key(xref, "Params")[0] == "dict":
                doc.xref_set_key(xref, key, "null")
    doc.save(out / f"{case['id']}.pdf", garbage=4, deflate=True, no_new_id=True)
    (out / f"{case['id']}.json").write_text(json.dumps(gold, ensure_ascii=False) + "\n")


def main() -> None:
    """Make every case into the folder named on the command line, or beside this file."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    out.mkdir(parents=True, exist_ok=True)
    for source in sorted((HERE / "cases").glob("*.html")):
        make(source, out)
        print(out / f"{source.stem}.pdf")


if __name__ == "__main__":
    main()
