"""What a portal does beyond sending one file: against the running service, with its own client."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook

from redactor.client import Client, Refused
from redactor.policy import least_answers, load
from tests.conftest import make_pdf
from tests.live import Live

CATEGORY = "inv_alleged_perpetrator"
ANSWERS = least_answers(load("us-mo"), CATEGORY)
REQUEST = {"answers": ANSWERS, "holds": "hide", "requester_name": "Carl Dufresne"}
FORM = {"jurisdiction": "us-mo", "category": CATEGORY, "holds": "hide", "answers": json.dumps(ANSWERS)}  # fmt: skip


def portal(live: Live, *roles: str, unit: str = "main") -> Client:
    return Client(live.url, live.bearer(*roles, unit=unit)["Authorization"].removeprefix("Bearer "))


@pytest.fixture(scope="module")
def clerk(live: Live) -> Iterator[Client]:
    """Sends and fetches, and reads no case file."""
    with portal(live, "submitter", unit="east") as client:
        yield client


@pytest.fixture(scope="module")
def officer(live: Live) -> Iterator[Client]:
    """Reads, decides and releases."""
    with portal(live, "reviewer", unit="east") as client:
        yield client


def test_client_brings_a_release_home(clerk: Client) -> None:
    """Sent, waited for, fetched, removed."""
    job = clerk.submit(make_pdf(), "us-mo", CATEGORY, **REQUEST, received="2026-11-02")
    job = clerk.wait(job)

    assert job["outcome"] == "released", job
    assert clerk.file(job, "document").startswith(b"%PDF")
    assert clerk.file(job, "log", format="csv").startswith(b"page,sequence")
    assert (job["unit"], job["received"]) == ("east", "2026-11-02")
    clerk.delete(job)
    with pytest.raises(Refused) as gone:
        clerk.job(job)
    assert (gone.value.status, gone.value.code) == (404, "not_found")


def test_unit_never_sees_the_jobs_of_another(live: Live, clerk: Client) -> None:
    """Not in a list, not by its id, in no way."""
    job = clerk.wait(clerk.submit(make_pdf(), "us-mo", CATEGORY, **REQUEST))
    batch = clerk.submit_many([make_pdf()], "us-mo", CATEGORY, **REQUEST)
    with portal(live, "submitter", "reviewer", "supervisor", unit="west") as other:
        assert list(other.jobs()) == []
        tries = [
            lambda: other.job(job),
            lambda: other.file(job, "document"),
            lambda: other.file(job, "log"),
            lambda: other.file(job, "internal-log"),
            lambda: other.findings(job),
            lambda: other.release(job, 1),
            lambda: other.cancel(job),
            lambda: other.retry(job),
            lambda: other.delete(job),
            lambda: other.batch(batch),
        ]
        for attempt in tries:
            with pytest.raises(Refused) as refused:
                attempt()
            assert refused.value.status == 404
    assert clerk.job(job)["outcome"] == "released"


def test_request_sent_again_is_done_once(live: Live, clerk: Client) -> None:
    """The same key and the same request, however its parts are bounded; another request is refused."""
    with live.client("submitter") as http:
        pdf = {"file": ("case.pdf", make_pdf())}
        key = {"Idempotency-Key": "portal-7781"}
        one, two = (http.post("/v1/jobs", data=FORM, files=pdf, headers=key) for _ in "ab")
        other = http.post("/v1/jobs", data={**FORM, "holds": "stop"}, files=pdf, headers=key)
        strange = http.post("/v1/jobs", data=FORM, files=pdf, headers={"Idempotency-Key": "a b"})

        assert one.status_code == 202
        assert two.json()["id"] == one.json()["id"]
        assert (other.status_code, other.json()["code"]) == (422, "key_reused")
        assert strange.status_code == 422
        for job in http.get("/v1/jobs").json()["jobs"]:
            http.post(f"/v1/jobs/{job['id']}/cancel")


def test_batch_takes_what_it_can_and_names_the_rest(clerk: Client) -> None:
    """Each file a job, in their order; a file that is none is told by its place."""
    batch = clerk.submit_many([make_pdf(), b"hello", make_pdf()], "us-mo", CATEGORY, **REQUEST)
    for _ in range(300):
        batch = clerk.batch(batch)
        if batch["over"]:
            break
        time.sleep(0.2)

    assert [j["outcome"] for j in batch["jobs"]] == ["released", "released"]
    assert [(r["file"], r["code"]) for r in batch["refused"]] == [(1, "unreadable_input")]
    assert batch["states"] == {"done": 2}


def test_list_is_paged_and_narrowed(clerk: Client) -> None:
    """Every job once, the newest first."""
    found = list(clerk.jobs(limit=1))
    done = list(clerk.jobs(state="done"))

    assert len({j["id"] for j in found}) == len(found) >= 3
    assert found == sorted(found, key=lambda j: -j["created"])
    assert {j["state"] for j in done} == {"done"}
    assert list(clerk.jobs(category="inv_parent")) == []
    with pytest.raises(Refused):
        list(clerk.jobs(limit=0))


def test_held_job_is_released_by_a_person(clerk: Client, officer: Client) -> None:
    """What waits is read and released at the version that was looked at, and at no other."""
    answers = least_answers(load("us-mo"), "inv_victim")
    job = clerk.submit(make_pdf(), "us-mo", "inv_victim", answers=answers, review=True)
    job = clerk.wait(job)
    assert job["state"] == "needs_review"
    with pytest.raises(Refused) as shut:
        clerk.findings(job)
    found = officer.findings(job)
    with pytest.raises(Refused) as old:
        officer.release(job, found["version"] + 1)
    http = officer._http
    bare = http.post(f"/v1/jobs/{job['id']}/release")
    box = {"page": 0, "x0": 60, "y0": 300, "x1": 200, "y1": 320}
    decided = officer.decide(
        job, found["version"], {"do": "add_box", "box": box, "reason": "missed"}
    )
    for hold in decided["holds"]:
        answer = {"do": "answer_hold", "hold": hold["id"], "action": "redact", "reason": "looked"}
        decided = officer.decide(job, decided["version"], answer)
    with pytest.raises(Refused) as late:
        officer.release(job, found["version"])
    with pytest.raises(Refused) as strange:
        officer.decide(job, decided["version"], {"do": "dance"})
    released = officer.wait(officer.release(job, decided["version"]))

    assert shut.value.status == 403
    assert {m["decision"]["action"] for m in found["mentions"]} >= {"redact"}
    assert (old.value.status, late.value.status, bare.status_code) == (412, 412, 428)
    assert (strange.value.status, strange.value.code) == (422, "bad_edit")
    assert released["outcome"] == "released"
    assert clerk.file(released, "document").startswith(b"%PDF")


def test_job_is_cancelled_and_tried_again_only_where_that_is_so(clerk: Client) -> None:
    """A failed one may be tried again; one that ended cannot be stopped."""
    bad = clerk.wait(clerk.submit(b"%PDF-1.7\n%truncated", "us-mo", CATEGORY, **REQUEST))
    again = clerk.wait(clerk.retry(bad))

    assert (bad["state"], again["state"]) == ("failed", "failed")
    assert again["attempts"] == bad["attempts"] + 1
    with pytest.raises(Refused) as over:
        clerk.cancel(bad)
    assert over.value.status == 409


def test_withheld_job_is_tried_again_by_a_supervisor(live: Live, clerk: Client) -> None:
    """Not by who sent it; the trail names who did."""
    charged = {**ANSWERS, "pending_criminal_charges": "yes", "indictment_or_information": "no"}
    job = clerk.wait(clerk.submit(make_pdf(), "us-mo", CATEGORY, answers=charged))
    assert job["outcome"] == "withheld"
    with pytest.raises(Refused) as refused:
        clerk.retry(job)
    with portal(live, "supervisor", unit="east") as supervisor:
        again = supervisor.wait(supervisor.retry(job))
        me = supervisor._http.get("/v1/me").json()["id"]
    with live.client("auditor", unit="east") as auditor:
        rows = auditor.get("/v1/audit", params={"subject": job["id"]}).json()["rows"]

    assert (refused.value.status, refused.value.code) == (403, "forbidden")
    assert (again["outcome"], again["attempts"]) == ("withheld", 2)
    assert [(r["action"], r["actor"]) for r in rows][2] == ("job.retried", me)


CALL = "Dana Orr called again."


def test_several_files_are_one_job_and_come_back_each(live: Live, clerk: Client) -> None:
    """They share their people; no packet is mistaken for its first file; each is on the trail."""
    job = clerk.wait(clerk.submit([make_pdf(), make_pdf(CALL)], "us-mo", CATEGORY, **REQUEST))
    first, second = job["documents"]

    assert [d["outcome"] for d in job["documents"]] == ["released", "released"]
    assert set(job["links"]) == {"self"}
    assert clerk.file(job, "document", file=2).startswith(b"%PDF")
    text = clerk.file(job, "text", file=2).decode()
    assert "called again" in text
    assert "Orr" not in text
    assert (
        clerk._http.get(second["links"]["log"]).json()
        != clerk._http.get(first["links"]["log"]).json()
    )
    for number, status in ((0, 422), (3, 404)):
        with pytest.raises(Refused) as refused:
            clerk.file(job, "document", file=number)
        assert refused.value.status == status
    with live.client("auditor", unit="east") as auditor:
        rows = auditor.get("/v1/audit", params={"subject": job["id"]}).json()["rows"]
    told = [(r["action"], r["facts"]["file"], r["facts"].get("digest", "")) for r in rows]
    assert told[:4] == [
        ("job.uploaded", "1", first["source"]),
        ("job.uploaded", "2", second["source"]),
        ("release.made", "1", first["release"]),
        ("release.made", "2", second["release"]),
    ]
    assert ("release.downloaded", "2.pdf", "") in told[4:]


def test_packet_waits_for_a_person_as_one(clerk: Client, officer: Client) -> None:
    """Its pages are counted through; what is decided on the second file stands in its release."""
    job = clerk.submit(
        [make_pdf(), make_pdf(CALL)], "us-mo", CATEGORY, answers=ANSWERS, review=True
    )
    job = clerk.wait(job)
    found = officer.findings(job)
    box = {"page": 1, "x0": 60, "y0": 60, "x1": 560, "y1": 100}
    found = officer.decide(job, found["version"], {"do": "add_box", "box": box, "reason": "missed"})
    for hold in found["holds"]:
        answer = {"do": "answer_hold", "hold": hold["id"], "action": "redact", "reason": "looked"}
        found = officer.decide(job, found["version"], answer)
    done = officer.wait(officer.release(job, found["version"]))

    assert [p["number"] for p in found["pages"]] == [0, 1]
    assert [d["outcome"] for d in done["documents"]] == ["released", "released"]
    assert "called again" not in clerk.file(done, "text", file=2).decode()
    assert "called again" not in clerk.file(done, "text", file=1).decode()


def test_packet_with_a_bad_file_releases_nothing(clerk: Client) -> None:
    """The others would be decided without what the bad one tells; so with one password too many."""
    bad = [make_pdf(), b"%PDF-1.7\n%truncated"]
    job = clerk.wait(clerk.submit(bad, "us-mo", CATEGORY, **REQUEST))
    with pytest.raises(Refused) as refused:
        clerk.submit([make_pdf()] * 3, "us-mo", CATEGORY, password=["a", "b"], **REQUEST)

    assert (job["state"], job["error"]["code"]) == ("failed", "unreadable_input")
    assert all(not d["release"] and not d["links"] for d in job["documents"])
    assert refused.value.status == 422


def test_letter_needs_no_case_file(clerk: Client) -> None:
    """Fields and the day on which it is due; a category that gets pages is told so."""
    category = "inv_parent_caregiver_check"
    answers = least_answers(load("us-mo"), category)
    told = clerk.letter("us-mo", category, answers, received="2026-11-02")

    assert told["effect"] == "letter"
    assert "response_fields" in told["letter"]
    assert told["letter"]["deadlines"][0]["due"] == "2026-11-17"
    with pytest.raises(Refused) as pages:
        clerk.letter("us-mo", CATEGORY, ANSWERS)
    assert pages.value.code == "gets_pages"
    assert clerk.category("us-mo", category)["questions"]
    assert [p["id"] for p in clerk.policies()] == ["us-mo", "us-ms"]


class Hook(BaseHTTPRequestHandler):
    got: list[tuple[dict[str, str], str]] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        self.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


def test_portal_is_told_of_the_end_of_its_job(live: Live, clerk: Client) -> None:
    """By a signed post of ids and states, a moment after it happened."""
    server = HTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with live.client("admin", unit="east") as admin:
        body = {"url": f"http://127.0.0.1:{server.server_port}/x", "unit": "east"}
        made = admin.post("/v1/webhooks", json=body).json()
        bad = admin.post("/v1/webhooks", json={**body, "url": "https://evil.example/x"})
        job = clerk.wait(clerk.submit(make_pdf(), "us-mo", CATEGORY, **REQUEST))
        for _ in range(100):
            if Hook.got:
                break
            time.sleep(0.2)
        told = admin.get(f"/v1/webhooks/{made['id']}/deliveries").json()["deliveries"]
        gone = admin.delete(f"/v1/webhooks/{made['id']}").status_code
    server.shutdown()
    headers, text = Hook.got[0]

    assert Webhook(made["secret"]).verify(text, headers)["data"]["job"] == job["id"]
    assert "Dufresne" not in text
    assert bad.status_code == 422
    assert gone == 204
    assert told[0]["event"] == "job.done"


def test_trail_tells_the_whole_story_and_no_text(live: Live, clerk: Client) -> None:
    """Who sent, what came of it, who fetched it; nothing of the case."""
    job = clerk.wait(clerk.submit(make_pdf(), "us-mo", CATEGORY, **REQUEST))
    clerk.file(job, "document")
    clerk.delete(job)
    with live.client("auditor", unit="east") as auditor:
        me = auditor.get("/v1/audit", params={"subject": job["id"]}).json()["rows"]
        whole = auditor.get("/v1/audit/verify").json()
    acts = [(r["action"], r["actor"].partition(":")[0]) for r in me]

    assert acts == [
        ("job.uploaded", "key"),
        ("release.made", "service"),
        ("release.downloaded", "key"),
        ("job.deleted", "key"),
    ]
    assert len(me[0]["facts"]["digest"]) == 64
    assert whole["whole"] is True
    assert "Dufresne" not in json.dumps(me)
    assert "Orr" not in json.dumps(me)


def test_client_tries_again_where_the_service_is_busy() -> None:
    """As long as Retry-After says, with the same key; a refusal is not tried again."""
    seen: list[tuple[str, str]] = []
    answers = [503, 429, 202]

    class Busy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            seen.append((self.path, self.headers["Idempotency-Key"]))
            status = answers.pop(0)
            body = b'{"id": "x", "state": "queued", "code": "busy"}'
            self.send_response(status)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Busy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with Client(f"http://127.0.0.1:{server.server_port}") as client:
        job = client.submit(b"%PDF", "us-mo", CATEGORY)
        answers.append(422)
        with pytest.raises(Refused):
            client.submit(b"%PDF", "us-mo", CATEGORY)
    server.shutdown()

    assert job["id"] == "x"
    assert len(seen) == 4
    assert len({k for _, k in seen}) == 2


def test_first_start_prints_a_key_that_opens_once_and_for_all(live: Live) -> None:
    """Of an admin of every unit; it is printed once and stands in no other line."""
    me = httpx.get(f"{live.url}/v1/me", headers={"X-API-Key": live.first}).json()

    assert me["roles"] == ["admin"]
    assert live.log().count(live.first) == 1
