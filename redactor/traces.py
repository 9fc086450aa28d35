"""Traces for OpenTelemetry, where the extra is installed and REDACTOR_TRACES says so.

A span is told of when it is over, with ids and numbers under the few keys named here. Where it
goes to is what the OTEL_EXPORTER_OTLP_* variables say.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from redactor.errors import MissingDependency

KEYS = frozenset({"request_id", "job_id", "method", "route", "status", "stage"})


@lru_cache(maxsize=1)
def provider() -> Any:
    """The provider of this process.

    Raises:
        MissingDependency: the extra is not installed.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError:
        raise MissingDependency("Traces need requirements-scale.txt.") from None
    made = TracerProvider(resource=Resource.create({"service.name": "redactor"}))
    made.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return made


def tell(
    name: str,
    seconds: float,
    facts: Mapping[str, str | int],
    parent: Mapping[str, str] | None = None,
) -> None:
    """A span that ends now and took so long; ``parent`` are headers that may name a trace."""
    from opentelemetry.trace.propagation.tracecontext import (  # noqa: PLC0415
        TraceContextTextMapPropagator,
    )

    end = time.time_ns()
    context = TraceContextTextMapPropagator().extract(dict(parent or {}))
    span = (
        provider()
        .get_tracer("redactor")
        .start_span(
            name,
            context=context,
            start_time=end - int(seconds * 1e9),
            attributes={k: v for k, v in facts.items() if k in KEYS and v != ""},
        )
    )
    span.end(end_time=end)
