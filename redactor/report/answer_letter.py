"""The letter that goes to the requester with a release, or in its place."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from redactor.report.typed import WIDE, typed_pdf


def release_letter(
    log: Mapping[str, Any], notices: Sequence[Mapping[str, str]], agency: str
) -> bytes:
    """The letter beside a redacted copy, as a PDF: law, counts by label, notices, review.

    It says nothing that the requester's log does not say.
    """
    boxes = log["boxes_by_label"]
    parts = [
        f"{agency}",
        "",
        "Answer to your request for records",
        "",
        (
            f"Under {log['citation']} you receive a redacted copy of {log['pages']} page(s). "
            f"{sum(boxes.values())} place(s) were removed. Each box in the copy names the law."
        ),
        "",
        *[f"   {n} x {label}" for label, n in boxes.items()],
        "",
        *(f"{n['text']} ({n['citation']})" for n in notices),
        "",
        str(log["review"]),
        "",
        f"Reference of this release: {log['release']}",
    ]
    return typed_pdf(_wrapped(parts))


def plain_letter(letter: Mapping[str, Any]) -> bytes:
    """The letter in the place of pages, as a PDF; empty fields are left as lines to fill in."""
    parts = [
        str(letter["agency"]),
        "",
        "Answer to your request for records",
        "",
        str(letter["sentence"]),
        "",
        *[
            f"{name.replace('_', ' ').capitalize()}: {value or '_' * 40}"
            for name, value in letter["response_fields"].items()
        ],
        "",
        *(f"{n['text']} ({n['citation']})" for n in letter["notices"]),
    ]
    return typed_pdf(_wrapped(parts))


def _wrapped(parts: Sequence[str]) -> list[str]:
    return [line for part in parts for line in textwrap.wrap(part, WIDE) or [""]]
