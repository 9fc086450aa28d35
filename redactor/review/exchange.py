"""A review taken out as marks or rows, and marks brought back as steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redactor.report.xfdf import Drawn
from redactor.review.boxes import View, boxes_on
from redactor.review.edits import Step, as_step
from redactor.review.judge import Judged
from redactor.types import Box

SAME = 1.0  # points by which another program may round a rectangle


def hidden(judged: Judged) -> Iterator[View]:
    """Every box that hides something now, page by page."""
    for page in judged.reading.pages:
        yield from (v for v in boxes_on(judged, page.number) if v.state != "keep")


def marks(judged: Judged) -> tuple[Drawn, ...]:
    """The boxes as marks; what is held says so."""
    return tuple(Drawn(v.id, v.box, v.prints, v.state) for v in hidden(judged))


def rows(judged: Judged) -> Iterator[dict[str, object]]:
    """The boxes as rows of the review table."""
    for v in hidden(judged):
        yield {
            "id": v.id,
            "page": v.box.page + 1,
            **{k: round(getattr(v.box, k), 1) for k in ("x0", "y0", "x1", "y1")},
            "state": v.state,
            "kind": v.kind,
            "person": v.person,
            "label": v.prints,
            "rule": v.rule,
            "citations": "; ".join(v.citations),
            "recognizer": v.recognizer,
            "score": round(v.score, 2),
            "looked_at": "yes" if v.confirmed else "",
            "by_officer": "yes" if v.officer else "",
        }


def steps_of(judged: Judged, found: Sequence[Drawn], *, deletions: bool) -> list[Step]:
    """What the marks change, as steps: boxes moved, boxes new, and where wanted boxes deleted.

    A mark without a name of ours is a new box. A box that no mark names was deleted in the other
    program; only with ``deletions`` is it taken away here.
    """
    now = {v.id: v for v in hidden(judged)}
    steps: list[Step] = []
    for drawn in found:
        view = now.get(drawn.name)
        if view is None:
            steps.append(_step("add_box", "missed", box=_plain(drawn.box)))
        elif not _same(view.box, drawn.box):
            steps.append(_moved(view, drawn.box))
    if deletions:
        named = {d.name for d in found}
        steps += [_deleted(v) for v in now.values() if v.id not in named]
    return steps


def _step(do: str, reason: str, **facts: object) -> Step:
    return as_step({"do": do, "reason": reason, **facts})


def _moved(view: View, box: Box) -> Step:
    if view.id.startswith("b"):
        return _step("move_box", "wrong_extent", id=view.id, box=_plain(box))
    if view.span is None:  # ink or a whole page keeps its place; what was drawn wider is new
        return _step("add_box", "wrong_extent", box=_plain(box))
    piece = int(view.id.rpartition(":")[2])
    return _step("resize", "wrong_extent", span=view.span, piece=piece, box=_plain(box))


def _deleted(view: View) -> Step:
    if view.id.startswith("b"):
        return _step("delete_box", "correction", id=view.id)
    if view.span is None:
        return _step("answer_hold", "looked", hold=view.id, action="keep")
    return _step("open", "wrong_find", span=view.span)


def _plain(box: Box) -> dict[str, float]:
    return {k: getattr(box, k) for k in ("page", "x0", "y0", "x1", "y1")}


def _same(a: Box, b: Box) -> bool:
    return a.page == b.page and all(
        abs(getattr(a, k) - getattr(b, k)) <= SAME for k in ("x0", "y0", "x1", "y1")
    )
