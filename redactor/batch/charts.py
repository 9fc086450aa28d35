"""Small plots as inline SVG: bars and histograms that also say in words what they show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10

WIDTH, BAR, GAP = 640, 22, 6
SHADES = ("#1b6ca8", "#b35c00", "#6d4aa3", "#3f7d4e", "#b3261e", "#5c6670")


def shares(counts: Mapping[str, int], label: str) -> str:
    """One bar parted by the counts, its parts told apart by words beneath."""
    whole = sum(counts.values()) or 1
    at, parts, words = 0.0, [], []
    for (name, count), shade in zip(counts.items(), SHADES, strict=False):
        wide = WIDTH * count / whole
        parts.append(f'<rect x="{at:.1f}" width="{wide:.1f}" height="34" fill="{shade}"/>')
        square = f'<rect width="12" height="12" fill="{shade}"/>'
        key = f'<svg class="key" aria-hidden="true">{square}</svg>'
        words.append(f"<li>{key} {escape(name)}: <b>{count}</b> ({100 * count / whole:.0f} %)</li>")
        at += wide
    return f'{_svg("".join(parts), 34, label)}<ul class="legend">{"".join(words)}</ul>'


def histogram(values: Sequence[float], edges: Sequence[float], label: str, unit: str = "") -> str:
    """How many values fall between each two edges; the last bin takes all above it."""
    counts = [0] * (len(edges) - 1)
    for value in values:
        n = sum(value >= e for e in edges[1:-1])
        counts[n] += 1
    most = max([*counts, 1])
    rows = []
    for n, count in enumerate(counts):
        y = n * (BAR + GAP)
        wide = 430 * count / most
        name = f"{edges[n]:g} to {edges[n + 1]:g}{unit}"
        rows.append(
            f'<text x="140" y="{y + 16}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="150" y="{y}" width="{wide:.1f}" height="{BAR}" fill="{SHADES[0]}"/>'
            f'<text x="{156 + wide:.1f}" y="{y + 16}">{count}</text>'
        )
    return _svg("".join(rows), len(counts) * (BAR + GAP), label)


def bar(value: float, most: float) -> str:
    """A bar for a cell of a table; the number stands beside it."""
    wide = 160 * value / most if most else 0
    return (
        '<svg class="bar" width="160" height="12" aria-hidden="true">'
        f'<rect width="{wide:.1f}" height="12" fill="{SHADES[0]}"/></svg>'
    )


def round_edges(values: Sequence[float], count: int = 8) -> list[float]:
    """Edges of about ``count`` bins of one round width from 0 to the largest value."""
    top = max([*values, 0.001])
    raw = top / count
    power = 10.0 ** floor(log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
    return [round(step * n, 6) for n in range(int(top / step) + 2)]


def _svg(inside: str, height: float, label: str) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}">'
        f"<title>{escape(label)}</title>{inside}</svg>"
    )
