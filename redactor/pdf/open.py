"""A case file taken in: checked against the limits, opened by two engines, mended if need be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
import pymupdf

from redactor.errors import EmptyInput, Encrypted, RedactorError, TooLarge, UnreadableInput
from redactor.pdf.limits import check_pages, check_streams
from redactor.pdf.pictures import to_pdf
from redactor.settings import Settings

HEADER_WITHIN = 1024  # bytes; ISO 32000-1 Annex H note 13, as readers hold it
END_WITHIN = 2048  # bytes before the end
MAGIC = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
    b"II+\x00": "tiff",
    b"MM\x00+": "tiff",
}

pymupdf.TOOLS.mupdf_display_errors(False)  # its messages may repeat text of the file
pymupdf.TOOLS.mupdf_display_warnings(False)


@dataclass(frozen=True)
class CaseFile:
    """A file that MuPDF and qpdf both open without a password, and what it was.

    ``was`` is pdf, png, jpeg or tiff; ``repaired`` says that it was written anew because an
    engine had to mend it; ``warnings`` name what will not be part of a release.
    """

    pdf: bytes
    pages: int
    was: str
    repaired: bool = False
    encrypted: bool = False
    warnings: tuple[str, ...] = ()


def open_case_file(data: bytes, *, password: str = "", settings: Settings) -> CaseFile:
    """The case file, ready for ``sanitize.strip``.

    Raises ``EmptyInput``, ``TooLarge``, ``Encrypted`` or ``UnreadableInput``, nothing else.
    """
    if not data.strip(b"\x00\t\n\r "):
        raise EmptyInput
    if len(data) > settings.max_bytes:
        raise TooLarge("The file has more bytes than the limit.", limit="max_bytes")
    kind = sniff(data)
    try:
        if kind == "pdf":
            return _open_pdf(data, password, settings)
        made = to_pdf(data, settings)
        return CaseFile(made, _count(made), kind)
    except RedactorError:
        raise
    except MemoryError:
        raise TooLarge("The file needs more memory than there is.") from None
    except Exception as error:  # the engines raise whatever they like on hostile files
        raise UnreadableInput from error


def sniff(data: bytes) -> str:
    """What the bytes are: pdf, png, jpeg or tiff. Raises ``UnreadableInput`` for anything else."""
    if b"%PDF-" in data[:HEADER_WITHIN]:
        return "pdf"
    for magic, kind in MAGIC.items():
        if data.startswith(magic):
            return kind
    raise UnreadableInput("The file is neither a PDF nor a PNG, JPEG or TIFF image.")


def _open_pdf(data: bytes, password: str, settings: Settings) -> CaseFile:
    _refuse_cut(data)
    mended, repaired = _mended(data, password)
    with pikepdf.open(io.BytesIO(mended), password=password) as pdf:
        if not len(pdf.pages):
            raise EmptyInput("The file has no pages.")
        _refuse_forms(pdf)
        pages = check_pages(pdf, settings)
        check_streams(pdf, settings)
        encrypted, warnings = pdf.is_encrypted, tuple(_warnings(pdf))
        repaired = repaired or bool(pdf.get_warnings()) or _needs_repair(data)
        if encrypted or repaired:
            mended = _written(pdf)
    if _count(mended) != pages:
        raise UnreadableInput("Two readers do not agree on the pages of this file.")
    return CaseFile(mended, pages, "pdf", repaired, encrypted, warnings)


def _refuse_cut(data: bytes) -> None:
    """A file without its end (ISO 32000-2, 7.5.5): what is mended of it may be an empty page."""
    end = data.rstrip(b"\0 \t\r\n")[-END_WITHIN:]
    if b"startxref" not in end and b"%%EOF" not in end:
        raise UnreadableInput("The file ends too early: it was cut off when it was stored or sent.")


def _mended(data: bytes, password: str) -> tuple[bytes, bool]:
    """Bytes that qpdf opens; what only MuPDF can open is written anew by it."""
    try:
        with pikepdf.open(io.BytesIO(data), password=password) as pdf:
            len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise Encrypted from error
    except pikepdf.PdfError:
        return _rescued(data, password), True
    return data, False


def _rescued(data: bytes, password: str) -> bytes:
    try:
        with pymupdf.open(stream=data, filetype="pdf") as document:
            if document.needs_pass and not document.authenticate(password):
                raise Encrypted
            if not document.page_count:
                raise UnreadableInput
            with pymupdf.open() as fresh:  # with a page tree of its own, as the old may loop
                fresh.insert_pdf(document)
                if fresh.page_count != document.page_count:
                    raise UnreadableInput
                return bytes(fresh.tobytes(garbage=1))
    except (RuntimeError, ValueError) as error:
        raise UnreadableInput from error


def _written(pdf: pikepdf.Pdf) -> bytes:
    """The file written anew, in the clear, one revision."""
    out = io.BytesIO()
    pdf.save(out, encryption=False)
    return out.getvalue()


def _count(data: bytes) -> int:
    """Pages as MuPDF counts them, each of them loaded once."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.bound()
        return int(document.page_count)


def _needs_repair(data: bytes) -> bool:
    """True when MuPDF had to guess at the structure."""
    with pymupdf.open(stream=data, filetype="pdf") as document:
        return bool(document.is_repaired)


def _refuse_forms(pdf: pikepdf.Pdf) -> None:
    """Files whose pages are not the document: XFA forms and portfolios."""
    root = pdf.Root
    form = root.get("/AcroForm")
    empty = isinstance(form, pikepdf.Dictionary) and "/XFA" in form and not form.get("/Fields")
    if root.get("/NeedsRendering", False) or empty:
        raise UnreadableInput(
            "The file is an XFA form, which only Adobe Reader can show; print it to a new PDF."
        )
    if "/Collection" in root:
        raise UnreadableInput("The file is a portfolio; send the files in it one by one.")


def _warnings(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.attachments):
        yield "attached files are not part of a release"
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form:
            yield "form data outside the pages is not part of a release"
        if int(form.get("/SigFlags", 0)) & 1:
            yield "digital signatures do not survive redaction"
    if pdf.is_encrypted:
        yield "the protection of the file was taken off"
