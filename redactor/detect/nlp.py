"""The spaCy pipeline that reads case text: the shipped one, or any installed one by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import spacy
from spacy.attrs import LEMMA, LOWER
from spacy.language import Language
from spacy.tokens import Doc, Span

from redactor.detect.token_classifier import TokenClassifier, register_extensions
from redactor.errors import MissingDependency
from redactor.settings import Settings

PACKAGE = Path("ner") / "en_case_names"
MAX_CHARACTERS = 100_000_000
# What stock pipelines call things, the kind it is here, and how far to trust it alone.
STOCK = {
    "PERSON": ("NAME", 0.85),
    "PER": ("NAME", 0.85),
    "ORG": ("EMPLOYER", 0.4),
    "FAC": ("ADDRESS", 0.4),
    "GPE": ("ADDRESS", 0.3),
    "LOC": ("ADDRESS", 0.3),
}


@Language.component("lower_lemma")
def lower_lemma(doc: Doc) -> Doc:
    """The document with every lemma set to the lower-cased word.

    Presidio matches context words against lemmas; without any they silently do nothing.
    """
    return doc.from_array([LEMMA], doc.to_array([LOWER]).reshape(-1, 1))


@Language.component("stock_labels")
def stock_labels(doc: Doc) -> Doc:
    """The document with a stock pipeline's entities renamed to kinds; others are dropped."""
    spans = []
    for ent in doc.ents:
        if ent.label_ in STOCK:
            kind, score = STOCK[ent.label_]
            span = Span(doc, ent.start, ent.end, label=kind)
            span._.score, span._.roles = score, {}
            spans.append(span)
    doc.ents = spans
    doc.spans["weak"] = []
    return doc


def load_pipeline(settings: Settings) -> Language:
    """The pipeline of these settings, loaded once in a process; it never goes to the network.

    ``doc.ents`` carry policy kinds in upper case, each with ``ent._.score`` and ``ent._.roles``;
    ``doc.spans["weak"]`` holds fainter names. Raises MissingDependency when it is not installed.
    """
    nlp = _load(settings.model, settings.models_dir / PACKAGE)
    for _, pipe in nlp.pipeline:
        if isinstance(pipe, TokenClassifier):
            pipe.workers = settings.page_workers
    return nlp


@lru_cache(maxsize=2)
def _load(model: str, shipped: Path) -> Language:
    register_extensions()
    try:
        nlp = spacy.load(model or shipped)
    except OSError as error:
        message = "The language model is not installed."
        raise MissingDependency(message, model=model or "shipped") from error
    nlp.max_length = MAX_CHARACTERS
    if model:
        if not any(name in nlp.pipe_names for name in ("lemmatizer", "lower_lemma")):
            nlp.add_pipe("lower_lemma")
        nlp.add_pipe("stock_labels", last=True)
    return nlp
