"""Requests are counted in this process without a thread for each."""

from __future__ import annotations

import threading

import pytest
from limits import RateLimitItemPerSecond
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from api.counts import Counts


def test_count_is_kept_for_its_time_and_starts_no_thread() -> None:
    """By key; over the limit is refused, and begins anew when the time is over."""
    storage = storage_from_string("memory://")
    assert isinstance(storage, Counts)
    storage.timer.join()
    limiter, limit = FixedWindowRateLimiter(storage), RateLimitItemPerSecond(3)
    before = threading.active_count()

    assert [limiter.hit(limit, "a") for _ in range(4)] == [True, True, True, False]
    assert limiter.hit(limit, "b")
    assert threading.active_count() == before
    assert limiter.get_window_stats(limit, "a").remaining == 0
    storage.expirations.update(dict.fromkeys(storage.expirations, 0.0))
    assert limiter.hit(limit, "a")


def test_counts_that_are_over_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of each key would be kept for ever else."""
    monkeypatch.setattr("api.counts.SWEEP", -1.0)
    storage = Counts()
    storage.incr("old", 0.0)

    storage.incr("new", 60.0)

    assert set(storage.expirations) == set(storage.storage) == {"new"}


def test_threads_count_together() -> None:
    """None of their counts is lost."""
    storage = Counts()
    threads = [
        threading.Thread(target=lambda: [storage.incr("a", 60.0) for _ in range(500)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert storage.get("a") == 2000
