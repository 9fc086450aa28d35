"""What a case file will cost, told without reading it: its pages, and how many are pictures."""

from __future__ import annotations

import pymupdf

from redactor.pdf.open import open_case_file
from redactor.settings import Settings


def survey(data: bytes, settings: Settings, password: str = "") -> tuple[int, int]:
    """(pages, pages without a text layer) of a case file.

    Raises ``EmptyInput``, ``TooLarge``, ``Encrypted`` or ``UnreadableInput``, nothing else.
    """
    case = open_case_file(data, password=password, settings=settings)
    with pymupdf.open(stream=case.pdf, filetype="pdf") as document:
        return case.pages, sum(not page.get_text("text").strip() for page in document)
