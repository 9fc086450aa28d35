"""The gate: every check on the saved bytes, and no release when one of them fails.

An exception in a check is a failed check, and so is one that is not done when the time is up.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace

from redactor.types import Check, Verdict
from redactor.verify.checks import CHECKS, Case, ReadImage, matcher
from redactor.verify.expectation import Expectation

SECONDS = 600.0  # for all checks of one release


def verify(
    release: bytes,
    expected: Expectation,
    *,
    read_image: ReadImage | None = None,
    seconds: float = SECONDS,
) -> Verdict:
    """The verdict on a saved release.

    ``read_image`` gives the text that OCR reads in a grey picture of a resolution; it is shown the
    pages that were read by OCR and those that show more than their typed words.
    """
    try:
        case = Case(release, expected, read_image, time.monotonic() + seconds)
    except Exception as error:  # noqa: BLE001 - whatever it was, nobody proved the file safe
        return Verdict((Check("opens", passed=False, detail=type(error).__name__),))
    checks = [Check("opens", passed=True)]
    for name, check in CHECKS.items():
        try:
            count, detail = check(case)
        except Exception as error:  # noqa: BLE001
            checks.append(Check(name, passed=False, detail=type(error).__name__, broken=True))
            continue
        checks.append(Check(name, passed=count == 0, count=count, detail=detail))
    return Verdict(tuple(checks))


def verify_beside(verdict: Verdict, expected: Expectation, texts: Mapping[str, str]) -> Verdict:
    """The verdict with one check more: the logs, notices and names that go with the release.

    ``texts`` maps what it is to its text. A file name is looked through for parts of names too.
    """
    matching = matcher(expected)
    found = sorted(
        what
        for what, text in texts.items()
        if (matching.count(text) if what == "file name" else matching.whole_count(text))
    )
    check = Check("beside", passed=not found, count=len(found), detail=", ".join(found))
    return replace(verdict, checks=(*verdict.checks, check))
