"""The samples come out as the law says, for each of three requesters (samples/expected.yaml).

Where they do not yet, ``samples/misses.yaml`` says so; nothing else may go wrong.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
import yaml

from redactor.batch.gold import load as load_gold
from redactor.pipeline import run
from redactor.policy.loader import least_answers, load
from redactor.settings import Settings
from redactor.types import Request

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))
MISSES = yaml.safe_load((SAMPLES / "misses.yaml").read_text(encoding="utf-8"))
CASES = [(s, c) for s, categories in EXPECTED.items() for c in categories]


def plain(text: str) -> str:
    """Letters and digits only, so that layout cannot hide or split a string."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[^0-9a-z]", "", folded)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(ocr_strategy="fast")


@pytest.mark.slow
@pytest.mark.parametrize(("sample", "category"), CASES, ids=[f"{s}-{c}" for s, c in CASES])
def test_sample_shows_each_requester_what_the_law_gives(
    sample: str, category: str, settings: Settings
) -> None:
    """What must be gone cannot be extracted and what must stay stands, save the known misses."""
    wanted = EXPECTED[sample][category]
    names = (wanted["requester"],) if "requester" in wanted else ()
    answers = least_answers(load("us-mo"), category)
    request = Request("us-mo", category, names, answers=answers, holds="hide")

    release = run((SAMPLES / f"{sample}.pdf").read_bytes(), request, settings=settings)

    failing = [c.name for c in release.verdict.failing]
    assert release.outcome == "released", failing
    assert release.document is not None
    pages = pypdfium2.PdfDocument(release.document)
    text = plain(" ".join(p.get_textpage().get_text_bounded() for p in pages))
    left = {s for s in wanted["gone"] if plain(s) in text}
    lost = {s for s in wanted["kept"] if plain(s) not in text}
    known = MISSES.get(sample, {}).get(category, {})

    assert left <= set(known.get("left", ()))
    assert lost <= set(known.get("lost", ()))


def test_no_known_miss_is_a_reporters() -> None:
    """What is known to be left names nobody who reported."""
    for sample, categories in MISSES.items():
        gold = load_gold(SAMPLES / f"{sample}.json")
        own = {plain(m.text) for m in gold.mentions if "reporter" in gold.roles(m.person)}
        for miss in categories.values():
            assert not [s for s in miss.get("left", ()) if any(plain(s) in text for text in own)]
