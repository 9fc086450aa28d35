"""The gate: every check on the saved bytes, and no release when one of them fails.

An exception in a check is a failed check. The engines are PDFium and qpdf; nothing here shares
code with the writer (docs/decisions/second-engine.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from redactor.types import Box, Check, Verdict
from redactor.verify.expectation import Expectation
from redactor.verify.match import Matcher
from redactor.verify.objects import strings, unexpected
from redactor.verify.pages import Pages, lost_words, not_covered

LOST = 0.005  # share of kept words that may be missing from the text layer
ReadImage = Callable[[int], str]


@dataclass
class _Case:
    data: bytes
    expected: Expectation
    read_image: ReadImage | None
    matcher: Matcher
    pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        self.pages = Pages(self.data)


def verify(
    release: bytes, expected: Expectation, *, read_image: ReadImage | None = None
) -> Verdict:
    """The verdict on a saved release.

    ``read_image`` gives the text that OCR reads on a page of the release; it is asked for pages
    that carry boxes.
    """
    words = [t for _, t in expected.kept]
    matcher = Matcher(expected.protected, words, (*expected.allowed, *expected.labels))
    try:
        case = _Case(release, expected, read_image, matcher)
    except Exception as error:  # noqa: BLE001 - whatever it was, nobody proved the file safe
        return Verdict((Check("opens", passed=False, detail=type(error).__name__),))
    checks = [Check("opens", passed=True)]
    for name, check in CHECKS.items():
        try:
            count, detail = check(case)
        except Exception as error:  # noqa: BLE001
            checks.append(Check(name, passed=False, detail=type(error).__name__))
            continue
        checks.append(Check(name, passed=count == 0, count=count, detail=detail))
    return Verdict(tuple(checks))


def _page_sizes(case: _Case) -> tuple[int, str]:
    sizes = [case.pages.size(n) for n in range(len(case.pages))]
    if len(sizes) != len(case.expected.sizes):
        return 1, "the number of pages changed"
    bad = sum(
        abs(a[0] - b[0]) > 0.5 or abs(a[1] - b[1]) > 0.5
        for a, b in zip(sizes, case.expected.sizes, strict=True)
    )
    return bad, "pages of another size" if bad else ""


def _structure(case: _Case) -> tuple[int, str]:
    found = unexpected(case.data)
    return len(found), "; ".join(sorted(set(found))[:4])


def _text(case: _Case) -> tuple[int, str]:
    hits = [
        (n, case.matcher.count(case.pages.text(n)) + case.matcher.count(case.pages.sorted_text(n)))
        for n in range(len(case.pages))
    ]
    return sum(c for _, c in hits), _where([n for n, c in hits if c])


def _objects(case: _Case) -> tuple[int, str]:
    count = sum(case.matcher.raw_count(s) for s in strings(case.data))
    return count + case.matcher.raw_count(case.data), ""


def _boxes(case: _Case) -> tuple[int, str]:
    bad = []
    for n in range(len(case.pages)):
        mine = [b for b in case.expected.boxes if b.page == n]
        if mine and (count := not_covered(case.pages.image(n), mine)):
            bad += [n] * count
    return len(bad), _where(bad)


def _under_boxes(case: _Case) -> tuple[int, str]:
    """Text that can still be selected where a protected word stood, labels apart."""
    bad = []
    for box in case.expected.removed:
        text = case.pages.inside(_core(box))
        for label in case.expected.labels:
            text = text.replace(label, "")
        if case.matcher.count(text):
            bad.append(box.page)
    return len(bad), _where(bad)


def _core(box: Box) -> Box:
    dx, dy = 0.1 * box.width, 0.2 * box.height
    return Box(box.page, box.x0 + dx, box.y0 + dy, box.x1 - dx, box.y1 - dy)


def _seen(case: _Case) -> tuple[int, str]:
    """Protected texts that OCR still reads on pages with boxes."""
    if case.read_image is None:
        return 0, "not asked for"
    pages = sorted({b.page for b in case.expected.boxes})
    hits = [(n, case.matcher.count(case.read_image(n))) for n in pages]
    return sum(c for _, c in hits), _where([n for n, c in hits if c])


def _kept(case: _Case) -> tuple[int, str]:
    lost = lost_words(case.pages, case.expected.kept)
    allowed = LOST * len(case.expected.kept)
    return (lost, "kept words are missing") if lost > max(allowed, 2) else (0, "")


def _where(pages: Sequence[int]) -> str:
    return f"pages {', '.join(str(n + 1) for n in sorted(set(pages)))}" if pages else ""


CHECKS: dict[str, Callable[[_Case], tuple[int, str]]] = {
    "page_sizes": _page_sizes,
    "structure": _structure,
    "text": _text,
    "objects": _objects,
    "boxes": _boxes,
    "under_boxes": _under_boxes,
    "seen": _seen,
    "kept_words": _kept,
}
