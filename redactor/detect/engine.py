"""Finds mentions: a Presidio AnalyzerEngine over our spaCy pipeline, kept off the network."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any

import tldextract
from presidio_analyzer import (
    AnalyzerEngine,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from redactor.detect.initials import somebodys
from redactor.detect.merge import merge
from redactor.detect.nlp import load_pipeline
from redactor.detect.recognizers.address import AddressRecognizer
from redactor.detect.recognizers.base import RuleRecognizer
from redactor.detect.recognizers.dob import DobRecognizer
from redactor.detect.recognizers.email import EmailRecognizer
from redactor.detect.recognizers.employer import EmployerRecognizer
from redactor.detect.recognizers.model import ModelRecognizer
from redactor.detect.recognizers.names import NameRecognizer
from redactor.detect.recognizers.nobodys import NobodysRecognizer
from redactor.detect.recognizers.numbers import NumberRecognizer
from redactor.detect.recognizers.online import OnlineRecognizer
from redactor.detect.recognizers.phone import PhoneRecognizer
from redactor.detect.recognizers.reporter import ReporterRecognizer
from redactor.detect.recognizers.ssn import SsnRecognizer
from redactor.detect.surroundings import Surroundings
from redactor.settings import Settings
from redactor.types import Context, Mention, Reading

LANGUAGE = "en"
STRETCH = 60_000  # characters given to one engine call, cut between pages
RULES: tuple[type[RuleRecognizer], ...] = (
    SsnRecognizer,
    PhoneRecognizer,
    EmailRecognizer,
    DobRecognizer,
    AddressRecognizer,
    NumberRecognizer,
    NobodysRecognizer,
    NameRecognizer,
    EmployerRecognizer,
    OnlineRecognizer,
    ReporterRecognizer,
)

# Presidio's own recognizers would fetch the public suffix list; ours must never try.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


class PipelineNlpEngine(NlpEngine):
    """Our spaCy pipeline in the shape Presidio asks for."""

    def __init__(self, settings: Settings) -> None:
        """Load the pipeline of these settings."""
        self.nlp = load_pipeline(settings)

    def load(self) -> None:
        """Loaded on construction."""

    def is_loaded(self) -> bool:
        """Always."""
        return True

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """What the pipeline says of the text."""
        doc = self.nlp(text)
        return NlpArtifacts(
            entities=list(doc.ents),
            tokens=doc,
            tokens_indices=[t.idx for t in doc],
            lemmas=[t.lemma_ or t.lower_ for t in doc],
            nlp_engine=self,
            language=language,
            scores=[float(e._.score) for e in doc.ents],
        )

    def process_batch(self, texts: Any, language: str, **_: Any) -> Iterator[tuple[str, Any]]:
        """Texts one after the other."""
        for text in texts:
            yield text, self.process_text(text, language)

    def is_stopword(self, word: str, language: str) -> bool:
        """Whether the word says nothing."""
        del language
        return bool(self.nlp.vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Whether the word is punctuation."""
        del language
        return bool(self.nlp.vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """The labels of the pipeline."""
        return []

    def get_supported_languages(self) -> list[str]:
        """English only."""
        return [LANGUAGE]


class Engine:
    """Finds every mention of a case file. One of them serves a process."""

    def __init__(self, settings: Settings) -> None:
        """Build the analyzer once; the pipeline is loaded here."""
        self._settings = settings

    @cached_property
    def _analyzer(self) -> AnalyzerEngine:
        registry = RecognizerRegistry(
            recognizers=[ModelRecognizer(), *(r() for r in RULES)], supported_languages=[LANGUAGE]
        )
        return AnalyzerEngine(
            registry=registry,
            nlp_engine=PipelineNlpEngine(self._settings),
            supported_languages=[LANGUAGE],
            context_aware_enhancer=Surroundings(
                context_similarity_factor=0.15, min_score_with_context_similarity=0.4
            ),
        )

    def analyze(self, reading: Reading) -> tuple[Mention, ...]:
        """Mentions in order of place, none overlapping; offsets count into ``reading.text``."""
        found: list[Mention] = []
        for start, end in _stretches(reading):
            stretch = reading.text[start:end]
            results = self._analyzer.analyze(
                stretch, LANGUAGE, score_threshold=0.2, return_decision_process=True
            )
            found += [_mention(r, start) for r in results]
        return somebodys(reading.text, merge(reading.text, found))

    def recognizers(self) -> list[tuple[str, tuple[str, ...]]]:
        """(name, kinds) of every recognizer."""
        return [
            (r.name, tuple(k.lower() for k in r.supported_entities))
            for r in self._analyzer.registry.recognizers
        ]


@lru_cache(maxsize=2)
def engine(settings: Settings) -> Engine:
    """The engine of these settings, built once in a process."""
    return Engine(settings)


def _stretches(reading: Reading) -> Iterator[tuple[int, int]]:
    start = 0
    for page in reading.pages:
        if page.end - start > STRETCH and page.start > start:
            yield start, page.start
            start = page.start
    if start < len(reading.text):
        yield start, len(reading.text)


def _mention(result: RecognizerResult, offset: int) -> Mention:
    facts = result.recognition_metadata or {}
    told = result.analysis_explanation
    return Mention(
        result.entity_type.lower(),
        result.start + offset,
        result.end + offset,
        float(result.score),
        str(facts.get(RecognizerResult.RECOGNIZER_NAME_KEY, "")),
        str(told.textual_explanation or "") if told else "",
        facts.get("roles", {}),
        context=Context.REPORT if facts.get("report", 0.0) >= 0.5 else Context.OTHER,
        tells=facts.get("tells", {}),
    )
