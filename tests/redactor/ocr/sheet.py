"""Pictures of pages whose words stand at known places."""

import math

import cv2
import numpy as np
import pymupdf

DPI = 200
LINES = (
    "Mother said the boys were at home all week",
    "and that nobody came to the door on Friday.",
    "Verna Sue Pickett, 417 555 0119, called again",
    "about the yelling and of the broken glass",
    "that she saw on the steps in the morning.",
    "The worker asked the school for the records",
    "of both children and for the nurse's notes.",
)


def sheet(lines=LINES, inches=(5.0, 3.5), size=11, font="helv"):
    """A grey image at 200 dpi and, for each word, its box in pixels."""
    document = pymupdf.open()
    page = document.new_page(width=inches[0] * 72, height=inches[1] * 72)
    for n, line in enumerate(lines):
        page.insert_text((40, 50 + n * 1.7 * size), line, fontsize=size, fontname=font)
    zoom = DPI / 72
    words = [(w[4], tuple(v * zoom for v in w[:4])) for w in page.get_text("words")]
    pixmap = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.height, pixmap.width), words


def askew(image, degrees):
    """The image turned so that its lines fall to the right, and a map of its points."""
    high, wide = image.shape
    forth = cv2.getRotationMatrix2D((wide / 2, high / 2), -degrees, 1.0)
    out = cv2.warpAffine(image, forth, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255)
    return out, lambda x, y: tuple(forth @ (x, y, 1.0))


def turned(image, quarters):
    """The image turned clockwise by quarters, and a map of its points."""
    high, wide = image.shape
    maps = {
        0: lambda x, y: (x, y),
        1: lambda x, y: (high - y, x),
        2: lambda x, y: (wide - x, high - y),
        3: lambda x, y: (y, wide - x),
    }
    return np.ascontiguousarray(np.rot90(image, -quarters)), maps[quarters]


def distance(a, b):
    return math.hypot(a[0] - b[0], a[1] - b[1])
