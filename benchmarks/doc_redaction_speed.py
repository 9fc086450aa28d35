"""Pages a second against doc_redaction on the same pages with the same name model.

    python benchmarks/doc_redaction_speed.py [--home FOLDER] [--text 8,24] [--scan 2,4]

Sets doc_redaction up in an environment of its own (its dependencies clash with ours), gives it
our name model under the name it asks for, and runs its command line and `redactor batch --jobs 1`
on the same two files, a short one and a long one. What is compared is seconds of a core for the
pages between them, so that start-up and other work on the machine count for neither. Ours goes
the whole way, its verification included; doc_redaction verifies nothing by default. Where it
cannot be installed the bench says so and ends with 0.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from figures import ROOT, keep, known
from page_costs import SCAN, TEXT, asked, pages

PEER = "doc_redaction==2.8.1"
DEBIAN = (
    *("tesseract-ocr", "tesseract-ocr-eng", "tesseract-ocr-osd", "libtesseract5", "liblept5"),
    *("libwebpmux3", "libgif7", "poppler-utils", "libpoppler126"),
)
NEEDS = ("onnxruntime", "tokenizers", "pydantic-settings")  # of our model, in its environment
MODEL = """
import sys
sys.path.insert(0, {root!r})
from spacy.language import Language
from spacy.tokens import Span

@Language.component("as_person")
def as_person(doc):
    doc.ents = [Span(doc, e.start, e.end, label="PERSON") for e in doc.ents if e.label_ == "NAME"]
    return doc

def load(**more):
    from redactor.detect.nlp import load_pipeline
    from redactor.settings import Settings
    nlp = load_pipeline(Settings())
    if "as_person" not in nlp.pipe_names:
        nlp.add_pipe("as_person", last=True)
    return nlp
"""


def set_up(home: Path) -> Path | None:
    """Its Python, in an environment of its own; None where it cannot be installed."""
    python = home / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        subprocess.run([*pip, PEER, *NEEDS], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    places = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    package = Path(places.stdout.strip()) / "en_core_web_lg"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text(MODEL.format(root=str(ROOT)), encoding="utf-8")
    return python


def programs(home: Path) -> dict[str, str]:
    """Its environment with Debian's tesseract and poppler, unpacked beside it: nothing is installed.

    Empty where Debian's packages are out of reach; scans then cannot be compared.
    """
    place = home / "debian"
    try:
        if not place.exists():
            with tempfile.TemporaryDirectory() as debs:
                quiet = {"cwd": debs, "stdout": subprocess.DEVNULL}
                subprocess.run(["apt-get", "download", *DEBIAN], check=True, **quiet)
                for deb in Path(debs).glob("*.deb"):
                    subprocess.run(["dpkg", "-x", str(deb), str(place)], check=True, **quiet)
    except (OSError, subprocess.CalledProcessError):
        return {}
    libraries = ":".join(str(p.parent) for p in place.glob("usr/lib/*/libtesseract*"))
    data = next(place.glob("usr/share/tesseract-ocr/*/tessdata"), place)
    return {
        "PATH": f"{place / 'usr/bin'}:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": libraries,
        "TESSDATA_PREFIX": str(data),
    }


def core_seconds(command: list[str], **more: Any) -> float:
    """Seconds of a core that a command and its children took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **more)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(path: Path, out: Path) -> float:
    """Core seconds of `redactor batch` on one file."""
    command = [sys.executable, "-m", "redactor", "batch", str(path), str(out), "--quiet", *asked()]
    return core_seconds(command, cwd=ROOT)


def theirs(python: Path, path: Path, out: Path, more: dict[str, str]) -> float:
    """Core seconds of doc_redaction on one file."""
    out.mkdir(parents=True)
    command = [str(python.with_name("cli_redact")), "--task", "redact", "--input_file", str(path),
               "--output_dir", str(out)]  # fmt: skip
    return core_seconds(command, cwd=out, env={**os.environ, "OMP_THREAD_LIMIT": "1", **more})


def compare(
    python: Path, kind: tuple[str, ...], sizes: list[int], place: Path, more: dict[str, str]
) -> dict[str, Any]:
    """Core seconds a page of both, from the difference between a long file and a short one."""
    spent: dict[str, list[float]] = {"ours": [], "theirs": []}
    for n in sizes:
        path = place / f"{kind[0]}-{n}.pdf"
        path.write_bytes(pages(kind, n))
        spent["ours"].append(ours(path, place / f"ours-{path.stem}"))
        spent["theirs"].append(theirs(python, path, place / f"theirs-{path.stem}", more))
    apart = sizes[1] - sizes[0]
    found = {who: round((s[1] - s[0]) / apart, 3) for who, s in spent.items()}
    return {**found, "ratio": round(found["theirs"] / found["ours"], 2)}


def main() -> None:
    """Set up, measure and keep."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--home", type=Path, default=Path.home() / ".cache" / "redactor-peer")
    parser.add_argument("--text", default="8,24")
    parser.add_argument("--scan", default="2,4")
    given = parser.parse_args()
    python = set_up(given.home)
    if python is None:
        print("doc_redaction cannot be installed here, so nothing was compared.")
        return
    more = programs(given.home)
    if not more:
        print("Debian's tesseract is out of reach, so scans are not compared.")
    with tempfile.TemporaryDirectory(dir=given.home) as place:  # it refuses some temporary folders
        found = {
            name: compare(python, kind, [int(n) for n in sizes.split(",")], Path(place), more)
            for name, kind, sizes in (
                ("text", TEXT, given.text),
                ("scan", SCAN, more and given.scan),
            )
            if sizes
        }
    before = {k: v for k, v in known("doc_redaction_speed").items() if k in ("text", "scan")}
    keep("doc_redaction_speed", {"peer": PEER, **before, **found})


if __name__ == "__main__":
    main()
