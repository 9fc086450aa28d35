"""Takes the slope out of a scanned page and puts it back: every column moves up or down.

Whole pixels move, so that what is not touched in between comes back as it was.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from redactor.pdf.render import Image
from redactor.types import Box, Page, Removal, Word

LEAST = 0.05  # degrees; less is level
LOWEST = 0.5  # of the height that is left of a long word's box


@dataclass(frozen=True)
class Slope:
    """``fall`` points that a line falls for each point to the right, about ``centre``."""

    fall: float
    centre: float

    @classmethod
    def of(cls, page: Page) -> Slope:
        """The slope of a page's lines."""
        fall = math.tan(math.radians(page.angle)) if abs(page.angle) >= LEAST else 0.0
        return cls(fall, page.width / 2)

    def levelled(self, image: Image) -> Image:
        """The picture with level lines; what leaves it at the foot comes in at the top."""
        return self._moved(image, 1)

    def sloped(self, image: Image) -> Image:
        """The picture that was levelled."""
        return self._moved(image, -1)

    def _moved(self, image: Image, way: int) -> Image:
        if not self.fall:
            return image
        height, width = image.shape[:2]
        columns = np.arange(width)
        shifts = way * np.rint(self.fall * (columns - width / 2)).astype(int)
        return image[(np.arange(height)[:, None] + shifts) % height, columns]

    def level(self, box: Box) -> Box:
        """A box of the page as it stands on the levelled page, without the slope's height."""
        if not self.fall:
            return box
        drop = self._drop(box)
        less = min(abs(self.fall) * box.width, (1 - LOWEST) * box.height) / 2
        return replace(box, y0=box.y0 - drop + less, y1=box.y1 - drop - less)

    def level_word(self, word: Word) -> Word:
        """A word on the levelled page."""
        return replace(word, box=self.level(word.box))

    def sloped_box(self, box: Box) -> Box:
        """A box of the levelled page as it stands on the page."""
        drop = self._drop(box)
        return replace(box, y0=box.y0 + drop, y1=box.y1 + drop)

    def sloped_removal(self, removal: Removal) -> Removal:
        """A removal of the levelled page as it stands on the page."""
        return replace(removal, box=self.sloped_box(removal.box))

    def _drop(self, box: Box) -> float:
        return self.fall * ((box.x0 + box.x1) / 2 - self.centre)
