"""A start and a changed policy stand on the trail, once each, told from the digests before."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import yaml

from redactor.jobs.bench import open_bench
from redactor.jobs.start import note_start
from redactor.policy.loader import SHIPPED
from redactor.settings import Settings
from redactor.store.audit import Audit
from tests.live import Live, serving


def told(live: Live, first: str) -> list[dict[str, Any]]:
    """Starts and policies on the trail, in order."""
    found = Live(live.url, live.folder, first)
    with found.client("auditor", unit="*") as auditor:
        rows = auditor.get("/v1/audit", params={"limit": 200}).json()["rows"]
    return [r for r in rows if r["action"] in ("service.started", "policy.changed")]


def both(live: Live) -> list[dict[str, Any]]:
    """What is told once the worker has begun too, which may be after the pages answer."""
    for _ in range(150):
        rows = told(live, live.first)
        if sum(r["action"] == "service.started" for r in rows) > 1:
            break
        time.sleep(0.2)
    return rows


def facts(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [
        (r["facts"]["jurisdiction"], r["facts"]["digest"], r["facts"]["changed"])
        for r in rows
        if r["action"] == "policy.changed"
    ]


def test_starts_and_changed_policies_are_told(tmp_path: Path) -> None:
    """The first start tells every policy; a later one only those that are others by now."""
    extra = tmp_path / "policies"
    extra.mkdir()
    options = {"POLICIES_DIR": str(extra)}
    with serving(tmp_path, **options) as live:
        first = live.first
        before = both(live)
    rules = yaml.safe_load((SHIPPED / "us-ms.yaml").read_text())
    rules["name"] = "Mississippi, with a change"
    (extra / "us-ms.yaml").write_text(yaml.safe_dump(rules, sort_keys=False))
    with serving(tmp_path, "--no-worker", **options) as live:
        after = told(live, first)[len(before) :]

    names = sorted(r["facts"]["name"] for r in before if r["action"] == "service.started")
    assert names == ["serve", "worker"]
    new = {j: digest for j, digest, was in facts(before) if was == "new"}
    assert set(new) == {"us-mo", "us-ms"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in new.values())
    [(changed, digest, was)] = facts(after)
    assert (changed, was) == ("us-ms", new["us-ms"])
    assert digest != was


def test_policy_that_cannot_be_used_keeps_no_process_from_starting(tmp_path: Path) -> None:
    """The others are told; a second start tells nothing new."""
    (tmp_path / "us-xx.yaml").write_text("not: a policy")
    bench = open_bench(Settings(data_dir=tmp_path / "data", policies_dir=tmp_path))

    for _ in range(2):
        note_start(bench, "worker")

    acts = [(r.action, r.subject) for r in Audit(bench.table.database).rows()]
    assert acts == [
        ("service.started", ""),
        ("policy.changed", "policy:us-mo"),
        ("policy.changed", "policy:us-ms"),
        ("service.started", ""),
    ]
