"""A real gunicorn on a real port: case files in, releases out, clear problems otherwise."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pymupdf
import pypdfium2
import pytest

from redactor.policy import least_answers, load
from tests.conftest import make_pdf
from tests.live import Live

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = json.dumps(least_answers(load("us-mo"), "inv_alleged_perpetrator"))
FORM = {
    "jurisdiction": "us-mo",
    "category": "inv_alleged_perpetrator",
    "requester_name": "Carl Dufresne",
    "answers": ANSWERS,
    "holds": "hide",
}
SECRETS = ("Dana Orr", "573-555-0142", "412-68-9023")


@pytest.fixture(scope="module")
def service(live: Live) -> Iterator[tuple[httpx.Client, Path]]:
    """A client that may do all that concerns case files, and the folder of the service."""
    with live.client("submitter", "reviewer", "supervisor") as client:
        yield client, live.folder


def post(client: httpx.Client, data: bytes, wait: str = "60", **changes: Any) -> httpx.Response:
    form = {k: v for k, v in {**FORM, **changes}.items() if v is not None}
    files = {"file": ("case.pdf", data, "application/pdf")}
    return client.post("/v1/jobs", params={"wait": wait}, data=form, files=files)


@pytest.fixture(scope="module")
def job(service: tuple[httpx.Client, Path]) -> dict[str, Any]:
    """One job that ended in a release."""
    answer = post(service[0], make_pdf())
    assert answer.status_code == 201, answer.text
    assert answer.json()["outcome"] == "released", answer.text
    return answer.json()


def test_release_comes_back_with_its_files(
    service: tuple[httpx.Client, Path], job: dict[str, Any]
) -> None:
    """Document, text, logs and notices; none holds what was hidden."""
    client, _ = service
    document = client.get(job["links"]["document"])
    text = " ".join(
        p.get_textpage().get_text_bounded() for p in pypdfium2.PdfDocument(document.content)
    )

    assert document.headers["content-type"] == "application/pdf"
    assert "attachment" in document.headers["content-disposition"]
    assert document.headers["cache-control"] == "no-store"
    assert "Milo" in text
    for link in ("text", "log", "internal-log", "notices"):
        answer = client.get(job["links"][link])
        assert answer.status_code == 200
        assert [s for s in SECRETS if s in answer.text] == []
    assert client.get(job["links"]["log"], params={"format": "csv"}).text.startswith(
        "page,sequence"
    )
    assert [s for s in SECRETS if s in text] == []


def test_asynchronous_job_is_found_again(service: tuple[httpx.Client, Path]) -> None:
    """202 with a place to look, then the same job, done."""
    client, _ = service
    answer = post(client, make_pdf(), wait="0")

    assert answer.status_code == 202
    assert answer.headers["retry-after"]
    state = client.get(answer.headers["location"], params={"wait": 60}).json()
    assert (state["id"], state["state"]) == (answer.json()["id"], "done")
    assert state["id"] in [j["id"] for j in client.get("/v1/jobs").json()["jobs"]]


def test_deleted_job_is_gone_with_its_files(service: tuple[httpx.Client, Path]) -> None:
    """Nothing is left on disk."""
    client, folder = service
    identifier = post(client, make_pdf()).json()["id"]
    assert (folder / "data" / "jobs" / identifier).exists()

    assert client.delete(f"/v1/jobs/{identifier}").status_code == 204

    assert client.get(f"/v1/jobs/{identifier}").status_code == 404
    assert not (folder / "data" / "jobs" / identifier).exists()


def test_held_and_answer_only_requests_give_no_document(service: tuple[httpx.Client, Path]) -> None:
    """A held job says what must be decided; a letter job has its fields."""
    client, _ = service
    answers = json.dumps(least_answers(load("us-mo"), "inv_employer"))
    letter = post(client, make_pdf(), category="inv_employer", answers=answers).json()
    held = post(client, make_pdf(), answers="{}", category="inv_victim", holds="stop").json()

    assert letter["outcome"] == "letter"
    assert "response_fields" in client.get(letter["links"]["letter"]).json()
    assert held["outcome"] == "held"
    assert client.get(f"/v1/jobs/{held['id']}/document").status_code == 409


def encrypted() -> bytes:
    with pymupdf.open(stream=make_pdf()) as document:
        return document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")


def many_pages() -> bytes:
    with pymupdf.open() as document:
        for _ in range(21):
            document.new_page()
        return document.tobytes()


def big_page() -> bytes:
    with pymupdf.open() as document:
        document.new_page(width=72 * 201, height=100)
        return document.tobytes()


BAD = {
    "empty": (b"", {}, 422, "empty_input"),
    "not a PDF": (b"hello world", {}, 422, "unreadable_input"),
    "over the size limit": (b"%PDF-1.7" + b"0" * 6_000_000, {}, 413, "too_large"),
    "unknown category": (make_pdf(), {"category": "press"}, 422, "unknown_category"),
    "unknown jurisdiction": (make_pdf(), {"jurisdiction": "us-zz"}, 422, "unknown_jurisdiction"),
    "answers that are not JSON": (make_pdf(), {"answers": "{"}, 422, "bad_answer"),
    "answers of the wrong type": (make_pdf(), {"answers": '{"identity_verified": 7}'}, 422, "bad_answer"),
    "an answer nobody offers": (make_pdf(), {"answers": '{"identity_verified": "maybe"}'}, 422, "bad_answer"),
    "known people of the wrong shape": (make_pdf(), {"known": "[1]"}, 422, "bad_request"),
    "an unknown way with holds": (make_pdf(), {"holds": "guess"}, 422, "bad_request"),
    "no category": (make_pdf(), {"category": None}, 422, "bad_request"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BAD)
def test_bad_request_is_a_problem_document(service: tuple[httpx.Client, Path], fault: str) -> None:
    """RFC 9457, with a code and what to do next."""
    data, changes, status, code = BAD[fault]

    answer = post(service[0], data, **changes)

    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, body["code"]) == (status, code)
    assert body["advice"]
    assert body["type"] == f"urn:redactor:problem:{code}"
    assert body["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\n%truncated", "unreadable_input"),
        (encrypted(), "encrypted"),
        (many_pages(), "too_large"),
        (big_page(), "too_large"),
    ],
    ids=["truncated", "encrypted", "too many pages", "page too large"],
)  # fmt: skip
def test_bad_file_ends_its_job_with_a_clear_error(
    service: tuple[httpx.Client, Path], data: bytes, code: str
) -> None:
    """Found out by the worker: the job failed, and says why and what to do."""
    job = post(service[0], data).json()

    assert job["state"] == "failed"
    assert job["error"]["code"] == code
    assert job["error"]["advice"]


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("PUT", "/v1/jobs", 405), ("GET", "/v1/jobs/..%2f..%2fetc", 404), ("GET", "/v1/jobs/" + "0" * 32, 404)])  # fmt: skip
def test_wrong_doors_are_problem_documents(
    service: tuple[httpx.Client, Path], method: str, path: str, status: int
) -> None:
    """No HTML, no trace."""
    answer = service[0].request(method, path)

    assert answer.status_code == status
    assert answer.json()["status"] == status


def test_portal_can_build_its_form(service: tuple[httpx.Client, Path]) -> None:
    """Jurisdictions, categories, and the questions of one with their values."""
    client, _ = service
    names = [p["id"] for p in client.get("/v1/policies").json()["policies"]]
    categories = [c["id"] for c in client.get("/v1/policies/us-mo").json()["categories"]]
    questions = {
        q["id"]: q for q in client.get("/v1/policies/us-mo/inv_parent").json()["questions"]
    }

    assert names == ["us-mo", "us-ms"]
    assert "inv_parent" in categories
    assert "no_danger" in questions["safety_determination"]["values"]


def test_analyze_tells_people_and_boxes(service: tuple[httpx.Client, Path]) -> None:
    """For the agency: who and where."""
    answer = service[0].post("/v1/analyze", files={"file": ("a.pdf", make_pdf())}).json()

    assert {"pages", "people", "mentions"} <= set(answer)
    assert all(m["boxes"] for m in answer["mentions"])


def test_service_describes_itself(service: tuple[httpx.Client, Path]) -> None:
    """Health, version, OpenAPI 3.1 and a page of documentation without scripts from elsewhere."""
    client, _ = service
    page = client.get("/docs")

    assert client.get("/livez").json()["status"] == "ok"
    assert client.get("/version").json()["licence"] == "AGPL-3.0-or-later"
    assert client.get("/openapi.json").json()["openapi"].startswith("3.1")
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_log_holds_no_text_of_a_case(
    service: tuple[httpx.Client, Path], job: dict[str, Any]
) -> None:
    """Names of the file, the request and the upload never reach it."""
    client, folder = service
    post(
        client,
        make_pdf(),
        requester_name="Zebulon Quisenberry",
        must_hide="Wisteria Lane",
        category="press",
    )
    client.get("/v1/jobs/Zebulon%20Quisenberry")

    text = (folder / "log").read_text()

    assert job["id"]
    assert '"event": "request"' in text
    for secret in (*SECRETS, "Zebulon", "Quisenberry", "Wisteria", "Dufresne", "Milo", "case.pdf"):
        assert secret not in text


def test_files_on_disk_are_the_owners_alone(
    service: tuple[httpx.Client, Path], job: dict[str, Any]
) -> None:
    """Folders 0700, files 0600, names that say nothing."""
    place = service[1] / "data" / "jobs" / job["id"]

    assert place.stat().st_mode & 0o777 == 0o700
    assert all(f.stat().st_mode & 0o777 == 0o600 for f in place.iterdir())


def test_openapi_document_is_current() -> None:
    """api/openapi.json is what the application says of itself; `make openapi` writes it."""
    text = subprocess.run(
        [sys.executable, "-c", "from scripts.openapi import document; print(document(), end='')"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert (ROOT / "api" / "openapi.json").read_text(encoding="utf-8") == text
