"""The web process keeps jobs and shows drafts; what finds names stays in other processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import make_pdf
from tests.live import ROOT, Live

HEAVY = ("spacy", "presidio_analyzer", "thinc", "onnxruntime", "tokenizers")
PROGRAM = """
import sys, tempfile
from pathlib import Path
from api.app import create_app
from redactor.settings import Settings
app = create_app(Settings(data_dir=Path(sys.argv[1])))
app.test_client().get("/review/")
print(*sorted(set(sys.argv[2:]) & set(sys.modules)))
"""


def test_web_process_loads_no_model(tmp_path: Path) -> None:
    """Told from what a new process has imported once the application stands."""
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), *HEAVY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1].split() == []


def test_look_into_a_case_file_is_done_elsewhere(live: Live) -> None:
    """/v1/analyze reads the file in a process with limits; gunicorn's maps none of the libraries."""
    with live.client("reviewer") as client:
        files = {"file": ("case.pdf", make_pdf())}
        good = client.post("/v1/analyze", files=files)
        bad = client.post("/v1/analyze", files={"file": ("case.pdf", b"%PDF-1.7 broken")})

    assert good.status_code == 200, good.text
    assert "Dana Orr" in good.text
    assert bad.status_code == 422
    for pid in web_processes(live.pid):
        maps = Path(f"/proc/{pid}/maps").read_text()
        assert [name for name in HEAVY if f"/{name}/" in maps] == []


def web_processes(parent: int) -> list[int]:
    """Gunicorn and its workers below a service."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                above = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
            if b"api.wsgi:app" in words and parent in (above, _parent(above)):
                found.append(int(folder.name))
    assert found
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
