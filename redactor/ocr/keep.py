"""A reading as bytes, and the name it is kept under."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from redactor.ocr.base import Image, OcrPage, OcrWord
from redactor.settings import Settings

READERS = ("tesserocr", "rapidocr", "onnxruntime", "opencv-python-headless")


def name_of(image: Image, dpi: float, settings: Settings) -> str:
    """A digest of all that a reading depends on: pixels, resolution, strategy and the readers."""
    facts = f"{_readers()} {settings.ocr_strategy} {settings.tessdata} {dpi} {image.shape}"
    return hashlib.sha256(facts.encode() + image.tobytes()).hexdigest()


def to_bytes(page: OcrPage) -> bytes:
    """The page as JSON."""
    return json.dumps(asdict(page), default=float, ensure_ascii=False).encode()


def from_bytes(data: bytes) -> OcrPage:
    """The page that was turned into these bytes."""
    facts: dict[str, Any] = json.loads(data)
    for key in ("words", "second"):
        facts[key] = tuple(OcrWord(**{**w, "edges": tuple(w["edges"])}) for w in facts[key])
    facts["rules"] = tuple(tuple(r) for r in facts["rules"])
    facts["readers"] = tuple(facts["readers"])
    return OcrPage(**facts)


@lru_cache(maxsize=1)
def _readers() -> str:
    """A digest of this program's way to read, and the versions of the readers."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        code.update(path.read_bytes())
    versions = [f"{name} {importlib.metadata.version(name)}" for name in READERS]
    return f"{code.hexdigest()} {versions}"
