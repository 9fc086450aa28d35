"""Where a mention begins and ends: whole words, without titles, punctuation or a possessive."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"(?:mr|mrs|ms|miss|mx|dr|prof|rev|fr|hon|judge|justice|det|detective|sgt|lt|cpl|capt|ofc|"
    r"officer|deputy|dep|trooper|sheriff|atty|attorney|nurse|coach|principal|pastor|sister|sr|"
    r"sra|aunt|uncle|grandma|grandpa)\b\.?\s+(?=\w)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile("(?<=\\w)['\u2019`]s$", re.IGNORECASE)
_SHORTENED = re.compile(r"\b(?:\w|jr|sr|esq)\.$", re.IGNORECASE)
_GOES_ON = re.compile("(?:[-'\u2019](?!s\\b)\\w|\\w)\\w*", re.IGNORECASE)
_BEGAN = re.compile("\\w+[-'\u2019]?$")
_REACH = 40  # no word is longer

_MARKS = ' \t\n\f,;"|*_\u2022\u00b7\u201c\u201d\u2013\u2014'
_NAME_MARKS = _MARKS + ".:'`\u2018\u2019()[]{}<>/\\-?!&+=~#"
_KEEPS_STOP = {"ADDRESS", "EMPLOYER", "MEDICAL"}  # "St.", "Inc.", "q.d."


def widen(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """Offsets moved out so that no word, and no hyphenated or apostrophised name, is halved."""
    if kind == "NAME":
        while text[end - 1].isalnum() and (more := _GOES_ON.match(text, end)):
            end = more.end()
        while text[start].isalnum() and (
            more := _BEGAN.search(text, max(start - _REACH, 0), start)
        ):
            start = more.start()
        return start, end
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end


def _strip(text: str, start: int, end: int, before: str, after: str) -> tuple[int, int]:
    while start < end and text[start] in before:
        start += 1
    while end > start and text[end - 1] in after and not _SHORTENED.search(text, start, end):
        end -= 1
    return start, end


def _trim_name(text: str, start: int, end: int) -> tuple[int, int]:
    size = -1
    while size != end - start:
        size = end - start
        start, end = _strip(text, start, end, _NAME_MARKS, _NAME_MARKS)
        if title := _TITLE.match(text, start, end):
            start = title.end()
        if own := _POSSESSIVE.search(text, start, end):
            end = own.start()
    return start, end


def trim(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    """Offsets moved in past what does not belong; empty when no letter or digit is left."""
    if kind == "NAME":
        start, end = _trim_name(text, start, end)
    else:
        stop = "" if kind in _KEEPS_STOP else "."
        start, end = _strip(text, start, end, _MARKS + ".:)]", _MARKS + ":([" + stop)
        if text[end - 1 : end] == ")" and "(" not in text[start:end]:
            end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else (start, start)
