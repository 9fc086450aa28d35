"""Which objects a release is made of, as a grammar; whatever it does not name is foreign.

Every kind of dictionary lists its keys, and what may stand behind each: a kind of dictionary
again, or one of the leaves below. Objects that the walk does not reach are foreign too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

PLAIN = "plain"  # numbers, names of the standard, arrays of them
TEXT = "text"  # a string that may be shown: looked through by the text checks
CODE = "code"  # bytes without meaning, such as an identifier or a colour table
TITLE = "Redacted copy"
UP = "up"  # back to an object that was walked already

Grammar = Mapping[str, Mapping[str, str]]

SHARED: dict[str, dict[str, str]] = {
    "trailer": {"/Root": "catalog", "/Info": "info", "/ID": CODE, "/Size": PLAIN},
    "info": {"/Title": TEXT},
    "catalog": {"/Type": PLAIN, "/Pages": "pages", "/Lang": TEXT, "/ViewerPreferences": "viewer",
                "/MarkInfo": "marks", "/StructTreeRoot": "tree"},
    "viewer": {"/DisplayDocTitle": PLAIN},
    "marks": {"/Marked": PLAIN},
    "pages": {"/Type": PLAIN, "/Kids": "page", "/Count": PLAIN, "/Parent": UP},
    "page": {"/Type": PLAIN, "/Kids": "page", "/Count": PLAIN, "/Parent": UP, "/MediaBox": PLAIN,
             "/Resources": "resources", "/Contents": "content", "/StructParents": PLAIN,
             "/Tabs": PLAIN},
    "content": {"/Length": PLAIN, "/Filter": PLAIN, "/DecodeParms": PLAIN},
    "image": {"/Type": PLAIN, "/Subtype": PLAIN, "/Width": PLAIN, "/Height": PLAIN,
              "/ColorSpace": PLAIN, "/BitsPerComponent": PLAIN, "/Filter": PLAIN,
              "/DecodeParms": "parms", "/Length": PLAIN, "/ImageMask": PLAIN, "/Decode": PLAIN},
    "parms": {"/Predictor": PLAIN, "/Columns": PLAIN, "/Colors": PLAIN, "/BitsPerComponent": PLAIN,
              "/K": PLAIN, "/Rows": PLAIN, "/BlackIs1": PLAIN},
    "font": {"/Type": PLAIN, "/Subtype": PLAIN, "/BaseFont": PLAIN, "/Encoding": PLAIN},
    "tree": {"/Type": PLAIN, "/K": "element", "/ParentTree": "numbers",
             "/ParentTreeNextKey": PLAIN, "/RoleMap": PLAIN},
    "element": {"/Type": PLAIN, "/S": PLAIN, "/P": UP, "/K": "element", "/Pg": UP, "/Alt": TEXT,
                "/Lang": TEXT, "/MCID": PLAIN, "/A": "attributes"},
    "attributes": {"/O": PLAIN, "/BBox": PLAIN, "/Placement": PLAIN, "/Scope": PLAIN},
    "numbers": {"/Nums": "element", "/Kids": "numbers", "/Limits": PLAIN},
}  # fmt: skip
PIXELS: dict[str, dict[str, str]] = {
    **SHARED,
    "resources": {"/XObject": "images", "/Font": "fonts"},
    "images": {"*": "image"},
    "fonts": {"*": "font"},
}
VECTOR: dict[str, dict[str, str]] = {
    **PIXELS,
    "font": {**SHARED["font"], "/DescendantFonts": "font", "/ToUnicode": "content",
             "/CIDSystemInfo": "system", "/FontDescriptor": "descriptor", "/DW": PLAIN,
             "/W": PLAIN},
    "system": {"/Registry": TEXT, "/Ordering": TEXT, "/Supplement": PLAIN},
    "descriptor": {"/Type": PLAIN, "/FontName": PLAIN, "/Flags": PLAIN, "/FontBBox": PLAIN,
                   "/ItalicAngle": PLAIN, "/Ascent": PLAIN, "/Descent": PLAIN, "/CapHeight": PLAIN,
                   "/StemV": PLAIN, "/FontFile3": "program"},
    "program": {"/Length": PLAIN, "/Subtype": PLAIN, "/Filter": PLAIN, "/DecodeParms": PLAIN},
}  # fmt: skip
STANDARD = {k for grammar in (PIXELS, VECTOR) for keys in grammar.values() for k in keys} | {
    "/Catalog", "/Page", "/Pages", "/XObject", "/Image", "/Font", "/FontDescriptor",
    "/Type0", "/Type1", "/CIDFontType0", "/CIDFontType0C", "/Helvetica", "/REDACT+Text",
    "/WinAnsiEncoding", "/Identity-H", "Adobe", "Identity",
    "/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/FlateDecode", "/DCTDecode", "/Layout",
    "/Document", "/Sect", "/P", "/H1", "/H2", "/Span", "/Figure", "/Table", "/TR", "/TD", "/TH",
    "/StructTreeRoot", "/StructElem", "/S", "/Structure", TITLE,
}  # fmt: skip
RESOURCE = re.compile(r"/[A-Za-z]{1,4}\d{0,5}")  # a name that cannot say much
DEEPEST = 80


def foreign(pdf: pikepdf.Pdf, *, vector: bool) -> Iterator[str]:
    """What stands in the file and is no part of a release, by its place; never its text."""
    walk = _Walk(VECTOR if vector else PIXELS)
    yield from walk.look(pdf.trailer, "trailer", 0)
    unused = sum(o.objgen not in walk.seen for o in pdf.objects if o.objgen != (0, 0))
    if unused:
        yield f"{unused} objects that nothing uses"
    if str(pdf.docinfo.get("/Title", TITLE)) != TITLE:
        yield "a title of its own"


class _Walk:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.seen: set[tuple[int, int]] = set()

    def look(self, thing: Any, kind: str, depth: int) -> Iterator[str]:
        """The faults of a value that should be of a kind."""
        if kind == UP:  # not seen by this way: its own place in the file says what it is
            return
        if isinstance(thing, pikepdf.Object) and thing.is_indirect:
            if thing.objgen in self.seen:
                return
            self.seen.add(thing.objgen)
        if depth > DEEPEST:
            yield "too deep"
        elif isinstance(thing, pikepdf.Array):
            for item in thing:
                yield from self.look(item, kind, depth + 1)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            yield from self._dictionary(thing, kind, depth)
        elif isinstance(thing, pikepdf.String) and kind not in (TEXT, CODE):
            yield f"a string in {kind}"

    def _dictionary(self, thing: Any, kind: str, depth: int) -> Iterator[str]:
        if kind == CODE:
            for key in thing.keys():  # noqa: SIM118 - no mapping
                yield from self.look(thing[key], kind, depth + 1)
            return
        keys = self.grammar.get(kind)
        if keys is None:
            yield f"a dictionary in {kind}"
            return
        for key in sorted(thing.keys()):
            if "*" in keys and RESOURCE.fullmatch(key):
                yield from self.look(thing[key], keys["*"], depth + 1)
            elif key in keys:
                yield from self.look(thing[key], keys[key], depth + 1)
            else:
                yield f"a foreign key in {kind}"
        yield from _type(thing, kind)


def _type(thing: Any, kind: str) -> Iterator[str]:
    """Faults of what a dictionary says it is."""
    subtype = str(thing.get("/Subtype", ""))
    if kind == "font" and subtype in ("/Type3", ""):
        yield "a font that draws"
    if kind == "image" and subtype != "/Image":
        yield "an object that is no image"
