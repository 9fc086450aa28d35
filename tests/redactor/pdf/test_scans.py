"""Scans: the right pixels are destroyed, to the pixel, however the picture was laid on the page."""

from __future__ import annotations

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image

from redactor.pdf.apply import apply
from redactor.pdf.render import render_page
from redactor.pdf.sanitize import strip
from redactor.policy import load
from redactor.removals import page_holds, removals
from redactor.settings import Settings
from redactor.types import Box, Findings, Page, Reading, Region, Removal
from redactor.verify.objects import unexpected

SETTINGS = Settings()
WIDE, HIGH = 306, 396  # points; pages are small so that the tests are quick
LAID = {
    "plain": (f"{WIDE} 0 0 {HIGH} 0 0", {}),
    "mirrored": (f"-{WIDE} 0 0 {HIGH} {WIDE} 0", {}),
    "upside down": (f"{WIDE} 0 0 -{HIGH} 0 {HIGH}", {}),
    "rotated 90": (f"{WIDE} 0 0 {HIGH} 0 0", {"/Rotate": 90}),
    "rotated 180": (f"{WIDE} 0 0 {HIGH} 0 0", {"/Rotate": 180}),
    "rotated 270": (f"{WIDE} 0 0 {HIGH} 0 0", {"/Rotate": 270}),
    "cropped": (f"{WIDE} 0 0 {HIGH} 0 0", {"/CropBox": [30, 40, 270, 350]}),
    "scaled": (f"{WIDE} 0 0 {HIGH} 0 0", {"/UserUnit": 1.5}),
    "rotated and cropped": (
        f"{WIDE} 0 0 {HIGH} 0 0",
        {"/Rotate": 90, "/CropBox": [30, 40, 270, 350]},
    ),
}


def scan(how: str) -> bytes:
    """A page under one JPEG of noise with a comment and EXIF in it."""
    matrix, keys = LAID[how]
    noise = np.random.default_rng(4).integers(0, 256, (HIGH // 2, WIDE // 2), np.uint8)
    picture = Image.fromarray(noise).resize((2 * WIDE, 2 * HIGH), Image.Resampling.NEAREST)
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "Quillfeather"
    picture.save(out, "JPEG", quality=90, exif=exif, comment=b"Quillfeather")
    with pikepdf.new() as pdf:
        image = pikepdf.Stream(pdf, out.getvalue())
        image.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Image,
                "/Width": 2 * WIDE,
                "/Height": 2 * HIGH,
                "/ColorSpace": pikepdf.Name.DeviceGray,
                "/BitsPerComponent": 8,
                "/Filter": pikepdf.Name.DCTDecode,
            }
        )
        page = pdf.add_blank_page(page_size=(WIDE, HIGH))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.obj.Contents = pdf.make_stream(f"q {matrix} cm /I Do Q".encode())
        for key, value in keys.items():
            page.obj[key] = value
        pdf.save(done := io.BytesIO())
    return done.getvalue()


def release(how: str, *boxes: Box) -> tuple[bytes, np.ndarray]:
    """The release with these boxes, and the picture in it."""
    plain = strip(scan(how)).pdf
    size = render_page(plain, 0, 72, SETTINGS).shape
    page = Page(0, size[1], size[0], 0, 0, (), kind="scan", dpi=144.0)
    gone = [Removal(b, "INK", "RSMo 210.150", ()) for b in boxes]
    pdf = apply(plain, gone, Reading("", (page,)), SETTINGS).pdf
    with pikepdf.open(io.BytesIO(pdf)) as file:
        image = pikepdf.PdfImage(file.pages[0].Resources.XObject.P).as_pil_image()
    return pdf, np.asarray(image.convert("L")).astype(int)


@pytest.mark.parametrize("how", LAID)
def test_the_pixels_under_a_box_are_gone_and_no_others(how: str) -> None:
    """Looked at in the image object of the release, against the same release without the box."""
    box = Box(0, 60.0, 80.0, 140.0, 100.0)
    _, untouched = release(how)
    pdf, image = release(how, box)
    zoom = SETTINGS.output_dpi / 72
    rows, columns = (
        slice(int(79 * zoom), round(101 * zoom) + 1),
        slice(int(57 * zoom), round(143 * zoom) + 1),
    )
    inner = image[rows, columns][2:-2, 2:-2]
    changed = abs(image - untouched) > 60
    changed[rows.start - 8 : rows.stop + 8, columns.start - 8 : columns.stop + 8] = False  # JPEG

    assert np.percentile(inner, 60) < 40  # black but for the label
    assert not changed.any()
    assert untouched.std() > 30  # the noise is there where nothing hides it
    assert b"Quillfeather" not in pdf
    assert unexpected(pdf) == []


def test_ink_that_no_reader_explains_is_a_box_that_stays_where_it_is() -> None:
    """A region is hidden by the policy's default label; a page too coarse is hidden whole."""
    policy, nothing = load("us-mo"), Findings((), ())
    region = Region("signature", Box(0, 50, 50, 150, 80), "strokes beside a word of signing", 0.2)
    fine = Page(0, 306, 396, 0, 0, (), kind="scan", dpi=200.0, regions=(region,))
    coarse = Page(1, 306, 396, 0, 0, (), kind="scan", dpi=96.0)
    reading = Reading("", (fine, coarse))
    gone = removals(policy, reading, nothing, (), SETTINGS)
    held = list(page_holds(policy, reading, SETTINGS))

    assert [r.box for r in gone] == [region.box, Box(1, 0.0, 0.0, 306, 396)]
    assert not any(r.fixed_width for r in gone)
    assert [h.rule for h in held] == ["unexplained_ink", "unreadable_page"]
