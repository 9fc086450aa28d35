"""Several files of one case as one case file, so that they share their people."""

from __future__ import annotations

from collections.abc import Sequence

import pymupdf

from redactor.errors import TooLarge
from redactor.pdf.open import open_case_file
from redactor.settings import Settings


def join(files: Sequence[bytes], settings: Settings) -> bytes:
    """The pages of every file in the order given, as one PDF, with their fields and notes.

    Raises:
        RedactorError: one of them cannot be opened, or together they are over a limit.
    """
    with pymupdf.open() as packet:
        for data in files:
            case = open_case_file(data, settings=settings)
            with pymupdf.open(stream=case.pdf, filetype="pdf") as part:
                packet.insert_pdf(part, annots=True, widgets=True)
            if packet.page_count > settings.max_pages:
                raise TooLarge("The files together have too many pages.", limit="max_pages")
        made: bytes = packet.tobytes(garbage=1, no_new_id=True)
        return made
