"""The documentation is what the program says of itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scripts.reference import PAGES

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("name", PAGES)
def test_reference_page_is_current(name: str) -> None:
    """An undocumented setting, error or option fails here; `make docs` writes the page."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_route_is_documented() -> None:
    """docs/api.md names each path and method of the OpenAPI document."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    paths = json.loads((ROOT / "api" / "openapi.json").read_text(encoding="utf-8"))["paths"]

    for path, operations in paths.items():
        for method in operations:
            assert f"{method.upper()} {path}" in page


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/**/*.md")) + sorted(ROOT.glob("*.md")), ids=lambda p: p.name
)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a page is a file of the repository."""
    for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_commands_in_the_pages_exist() -> None:
    """Every `make x` and `redactor x` that a page tells of is one."""
    targets = set(
        re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    helped = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
        for command in re.findall(r"^redactor ([a-z]+)", text, re.MULTILINE):
            assert f"## redactor {command}" in helped, command
