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
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import pypdfium2  # noqa: E402
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

CHILD_ALONE = 0.75  # share of kills that hit one process of a worker, not all of them
CATEGORY = "inv_alleged_perpetrator"
SAMPLE = ROOT / "samples" / "s-01-intake.pdf"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Postgres:
    """A PostgreSQL of our own, which may be killed."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        """Make it and start it."""
        self.port, self.folder, self.binaries = free_port(), folder / "pg", binaries
        self.folder.mkdir()
        shutil.chown(folder, "postgres")
        shutil.chown(self.folder, "postgres")
        self._as_postgres("initdb", "-D", str(self.folder), "-A", "trust", "-U", "postgres")
        self.start()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def _as_postgres(self, name: str, *arguments: str) -> None:
        command = [
            "setpriv",
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            str(self.binaries / name),
            *arguments,
        ]
        subprocess.run(
            command if os.getuid() == 0 else command[4:],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
        )

    def start(self) -> None:
        """Start and wait."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}"
        self._as_postgres(
            "pg_ctl",
            "-D",
            str(self.folder),
            "-w",
            "-t",
            "120",
            "-l",
            str(self.folder / "log"),
            "-o",
            options,
            "start",
        )

    def restart(self) -> None:
        """Kill it as a lost machine would, and start it again."""
        self._as_postgres("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")
        self.start()

    def stop(self) -> None:
        """End it."""
        self._as_postgres("pg_ctl", "-D", str(self.folder), "-m", "immediate", "stop")


class Redis:
    """A Redis of our own, without a file: what it holds is lost when it is killed."""

    def __init__(self, binary: str) -> None:
        """Start it."""
        self.port, self.binary = free_port(), binary
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [self.binary, "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"],
            stdout=subprocess.DEVNULL,
        )
        time.sleep(0.5)

    def restart(self) -> None:
        """Kill it and start it empty."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()


class Rabbit:
    """A RabbitMQ node of our own with its queues on disk."""

    def __init__(self, program: str, folder: Path) -> None:
        """Start it."""
        self.port, self.program, self.folder = free_port(), program, folder / "rabbit"
        self.folder.mkdir()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        if os.getuid() == 0:
            shutil.chown(self.folder, "rabbitmq")
        self.start()

    def start(self) -> None:
        """Start and wait until it answers."""
        names = {
            "HOME": self.folder,
            "RABBITMQ_NODENAME": f"kills{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": self.port,
            "RABBITMQ_DIST_PORT": free_port(),
            "RABBITMQ_MNESIA_BASE": self.folder / "data",
            "RABBITMQ_LOG_BASE": self.folder / "log",
            "RABBITMQ_ENABLED_PLUGINS_FILE": self.folder / "plugins",
            "RABBITMQ_CONFIG_FILE": self.folder / "none",
        }
        other = ["setpriv", "--reuid=rabbitmq", "--regid=rabbitmq", "--clear-groups"]
        self.process = subprocess.Popen(
            [*(other if os.getuid() == 0 else []), self.program],
            env={**os.environ, **{k: str(v) for k, v in names.items()}},
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        _settle(self._answers, 120)

    def _answers(self) -> int:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as link:
            link.sendall(b"AMQP\x00\x00\x09\x01")
            link.settimeout(5)
            return len(link.recv(8))
        return 0

    def restart(self) -> None:
        """Kill it as a lost machine would, and start it again."""
        self.stop()
        self.start()

    def stop(self) -> None:
        """Kill it with all of its processes."""
        for child in _children(self.process.pid):
            _kill(child)
        self.process.kill()
        self.process.wait()


class Worker:
    """A worker process group that may be killed at any moment."""

    def __init__(self, environment: dict[str, str]) -> None:
        """Start it."""
        self.environment = environment
        self.start()

    def start(self) -> None:
        """Start it anew."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "redactor", "worker"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL to the worker and all of its processes, or to one of its children alone."""
        children = _children(self.process.pid)
        if children and random.random() < CHILD_ALONE:
            _kill(random.choice(children))
            return
        self.process.kill()
        self.process.wait()
        for child in children:
            _kill(child)
        self.start()


def _children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == pid and int(stat.parent.name) != pid:  # of its session
            found.append(int(stat.parent.name))
    return found


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


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
            seen = _settle(partial(_more_claims, settings, seen), 300)  # idle ones prove nothing
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
        _settle(lambda: service.waiting() == 0, 900)
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


def _settle(done: Callable[[], int], seconds: float) -> int:
    """What ``done`` says as soon as it says anything; 0 where it never does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(RedactorError):
            if found := done():
                return found
        time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
