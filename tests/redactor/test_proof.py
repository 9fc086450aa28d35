"""What a release promises, whatever the finders found."""

from __future__ import annotations

from redactor.pdf.apply import apply
from redactor.pipeline import Draft, begin
from redactor.proof import promised, proved
from redactor.removals import removals
from redactor.settings import Settings
from tests.conftest import make_pdf, make_request


def test_what_must_be_hidden_is_looked_for_though_no_finder_saw_it(settings: Settings) -> None:
    """Such as a name in letters that a font maps falsely: the proof does not rest on finding."""
    data = make_pdf("Milo Finch, victim.", "Quillfeather came by.")
    draft = begin(data, make_request("inv_alleged_perpetrator"), settings=settings)
    assert isinstance(draft, Draft)
    reading = draft.analysis.reading
    gone = removals(draft.policy, reading, draft.analysis.findings, (), settings)
    applied = apply(draft.analysis.stripped.pdf, gone, reading, settings, lambda *_, **__: None)

    for terms, wanted in (((), True), (("Quillfeather came",), False)):
        asked = make_request("inv_alleged_perpetrator", must_hide=terms)
        blind = Draft(
            asked, draft.policy, draft.ruling, draft.analysis, (), (), draft.source_digest
        )
        verdict = proved(applied, promised(blind, applied, gone), settings)
        assert verdict.releasable is wanted
        assert all("quillfeather" not in c.detail.casefold() for c in verdict.checks)
