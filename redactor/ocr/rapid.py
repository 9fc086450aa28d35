"""RapidOCR: slower, and better on skew, fax and hand-like script. Upright pages only.

Its models lie in the installed package, so nothing is fetched. Its confidence says little and
must not gate anything.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np

from redactor.ocr.base import Image, OcrPage, OcrWord, mean_confidence

LONGEST = 2600  # pixels; larger images are made smaller
DETECTED = 1600  # pixels of the longer side in which lines are looked for


class Rapid:
    """The second reader; loaded at the first page of each thread."""

    name = "rapid"

    def __init__(self) -> None:
        self._own = threading.local()

    def read(self, image: Image, dpi: float) -> OcrPage:  # noqa: ARG002 - part of the protocol
        """The words of an upright image."""
        colour = np.repeat(image[:, :, None], 3, axis=2) if image.ndim == 2 else image
        result = self._loaded()(colour, use_cls=False, return_word_box=True)
        words = tuple(_words(result))
        return OcrPage(words, confidence=mean_confidence(words), readers=(self.name,))

    def _loaded(self) -> Any:
        if getattr(self._own, "engine", None) is None:
            from rapidocr import RapidOCR  # noqa: PLC0415 - two seconds of loading

            self._own.engine = RapidOCR(
                params={
                    "Global.log_level": "error",
                    "Global.max_side_len": LONGEST,
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    "Det.limit_type": "max",  # the default blows small images up
                    "Det.limit_side_len": DETECTED,
                    "Rec.rec_batch_num": 1,  # a third faster on one core
                }
            )
        return self._own.engine


def _words(result: Any) -> Iterator[OcrWord]:
    if result is None or result.boxes is None:
        return
    for number, line in enumerate(result.word_results or ()):
        for text, score, quad in line:
            if not text.strip() or quad is None:
                continue
            corners = np.asarray(quad, float)
            x0, y0 = corners.min(axis=0)
            x1, y1 = corners.max(axis=0)
            yield OcrWord(text, float(x0), float(y0), float(x1), float(y1), float(score), number)
