"""Writes the weighted mean of two sets of weights: `python blend.py A.pt B.pt SHARE_OF_B OUT.pt`.

Weights that were trained on from others lie close to them, and so does their mean; it keeps more
of what the first knew than going on alone does (Wortsman et al., Robust fine-tuning, CVPR 2022).
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch


def blend(first: Path, second: Path, share: float) -> dict[str, torch.Tensor]:
    """The weights of the second, moved to those of the first; word vectors may be the second's alone."""
    old, new = torch.load(first), torch.load(second)
    return {name: torch.lerp(old.get(name, value), value, share) for name, value in new.items()}


if __name__ == "__main__":
    torch.save(blend(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])), sys.argv[4])
