"""gunicorn: one web process with threads; the work is done by `redactor worker`."""

from typing import Any

workers = 1
threads = 32  # a request that waits for its job holds one
worker_class = "gthread"
timeout = 120
graceful_timeout = 60
keepalive = 75  # a client that waits as Retry-After says finds its connection open
accesslog = None
control_socket_disable = True
limit_request_line = 4094


def child_exit(_: Any, worker: Any) -> None:
    """A worker is gone; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
