"""What every release says is no trace of one case; the same word from the case still is."""

from __future__ import annotations

import pypdfium2
import pytest

from redactor.pipeline import run
from redactor.policy import load
from redactor.settings import Settings
from redactor.verify.objects import named
from tests.conftest import make_pdf, make_request


@pytest.mark.parametrize("term", ["Document", "Redacted", "Information", "Structure"])
def test_a_term_that_is_a_word_of_every_release_withholds_nothing(
    term: str, settings: Settings
) -> None:
    """Names of the PDF standard, the title, the policy's own questions and answers."""
    data = make_pdf(f"The {term.upper()} of Dana was put on the shelf, and the {term} too.")
    made = run(data, make_request("inv_alleged_perpetrator", must_hide=(term,)), settings=settings)
    assert made.outcome == "released", [(c.name, c.detail) for c in made.verdict.failing]
    text = pypdfium2.PdfDocument(made.document)[0].get_textpage().get_text_bounded()
    assert term.casefold() not in text.casefold()


def test_only_the_standard_s_names_are_set_aside() -> None:
    assert b"Quillfeather" in named(b"/Type /Document /Quillfeather (Document Quillfeather)")
    assert b"(Document" in named(b"/Document (Document)")
    assert b"/Document" not in named(b"/Document (Document)")


def test_the_policy_s_own_words_are_its_texts_and_no_keys() -> None:
    said = load("us-mo").said
    assert "RSMo 210.150" in said
    assert "Dana Orr" not in said
