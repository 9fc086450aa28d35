"""How long an officer waits at the review desk on a long file, measured in a real browser.

    python benchmarks/desk.py [--pages 200]

A file of that many pages is made of the typed samples, sent to a service of its own, and opened
in Debian's chromium: the time until the picture of the first page is there, until every box can
be used, and until a changed role shows on every page that is drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx

from redactor.pdf.packet import join
from redactor.policy import least_answers, load

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ("s-01-intake", "s-02-narrative", "s-03-letter", "s-04-email")
CATEGORY = "inv_alleged_perpetrator"
PATIENCE = 1800.0  # seconds for the file to be read
TURNS = 5  # role changes, of which the median is told


def main() -> int:
    """Print one line of JSON a figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    pages = parser.parse_args().pages
    chromium = shutil.which("chromium")
    if chromium is None:
        print("chromium is not installed", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        data = long_file(pages)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        service = serve(folder, port)
        try:
            address = send(f"http://127.0.0.1:{port}", data)
            figures = look(chromium, address, service.pid)
        finally:
            service.terminate()
            service.wait(60)
    machine, load = f"{platform.machine()}, {os.cpu_count()} cores", round(os.getloadavg()[0], 1)
    print(json.dumps({"pages": pages, **figures, "machine": machine, "load": load}))
    return 0


def long_file(pages: int) -> bytes:
    """A PDF of at least so many pages."""
    parts = [(ROOT / "samples" / f"{s}.pdf").read_bytes() for s in SAMPLES]
    once = join(parts)
    count = _count(once)
    return join([once] * -(-pages // count))


def _count(data: bytes) -> int:
    from io import BytesIO  # noqa: PLC0415

    import pikepdf  # noqa: PLC0415 - only here

    with pikepdf.open(BytesIO(data)) as pdf:
        return len(pdf.pages)


def serve(folder: str, port: int) -> subprocess.Popen[bytes]:
    """A service of its own, open to this machine."""
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "REDACTOR_DATA_DIR": folder, "REDACTOR_WORKERS": "1",
        "REDACTOR_RATE_LIMIT": "",
    }  # fmt: skip
    command = [sys.executable, "-m", "redactor", "serve", "--port", str(port), "--insecure-demo"]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def send(base: str, data: bytes) -> str:
    """The address of the file, once it waits on the desk."""
    form = {"jurisdiction": "us-mo", "category": CATEGORY, "requester": "Carl Dufresne"}
    form |= {f"answer.{q}": v for q, v in least_answers(load("us-mo"), CATEGORY).items()}
    until = time.monotonic() + PATIENCE
    with httpx.Client(base_url=base, timeout=60) as client:
        while True:
            try:
                if client.get("/readyz").status_code == httpx.codes.OK:
                    break
            except httpx.TransportError:
                time.sleep(0.3)
        answer = client.post("/review/new", data=form, files={"file": ("case.pdf", data)})
        address = str(answer.headers["Location"])
        while time.monotonic() < until:
            now = client.get(f"{address}/progress").json()
            if not now["busy"]:
                return f"{base}{address}"
            time.sleep(1)
    raise SystemExit("the file was not read in time")


def worked(pid: int) -> float:
    """CPU seconds of a process and all below it."""
    ticks = os.sysconf("SC_CLK_TCK")
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text(encoding="ascii", errors="replace")
        except OSError:
            continue  # it ended meanwhile
        fields = text.rpartition(")")[2].split()
        if pid in (int(stat.parent.name), int(fields[1])) or _above(int(fields[1])) == pid:
            total += (int(fields[11]) + int(fields[12])) / ticks
    return total


def _above(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])


def look(chromium: str, address: str, service: int) -> dict[str, Any]:
    """Seconds until the first page, until the desk is ready, and for a changed role."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    figures: dict[str, Any] = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(120_000)
        for name in ("cold", "again"):
            began = worked(service)
            page.goto(address)
            page.wait_for_selector("html[data-ready]")
            page.wait_for_selector(".box")
            first = "performance.getEntriesByName('first-page')[0]?.startTime"
            figures[f"first_page_{name}_s"] = round((page.evaluate(first) or 0) / 1000, 3)
            figures[f"ready_{name}_cpu_s"] = round(worked(service) - began, 2)
            figures[f"ready_{name}_s"] = round(page.evaluate("performance.now()") / 1000, 3)
        took = []
        page.click("summary:has-text('FINCH, NORA')")
        began = worked(service)
        for turn in range(TURNS):
            page.click("details[open] >> text=Change role")
            page.locator("#role-relative").set_checked(turn % 2 == 0)
            page.click("#ask-yes")
            page.wait_for_selector("#say.on:has-text('every box followed')")
            page.wait_for_timeout(1500)
            took.append(int(page.evaluate("document.documentElement.dataset.took")))
        figures["role_change_cpu_s"] = round((worked(service) - began) / TURNS, 3)
        figures["role_change_median_s"] = round(statistics.median(took) / 1000, 3)
        figures["role_change_most_s"] = round(max(took) / 1000, 3)
        browser.close()
    return figures


if __name__ == "__main__":
    sys.exit(main())
