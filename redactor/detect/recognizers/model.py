"""Mentions that the spaCy pipeline finds, with their roles and finer kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

from redactor.detect.recognizers.base import Find

KINDS = {
    "NAME": "name",
    "ADDRESS": "address",
    "PHONE": "phone",
    "EMAIL": "email",
    "SSN": "ssn",
    "DOB": "dob",
    "ID": "other_number",
    "EMPLOYER": "employer",
    "INDIRECT": "indirect_text",
    "MEDICAL": "medical",
    "OTHER": "handle",
}
SCHOOL = re.compile(
    r"\b(?:school|elementary|elem|middle|junior\s+high|high|academy|preschool|head\s+start|kindergarten|"
    r"day\s?care|child\s?care|learning\s+center|college|university)\b",
    re.IGNORECASE,
)
SPECIAL = {
    "sud_treatment": re.compile(
        r"\b(?:methadone|suboxone|buprenorphine|naltrexone|vivitrol|detox|rehab|sober|substance[\s-]use|"
        r"drug\s+treatment|AA|NA\s+meeting|opioid\s+use|alcohol\s+use\s+disorder)\b",
        re.IGNORECASE,
    ),
    "hiv_sti": re.compile(r"\b(?:HIV|AIDS|STI|STD|chlamydia|gonorrh\w*|syphilis|herpes|HPV)\b"),
}


class ModelRecognizer(EntityRecognizer):
    """The entities of the pipeline, and its fainter names."""

    def __init__(self) -> None:
        """Offer every kind the pipeline may find."""
        kinds = {*KINDS.values(), "school", *SPECIAL}
        super().__init__(sorted(k.upper() for k in kinds), name="ModelRecognizer")

    def load(self) -> None:
        """Nothing to load: the NLP engine has run already."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """The pipeline's entities among those asked for."""
        return [r for r in self._find(text, nlp_artifacts) if r.entity_type in entities]

    def _find(self, text: str, artifacts: Any) -> Iterable[RecognizerResult]:
        spans = list(artifacts.entities)
        doc = spans[0].doc if spans else None
        weak = list(doc.spans["weak"]) if doc is not None and "weak" in doc.spans else []
        for span, why in [(s, "read by the model") for s in spans] + [
            (s, "guessed by the model") for s in weak
        ]:
            if span.label_ in KINDS:
                kind = _finer(KINDS[span.label_], text[span.start_char : span.end_char])
                yield self._result(kind, span, why)

    def _result(self, kind: str, span: Any, why: str) -> RecognizerResult:
        score = float(span._.score)
        told = AnalysisExplanation(self.name, score, textual_explanation=why)
        facts = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            "roles": dict(span._.roles or {}),
            "tells": dict(getattr(span._, "tells", None) or {}),
            "report": float(getattr(span._, "report", 0.0) or 0.0),
        }
        return Find(kind.upper(), span.start_char, span.end_char, score, told, facts)


def _finer(kind: str, text: str) -> str:
    if kind == "employer" and SCHOOL.search(text):
        return "school"
    if kind == "medical":
        return next((k for k, words in SPECIAL.items() if words.search(text)), kind)
    return kind
