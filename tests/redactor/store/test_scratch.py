"""What a killed process leaves in its temporary folder is removed by the next one."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from redactor.settings import Settings
from redactor.store.scratch import _locked, sweep_scratch

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import sys, tempfile, pathlib
from redactor.settings import Settings
from redactor.store.scratch import claim_scratch
claim_scratch(Settings(data_dir=pathlib.Path(sys.argv[1])))
with tempfile.NamedTemporaryFile(delete=False) as file:
    file.write(b"text of a case")
print(file.name, flush=True)
input()
"""


DEEP = """
import multiprocessing, pathlib, sys
from redactor.settings import Settings
from redactor.store.scratch import claim_scratch
if __name__ == "__main__":
    claim_scratch(Settings(data_dir=pathlib.Path(sys.argv[1])))
    child = multiprocessing.get_context("forkserver").Process(target=print, args=("came up",))
    child.start()
    child.join()
    sys.exit(child.exitcode)
"""


def start(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CODE, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_temporary_files_do_not_outlive_a_kill(tmp_path: Path) -> None:
    """The folder of a process that lives is left alone; no file lies outside such folders."""
    killed, lives = start(tmp_path), start(tmp_path)
    places = [Path(p.stdout.readline().strip()) for p in (killed, lives)]  # type: ignore[union-attr]
    try:
        assert all(p.is_relative_to(tmp_path / "scratch") for p in places)
        assert places[0].parent.stat().st_mode & 0o777 == 0o700
        assert sweep_scratch(Settings(data_dir=tmp_path)) == 0

        killed.kill()
        killed.wait()

        assert sweep_scratch(Settings(data_dir=tmp_path)) == 1
        assert [p.exists() for p in places] == [False, True]
    finally:
        for process in (killed, lives):
            process.kill()
            process.wait()


def test_folder_that_was_swept_before_it_was_locked_is_not_used(tmp_path: Path) -> None:
    """Else every temporary file of a process would fail, and with it each check that needs one."""
    folder = tmp_path / "mine"
    folder.mkdir()
    sweeper = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(sweeper, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(_locked, folder)
        time.sleep(0.2)
        shutil.rmtree(folder)
        os.close(sweeper)
        assert waits.result(10) is None
    assert _locked(folder) is None  # so where it is gone before


def test_a_worker_comes_up_however_deep_its_folder_lies(tmp_path: Path) -> None:
    """A socket's path holds 108 bytes; those of multiprocessing are not in the scratch folder."""
    deep = tmp_path / ("d" * 100) / ("e" * 100)

    done = subprocess.run([sys.executable, "-c", DEEP, str(deep)], cwd=ROOT, check=False)

    assert done.returncode == 0
