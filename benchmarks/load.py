"""64 clients send mixed case files for some minutes; says what was lost, and how quick a look was.

    python benchmarks/load.py --seconds 300 --clients 64

Starts a service of its own. Prints errors, back-pressure, lost jobs, the RSS of every process and
the 95th percentile of GET /v1/jobs/{id} while the service was busy, as JSON.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from redactor.policy import least_answers, load

ROOT = Path(__file__).resolve().parents[1]
RESTING = {"done", "needs_review", "failed", "quarantined", "cancelled", "expired"}
CATEGORY = "inv_alleged_perpetrator"
FORM = {
    "jurisdiction": "us-mo",
    "category": CATEGORY,
    "holds": "hide",
    "answers": json.dumps(least_answers(load("us-mo"), CATEGORY)),
}
BAD = b"%PDF-1.7\ntruncated"  # one file in twenty


@dataclass
class Seen:
    """What happened, gathered from every thread."""

    accepted: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    looks: list[float] = field(default_factory=list)
    looked_for: multiprocessing.Queue[str] = field(default_factory=multiprocessing.Queue)
    rss: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Run it and print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=300)
    options.add_argument("--clients", type=int, default=64)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--drain", type=float, default=900, help="seconds to wait for the rest")
    given = options.parse_args()
    files = [p.read_bytes() for p in sorted((ROOT / "samples").glob("*.pdf"))]
    with tempfile.TemporaryDirectory() as folder:
        process, url, first = start(Path(folder), given.workers)
        try:
            report = run(url, first, process.pid, files, given)
        finally:
            process.terminate()
            process.wait(120)
    print(json.dumps(report, indent=1))


def start(folder: Path, workers: int) -> tuple[subprocess.Popen[bytes], str, str]:
    """A service that is ready, its address, and the key it printed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "REDACTOR_DATA_DIR": str(folder),
        "REDACTOR_WORKERS": str(workers),
        "REDACTOR_RATE_LIMIT": "",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "redactor", "serve", "--port", str(port)],
            cwd=ROOT, env={**os.environ, **settings}, stdout=log, stderr=log,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                break
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    return process, url, re.findall(r"rdk_\w{8}_[\w-]{43}", (folder / "log").read_text())[0]


def run(url: str, first: str, pid: int, files: list[bytes], given: Any) -> dict[str, Any]:
    """Send for the time given, wait for the rest, and tell."""
    seen, stop, over = Seen(), threading.Event(), threading.Event()
    body = {"name": "load", "roles": ["submitter", "auditor"], "unit": "main", "days": 1}
    key = httpx.post(f"{url}/v1/keys", headers={"X-API-Key": first}, json=body).json()["key"]
    threads = [
        threading.Thread(target=send, args=(url, key, files, seen, stop))
        for _ in range(given.clients)
    ]
    weighing = threading.Thread(target=weigh, args=(pid, seen, over))
    told_of: multiprocessing.Queue[list[tuple[float, int]]] = multiprocessing.Queue()
    looking = multiprocessing.Process(
        target=look, args=(url, key, given.seconds, seen.looked_for, told_of)
    )
    looking.start()
    for thread in [*threads, weighing]:
        thread.start()
    time.sleep(given.seconds)
    stop.set()
    for seconds, status in told_of.get():
        seen.looks.append(seconds)
        if status != httpx.codes.OK:
            seen.errors[f"look {status}"] += 1
    looking.join()
    for thread in threads:
        thread.join()
    ended = drain(url, key, seen, given.drain)
    over.set()
    weighing.join()
    return told(url, key, seen, ended, given)


def send(url: str, key: str, files: list[bytes], seen: Seen, stop: threading.Event) -> None:
    """One client: sends, waits as it is told to, sends again."""
    dice = random.Random(threading.get_ident())
    with httpx.Client(base_url=url, headers={"X-API-Key": key}, timeout=120) as client:
        while not stop.is_set():
            data = BAD if dice.random() < 0.05 else dice.choice(files)
            pause = 0.05
            try:
                answer = client.post("/v1/jobs", data=FORM, files={"file": ("case", data)},
                                     headers={"Idempotency-Key": f"{dice.random()}"})  # fmt: skip
            except httpx.TransportError as error:
                with seen.lock:
                    seen.errors[type(error).__name__] += 1
            else:
                with seen.lock:
                    seen.answers[str(answer.status_code)] += 1
                    if answer.status_code in (201, 202):
                        seen.accepted[answer.json()["id"]] = ""
                        seen.looked_for.put(answer.json()["id"])
                    elif answer.status_code not in (429, 503):
                        seen.errors[str(answer.status_code)] += 1
                pause = float(answer.headers.get("Retry-After", pause))
            stop.wait(pause * dice.uniform(0.5, 1.0))


