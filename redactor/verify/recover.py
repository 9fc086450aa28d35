"""What can be got out of a PDF that somebody redacted, this program or another, in plain words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pikepdf
import pypdfium2.raw

from redactor.types import Box
from redactor.verify.boxes import images_under
from redactor.verify.expectation import Protected
from redactor.verify.match import LEAST, Matcher
from redactor.verify.objects import carved, marked, streams, strings
from redactor.verify.pages import DPI, Pages
from redactor.verify.typed import typed

FLAT = 12  # grey levels; with less contrast nothing is shown
LEAST_HIDDEN = 4  # characters in a row that can be copied and not be seen
SMALLEST = 4.0  # points; lower boxes are lines
BLACK = 60  # of 255, each colour of a fill
READ_DPI = 200
CARRIED = {
    "/AcroForm": "form fields", "/Outlines": "bookmarks", "/Metadata": "metadata (XMP)",
    "/StructTreeRoot": "tags that may repeat text", "/OCProperties": "layers",
    "/AF": "attached files", "/Collection": "attached files", "/PieceInfo": "private data",
    "/OpenAction": "an action on opening", "/AA": "scripts", "/Dests": "named places",
    "/PageLabels": "page labels", "/Threads": "article threads", "/Perms": "a signature",
}  # fmt: skip
NAMED = {"/EmbeddedFiles": "attached files", "/JavaScript": "scripts", "/Dests": "named places"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that can be recovered; ``certain`` unless it is only a place where text may be."""

    what: str
    certain: bool = True


def recoverable(
    data: bytes,
    terms: Sequence[str] = (),
    *,
    read_image: Callable[[Any, float], str] | None = None,
    password: str | None = None,
) -> list[Finding]:
    """What a reader of the file can get out of it; terms are named by their number, never printed.

    Raises:
        pypdfium2.PdfiumError, pikepdf.PdfError: it cannot be opened.
    """
    pages = Pages(data, password)
    found = [f for n in range(len(pages)) for f in _page(pages, n)]
    found += [Finding(what, certain=False) for what in _carried(data, password or "")]
    for number, term in enumerate(terms, 1):
        matcher = Matcher([Protected(term, "term")], [])
        where = _places(data, pages, matcher, read_image) if len(term.strip()) >= LEAST else []
        found += [Finding(f"Term {number} can be found {place}.") for place in where]
    return found


def _page(pages: Pages, number: int) -> Iterator[Finding]:
    hidden = hidden_characters(pages, number)
    if hidden:
        yield Finding(
            f"Page {number + 1}: {hidden} characters can be copied out that the page does not show."
        )
    boxes = drawn_boxes(pages, number)
    under = images_under(pages.document[number], boxes) if boxes else 0
    if under:
        yield Finding(
            f"Page {number + 1}: a picture still holds what {under} boxes drawn over it hide."
        )


def hidden_characters(pages: Pages, number: int) -> int:
    """How many characters of the text layer stand where the page shows nothing.

    Only runs of them count: a full stop may fall between two pixels.
    """
    textpage, image = pages.document[number].get_textpage(), pages.image(number)
    height, zoom = pages.size(number)[1], DPI / 72
    total = run = 0
    for n in range(textpage.count_chars()):
        if not textpage.get_text_range(n, 1).strip():
            continue
        left, bottom, right, top = textpage.get_charbox(n, loose=True)
        y0, x0 = max(int((height - top) * zoom), 0), max(int(left * zoom), 0)
        place = image[y0 : int((height - bottom) * zoom) + 1, x0 : int(right * zoom) + 1]
        run = run + 1 if not place.size or int(np.ptp(place)) < FLAT else 0
        total += LEAST_HIDDEN if run == LEAST_HIDDEN else run > LEAST_HIDDEN
    return total


def drawn_boxes(pages: Pages, number: int) -> list[Box]:
    """Filled dark rectangles of the page's drawing."""
    page, found = pages.document[number], []
    height = page.get_height()
    for thing in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        left, bottom, right, top = thing.get_bounds()
        if min(right - left, top - bottom) >= SMALLEST and _is_dark(thing):
            found.append(Box(number, left, height - top, right, height - bottom))
    return found


def _is_dark(thing: Any) -> bool:
    from ctypes import byref, c_int, c_uint  # noqa: PLC0415 - for this one call

    raw = pypdfium2.raw
    colours = [c_uint() for _ in range(4)]
    mode, stroke = c_int(), c_int()
    raw.FPDFPath_GetDrawMode(thing.raw, byref(mode), byref(stroke))
    known = raw.FPDFPageObj_GetFillColor(thing.raw, *map(byref, colours))
    return bool(known and mode.value and all(c.value <= BLACK for c in colours[:3]))


def _carried(data: bytes, password: str) -> Iterator[str]:
    """What the file carries beside its pages."""
    with pikepdf.open(io.BytesIO(data), password=password) as pdf:
        found = {name for key, name in CARRIED.items() if key in pdf.Root}
        named: Any = pdf.Root.get("/Names", {})
        found |= {name for key, name in NAMED.items() if key in named}
        notes = sum(len(p.obj.get("/Annots", [])) for p in pdf.pages)
        found |= {f"{notes} notes, links or fields"} if notes else set()
        found |= {"facts about its author and program"} if len(pdf.docinfo) else set()
        if any(marked(o) for o in pdf.objects if isinstance(o, pikepdf.Stream)):
            found.add("camera data or comments in a picture")
    if data.count(b"%%EOF") > 1:
        found.add("older revisions")
    yield from (f"The file carries {what}." for what in sorted(found))


def _places(
    data: bytes,
    pages: Pages,
    matcher: Matcher,
    read_image: Callable[[Any, float], str] | None,
) -> Iterator[str]:
    numbers = range(len(pages))
    hits = [
        n for n in numbers if matcher.count(pages.text(n)) + matcher.count(pages.sorted_text(n))
    ]
    hits = hits or [n for n, text in enumerate(typed(data)) if matcher.count(text)]
    if hits:
        yield f"in the text of page {', '.join(str(n + 1) for n in hits)}"
    if any(matcher.count(s) for s in strings(data)) or any(map(matcher.raw_count, streams(data))):
        yield "in an object of the file"
    elif matcher.raw_count(data) or any(map(matcher.plain_count, carved(data))):
        yield "in the bytes of the file, outside its objects"
    if read_image is not None:
        seen = [
            n for n in numbers if matcher.count(read_image(pages.picture(n, READ_DPI), READ_DPI))
        ]
        if seen:
            yield f"by eye on page {', '.join(str(n + 1) for n in seen)}"
