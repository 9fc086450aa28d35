"""Kills workers at random under load, restarts database and broker, and counts how jobs ended.

    python benchmarks/kills.py --kills 200 --engine huey
    python benchmarks/kills.py --kills 200 --engine celery --postgres .../bin --rabbit .../rabbitmq-server
    python benchmarks/kills.py --kills 200 --engine celery --postgres ... --redis redis-server

Every job that was accepted must end exactly once: one end in the table, one release, whole, and
made by the claim that the table names. The trail of changes is written by a note in the same
transaction as each change, so a second end would be seen. Prints figures as JSON; exits 1 where
one job is wrong. PostgreSQL, Redis and RabbitMQ are started by this script in folders of its own,
and killed as a lost machine would be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402
from servers import Postgres, Rabbit, Redis, Worker, settle  # noqa: E402
from sqlalchemy import text  # noqa: E402

from redactor.errors import RedactorError  # noqa: E402
from redactor.jobs.bench import open_bench  # noqa: E402
from redactor.jobs.engines import open_engine  # noqa: E402
from redactor.jobs.service import JobService  # noqa: E402
from redactor.jobs.states import RESTING  # noqa: E402
from redactor.policy import least_answers, load  # noqa: E402
from redactor.settings import Settings  # noqa: E402
from redactor.store.db import open_database  # noqa: E402
from redactor.store.upgrade import upgrade  # noqa: E402
from redactor.types import Request  # noqa: E402

CATEGORY = "inv_alleged_perpetrator"
SAMPLE = ROOT / "samples" / "s-01-intake.pdf"


def strike(workers: list[Worker]) -> None:
    """Kill one, and start what has ended by itself, as whoever runs services would."""
    random.choice(workers).kill()
    for worker in workers:
        if worker.process.poll() is not None:
            worker.start()


def submitter(service: JobService, accepted: list[str], target: int, stop: threading.Event) -> None:
    """Keep a few jobs waiting until enough were accepted or enough was killed."""
    request = Request(
        "us-mo",
        CATEGORY,
        ("Carl Dufresne",),
        answers=least_answers(load("us-mo"), CATEGORY),
        holds="hide",
    )
    data = SAMPLE.read_bytes()
    while not stop.is_set() and len(accepted) < target:
        try:
            if service.waiting() < 12:
                accepted.append(service.submit(data, request).id)
                continue
        except RedactorError:
            pass  # not accepted; the database or the queue is away or full
        time.sleep(0.3)


def wrong(service: JobService, settings: Settings, accepted: list[str]) -> list[str]:
    """What is not as it must be, in words, by the table, the files and the trail."""
    faults = []
    database = open_database(settings, patience=30)
    with database.reading() as session:
        rows = session.execute(
            text(
                "SELECT subject, count(*) FROM audit "
                "WHERE action IN ('release.made', 'release.withheld') GROUP BY subject"
            )
        ).all()
    ends = {row[0]: row[1] for row in rows}
    for identifier in accepted:
        job = service.get(identifier)
        if job.state not in RESTING:
            faults.append(f"{identifier} did not end: {job.state}")
        elif job.state == "done":
            if ends.get(identifier) != 1:
                faults.append(f"{identifier} has {ends.get(identifier, 0)} ends on the trail")
            if job.outcome == "withheld":
                checks = [
                    f"{c['name']} {c['detail']}"
                    for c in (job.verdict or {})["checks"]
                    if not c["passed"]
                ]
                faults.append(f"{identifier} was withheld: {'; '.join(checks)}")
                continue
            if not len(pypdfium2.PdfDocument(service.open_file(identifier, "pdf").read())):
                faults.append(f"{identifier} has no whole document")
        elif job.state != "quarantined":
            faults.append(f"{identifier} ended as {job.state}")
    return faults


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--every", type=float, default=2.0, help="seconds between kills, on average")
    asked.add_argument(
        "--restarts", type=int, default=10, help="one restart of a server in so many kills"
    )
    asked.add_argument("--workers", type=int, default=2, help="worker processes, of one child each")
    asked.add_argument("--attempts", type=int, default=1000, help="tries before quarantine")
    asked.add_argument("--engine", default="huey", choices=["huey", "celery"])
    asked.add_argument("--postgres", type=Path, help="folder of PostgreSQL's programs")
    asked.add_argument("--redis", default="", help="redis-server, as broker")
    asked.add_argument("--rabbit", default="", help="rabbitmq-server, as broker")
    asked.add_argument("--seed", type=int, default=1)
    return asked.parse_args()


def main() -> int:
    """Kill, count, tell."""
    given = arguments()
    random.seed(given.seed)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    folder.chmod(0o755)
    servers: list[Postgres | Redis | Rabbit] = []
    settings_of: dict[str, object] = {
        "data_dir": folder / "data",
        "engine": given.engine,
        "queue": f"kills-{secrets.token_hex(4)}",
        "workers": 1,
        "lease_seconds": 6.0,
        "sweep_seconds": 2.0,
        "max_attempts": given.attempts,
        "ocr_strategy": "fast",
    }
    if given.postgres:
        servers.append(Postgres(given.postgres, folder))
        settings_of["database_url"] = servers[-1].url
    if given.redis or given.rabbit:
        servers.append(Redis(given.redis) if given.redis else Rabbit(given.rabbit, folder))
        settings_of["broker_url"] = servers[-1].url
    settings = Settings(**settings_of)  # type: ignore[arg-type]
    database = open_database(settings)
    upgrade(database)
    database.close()
    environment = {
        **os.environ,
        **{f"REDACTOR_{k.upper()}": str(v) for k, v in settings_of.items()},
    }
    bench = open_bench(settings)
    service = JobService(bench, open_engine(settings))
    workers = [Worker(environment) for _ in range(given.workers)]
    accepted: list[str] = []
    stop = threading.Event()
    feeding = threading.Thread(target=submitter, args=(service, accepted, 10**6, stop))
    feeding.start()
    began, restarts, seen = time.monotonic(), 0, 0
    try:
        for n in range(1, given.kills + 1):
            seen = settle(partial(_more_claims, settings, seen), 300)  # idle ones prove nothing
            time.sleep(random.uniform(0.0, 2 * given.every))
            strike(workers)
            if servers and n % given.restarts == 0:
                random.choice(servers).restart()
                restarts += 1
            if n % 20 == 0:
                print(f"{n} kills, {len(accepted)} jobs accepted", file=sys.stderr, flush=True)
        killing = time.monotonic() - began
        stop.set()
        feeding.join()
        settle(lambda: service.waiting() == 0, 900)
        faults = wrong(service, settings, accepted)
        jobs = [service.get(i) for i in accepted]
    finally:
        stop.set()
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.wait()
        for server in servers:
            server.stop()
    print(
        json.dumps(
            {
                "engine": given.engine,
                "database": "postgresql" if given.postgres else "sqlite",
                "broker": "redis" if given.redis else "rabbitmq" if given.rabbit else "sqlite",
                "kills": given.kills,
                "server_restarts": restarts,
                "seconds_of_killing": round(killing),
                "accepted": len(accepted),
                "ended": dict(Counter(j.state for j in jobs)),
                "outcomes": dict(Counter(j.outcome for j in jobs)),
                "claims": sum(j.attempts for j in jobs),
                "most_claims_of_one": max((j.attempts for j in jobs), default=0),
                "faults": faults,
            },
            indent=1,
        )
    )
    shutil.rmtree(folder, ignore_errors=True)
    return 1 if faults else 0


def _more_claims(settings: Settings, before: int) -> int:
    """The number of claims, ever, where it has grown; else 0."""
    database = open_database(settings, patience=30)
    with database.reading() as session:
        now = session.execute(text("SELECT coalesce(sum(attempts), 0) FROM job")).scalar_one()
    database.close()
    return int(now) if now > before else 0


if __name__ == "__main__":
    sys.exit(main())
