"""The reading order: words with boxes in, ``Reading`` out, layout written into its text.

Ruled tables come first (``tables``), then columns parted by white space (``bands``), then
paragraphs. Words from a text layer and from OCR go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from redactor.pdf.bands import Band, find_bands, find_rows, is_running_text
from redactor.pdf.lines import (
    Item,
    Line,
    cluster,
    part_margin,
    pieces,
    upright,
    usual_gap,
    usual_leading,
)
from redactor.pdf.paragraphs import Habit, find_blocks
from redactor.pdf.rawpage import RawPage
from redactor.pdf.tables import Cell, Table, find_tables
from redactor.types import Box, Page, Reading, Source, Word

SPACE, CELL, WRAP, BLOCK, PAGE = " ", "\t", "\n", "\n\n", "\f"
SLACK = 1.1  # OCR boxes are less exact by so much
Piece = tuple[str, Word]  # a word and the separator before it
Flow = list[Piece]


def compose(pages: Iterable[RawPage]) -> Reading:
    """The pages' words in reading order, with exact offsets.

    ``text[w.start:w.end] == w.text`` for every word; between two words stands exactly one of the
    separators that ``types.Reading`` names.
    """
    parts: list[str] = []
    made: list[Page] = []
    at = 0
    for page in pages:
        if made:
            parts.append(PAGE)
            at += len(PAGE)
        start, words = at, []
        for n, (separator, word) in enumerate(page_flow(page)):
            lead = separator if n else ""
            at += len(lead)
            words.append(replace(word, start=at, turn=page.turn(word)))
            at += len(word.text)
            parts += (lead, word.text)
        made.append(_page(page, start, at, tuple(words)))
    return Reading("".join(parts), tuple(made))


def _page(raw: RawPage, start: int, end: int, words: tuple[Word, ...]) -> Page:
    return Page(
        number=raw.number,
        width=raw.width,
        height=raw.height,
        start=start,
        end=end,
        words=words,
        kind=raw.kind,
        confidence=raw.confidence,
        dpi=raw.dpi,
        explained=raw.explained,
        regions=raw.regions,
        doubts=raw.doubts,
        angle=raw.angle,
    )


def page_flow(page: RawPage) -> Flow:
    """Words of one page in reading order, each with the separator before it."""
    front = [flow for group in _turns(page, page.front) for flow in group]
    behind: list[Flow] = []
    for _, group in groupby(sorted(page.behind, key=lambda w: w.source), key=lambda w: w.source):
        behind += [flow for turned in _turns(page, group, bare=True) for flow in turned]
    return _joined([*front, *behind], BLOCK)


def _turns(page: RawPage, words: Iterable[Word], *, bare: bool = False) -> Iterator[list[Flow]]:
    """What runs as most of the page does, then what runs down, up or upside down beside it."""
    centre, rest = (page.width / 2, page.height / 2), page.angle - 90 * round(page.angle / 90)

    def order(word: Word) -> int:
        return (page.turn(word) - page.quarters) % 4

    for off, group in groupby(sorted(words, key=order), key=order):
        items = upright(group, 90 * (page.quarters + off) % 360 + rest, centre)
        yield _region(items, () if bare or off else page.rules)


def _joined(flows: Iterable[Flow], separator: str) -> Flow:
    out: Flow = []
    for flow in flows:
        if flow:
            out.append((separator, flow[0][1]))
            out += flow[1:]
    return out


def _region(items: list[Item], rules: Sequence[Box]) -> list[Flow]:
    """Blocks of a page: its ruled tables, and the text above, beside and below them."""
    tables, free = find_tables(items, rules)
    numbers, free = part_margin(free)
    lines = cluster(free or items)
    level = tuple(r for r in rules if r.width > 36 and r.width > r.height)
    seen = sum(i.word.source is Source.OCR for i in items)
    slack = SLACK if 2 * seen > len(items) else 1.0
    habit = Habit(usual_gap(lines), usual_leading(lines), level, slack)
    out: list[Flow] = []
    for table in tables:
        out += _blocks([i for i in free if i.middle < table.y0], habit)
        beside = [i for i in free if table.y0 <= i.middle <= table.y1]
        out += _blocks([i for i in beside if i.x1 <= table.x0 + 2], habit)
        out += _table(table, habit)
        out += _blocks([i for i in beside if i.x1 > table.x0 + 2], habit)
        free = [i for i in free if i.middle > table.y1]
    return [*out, *_blocks(free, habit), _block(numbers, habit)]


def _table(table: Table, habit: Habit) -> Iterator[Flow]:
    for row in table.rows:
        if len(row) == 1:
            yield from _blocks(row[0].items, habit)
        else:
            yield _joined((_cell(c, habit) for c in row), CELL)


def _cell(cell: Cell, habit: Habit) -> Flow:
    return _block(cluster(cell.items), habit)


def _line(line: Line, habit: Habit) -> Flow:
    return _joined(([(SPACE, i.word) for i in p] for p in pieces(line, habit.gap)), CELL)


def _blocks(items: list[Item], habit: Habit) -> list[Flow]:
    """Blocks of a stretch without ruled tables."""
    out: list[Flow] = []
    for band in find_bands(cluster(items), habit.gap):
        out += (
            _columns(band, habit)
            if band.gutters
            else [_block(b, habit) for b in find_blocks(band.lines, habit)]
        )
    return out


def _block(lines: Sequence[Line], habit: Habit) -> Flow:
    return _joined((_line(line, habit) for line in lines), WRAP)


def _columns(band: Band, habit: Habit) -> list[Flow]:
    columns = band.columns()
    if len(columns) < 2:
        return [_block(b, habit) for b in find_blocks(band.lines, habit)]
    if is_running_text(columns):
        return [flow for column in columns for flow in _blocks(column, habit)]
    rows = [[cluster(c) for c in columns]] if band.row else find_rows(columns, habit.leading)
    return [_joined((_block(cell, habit) for cell in row), CELL) for row in rows]
