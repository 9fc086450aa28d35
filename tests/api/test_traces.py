"""Spans reach a real OTLP receiver, and hold ids and numbers alone."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from api.app import create_app
from redactor.jobs.metrics import Stopwatch
from redactor.settings import Settings
from redactor.traces import KEYS, provider

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


def test_spans_of_requests_and_stages_arrive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Below the trace that the portal began; an address that is no id is not told."""
    got: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    provider.cache_clear()
    client = create_app(Settings(data_dir=tmp_path, traces=True)).test_client()
    client.get("/v1/jobs/Dana%20Orr", headers={"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"})
    Stopwatch("ab" * 16, traced=True)("read")
    provider().force_flush()
    server.shutdown()
    provider.cache_clear()
    spans = [
        span
        for body in got
        for r in ExportTraceServiceRequest.FromString(body).resource_spans
        for scope in r.scope_spans
        for span in scope.spans
    ]
    by_name = {s.name: s for s in spans}

    assert set(by_name) == {"GET /v1/jobs/<identifier>", "stage open"}
    assert by_name["GET /v1/jobs/<identifier>"].trace_id.hex() == TRACE
    assert {a.key for s in spans for a in s.attributes} <= KEYS
    assert b"Orr" not in b"".join(got)
