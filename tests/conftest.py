"""What tests share: small real PDFs, and answers under which a release goes ahead."""

from __future__ import annotations

from pathlib import Path

import hypothesis
import pymupdf
import pytest

from redactor.policy import least_answers, load
from redactor.settings import Settings
from redactor.types import Request
from tests.live import live

__all__ = ["live"]

hypothesis.settings.register_profile("steady", deadline=None)  # a busy machine is no failure
hypothesis.settings.load_profile("steady")
SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LINES = (
    "Children's Division report of 3/4/2025",
    "Reporter: Dana Orr, phone 573-555-0142, e-mail dorr@larkin.example",
    "RP Dana Orr said that Milo Finch came without a coat.",
    "Victim: Milo Finch, born 6/6/2016. Mother: Nora Finch.",
    "Alleged perpetrator: Carl Dufresne, SSN 412-68-9023.",
    "Investigator: Lee Sand, Children's Service Worker.",
)


def make_pdf(*lines: str) -> bytes:
    """A born-digital page of these lines."""
    with pymupdf.open() as document:
        page = document.new_page(width=612, height=792)
        for n, line in enumerate(lines or LINES):
            page.insert_text((60, 80 + 22 * n), line, fontsize=11)
        return document.tobytes()


def make_request(category: str = "inv_alleged_perpetrator", *names: str, **more: object) -> Request:
    """A request whose gates are answered so that an ordinary release goes ahead."""
    answers = least_answers(load("us-mo"), category)
    facts = {"answers": answers, "holds": "hide", **more}
    return Request("us-mo", category, names, **facts)  # type: ignore[arg-type]


@pytest.fixture
def case_pdf() -> bytes:
    """A small intake that names a reporter."""
    return make_pdf()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that write nowhere but below the test's folder."""
    return Settings(data_dir=tmp_path / "var", ocr_strategy="fast", log_key="a test key")
