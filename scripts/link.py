"""Makes this checkout importable from its virtual environment, and gives it the command."""

from __future__ import annotations

import stat
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the path file and the command."""
    site = Path(sysconfig.get_paths()["purelib"])
    (site / "redactor-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    command = Path(sys.executable).parent / "redactor"
    # the processes that it starts read the script again, and must not run it
    body = 'from redactor.cli.main import main\n\nif __name__ == "__main__":\n    main()\n'
    command.write_text(f"#!{sys.executable}\n{body}", encoding="utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


if __name__ == "__main__":
    main()
