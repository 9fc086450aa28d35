"""Writes `corpus/laid_out.jsonl` from gold json of laid-out case files (only where they are new)."""

from __future__ import annotations

import argparse
from pathlib import Path

from gold import read_gold, write_laid_out


def main() -> None:
    """Read the named gold files; d-017 and later are for measuring and never enter."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    write_laid_out([read_gold(p) for p in sorted(args.gold.glob("d-*.json")) if p.stem <= "d-016"], args.out)


if __name__ == "__main__":
    main()
