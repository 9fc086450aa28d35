"""How many workers, brokers and connections a day of pages needs: sums on measured costs."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from redactor.batch.estimate import seconds

BUSY = 0.7  # share of a worker's time that may be planned; the rest is for peaks and restarts
MEMORY = 0.8  # GB a worker process takes, measured on a file of 40 pages
GB_A_PAGE = 0.004  # and beside that for each page of the largest file
CONNECTIONS_A_WORKER = 2  # to the database: one that beats, one that works
CHANGES_A_JOB = 12  # of its row: claim, beats, stages, end
ROW_CHANGES = 1_000  # a second, which a small PostgreSQL server takes easily
MESSAGES_A_JOB = 3  # sent, taken, acknowledged
MESSAGES = 1_000  # a second, which one small RabbitMQ node takes easily


@dataclass(frozen=True)
class Plan:
    """What so much work a day needs; ``workers`` are processes, one core each."""

    pages_per_day: int
    scanned: float
    pages_per_file: int
    core_seconds_a_page: float
    workers: int
    machines: int
    memory_gb: float
    database_connections: int
    row_changes_a_second: float
    brokers: int
    storage_gb_a_day: float


def plan(
    pages_per_day: int,
    *,
    scanned: float = 0.5,
    pages_per_file: int = 40,
    hours: float = 24.0,
    cores: int = 8,
    megabytes_a_page: float = 0.6,
) -> Plan:
    """The plan for a day of ``hours`` on machines of ``cores`` cores.

    ``scanned`` is the share of pages without a text layer, ``megabytes_a_page`` what a page and its
    release take on the disk.
    """
    cost = seconds(1000, round(1000 * scanned)) / 1000
    open_hours = hours * 3600
    workers = max(ceil(pages_per_day * cost / (open_hours * BUSY)), 1)
    machines = ceil(workers / cores)
    jobs_a_second = pages_per_day / pages_per_file / open_hours
    messages = jobs_a_second * MESSAGES_A_JOB
    return Plan(
        pages_per_day,
        scanned,
        pages_per_file,
        round(cost, 3),
        workers,
        machines,
        round(workers * (MEMORY + GB_A_PAGE * pages_per_file), 1),
        workers * CONNECTIONS_A_WORKER + 10,
        round(jobs_a_second * CHANGES_A_JOB, 2),
        max(ceil(messages / MESSAGES), 1),
        round(pages_per_day * megabytes_a_page / 1000, 1),
    )
