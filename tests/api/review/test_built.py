"""The script that browsers are sent is the one that the source says."""

from __future__ import annotations

import pytest

from scripts.review_js import BUILT, compiled, compiler, head


def test_the_built_script_fits_its_source() -> None:
    """`make review-js` was run after the last change; told from a digest, without node."""
    assert BUILT.read_text(encoding="utf-8").startswith(head())


def test_the_compiler_writes_the_same() -> None:
    """Where node and the compiler are at hand, the built file is compiled anew and compared."""
    tsc = compiler()
    if tsc is None:
        pytest.skip("node or the compiler is not here; `make review-js` fetches it")

    assert compiled(tsc) == BUILT.read_text(encoding="utf-8")
