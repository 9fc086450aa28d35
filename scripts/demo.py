"""The main job on the samples: service up, case files in over HTTP, releases out, service down."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import yaml

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "demo"
SAMPLES = ("s-01-intake", "s-05-contactlog")  # born digital, scanned
FILES = {"document": "pdf", "log": "log.json", "text": "txt", "notices": "notices.pdf"}
PATIENCE = 180.0  # seconds for the service to come up and for one job


def main() -> int:
    """Run the demo; the exit code tells whether every release came out."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "REDACTOR_DATA_DIR": str(OUT / "service"),
        "REDACTOR_LOG_KEY": secrets.token_hex(16),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    with (OUT / "service.log").open("wb") as log:
        service = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "redactor", "serve", "--insecure-demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            return send_all(f"http://127.0.0.1:{port}")
        finally:
            service.terminate()
            service.wait(30)
            print("service stopped")


def send_all(base: str) -> int:
    """Send each sample for each requester; 0 when all were released."""
    expected = yaml.safe_load((ROOT / "samples" / "expected.yaml").read_text(encoding="utf-8"))
    bad = 0
    with httpx.Client(base_url=base, timeout=PATIENCE) as client:
        await_service(client)
        print(f"service up at {base}")
        for sample in SAMPLES:
            for category, wanted in expected[sample].items():
                bad += send(client, sample, category, wanted.get("requester", ""))
    return bad


def await_service(client: httpx.Client) -> None:
    """Return when the service says it is ready."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.3)
    raise SystemExit("the service did not come up; see var/demo/service.log")


def send(client: httpx.Client, sample: str, category: str, requester: str) -> int:
    """One case file for one requester; writes its release and returns 0, or says why not."""
    answers = client.get(f"/v1/policies/us-mo/{category}").json()["ordinary_release"]
    data = {
        "jurisdiction": "us-mo",
        "category": category,
        "holds": "hide",
        "answers": json.dumps(answers),
    }
    if requester:
        data["requester_name"] = requester
    file = {"file": (f"{sample}.pdf", (ROOT / "samples" / f"{sample}.pdf").read_bytes())}
    answer = client.post("/v1/jobs", params={"wait": 60}, data=data, files=file)
    job = answer.json()
    while job.get("state") in ("queued", "detecting", "applying", "verifying"):
        job = client.get(job["links"]["self"], params={"wait": 30}).json()
    if job.get("outcome") != "released":
        print(
            f"{sample} for {category}: NOT released: {json.dumps(job.get('reasons') or job)[:300]}"
        )
        return 1
    for name, ending in FILES.items():
        if name in job["links"]:
            (OUT / f"{sample}.{category}.{ending}").write_bytes(
                client.get(job["links"][name]).content
            )
    boxes = len(json.loads((OUT / f"{sample}.{category}.log.json").read_text())["boxes"])
    checks = len(job["verdict"]["checks"])
    where = (OUT / f"{sample}.{category}.pdf").relative_to(ROOT)
    print(f"{sample} for {category}: released, {boxes} boxes, {checks} checks passed -> {where}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
