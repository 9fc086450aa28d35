"""What the service counts and logs: numbers and ids of every process, never text."""

from __future__ import annotations

import json

from prometheus_client.parser import text_string_to_metric_families

from redactor.client import Client
from redactor.policy import least_answers, load
from tests.conftest import make_pdf
from tests.live import Live

CATEGORY = "inv_alleged_perpetrator"
ANSWERS = least_answers(load("us-mo"), CATEGORY)


def counted(live: Live) -> dict[tuple[str, str], float]:
    """Samples by name and the values of their labels."""
    with live.client("auditor") as http:
        text = http.get("/metrics").text
    return {
        (s.name, ",".join(v for k, v in sorted(s.labels.items()) if k != "le")): s.value
        for family in text_string_to_metric_families(text)
        for s in family.samples
    }


def test_work_of_every_process_is_counted(live: Live) -> None:
    """Stages and pages of the child that worked, jobs of all, requests of the service."""
    before = counted(live)
    key = live.bearer("submitter")["Authorization"].removeprefix("Bearer ")
    with Client(live.url, key) as client:
        sent = {"answers": ANSWERS, "holds": "hide"}
        job = client.wait(client.submit(make_pdf(), "us-mo", CATEGORY, **sent))
    after = counted(live)

    def more(name: str, labels: str) -> float:
        return after.get((name, labels), 0) - before.get((name, labels), 0)

    assert job["outcome"] == "released"
    assert more("redactor_jobs_total", "done") == 1
    assert more("redactor_pages_total", "text") == 1
    assert more("redactor_releases_total", "released") == 1
    for stage in ("open", "read", "detect", "apply", "verify"):
        assert more("redactor_stage_seconds_count", stage) == 1, stage
    assert more("redactor_request_seconds_count", "POST,/v1/jobs,202") == 1
    assert after[("redactor_queue_jobs", "done")] >= 1
    assert after[("redactor_queue_oldest_seconds", "")] == 0


def test_lines_of_the_log_are_json_with_ids_and_nothing_else(live: Live) -> None:
    """A job can be followed from the request through the worker to its end."""
    with live.client("submitter") as http:
        form = {"jurisdiction": "us-mo", "category": CATEGORY, "answers": json.dumps(ANSWERS),
                "holds": "hide", "requester_name": "Zebulon Quisenberry"}  # fmt: skip
        files = {"file": ("Quisenberry.pdf", make_pdf())}
        job = http.post("/v1/jobs", params={"wait": 60}, data=form, files=files).json()
        http.get(job["links"]["self"], headers={"X-Request-ID": "follow-me"})
    lines = [json.loads(t) for t in live.log().splitlines() if t.startswith("{")]
    mine = [x for x in lines if x.get("job_id") == job["id"]]

    assert [x["state"] for x in mine if x["event"] == "job"][-1] == "done"
    assert "follow-me" in {x["request_id"] for x in mine if x["event"] == "request"}
    assert "Quisenberry" not in live.log()
    allowed = {"event", "level", "timestamp", "request_id", "job_id", "actor", "method", "route",
               "status", "ms", "state", "outcome", "error", "attempt", "stage", "pages"}  # fmt: skip
    assert {k for x in lines for k in x} <= allowed
