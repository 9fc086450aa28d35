"""What can be recovered from files that others redacted, and that a sound release gives nothing."""

from __future__ import annotations

import pytest

from redactor.verify.recover import recoverable
from tests.leak.planting import CANARY, annotation, base, content, key, shown
from tests.leak.test_seeded_faults import CANARY as HIDDEN
from tests.leak.test_seeded_faults import RELEASE, only_covered

BOX = b" 0 g 18 56 100 16 re f"


def told(data: bytes, *terms: str, **more: object) -> str:
    return " ".join(f.what for f in recoverable(data, terms, **more))  # type: ignore[arg-type]


def test_a_sound_release_gives_nothing() -> None:
    """By eye neither."""
    certain = [f for f in recoverable(RELEASE, [HIDDEN], read_image=lambda *_: "") if f.certain]

    assert certain == []


def test_text_under_a_box_can_be_copied() -> None:
    """The classic mistake; the term is told by its number."""
    said = told(content(shown() + BOX)(base()), "weather", CANARY)

    assert "12 characters can be copied out that the page does not show" in said
    assert "Term 2 can be found in the text of page 1" in said
    assert "Term 1" not in said
    assert CANARY not in said


def test_pixels_under_a_drawn_box_are_still_there() -> None:
    """As most tools leave them."""
    assert "a picture still holds what" in told(only_covered())


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (annotation(Subtype="/Text", Contents=CANARY), "in an object of the file"),
        (key("catalog", "XNote", lambda _: f"({CANARY})"), "in an object of the file"),
        (lambda d: d + b"\n" + CANARY.encode(), "in the bytes of the file"),
    ],
)
def test_terms_are_found_off_the_page(plant, where: str) -> None:
    """Notes, keys, bytes behind the end."""
    assert where in told(plant(RELEASE), CANARY)


def test_what_the_file_carries_is_named() -> None:
    """As a place to look, not as a leak."""
    found = recoverable(annotation(Subtype="/Text", Contents="x")(RELEASE))

    assert [(f.what, f.certain) for f in found if "notes" in f.what] == [
        ("The file carries 1 notes, links or fields.", False)
    ]


def test_terms_are_looked_for_by_eye() -> None:
    """With whatever reader is given."""
    said = told(RELEASE, HIDDEN, read_image=lambda *_: f"so {HIDDEN} said")

    assert "by eye on page 1" in said
