"""What every rule recognizer shares: patterns with a group, a check, and an explanation.

Presidio's PatternRecognizer reports whole matches; here a pattern names the group that is the
mention, so that a cue before it ("DOB:") decides without being hidden itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult

DASH = r"[-\u2010-\u2015\u2212\u00ad]"
GAP = r"[ \n]"  # a space, or the line was wrapped there
NEAR = 40  # characters before a match in which a cue counts


@dataclass(frozen=True)
class Pattern:
    """A regular expression whose group ``it`` is a mention of ``kind``.

    ``cue``, where given, must stand within ``NEAR`` characters before; ``valid`` must agree.
    """

    name: str
    kind: str
    regex: re.Pattern[str]
    score: float
    cue: re.Pattern[str] | None = None
    valid: Callable[[str], bool] | None = None
    roles: dict[str, float] = field(default_factory=dict)


class Find(RecognizerResult):
    """A result that Presidio copies in one go: it changes nothing deeper than these three."""

    def __deepcopy__(self, memo: object) -> Find:
        """A twin with its own score, explanation and metadata."""
        twin = copy(self)
        twin.analysis_explanation = copy(self.analysis_explanation)
        twin.recognition_metadata = dict(self.recognition_metadata or {})
        return twin


class RuleRecognizer(EntityRecognizer):
    """A recognizer of patterns. Subclasses give ``patterns`` and, if they like, ``context``."""

    patterns: Sequence[Pattern] = ()
    words: Sequence[str] = ()

    def __init__(self) -> None:
        """Name the recognizer after its class and list the kinds of its patterns."""
        kinds = sorted({p.kind.upper() for p in self.patterns})
        super().__init__(kinds, name=type(self).__name__, context=list(self.words))

    def load(self) -> None:
        """Nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """Every match of every pattern whose kind is asked for."""
        del nlp_artifacts
        return [r for r in self.find(text) if r.entity_type in entities]

    def find(self, text: str) -> Iterable[RecognizerResult]:
        """Every match in the text, explained."""
        for pattern in self.patterns:
            for match in pattern.regex.finditer(text):
                start, end = match.span("it")
                if pattern.cue and not pattern.cue.search(text, max(start - NEAR, 0), start):
                    continue
                if pattern.valid and not pattern.valid(match.group("it")):
                    continue
                yield self.result(
                    pattern.kind, start, end, pattern.score, pattern.name, pattern.roles
                )

    def result(  # noqa: D102
        self,
        kind: str,
        start: int,
        end: int,
        score: float,
        why: str,
        roles: dict[str, float] | None = None,
    ) -> RecognizerResult:
        told = AnalysisExplanation(self.name, score, pattern_name=why, textual_explanation=why)
        facts = {
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            "roles": roles or {},
        }
        return Find(kind.upper(), start, end, score, told, facts)


def compiled(regex: str, *, any_case: bool = True) -> re.Pattern[str]:
    """The regular expression, verbose off, multi-line on."""
    return re.compile(regex, (re.IGNORECASE if any_case else 0) | re.MULTILINE)
