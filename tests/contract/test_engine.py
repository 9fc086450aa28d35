"""One contract for everything that carries ids to workers."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from redactor.errors import BadSettings
from redactor.jobs.engines import Engine, open_engine
from redactor.jobs.engines.base import Handler
from redactor.settings import Settings
from tests.servers import RABBIT, REDIS, need

KINDS = {
    "inline": ("inline", ""),
    "huey on SQLite": ("huey", ""),
    "huey on Redis": ("huey", REDIS),
    "celery on Redis": ("celery", REDIS),
    "celery on RabbitMQ": ("celery", RABBIT),
}
PATIENCE = 30.0


@pytest.fixture(params=KINDS)
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    engine, url = KINDS[request.param]
    if url:
        need(url)
    queue = f"test-{secrets.token_hex(6)}"
    yield Settings(data_dir=tmp_path, engine=engine, broker_url=url, queue=queue)  # type: ignore[arg-type]
    if url == RABBIT:
        import kombu

        with kombu.Connection(url) as connection:
            connection.default_channel.queue_delete(queue)


def await_that(condition: Callable[[], object]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not condition():
        time.sleep(0.02)
    return bool(condition())


@contextmanager
def working(engine: Engine, handler: Handler, concurrency: int = 1) -> Iterator[threading.Event]:
    stop = threading.Event()
    thread = threading.Thread(
        target=lambda: engine.run_worker(handler, concurrency=concurrency, stop=stop)
    )
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_every_id_comes_and_errors_are_not_the_end(settings: Settings) -> None:
    """Also those that were submitted before a worker was there."""
    engine, came = open_engine(settings), []

    def handler(job: str) -> None:
        came.append(job)
        if job == "b":
            raise RuntimeError

    for job in "abc":
        engine.submit(job)
    with working(engine, handler):
        engine.submit("d")
        assert await_that(lambda: len(came) == 4)
    assert sorted(came) == list("abcd")


def test_as_many_at_once_as_was_said(settings: Settings) -> None:
    """Two handlers meet; with one at a time they would wait for each other for ever."""
    engine, met = open_engine(settings), []
    barrier = threading.Barrier(2)

    def handler(job: str) -> None:
        barrier.wait(PATIENCE)
        met.append(job)

    with working(engine, handler, concurrency=2):
        engine.submit("a")
        engine.submit("b")
        assert await_that(lambda: len(met) == 2)


def test_stop_lets_the_handler_in_hand_finish_and_keeps_the_rest(settings: Settings) -> None:
    """What waits then is brought by the next worker, unless the engine lives in one process."""
    engine, begun, done = open_engine(settings), threading.Event(), []
    go_on = threading.Event()

    def handler(job: str) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        done.append(job)

    engine.submit("a")
    engine.submit("b")
    with working(engine, handler) as stop:
        assert begun.wait(PATIENCE)
        stop.set()
        threading.Timer(0.3, go_on.set).start()
    first = list(done)
    assert first == ["a"]

    following = engine if settings.engine == "inline" else open_engine(settings)
    with working(following, done.append):
        assert await_that(lambda: "b" in done)


def test_an_id_that_is_put_off_does_not_come_sooner(settings: Settings) -> None:
    engine, came = open_engine(settings), {}
    with working(engine, lambda job: came.setdefault(job, time.monotonic())):  # type: ignore[arg-type, return-value]
        began = time.monotonic()
        engine.submit("later", delay=1.0)
        engine.submit("now")
        assert await_that(lambda: len(came) == 2)
    assert came["later"] - began >= 0.9


def test_what_waits_is_counted(settings: Settings) -> None:
    engine, came = open_engine(settings), []
    engine.submit("a")
    engine.submit("b")
    assert await_that(lambda: engine.stats().queued == 2)
    with working(engine, came.append):
        assert await_that(lambda: len(came) == 2)
    assert await_that(lambda: engine.stats().queued == 0)


def test_acts_go_round_only_while_a_worker_runs(settings: Settings) -> None:
    """An act that fails goes round all the same."""
    engine, rounds = open_engine(settings), []

    def act() -> None:
        rounds.append(1)
        raise RuntimeError

    engine.periodic(act, 0.05)
    assert rounds == []
    with working(engine, rounds.append):  # type: ignore[arg-type]
        assert await_that(lambda: len(rounds) >= 3)
    time.sleep(0.2)
    seen = len(rounds)
    time.sleep(0.2)
    assert len(rounds) == seen


@pytest.mark.parametrize(("engine", "url"), [("huey", "amqp://x"), ("celery", ""), ("celery", "sqlite://x")])  # fmt: skip
def test_unknown_broker_is_refused(engine: str, url: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="REDACTOR_BROKER_URL"):
        open_engine(Settings(data_dir=tmp_path, engine=engine, broker_url=url))  # type: ignore[arg-type]
