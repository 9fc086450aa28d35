"""Writes the coverage table of SECURITY.md from the attacks of tests/leak."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.leak.channels import ATTACKS  # noqa: E402 - found from the root
from tests.leak.test_seeded_faults import FAULTS  # noqa: E402
from tests.leak.test_vector_faults import FAULTS as VECTOR  # noqa: E402

PAGE = ROOT / "SECURITY.md"
START, END = "<!-- coverage: made by `make docs` -->", "<!-- coverage ends -->"


def table() -> str:
    """The attacks by group, and the faults, as a table."""
    groups: dict[str, list[str]] = defaultdict(list)
    for attack in ATTACKS:
        groups[attack.group].append(attack.name)
    groups["faults of the writer, put into a sound release"] = list(FAULTS)
    groups["faults of a vector page, beside those above"] = list(VECTOR)
    rows = ["| where | attacks | each with a test of its own |", "|---|---|---|"]
    rows += [f"| {group} | {len(names)} | {'; '.join(names)} |" for group, names in groups.items()]
    return "\n".join(rows)


def page() -> str:
    """SECURITY.md with the present table."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    return f"{before}{START}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
