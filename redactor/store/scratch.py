"""A folder of this process for temporary files; those of dead processes are removed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from multiprocessing.util import get_temp_dir
from pathlib import Path

from redactor.settings import Settings

_held: list[int] = []  # open locks: the kernel lets them go when the process dies, however


def claim_scratch(settings: Settings) -> Path:
    """A private folder in which every temporary file of this process is made from now on."""
    root = settings.data_dir / "scratch"
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    sweep_scratch(settings)
    while (folder := _locked(Path(tempfile.mkdtemp(dir=root)))) is None:
        continue
    get_temp_dir()  # multiprocessing keeps its sockets where it is now: their paths must be short
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
    return folder


def _locked(folder: Path) -> Path | None:
    """The folder, ours; None where a sweeper took it for one of the dead before it was locked."""
    handle = -1
    try:
        handle = os.open(folder / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.path.samestat(os.fstat(handle), os.stat(folder / ".lock")):  # noqa: PTH116 - of a path
            _held.append(handle)
            return folder
    except FileNotFoundError:
        pass
    if handle >= 0:
        os.close(handle)
    return None


def sweep_scratch(settings: Settings) -> int:
    """Remove the folders whose process is gone; how many were."""
    gone = 0
    for folder in (settings.data_dir / "scratch").glob("*"):
        try:
            handle = os.open(folder / ".lock", os.O_RDWR)
        except OSError:
            continue  # just being made, or just being removed
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
            gone += 1
        finally:
            os.close(handle)
    return gone
