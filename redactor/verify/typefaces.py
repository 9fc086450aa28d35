"""The fonts of a release: fresh ones that hold what their page shows, and the standard one."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from redactor.verify.cff import Odd, glyph_count

FRESH = "/REDACT+Text"
STANDARD = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica",
            "/Encoding": "/WinAnsiEncoding"}  # fmt: skip
CMAP = re.compile(
    r"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /R def\n"
    r"/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    r"(?:\d+ beginbfchar\n(?:<[0-9A-F]{4}> <(?:[0-9A-F]{4}){1,6}>\n)+endbfchar\n)+"
    r"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
)
CODE = re.compile(r"^<([0-9A-F]{4})> <", re.MULTILINE)


def odd_fonts(data: bytes) -> Iterator[tuple[int, int]]:
    """(page, faults) of every page one of whose fonts holds more than the page shows."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            resources: Any = page.obj.get("/Resources", {})
            fonts: Any = resources.get("/Font", {})
            others = {str(name): font for name, font in fonts.items() if not _is_plain(font)}
            shown = codes(page) if others else {}
            yield number, sum(not _is_fresh(f, shown.get(n, set())) for n, f in others.items())


def codes(page: Any) -> dict[str, set[int]]:
    """The two-byte codes that a page shows, by the name of the font."""
    found: dict[str, set[int]] = {}
    name = ""
    for step in pikepdf.parse_content_stream(page):
        if str(step.operator) == "Tf":
            name = str(step.operands[0])
        elif str(step.operator) == "TJ":
            parts: Any = step.operands[0]
            for part in (bytes(p) for p in parts if isinstance(p, pikepdf.String)):
                pairs = (part[n : n + 2] for n in range(0, len(part), 2))
                found.setdefault(name, set()).update(int.from_bytes(p) for p in pairs)
    return found


def _is_plain(font: Any) -> bool:
    return {str(k): str(v) for k, v in font.items()} == STANDARD


def _is_fresh(font: Any, shown: set[int]) -> bool:
    """Whether glyphs, widths and map are for the codes shown, each once, and named by nobody."""
    (descendant,) = font["/DescendantFonts"]
    descriptor = descendant["/FontDescriptor"]
    names = {str(font["/BaseFont"]), str(descendant["/BaseFont"]), str(descriptor["/FontName"])}
    cmap = font["/ToUnicode"].read_bytes().decode("ascii", "replace")
    (first, widths), program = descendant["/W"], descriptor["/FontFile3"]
    try:
        count = glyph_count(program.read_bytes())
    except (Odd, IndexError, ValueError):
        return False
    wanted = list(range(1, count + 1))
    return (
        names == {FRESH}
        and str(font["/Encoding"]) == "/Identity-H"
        and (str(font["/Subtype"]), str(descendant["/Subtype"])) == ("/Type0", "/CIDFontType0")
        and str(program["/Subtype"]) == "/CIDFontType0C"
        and CMAP.fullmatch(cmap) is not None
        and [int(c, 16) for c in CODE.findall(cmap)[1:]] == wanted  # the first is the range
        and (int(first), len(widths), len(descendant["/W"])) == (1, count, 2)
        and sorted(shown) == wanted
    )
