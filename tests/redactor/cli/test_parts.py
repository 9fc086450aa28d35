"""Service and worker run as one: what dies comes up again, what cannot come up ends the whole."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import sys
from redactor.cli.parts import keep_up
sys.exit(keep_up([sys.argv[1:]], 10.0))
"""
PATIENCE = 60.0


def start(*module: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", CODE, *module], cwd=ROOT, stderr=subprocess.DEVNULL
    )


def answers(port: int) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def test_a_part_that_is_killed_comes_up_again_and_all_stop_together(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    whole = start("http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path))
    try:
        assert answers(port)
        first = child_of(whole.pid)
        os.kill(first, signal.SIGKILL)
        time.sleep(0.3)
        assert answers(port)
        second = child_of(whole.pid)
        assert second != first

        whole.terminate()
        assert whole.wait(PATIENCE) == 0
        assert not Path(f"/proc/{second}").exists()
    finally:
        whole.kill()
        whole.wait()


def test_a_part_that_never_comes_up_ends_the_whole(tmp_path: Path) -> None:
    """As where a port is taken or a library is missing: an operator is told, by the exit code."""
    whole = start("http.server", "0", "--bind", "999.0.0.1", "--directory", str(tmp_path))

    assert whole.wait(PATIENCE) != 0