def look(
    url: str,
    key: str,
    seconds: float,
    ids: multiprocessing.Queue[str],
    found: multiprocessing.Queue[list[tuple[float, int]]],
) -> None:
    """Ask for one job after another, twenty times a second, and measure.

    In a process of its own: the threads that send would hold up its clock, not the service.
    """
    until, known, looks = time.monotonic() + seconds, [ids.get()], []
    with httpx.Client(base_url=url, headers={"X-API-Key": key}, timeout=60) as client:
        while time.monotonic() < until:
            while not ids.empty():
                known.append(ids.get())
            began = time.perf_counter()
            status = client.get(f"/v1/jobs/{random.choice(known)}").status_code
            looks.append((time.perf_counter() - began, status))
            time.sleep(0.05)
    found.put(looks)


def weigh(pid: int, seen: Seen, over: threading.Event) -> None:
    """The most memory that each process below the service ever held, in MB."""
    while not over.wait(2.0):
        for process in family(pid):
            try:
                status = Path(f"/proc/{process}/status").read_text()
                command = Path(f"/proc/{process}/cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            rss = int(re.findall(r"VmRSS:\s+(\d+)", status + "VmRSS: 0")[0]) // 1024
            name = f"{process} {kind(command)}"
            seen.rss[name] = max(seen.rss.get(name, 0), rss)


KINDS = {
    "forkserver": "child",
    "spawn_main": "child",
    "gunicorn": "web",
    "redactor worker": "worker",
    "redactor serve": "serve",
}
ENDS = ("release.made", "release.withheld", "job.failed")


def kind(command: str) -> str:
    """What a process is for."""
    return next((name for word, name in KINDS.items() if word in command), "other")


def family(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for process in found:
        try:
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        except OSError:
            continue
        found += map(int, children)
    return found


def drain(url: str, key: str, seen: Seen, seconds: float) -> float:
    """Wait until every accepted job rests; the seconds that it took."""
    began = time.monotonic()
    with httpx.Client(base_url=url, headers={"X-API-Key": key}, timeout=60) as client:
        while time.monotonic() - began < seconds:
            for job in [j for j, state in seen.accepted.items() if state not in RESTING]:
                answer = client.get(f"/v1/jobs/{job}")
                found = answer.json()
                rests = answer.status_code == httpx.codes.OK and found["state"] in RESTING
                seen.accepted[job] = found["state"] if rests else ""
            if all(seen.accepted.values()):
                break
            time.sleep(1.0)
    return time.monotonic() - began


def told(url: str, key: str, seen: Seen, ended: float, given: Any) -> dict[str, Any]:
    """The figures; an end that stands twice on the trail is an error."""
    ends: Counter[str] = Counter()
    after: int | None = 0
    with httpx.Client(base_url=url, headers={"X-API-Key": key}, timeout=60) as client:
        while after is not None:
            page = client.get("/v1/audit", params={"after": after, "limit": 1000}).json()
            ends.update(r["subject"] for r in page["rows"] if r["action"] in ENDS)
            after = page["next"]
        whole = client.get("/v1/audit/verify").json()["whole"]
    looks = sorted(seen.looks)
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "seconds": given.seconds, "clients": given.clients, "workers": given.workers,
        "load_average": [round(x, 1) for x in os.getloadavg()],
        "answers": dict(seen.answers), "errors": dict(seen.errors),
        "accepted": len(seen.accepted), "states": dict(Counter(seen.accepted.values())),
        "lost": sum(not s for s in seen.accepted.values()),
        "ended_twice": sum(n > 1 for n in ends.values()), "trail_whole": whole,
        "drained_after_seconds": round(ended),
        "looks": len(looks),
        "look_ms": {"p50": ms(statistics.median(looks)), "p95": ms(looks[int(len(looks) * 0.95)]),
                    "max": ms(looks[-1])} if looks else {},
        "rss_mb": dict(sorted(seen.rss.items())),
    }  # fmt: skip


def ms(seconds: float) -> float:
    """Milliseconds."""
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    main()
