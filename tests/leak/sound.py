"""A release without fault, into which the tests put one leak back."""

from __future__ import annotations

from redactor.pdf.apply import Applied, apply
from redactor.pdf.layout import compose
from redactor.pdf.sanitize import strip
from redactor.pdf.words import read_text_pages
from redactor.settings import Settings
from redactor.types import Removal
from redactor.verify import Expectation, Protected


def sound(pdf: bytes, name: str, settings: Settings) -> tuple[Applied, Expectation]:
    """The release of a file without the words of a name, and what it promises."""
    plain = strip(pdf).pdf
    reading = compose(read_text_pages(plain, settings))
    gone = [
        Removal(w.box, "ID", "RSMo 210.150", ("MO 210.150.1",))
        for w in reading.words
        if w.text.strip(",") in name.split()
    ]
    made = apply(plain, gone, reading, settings)
    return made, Expectation(
        sizes=tuple((p.width, p.height) for p in reading.pages),
        protected=(Protected(name, "name"),),
        boxes=tuple(r.box for r in made.boxes),
        removed=tuple(r.box for r in gone),
        kept=made.kept,
        labels=("[RSMo 210.150]",),
        before=plain,
        vector=made.vector,
    )
