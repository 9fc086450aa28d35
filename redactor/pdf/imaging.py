"""Pictures as image objects of a new file: made from pixels, without markers."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pikepdf
from PIL import Image as Pillow

from redactor.pdf.render import Image

JPEG_QUALITY = 78
NOISY = 0.02  # share of grey pixels above which a picture is a photograph to a compressor


def embed(pdf: pikepdf.Pdf, image: Image) -> pikepdf.Stream:
    """The picture as an image object: JPEG for photographs and noise, else packed grey."""
    height, width = image.shape[:2]
    colour = image.ndim == 3
    facts = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
        "ColorSpace": pikepdf.Name.DeviceRGB if colour else pikepdf.Name.DeviceGray,
    }
    middle = float(((image > 40) & (image < 215)).mean()) + float(
        ((image > 214) & (image < 252)).mean()
    )
    if colour or middle > 10 * NOISY:
        buffer = io.BytesIO()
        Pillow.fromarray(image).save(buffer, "JPEG", quality=JPEG_QUALITY)
        data, more = buffer.getvalue(), {"BitsPerComponent": 8, "Filter": pikepdf.Name.DCTDecode}
    else:
        data, more = _packed(image), {"BitsPerComponent": 4, "Filter": pikepdf.Name.FlateDecode}
    stream = pikepdf.Stream(pdf, data)
    for key, value in {**facts, **more}.items():
        stream[f"/{key}"] = value
    return stream


def _packed(image: Image) -> bytes:
    """Sixteen greys, two pixels a byte, deflated."""
    levels = (image.astype(np.uint16) * 15 + 127) // 255
    if levels.shape[1] % 2:
        levels = np.pad(levels, ((0, 0), (0, 1)))
    return zlib.compress((levels[:, 0::2] << 4 | levels[:, 1::2]).astype(np.uint8).tobytes(), 6)
