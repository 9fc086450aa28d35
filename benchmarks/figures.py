"""Figures of the benches, kept as data, and the table of the README that is made of them.

python benchmarks/figures.py        # writes the table anew
"""

from __future__ import annotations

import datetime as dt
import json
import platform
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks" / "figures"
README = ROOT / "README.md"
BEGIN, END = "<!-- speed: made by benchmarks/figures.py -->", "<!-- end of speed -->"


def machine() -> str:
    """The processor and what runs on it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((x.split(":")[1].strip() for x in lines if x.startswith("model name")), "")
    load = Path("/proc/loadavg").read_text(encoding="utf-8").split()[0]
    return f"{model or platform.processor()}, Python {platform.python_version()}, load {load}"


def keep(name: str, found: dict[str, Any]) -> None:
    """Keep the figures of a bench with their day and machine, and print them."""
    facts = {"measured": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}", "machine": machine(), **found}
    text = json.dumps(facts, indent=1)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)


def known(name: str) -> dict[str, Any]:
    """The figures that a bench kept; empty where it was never run."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def table() -> str:
    """The rows of the README, each with its bench and day; what was not measured says so."""
    rows = ["| speed | measured | bench |", "|---|---|---|"]
    for what, told, bench in _rows():
        day = known(bench).get("measured", "")
        rows.append(f"| {what} | {told} | `benchmarks/{bench}.py` {day} |")
    return "\n".join(rows)


def _rows() -> list[tuple[str, str, str]]:
    costs, peer, two = known("page_costs"), known("doc_redaction_speed"), known("two_workers")
    text = costs.get("text", {})
    return [
        ("a born-digital page, whole way", _seconds(text), "page_costs"),
        ("the same with every page a picture", _seconds(costs.get("pictures", {})), "page_costs"),
        ("a scanned page at 200 dpi, whole way", _seconds(costs.get("scan", {})), "page_costs"),
        ("of which finding and naming, 450 words", _names(known("detection")), "detection"),
        ("share outside reading, OCR, names and writing", _outside(text), "page_costs"),
        ("born-digital, times doc_redaction's speed", _times(peer, "text"), "doc_redaction_speed"),
        ("scanned, times doc_redaction's speed", _times(peer, "scan"), "doc_redaction_speed"),
        ("two workers against one", _times(two, "workers"), "two_workers"),
        ("memory that a page of a file adds", _memory(known("memory")), "memory"),
    ]


def _names(found: dict[str, Any]) -> str:
    return f"{found['ms_of_cpu_a_page']:.0f} ms of one core" if found else "not measured"


def _outside(found: dict[str, Any]) -> str:
    if not found:
        return "not measured"
    return f"{found['outside']:.0%} of the whole, {found['verifying']:.0%} being verification"


def _memory(found: dict[str, Any]) -> str:
    return f"{found['megabytes_a_page']:.2f} MB" if found else "not measured"


def _seconds(found: dict[str, Any]) -> str:
    return f"{found['seconds_a_page']:.2f} s of one core" if found else "not measured"


def _times(found: dict[str, Any], key: str) -> str:
    return f"{found[key]['ratio']:.2f}x" if key in found else "not measured"


def main() -> None:
    """Write the table into the README."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
