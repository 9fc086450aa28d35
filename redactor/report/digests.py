"""Keyed digests of texts, by an operator of presidio-anonymizer. Loads spaCy with it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

from presidio_anonymizer import AnonymizerEngine, OperatorConfig
from presidio_anonymizer.entities import RecognizerResult
from presidio_anonymizer.operators import Operator, OperatorType

from redactor.text import squash


class KeyedDigest(Operator):
    """Replaces a text by the HMAC-SHA-256 of its letters and digits under a secret key."""

    def operate(self, text: str = "", params: dict[str, Any] | None = None) -> str:
        """The digest in hexadecimal."""
        key = str((params or {})["key"]).encode()
        return hmac.new(key, squash(text).encode(), hashlib.sha256).hexdigest()

    def validate(self, params: dict[str, Any] | None = None) -> None:
        """Demand a key."""
        if not (params or {}).get("key"):
            raise ValueError("a key is needed")

    def operator_name(self) -> str:
        """Name of the operator."""
        return "keyed_digest"

    def operator_type(self) -> OperatorType:
        """It anonymizes."""
        return OperatorType.Anonymize


def digests(texts: Sequence[str], key: str) -> list[str]:
    """The keyed digest of each text; empty strings where no key is set."""
    if not key:
        return ["" for _ in texts]
    engine = AnonymizerEngine()
    engine.add_anonymizer(KeyedDigest)
    config = {"DEFAULT": OperatorConfig("keyed_digest", {"key": key})}
    whole = [RecognizerResult("TEXT", 0, len(t), 1.0) for t in texts]
    return [
        engine.anonymize(t, [r], operators=config).text if t else ""
        for t, r in zip(texts, whole, strict=True)
    ]
