"""Tesseract, through tesserocr: fast, and honest about its doubts."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # read once, when the library loads

import tesserocr
from tesserocr import PSM

from redactor.errors import MissingDependency
from redactor.ocr.base import Image, OcrPage, OcrWord, mean_confidence
from redactor.settings import ROOT, Settings

LANGUAGE = "eng"
WHOLE_PAGE, ONE_BLOCK = PSM.AUTO, PSM.SINGLE_BLOCK
SYSTEM = ("/usr/share/tesseract-ocr", "/usr/share/tessdata", "/usr/local/share")
SYMBOL, WORD, LINE = tesserocr.RIL.SYMBOL, tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE


def find_tessdata(settings: Settings) -> Path:
    """The folder that holds ``eng.traineddata``.

    Looked for in ``settings.tessdata``, ``TESSDATA_PREFIX``, ``models/tessdata``, ``tessdata`` of
    the repository and where Debian puts it. Raises ``MissingDependency``.
    """
    places = [
        settings.tessdata,
        Path(os.environ["TESSDATA_PREFIX"]) if os.environ.get("TESSDATA_PREFIX") else None,
        settings.models_dir / "tessdata",
        ROOT / "tessdata",
        *(p for root in SYSTEM for p in sorted(Path(root).glob("**/tessdata"), reverse=True)),
    ]
    for place in places:
        if place is None:
            continue
        for folder in (place, place / "tessdata"):
            if (folder / f"{LANGUAGE}.traineddata").is_file():
                return folder
    raise MissingDependency("Tesseract's language data (eng.traineddata) is not installed.")


class Tesseract:
    """One recognizer for each thread that reads."""

    name = "tesseract"

    def __init__(self, settings: Settings, mode: int = WHOLE_PAGE) -> None:
        """Find the language data; raises ``MissingDependency``."""
        self._folder = find_tessdata(settings)
        self._mode = mode
        self._own = threading.local()

    def read(self, image: Image, dpi: float) -> OcrPage:
        """The words of an upright grey image."""
        height, width = image.shape[:2]
        if min(height, width) < 8:
            return OcrPage(readers=(self.name,))
        api = self._api("reader", LANGUAGE, self._mode)
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))
        api.Recognize()
        words = tuple(_words(api.GetIterator()))
        api.Clear()
        return OcrPage(words, confidence=mean_confidence(words), readers=(self.name,))

    def turn(self, image: Image, dpi: float) -> int:
        """Degrees (0, 90, 180, 270) by which the image must be turned clockwise to stand upright.

        0 where the data for telling (``osd.traineddata``) is missing or the page says too little.
        """
        if not (self._folder / "osd.traineddata").is_file():
            return 0
        height, width = image.shape[:2]
        api = self._api("osd", "osd", PSM.OSD_ONLY)
        api.SetImageBytes(image.tobytes(), width, height, 1, width)
        api.SetSourceResolution(round(dpi))
        told = api.DetectOrientationScript()
        api.Clear()
        if not told or told["orient_conf"] < 1.0:
            return 0
        return int(360 - told["orient_deg"]) % 360

    def _api(self, use: str, language: str, mode: int) -> Any:
        api = getattr(self._own, use, None)
        if api is None:
            api = tesserocr.PyTessBaseAPI(path=str(self._folder), lang=language, psm=mode)
            setattr(self._own, use, api)
        return api


def _words(iterator: Any) -> Iterator[OcrWord]:
    """Words with the edges of their characters."""
    if iterator is None:
        return
    line, begun = -1, None
    symbols: list[tuple[str, tuple[int, int, int, int] | None]] = []
    while True:
        if iterator.Empty(SYMBOL):
            break
        if iterator.IsAtBeginningOf(WORD):
            line += iterator.IsAtBeginningOf(LINE)
            begun = (iterator.BoundingBox(WORD), iterator.Confidence(WORD), line)
            symbols = []
        symbols.append((iterator.GetUTF8Text(SYMBOL), iterator.BoundingBox(SYMBOL)))
        if iterator.IsAtFinalElement(WORD, SYMBOL) and begun:
            word = _word(*begun, symbols)
            if word:
                yield word
        if not iterator.Next(SYMBOL):
            break


def _word(
    box: tuple[int, int, int, int] | None,
    confidence: float,
    line: int,
    symbols: list[tuple[str, tuple[int, int, int, int] | None]],
) -> OcrWord | None:
    text = "".join(s for s, _ in symbols).strip()
    if box is None or not text or any(c.isspace() for c in text):
        return None
    x0, y0, x1, y1 = (float(v) for v in box)
    edges = [x0]
    for n, (symbol, place) in enumerate(symbols):
        left = edges[-1]
        after = symbols[n + 1][1] if n + 1 < len(symbols) else None
        right = (place[2] + after[0]) / 2 if place and after else x1
        right = min(max(right, left), x1)
        edges += [left + (right - left) * k / len(symbol) for k in range(1, len(symbol) + 1)]
    good = len(edges) == len(text) + 1
    return OcrWord(text, x0, y0, x1, y1, confidence / 100, line, tuple(edges) if good else ())
