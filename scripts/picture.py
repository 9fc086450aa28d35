"""Draws docs/before-after.png: a sample as it is, and as the alleged perpetrator gets it."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image

from redactor.pipeline import run
from redactor.policy import least_answers, load
from redactor.settings import ROOT, Settings
from redactor.types import Request

CATEGORY = "inv_alleged_perpetrator"
PART = (0.08, 0.06, 0.95, 0.72)  # of the page, left top right bottom


def page(pdf: bytes) -> Image.Image:
    """The first page, cut to what it shows."""
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=1.3).to_pil().convert("L")
    w, h = image.size
    return image.crop((int(PART[0] * w), int(PART[1] * h), int(PART[2] * w), int(PART[3] * h)))


def main() -> None:
    """Draw it."""
    data = (ROOT / "samples" / "s-01-intake.pdf").read_bytes()
    answers = least_answers(load("us-mo"), CATEGORY)
    request = Request("us-mo", CATEGORY, ("Carl Dufresne",), answers=answers, holds="hide")
    release = run(data, request, settings=Settings())
    if release.document is None:
        raise SystemExit("the sample was not released")
    before, after = page(data), page(release.document)
    both = Image.new("L", (before.width * 2 + 20, before.height), 128)
    both.paste(before, (0, 0))
    both.paste(after, (before.width + 20, 0))
    both.save(Path(ROOT / "docs" / "before-after.png"), optimize=True)


if __name__ == "__main__":
    main()
