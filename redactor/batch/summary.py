"""What a run came to, on one page that a supervisor can read: no script, nothing fetched."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from redactor.batch.charts import bar, histogram, round_edges, shares
from redactor.batch.manifest import Entry
from redactor.errors import RedactorError

STYLE = Path(__file__).with_name("summary.css")
OUTCOMES = ("released", "held", "withheld", "letter", "failed")
LISTED = 15  # rows of a list of the slowest or least read; the CSV has them all
READ = 0.9  # a page of which less ink was read deserves a look
INK = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
INK_TOLD = (
    "The share of a page's ink that lies under words that were read; the rest is handwriting,"
    " stamps, pictures and dirt. Each file by its least read page."
)
KNOWN = {
    "crashed": "The file made a worker crash.",
    "out_of_memory": "The file needs more memory than a worker may take.",
}


def as_html(entries: Sequence[Entry], now: dt.datetime) -> str:
    """The page for these entries of a manifest; all of their text is escaped."""
    ended = [e for e in entries if e.state == "done"]
    parts = [
        _head(ended, now),
        *_reasons(ended),
        *_time(ended),
        *_ink(ended),
        *_stopped(ended),
        "</main></body></html>\n",
    ]
    return "\n".join(parts)


def _head(entries: Sequence[Entry], now: dt.datetime) -> str:
    count = Counter(e.outcome for e in entries)
    pages, spent = sum(e.pages for e in entries), sum(e.seconds for e in entries)
    facts = {
        "Case files": f"{len(entries)}",
        "Pages": f"{pages}",
        "of them scanned": f"{sum(e.scanned for e in entries)}",
        "Boxes": f"{sum(e.boxes for e in entries)}",
        "Working time": _duration(spent),
        "Seconds a page": f"{spent / pages:.2f}" if pages else "-",
    }
    tiles = "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in facts.items())
    told = {o: count[o] for o in OUTCOMES if count[o]}
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Summary of a run</title><style>{STYLE.read_text(encoding='utf-8')}</style></head>"
        f"<body><main><h1>Summary of a run</h1><p>As of {now:%Y-%m-%d %H:%M} UTC. One line for each"
        f' case file is in <a href="summary.csv">summary.csv</a>.</p><dl>{tiles}</dl>'
        f"<h2>What became of the files</h2>{shares(told, 'Outcomes: ' + _words(told))}"
    )


def _reasons(entries: Sequence[Entry]) -> Iterator[str]:
    for outcome, title in (
        ("held", "Held for a person to decide: for what"),
        ("withheld", "Withheld: why"),
        ("failed", "Failed: why"),
    ):
        mine = [e for e in entries if e.outcome == outcome]
        if mine:
            count = Counter(reason for e in mine for reason in set(e.detail.split(",")))
            rows = (
                (_explained(code), f"{bar(n, len(mine))} {n} of {len(mine)}")
                for code, n in count.most_common()
            )
            caption = "A file may have several reasons."
            yield f"<h2>{title}</h2>" + _table(caption, ("Reason", "Files"), rows)


def _time(entries: Sequence[Entry]) -> Iterator[str]:
    timed = [e for e in entries if e.pages]
    if not timed:
        return
    speeds = [e.seconds / e.pages for e in timed]
    label = f"Files by seconds a page; the middle one took {_middle(speeds):.2f}"
    yield "<h2>Time</h2>" + histogram(speeds, round_edges(speeds), label, " s")
    slowest = sorted(timed, key=lambda e: -e.seconds)[:LISTED]
    yield _table(
        "The slowest files.",
        ("File", "Seconds", "Pages", "Scanned", "Seconds a page"),
        (
            (escape(e.name), f"{e.seconds:.1f}", e.pages, e.scanned, f"{e.seconds / e.pages:.2f}")
            for e in slowest
        ),
    )


def _ink(entries: Sequence[Entry]) -> Iterator[str]:
    seen = [e for e in entries if e.pages and e.verdict]
    if not seen:
        return
    yield f"<h2>Ink that was read</h2><p>{INK_TOLD}</p>"
    label = "Files by the share of ink read on their least read page"
    yield histogram([e.least for e in seen], INK, label)
    doubtful = sorted((e for e in seen if e.least < READ), key=lambda e: e.least)[:LISTED]
    if doubtful:
        rows = (
            (escape(e.name), f"{e.least:.2f}", f"{e.explained:.2f}", e.outcome) for e in doubtful
        )
        yield _table("Files worth a look.", ("File", "Least page", "All pages", "Outcome"), rows)


def _stopped(entries: Sequence[Entry]) -> Iterator[str]:
    """Files without a release, each with its reason."""
    rows = [
        (escape(e.name), e.outcome, "; ".join(_explained(c) for c in e.detail.split(",")))
        for e in entries
        if e.outcome in ("held", "withheld", "failed")
    ]
    if rows:
        yield "<h2>Files without a release</h2>" + _table(
            f"{min(len(rows), 500)} of {len(rows)}.", ("File", "Outcome", "Why"), rows[:500]
        )


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; cells that are numbers stand to the right. Cells are HTML already."""
    cells = [tuple(row) for row in rows]
    body = "".join(
        "<tr>" + "".join(f"<td{_side(c)}>{c}</td>" for c in row) + "</tr>" for row in cells
    )
    over = zip(heads, cells[0], strict=True)
    head = "".join(f'<th scope="col"{_side(c)}>{h}</th>' for h, c in over)
    return (
        f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def _side(cell: object) -> str:
    return ' class="n"' if str(cell).replace(".", "", 1).isdigit() else ""


def _explained(code: str) -> str:
    """A reason in words, as HTML."""
    kind, _, what = code.partition(":")
    if kind == "hold":
        return f"to decide: {escape(what.replace('_', ' '))}"
    title = KNOWN.get(code) or _titles().get(kind)
    return (
        f"{escape(title)} <code>{escape(code)}</code>" if title else escape(code.replace("_", " "))
    )


def _titles(kind: type[RedactorError] = RedactorError) -> dict[str, str]:
    found = {kind.code: kind.title}
    for child in kind.__subclasses__():
        found |= _titles(child)
    return found


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {name}" for name, n in counts.items())


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{seconds / 60:.1f} min"
