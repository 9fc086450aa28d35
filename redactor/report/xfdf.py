"""Boxes for Acrobat and back: XFDF redaction marks (ISO 19444-1) without any text of the file.

XFDF counts points from the lower left corner of a page, the rest of the program from the upper
left. The marks fit the normalised pages, not a file that is rotated or cropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from redactor.errors import BadRequest
from redactor.types import Box

SPACE = "http://ns.adobe.com/xfdf/"
LARGEST = 20_000_000  # bytes of a file that is read
MARKS = {"redact", "square", "highlight"}  # what officers use in Acrobat to say: hide this
Size = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One mark; ``name`` is the id of a box of ours, or whatever the other program gave."""

    name: str
    box: Box
    prints: str = ""
    subject: str = ""


def write_xfdf(boxes: Iterable[Drawn], sizes: Sequence[Size]) -> bytes:
    """The boxes as redaction marks; ``sizes`` are width and height of every page in points."""
    ET.register_namespace("", SPACE)
    root = ET.Element(f"{{{SPACE}}}xfdf")
    marks = ET.SubElement(root, f"{{{SPACE}}}annots")
    for drawn in boxes:
        b, high = drawn.box, sizes[drawn.box.page][1]
        x0, x1, low, top = b.x0, b.x1, high - b.y1, high - b.y0
        mark = ET.SubElement(marks, f"{{{SPACE}}}redact")
        mark.attrib.update(
            {
                "name": drawn.name,
                "page": str(b.page),
                "rect": _numbers(x0, low, x1, top),
                "coords": _numbers(x0, top, x1, top, x0, low, x1, low),
                "title": "redactor",
                "subject": drawn.subject,
                "overlay-text": drawn.prints,
                "interior-color": "#000000",
                "color": "#B50909",
                "flags": "print",
            }
        )
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _numbers(*values: float) -> str:
    return ",".join(f"{v:.2f}" for v in values)


def read_xfdf(data: bytes, sizes: Sequence[Size]) -> tuple[Drawn, ...]:
    """The marks of an XFDF file that lie on a page.

    Raises:
        BadRequest: not XFDF, too large, or with a document type, which might hide an attack.
    """
    if (
        b"\0" in data
        or len(data) > LARGEST
        or b"<!DOCTYPE" in data[:4096].upper()
        or b"<!ENTITY" in data.upper()
    ):
        raise BadRequest("The file is too large or declares a document type.", field="file")
    try:
        root = ET.fromstring(data)  # noqa: S314 - no document type, so no entities
    except (ET.ParseError, ValueError, LookupError):
        raise BadRequest("The file is no XFDF.", field="file") from None
    if root.tag not in (f"{{{SPACE}}}xfdf", "xfdf"):
        raise BadRequest("The file is no XFDF.", field="file")
    return tuple(_marks(root, sizes))


def _marks(root: ET.Element, sizes: Sequence[Size]) -> Iterator[Drawn]:
    for mark in root.iter():
        if mark.tag.rpartition("}")[2] not in MARKS:
            continue
        try:
            page = int(mark.get("page", "-1"))
            x0, low, x1, top = (float(v) for v in mark.get("rect", "").split(","))
        except ValueError:
            raise BadRequest("A mark has no page or no rectangle.", field="file") from None
        if not 0 <= page < len(sizes) or not all(abs(v) < 1e6 for v in (x0, low, x1, top)):
            raise BadRequest("A mark lies on a page that the file has not.", field="file")
        high = sizes[page][1]
        y0, y1 = sorted((high - low, high - top))
        yield Drawn(mark.get("name", ""), Box(page, min(x0, x1), y0, max(x0, x1), y1))
