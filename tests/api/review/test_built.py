"""The script that browsers are sent is the one that the source says."""

from __future__ import annotations

import pytest

from scripts.review_js import BUILT, built, compiled, compiler, head, sources


def test_the_built_script_fits_its_source() -> None:
    """`make review-js` was run after the last change; told from digests, without node."""
    assert set(BUILT.glob("*.js")) == {built(s) for s in sources()}
    assert all(built(s).read_text(encoding="utf-8").startswith(head(s)) for s in sources())


def test_the_compiler_writes_the_same() -> None:
    """Where node and the compiler are at hand, the files are compiled anew and compared."""
    tsc = compiler()
    if tsc is None:
        pytest.skip("node or the compiler is not here; `make review-js` fetches it")

    assert compiled(tsc) == {built(s): built(s).read_text(encoding="utf-8") for s in sources()}
