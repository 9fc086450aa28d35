"""Pages are read in order, several at once if asked, and never twice where readings are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from redactor import reading
from redactor.ocr.base import OcrPage, OcrWord
from redactor.ocr.keep import from_bytes, name_of, to_bytes
from redactor.pdf.sanitize import strip
from redactor.settings import Settings
from redactor.store.readings import Readings, open_readings
from tests.conftest import SAMPLES
from tests.redactor.batch.test_runs import repeated

SCAN = (SAMPLES / "s-06-mixed.pdf").read_bytes()


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Settings:
    """Settings that keep what was read."""
    return settings.model_copy(update={"readings_dir": tmp_path / "readings"})


def forbidden(*_: object) -> OcrPage:
    raise AssertionError("a page was read twice")


def test_a_page_is_never_read_twice(kept: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second reading is the first, word for word, without a reader; another strategy is another."""
    stripped = strip(SCAN)
    first = reading.read(stripped, kept)
    monkeypatch.setattr(reading, "read_page", forbidden)

    assert reading.read(stripped, kept) == first
    with pytest.raises(AssertionError):
        reading.read(stripped, kept.model_copy(update={"ocr_strategy": "thorough"}))


def test_what_is_kept_is_sealed_and_forgotten(kept: Settings) -> None:
    """No word of a page can be read on the disk; a shelf that is damaged is no reason to stop."""
    shelf = open_readings(kept)
    assert shelf is not None
    page = OcrPage((OcrWord("Ellsworth", 1, 2, 3, 4),))
    shelf.put("ab12", to_bytes(page))
    files = [p for p in (kept.readings_dir or Path()).rglob("*") if p.is_file()]

    assert shelf.get("ab12") == to_bytes(page)
    assert len(files) == 1
    assert b"Ellsworth" not in files[0].read_bytes()
    assert shelf.forget(1, files[0].stat().st_mtime + 3600) == 0
    files[0].write_bytes(b"damaged")
    assert shelf.get("ab12") is None
    assert shelf.forget(1, files[0].stat().st_mtime + 2 * 86400) == 1
    assert shelf.get("ab12") is None
    assert isinstance(shelf, Readings)


def test_a_reading_outlives_its_bytes() -> None:
    """Numbers of numpy and missing edges come back as they were; names tell images apart."""
    page = OcrPage(
        (OcrWord("a b", np.float32(1.5), 2, 3, 4, 0.5, 7, (1.5, 2.5)),),
        (OcrWord("é", 1, 2, 3, 4),),
        0.25, 90.0, ((1.0, 2.0, 3.0, 4.0),), ("tesseract",),
    )  # fmt: skip
    one, other = np.zeros((4, 6), np.uint8), np.zeros((6, 4), np.uint8)
    names = {name_of(i, d, s) for i in (one, other) for d in (200.0, 300.0)
             for s in (Settings(ocr_strategy="fast"), Settings(ocr_strategy="auto"))}  # fmt: skip

    assert from_bytes(to_bytes(page)) == page
    assert len(names) == 8


def test_pages_read_at_once_stand_in_order(settings: Settings) -> None:
    """Two readers at once give what one gives."""
    stripped = strip(repeated(SCAN, 2))

    one = reading.read(stripped, settings)
    two = reading.read(stripped, settings.model_copy(update={"page_workers": 2}))

    assert two == one
