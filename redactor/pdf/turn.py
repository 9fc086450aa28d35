"""A page that lies on its side, turned upright and back, by whole quarters."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from redactor.pdf.render import Image
from redactor.pdf.textlayer import Typed
from redactor.types import Box, Page, Removal, Word


@dataclass(frozen=True)
class Turn:
    """``quarters`` by which a page of that size in points is turned left to be read."""

    quarters: int
    width: float
    height: float

    @classmethod
    def of(cls, page: Page) -> Turn:
        """The turn that makes most of a page's lines level."""
        return cls(round(page.angle / 90) % 4, page.width, page.height)

    def upright(self, image: Image) -> Image:
        """The picture as it is read."""
        return np.ascontiguousarray(np.rot90(image, self.quarters))

    def lying(self, image: Image) -> Image:
        """The picture as the page lies."""
        return np.ascontiguousarray(np.rot90(image, -self.quarters))

    def upright_page(self, page: Page) -> Page:
        """The page as it is read; a small slope stays."""
        if not self.quarters:
            return page
        width, height = self._sides()
        rest = page.angle - 90 * round(page.angle / 90)
        words = tuple(map(self._upright_word, page.words))
        return replace(page, width=width, height=height, words=words, angle=rest)

    def upright_removal(self, removal: Removal) -> Removal:
        """A removal on the page as it is read."""
        return replace(removal, box=self._upright_box(removal.box))

    def lying_removal(self, removal: Removal) -> Removal:
        """A removal on the page as it lies."""
        return replace(removal, box=self.lying_box(removal.box))

    def lying_word(self, word: Typed) -> Typed:
        """A typed word on the page as it lies."""
        return replace(word, box=self.lying_box(word.box), turn=self.quarters)

    def lying_box(self, box: Box) -> Box:
        """A box of the page as it is read on the page as it lies."""
        return box.turned(-self.quarters, *self._sides())

    def _upright_box(self, box: Box) -> Box:
        return box.turned(self.quarters, self.width, self.height)

    def _upright_word(self, word: Word) -> Word:
        turn = (word.turn - self.quarters) % 4
        return replace(word, box=self._upright_box(word.box), edges=(), turn=turn)

    def _sides(self) -> tuple[float, float]:
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)
