"""Celery on RabbitMQ or Redis, for more than one machine. The only file that knows Celery.

An id is acknowledged when its handler has returned, so RabbitMQ brings back what a lost machine
held. There is no result backend: the table of jobs is the result.
"""

from __future__ import annotations

import logging
import socket
import threading
import uuid
from typing import Any

from redactor.errors import BadSettings, MissingDependency
from redactor.jobs.engines.base import Handler, Rounds, Stats
from redactor.settings import Settings

try:
    from celery import Celery
    from celery.worker import WorkController
    from celery.worker import state as worker_state
except ImportError:  # pragma: no cover - the libraries of requirements-scale are not installed
    raise MissingDependency("REDACTOR_ENGINE=celery needs requirements-scale.txt.") from None

LEVELS = 10  # priorities of the queue
logging.getLogger("celery").setLevel(logging.CRITICAL)  # its lines are not of our allow-list


class CeleryEngine(Rounds):
    """The engine for many machines."""

    def __init__(self, settings: Settings) -> None:
        """Know the broker; connect when first used.

        Raises:
            BadSettings: no URL of a broker.
        """
        super().__init__()
        if not settings.broker_url.startswith(("amqp://", "amqps://", "redis://", "rediss://")):
            raise BadSettings("REDACTOR_BROKER_URL must be amqp://... or redis://... for celery.")
        self._handler: Handler = _nobody
        self._queue = settings.queue
        self._app = Celery("redactor", broker=settings.broker_url)
        self._app.conf.update(_configuration(settings))

        @self._app.task(name="redactor.job", ignore_result=True, shared=False, lazy=False)
        def run(job: str) -> None:
            self._handler(job)

        self._task = run

    def submit(self, job: str, *, priority: int = 0, delay: float = 0.0) -> None:
        """See Engine."""
        level = max(0, min(priority, LEVELS - 1))
        self._task.apply_async((job,), priority=level, countdown=delay or None)

    def run_worker(self, handler: Handler, *, concurrency: int, stop: threading.Event) -> None:
        """See Engine."""
        self._handler = handler
        self.start_rounds(stop)
        threading.Thread(target=_stop_when, args=(stop,), daemon=True).start()
        worker_state.should_stop = None
        self._app.set_default()  # the threads of Celery's pool look there
        self._app.finalize()
        WorkController(
            app=self._app, hostname=_node(), pool_cls="threads", concurrency=concurrency,
            queues=[self._queue], without_gossip=True, without_mingle=True,
            without_heartbeat=False, loglevel="CRITICAL",
        ).start()  # fmt: skip

    def stats(self) -> Stats:
        """See Engine."""
        try:
            with self._app.connection_for_read() as connection:
                try:
                    found = connection.default_channel.queue_declare(self._queue, passive=True)
                except connection.channel_errors:
                    return Stats(0)  # nobody has used the queue yet, or Redis forgot an empty one
                return Stats(found.message_count)
        except Exception:  # noqa: BLE001 - a broker that is away
            return Stats(-1)


def _node() -> str:
    """A name of its own: Celery lets no two workers of one name work on one machine."""
    return f"redactor-{uuid.uuid4().hex[:12]}@{socket.gethostname()}"


def _stop_when(stop: threading.Event) -> None:
    stop.wait()
    worker_state.should_stop = 0  # Celery's own word for a warm shutdown


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "task_default_queue": settings.queue,
        "task_queue_max_priority": LEVELS,
        "task_acks_late": True,
        "worker_prefetch_multiplier": 1,
        "task_serializer": "json",
        "accept_content": ["json"],
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": max(3600, int(settings.max_seconds * 2)),
            "queue_order_strategy": "priority",
            "socket_timeout": 10,
        },
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.2},
        "worker_hijack_root_logger": False,
        "worker_enable_remote_control": False,  # nobody asks over the broker
        "worker_cancel_long_running_tasks_on_connection_loss": False,
    }


def _nobody(job: str) -> None:
    """A process that only submits runs no job."""
