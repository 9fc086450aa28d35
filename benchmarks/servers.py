"""Servers and workers of a bench's own, which it may kill as a lost machine would be."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from redactor.errors import RedactorError  # noqa: E402

CHILD_ALONE = 0.75  # share of kills that hit one process of a worker, not all of them


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
        settle(self._answers, 120)

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


def settle(done: Callable[[], int], seconds: float) -> int:
    """What ``done`` says as soon as it says anything; 0 where it never does."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(RedactorError):
            if found := done():
                return found
        time.sleep(0.2)
    return 0
