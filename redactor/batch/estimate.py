"""What a run would do and cost, told without doing it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from redactor.batch.intake import Row
from redactor.errors import RedactorError
from redactor.policy import check, load
from redactor.settings import Settings

COSTS = Path(__file__).with_name("costs.json")


@dataclass(frozen=True)
class Costs:
    """Seconds of one core that a page costs, from `make costs`; ``text`` is a born-digital page."""

    measured: str
    machine: str
    text: float
    scan: float


@dataclass(frozen=True)
class Forecast:
    """What would become of one row: ``effect`` is proceed, hold, withhold, letter or failed."""

    name: str
    effect: str
    detail: str = ""
    pages: int = 0
    scanned: int = 0
    seconds: float = 0.0


@lru_cache(maxsize=1)
def costs() -> Costs:
    """The costs of a page as they were last measured."""
    return Costs(**json.loads(COSTS.read_text(encoding="utf-8")))


def seconds(pages: int, scanned: int) -> float:
    """Seconds of one core for so many pages, so many of them scans."""
    return (pages - scanned) * costs().text + scanned * costs().scan


def forecast(rows: Iterable[Row], settings: Settings) -> Iterator[Forecast]:
    """The forecast of each row; files are opened, nothing is written."""
    for row in rows:
        try:
            yield _one(row, settings)
        except RedactorError as error:
            yield Forecast(row.name, "failed", error.code)


def _one(row: Row, settings: Settings) -> Forecast:
    from redactor.pdf.survey import survey  # noqa: PLC0415 - loads the PDF libraries

    ruling = check(load(row.request.jurisdiction, settings.policies_dir), row.request)
    if ruling.effect != "proceed":
        return Forecast(row.name, ruling.effect, ",".join(r.code for r in ruling.reasons))
    pages, scanned = survey(row.source.read(settings.max_bytes), settings, row.password)
    return Forecast(row.name, "proceed", "", pages, scanned, seconds(pages, scanned))
