"""A request that is sent twice is done once."""

from __future__ import annotations

import pytest

from redactor.errors import InFlight, KeyReused
from redactor.store.db import Database
from redactor.store.idempotency import Before, Sent

ME, ROUTE = "key:ab12cd34", "POST /v1/jobs"


def test_same_request_gets_the_same_answer(database: Database) -> None:
    """Each key for one actor and one route."""
    sent = Sent(database)
    assert sent.begin(ME, ROUTE, "k1", "body") is None
    with pytest.raises(InFlight):
        sent.begin(ME, ROUTE, "k1", "body")
    sent.end(ME, ROUTE, "k1", 202, "job1")

    assert sent.begin(ME, ROUTE, "k1", "body") == Before(202, "job1")
    assert sent.begin("key:00000000", ROUTE, "k1", "body") is None
    with pytest.raises(KeyReused):
        sent.begin(ME, ROUTE, "k1", "another body")


def test_request_that_failed_may_be_sent_again(database: Database) -> None:
    """Nothing came of it, so there is nothing to repeat."""
    sent = Sent(database)
    sent.begin(ME, ROUTE, "k1", "body")
    sent.end(ME, ROUTE, "k1", 503, "")

    assert sent.begin(ME, ROUTE, "k1", "body") is None
