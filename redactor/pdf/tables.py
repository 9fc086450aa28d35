"""Ruled tables: cells from ruling lines, by looking from each word to the nearest line each way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from redactor.pdf.lines import Item
from redactor.types import Box

TOUCH = 3.0  # points between two lines that meet
SAME = 2.0  # points between two places that are one


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """A ruling line: at ``at``, from ``a`` to ``b`` along the other axis."""

    at: float
    a: float
    b: float


@dataclass(slots=True)
class Cell:
    """A box of a table and the items that stand in it."""

    y0: float
    x0: float
    y1: float
    x1: float
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """Cells whose lines touch, as rows from top to bottom, cells from left to right."""

    rows: list[list[Cell]]

    @property
    def y0(self) -> float:
        """Upper edge."""
        return min(c.y0 for row in self.rows for c in row)

    @property
    def y1(self) -> float:
        """Lower edge."""
        return max(c.y1 for row in self.rows for c in row)

    @property
    def x0(self) -> float:
        """Left edge."""
        return min(c.x0 for row in self.rows for c in row)


def grid(rules: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """Level and upright lines, pieces joined, without those that bound no cell (underlines)."""
    level, plumb = [], []
    for r in rules:
        if r.width >= r.height:
            level.append(Rule((r.y0 + r.y1) / 2, r.x0, r.x1))
        else:
            plumb.append(Rule((r.x0 + r.x1) / 2, r.y0, r.y1))
    level, plumb = _joined(level), _joined(plumb)
    while True:
        kept_level = [r for r in level if _met(r, plumb)]
        kept_plumb = [r for r in plumb if _met(r, kept_level)]
        if len(kept_level) == len(level) and len(kept_plumb) == len(plumb):
            return level, plumb
        level, plumb = kept_level, kept_plumb


def _joined(rules: list[Rule]) -> list[Rule]:
    """Pieces of one line made one."""
    out: list[Rule] = []
    bundle: list[Rule] = []
    for rule in sorted(rules):
        if bundle and rule.at - bundle[0].at > SAME:
            out += _ends_joined(bundle)
            bundle = []
        bundle.append(rule)
    return out + _ends_joined(bundle)


def _ends_joined(bundle: list[Rule]) -> list[Rule]:
    out: list[Rule] = []
    for rule in sorted(bundle, key=lambda r: r.a):
        if out and rule.a <= out[-1].b + TOUCH:
            out[-1] = Rule(out[-1].at, out[-1].a, max(rule.b, out[-1].b))
        else:
            out.append(rule)
    return out


def _met(rule: Rule, across: Sequence[Rule]) -> bool:
    """True when two lines across meet both ends, or the line is met and runs between them."""
    meeting = [
        o.at
        for o in across
        if rule.a - TOUCH <= o.at <= rule.b + TOUCH and o.a - TOUCH <= rule.at <= o.b + TOUCH
    ]
    return len(meeting) >= 2 and max(meeting) - min(meeting) > 2 * TOUCH


def find_tables(items: Iterable[Item], rules: Iterable[Box]) -> tuple[list[Table], list[Item]]:
    """The tables of a page from top to bottom, and the items that stand in none."""
    level, plumb = grid(rules)
    if not level or not plumb:
        return [], list(items)
    cells: dict[tuple[float, float, float, float], Cell] = {}
    free = []
    for item in items:
        key = _bounds(item, level, plumb)
        if key is None:
            free.append(item)
        else:
            cells.setdefault(key, Cell(*key)).items.append(item)
    return [_table(group) for group in _groups(sorted(cells.values(), key=lambda c: c.y0))], free


def _bounds(
    item: Item, level: Sequence[Rule], plumb: Sequence[Rule]
) -> tuple[float, float, float, float] | None:
    x, y = (item.x0 + item.x1) / 2, item.middle
    above = [r.at for r in level if r.at <= y and r.a - SAME <= x <= r.b + SAME]
    below = [r.at for r in level if r.at > y and r.a - SAME <= x <= r.b + SAME]
    left = [r.at for r in plumb if r.at <= x and r.a - SAME <= y <= r.b + SAME]
    right = [r.at for r in plumb if r.at > x and r.a - SAME <= y <= r.b + SAME]
    if not (above and below and left and right):
        return None
    return max(above), max(left), min(below), min(right)


def _groups(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Cells parted into tables: those that touch belong together."""
    groups: list[list[Cell]] = []
    for cell in cells:
        touching = [g for g in groups if any(_touch(cell, other) for other in g)]
        merged = [cell, *(c for g in touching for c in g)]
        groups = [g for g in groups if g not in touching]
        groups.append(merged)
    return sorted(groups, key=lambda g: min(c.y0 for c in g))


def _touch(a: Cell, b: Cell) -> bool:
    return (
        a.x0 <= b.x1 + TOUCH
        and b.x0 <= a.x1 + TOUCH
        and a.y0 <= b.y1 + TOUCH
        and b.y0 <= a.y1 + TOUCH
    )


def _table(cells: Iterable[Cell]) -> Table:
    rows: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: (c.y0, c.x0)):
        if rows and cell.y0 - rows[-1][0].y0 <= 2 * SAME:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    for row in rows:
        row.sort(key=lambda c: c.x0)
    return Table(rows)
