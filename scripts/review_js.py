"""Compiles api/review/src/*.ts with TypeScript from npm; only developers need this.

Every built file begins with the digest of its source, by which a test sees whether it is current
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
SOURCES = ROOT / "api" / "review" / "src"
BUILT = ROOT / "api" / "review" / "static"
CACHE = ROOT / ".cache" / "typescript"
VERSION = "7.0.2"


def sources() -> list[Path]:
    """The modules of the desk's script."""
    return sorted(SOURCES.glob("*.ts"))


def built(source: Path) -> Path:
    """What a module is compiled into."""
    return BUILT / f"{source.stem}.js"


def head(source: Path) -> str:
    """The first line of a built file that fits its source as it is now."""
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    return f"// built from src/{source.name} {digest}\n"


def compiler() -> Path | None:
    """The compiler, where it was fetched before."""
    found = CACHE / "node_modules" / ".bin" / "tsc"
    return found if found.exists() and shutil.which("node") else None


def compiled(tsc: Path) -> dict[Path, str]:
    """Every built file as the compiler writes it, with its head."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(  # noqa: S603
            [str(tsc), "-p", str(SOURCES), "--outDir", out], check=True
        )
        return {
            built(s): head(s) + (Path(out) / f"{s.stem}.js").read_text(encoding="utf-8")
            for s in sources()
        }


def main() -> int:
    """Fetch the compiler if need be, and write the built files; those of no source go."""
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
    found = compiled(tsc)
    for old in set(BUILT.glob("*.js")) - found.keys():
        old.unlink()
    for path, text in found.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
