"""Feeds one target with what atheris (libFuzzer) makes up, for as long as one likes.

    python -m tests.fuzz.run take_in -max_total_time=600 [FOLDER OF SEEDS]

`make fuzz` runs each for ten minutes. A crash leaves its bytes in the current folder.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["redactor"]):
    from tests.fuzz.targets import TARGETS

if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()
