"""Compiles api/review/src/review.ts with TypeScript from npm; only developers need this.

The built file begins with the digest of its source, by which a test sees whether it is current
without node.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "api" / "review" / "src" / "review.ts"
BUILT = ROOT / "api" / "review" / "static" / "review.js"
CACHE = ROOT / ".cache" / "typescript"
VERSION = "7.0.2"


def head() -> str:
    """The first line of a built file that fits the source as it is now."""
    return f"// built from src/review.ts {hashlib.sha256(SOURCE.read_bytes()).hexdigest()}\n"


def compiler() -> Path | None:
    """The compiler, where it was fetched before."""
    found = CACHE / "node_modules" / ".bin" / "tsc"
    return found if found.exists() and shutil.which("node") else None


def compiled(tsc: Path) -> str:
    """The script as the compiler writes it, with its head."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(  # noqa: S603
            [str(tsc), "-p", str(SOURCE.parent), "--outDir", out], check=True
        )
        return head() + (Path(out) / "review.js").read_text(encoding="utf-8")


def main() -> int:
    """Fetch the compiler if need be, and write the built file."""
    npm = shutil.which("npm")
    if compiler() is None:
        if npm is None:
            print("npm is needed to fetch the compiler", file=sys.stderr)
            return 3
        CACHE.mkdir(parents=True, exist_ok=True)
        subprocess.run(  # noqa: S603
            [npm, "install", "--silent", "--prefix", str(CACHE), f"typescript@{VERSION}"],
            check=True,
        )
    tsc = compiler()
    if tsc is None:
        return 3
    BUILT.write_text(compiled(tsc), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
