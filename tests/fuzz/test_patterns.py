"""No text, however made, keeps a regular expression of ours busy for ever."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import api
import redactor

# Runs of what the patterns repeat, each with an end that fits none: doubling work with each letter
# would take an age on these, and any sane pattern is done in milliseconds.
BAITS = (
    "A", "a", "Aa", "Aa ", "A. ", "a-", "1", "12 ", "1-", "(1", "a@", "a.", "a, ", "\t", " ", "\n", "'", "the ", "St ", "of ",
    "and ", "12 Elm St ", "Ann B. ", "Lee, Ann\t", "a1", "1.", "--", "x\n\n", "Apt 2, ", "573-555-", "Mrs. ",
)  # fmt: skip
LENGTH = 60
SECONDS = 60


def _held(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth < 4 and isinstance(value, Mapping):
        for inner in value.values():
            yield from _held(inner, depth + 1)
    elif depth < 4 and isinstance(value, tuple | list | set | frozenset):
        for inner in value:
            yield from _held(inner, depth + 1)
    elif depth < 4 and _ours(value):
        yield from _held(list(getattr(value, "__dict__", {}).values()), depth + 1)


def _ours(value: Any) -> bool:
    """Whether it is a class of ours or a thing made from one."""
    kind = value if isinstance(value, type) else type(value)
    return kind.__module__.startswith(("redactor", "api"))


def patterns(module: str) -> list[re.Pattern[str]]:
    """Every pattern that a module holds."""
    return list(
        {
            id(p): p for v in vars(importlib.import_module(module)).values() for p in _held(v)
        }.values()
    )


def baited(module: str) -> None:
    """Search with every pattern of a module in every bait."""
    for pattern in patterns(module):
        for bait in BAITS:
            for end in ("!", "\x00", "é"):
                text = bait * LENGTH + end
                pattern.search(text)
                pattern.match(text)
                pattern.fullmatch(text)


def modules() -> list[str]:
    """Every module of ours."""
    return sorted(
        m.name
        for package in (redactor, api)
        for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if "migrations" not in m.name and "__main__" not in m.name
    )


def test_every_pattern_gives_up_on_any_bait() -> None:
    program = "import sys; from tests.fuzz.test_patterns import *; [(print(m, flush=True), baited(m)) for m in modules()]"
    try:
        done = subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        told = (
            (late.stdout or b"").decode() if isinstance(late.stdout, bytes) else late.stdout or ""
        )
        pytest.fail(f"a pattern of {told.split()[-1] if told.split() else 'nothing'} does not end")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == len(modules())


def test_a_pattern_that_doubles_with_each_letter_would_be_caught() -> None:
    slow = "import re; re.compile(r'(?:[A-Z]\\w*[ ,]*)*$').match('A' * 60 + '!')"
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", slow], timeout=3, check=False)
