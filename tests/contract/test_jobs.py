"""One contract for the table of jobs on SQLite and PostgreSQL: one holder, legal moves, one end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from redactor.errors import (
    BadRequest,
    Busy,
    Conflict,
    EmptyInput,
    Forbidden,
    NotFound,
    NotReady,
    Outdated,
)
from redactor.jobs.bench import Bench
from redactor.jobs.child import work
from redactor.jobs.engines.inline import InlineEngine
from redactor.jobs.lease import Lease, LeaseLost, beat, claim, end, give_back, held
from redactor.jobs.perform import Unproved, perform
from redactor.jobs.service import Filters, Job, JobService, Sender
from redactor.jobs.states import MOVES, WORKING, into, move
from redactor.jobs.sweeper import DAY, Keep, expire, settings_retention, sweep, tidy
from redactor.policy.loader import SHIPPED
from redactor.settings import Settings
from redactor.store.db import Database
from redactor.store.files import open_files
from redactor.store.jobs import JobTable
from redactor.store.tables import JobRow
from redactor.store.upgrade import upgrade
from redactor.types import Action
from redactor.verify.checks import CHECKS
from tests.conftest import make_pdf, make_request
from tests.servers import postgres

SECONDS, MOST = 60.0, 3


@dataclass
class World:
    """A bench with a clock that the test moves, and everything that was noted."""

    bench: Bench
    engine: InlineEngine
    service: JobService
    now: float = 1000.0
    noted: list[tuple[str, str]] = field(default_factory=list)

    def submit(self, **more: object) -> Job:
        return self.service.submit(make_pdf(), make_request(), Sender(**more))  # type: ignore[arg-type]

    def claim(self, job: Job, owner: str = "w1") -> Lease | None:
        found = claim(self.bench.table, job.id, owner, now=self.now, seconds=SECONDS, most=MOST)
        return found[0] if found else None

    def finish(self, lease: Lease) -> None:
        with held(self.bench.table, lease) as row:
            row.files, row.published = ["pdf"], lease.attempt
            end(row, "done", self.now)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    settings = Settings(data_dir=tmp_path / "var", max_queue=5, ocr_strategy="fast")
    settings.data_dir.mkdir()
    if request.param == "sqlite":
        yield from _world(settings, f"sqlite:///{tmp_path / 'jobs.db'}")
    else:
        with postgres() as url:
            yield from _world(settings, url)


def _world(settings: Settings, url: str) -> Iterator[World]:
    database = Database(url)
    upgrade(database)
    made: list[World] = []

    def note(session: Session, row: JobRow, what: str) -> None:
        made[0].noted.append((row.id, what))

    table = JobTable(database, note)
    bench = Bench(settings, table, open_files(settings), lambda: made[0].now)
    engine = InlineEngine()
    made.append(World(bench, engine, JobService(bench, engine)))
    yield made[0]
    database.close()


@pytest.mark.parametrize("state", MOVES)
def test_moves_that_the_table_lacks_raise(state: str) -> None:
    for to in MOVES:
        if to in MOVES[state] or (to == state and state in WORKING):
            assert move(state, to) == to
            assert to == state or state in into(to)
        else:
            with pytest.raises(Conflict):
                move(state, to)


def test_of_many_workers_one_gets_the_job(world: World) -> None:
    job = world.submit()
    start, won = threading.Barrier(8), []

    def try_it(n: int) -> None:
        start.wait()
        if world.claim(job, f"w{n}"):
            won.append(n)

    threads = [threading.Thread(target=try_it, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    assert world.service.get(job.id).lease_owner == f"w{won[0]}"


def test_a_worker_that_comes_back_from_the_dead_changes_nothing(world: World) -> None:
    """Its lease ran out and another has the job: it can neither beat, nor publish, nor give back."""
    job = world.submit()
    first = world.claim(job)
    world.now += SECONDS / 2
    assert first
    beat(world.bench.table, first, now=world.now, seconds=SECONDS)
    world.now += SECONDS - 1
    assert world.claim(job, "w2") is None

    world.now += 2
    second = world.claim(job, "w2")
    assert second
    for act in (lambda: beat(world.bench.table, first, now=world.now, seconds=SECONDS),
                lambda: world.finish(first)):  # fmt: skip
        with pytest.raises(LeaseLost):
            act()
    world.finish(second)

    assert (world.service.get(job.id).state, world.service.get(job.id).published) == ("done", 2)
    assert world.claim(job, "w3") is None
    assert world.noted == [(job.id, "queued"), (job.id, "detecting"), (job.id, "done")]


def test_the_third_lost_try_is_the_last(world: World) -> None:
    """Tries that a stopping worker gave back do not count; a retry gives all of them anew."""
    job = world.submit()
    lease = world.claim(job)
    assert lease
    with held(world.bench.table, lease) as row:
        give_back(row, most=MOST, now=world.now, counted=False)
    for _ in range(MOST):
        assert world.service.get(job.id).state == "queued"
        assert world.claim(job)
        world.now += SECONDS + 1
        sweep(world.bench, world.engine)

    dead = world.service.get(job.id)
    assert (dead.state, dead.error_code, dead.attempts) == ("quarantined", "quarantined", 4)
    assert world.claim(job) is None
    assert world.service.retry(job.id).state == "queued"
    assert world.claim(job)


def test_what_engine_or_worker_lost_is_handed_over_again(world: World) -> None:
    """An id that never came, and one whose worker died; each comes to the engine once."""
    forgotten, lost = world.submit(), world.submit()
    assert world.claim(lost)
    while world.engine.stats().queued:
        world.engine._queue.get()
    world.now += SECONDS + 1

    sweep(world.bench, world.engine)
    sweep(world.bench, world.engine)

    waiting = [world.engine._queue.get()[-1] for _ in range(world.engine.stats().queued)]
    assert sorted(waiting) == sorted([forgotten.id, lost.id])


def test_a_job_is_taken_in_although_its_engine_is_away(world: World) -> None:
    class Away(InlineEngine):
        def submit(self, job: str, **_: object) -> None:
            raise ConnectionError

    job = JobService(world.bench, Away()).submit(make_pdf(), make_request())
    assert world.service.get(job.id).submitted == 0

    world.now += 1
    sweep(world.bench, world.engine)

    assert world.engine.stats().queued == 1


def test_cancel_takes_the_job_from_its_worker(world: World) -> None:
    job = world.submit()
    lease = world.claim(job)
    assert world.service.cancel(job.id).state == "cancelled"

    with pytest.raises(LeaseLost):
        world.finish(lease)  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        world.service.cancel(job.id)
    with pytest.raises(Conflict):
        world.service.retry(job.id)


def test_a_removed_job_leaves_nothing_and_stops_its_worker(world: World) -> None:
    job = world.submit()
    lease = world.claim(job)
    world.service.delete(job.id)

    with pytest.raises(LeaseLost):
        world.finish(lease)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        world.service.get(job.id)
    assert list(world.bench.files.list("jobs")) == []
    assert world.claim(job) is None


def test_one_unit_never_finds_anothers_job(world: World) -> None:
    job = world.submit(unit="north")
    service = world.service
    acts = (service.get, service.cancel, service.retry, service.delete, service.purge, service.draft,
            service.request, service.original)  # fmt: skip
    for act in acts:
        with pytest.raises(NotFound):
            act(job.id, "south")
    with pytest.raises(NotFound):
        service.open_file(job.id, "pdf", "south")
    assert service.list(Filters(unit="south")) == ([], "")
    assert [j.id for j in service.list(Filters(unit="north"))[0]] == [job.id]


def test_pages_of_the_list_hold_every_job_once(world: World) -> None:
    """The newest first; jobs of one moment too, and jobs that come meanwhile do not shift it."""
    ids = []
    for n in range(5):
        world.now += n % 2
        ids.append(world.submit().id)
    seen, cursor, first = [], "", True
    while first or cursor:
        jobs, cursor = world.service.list(cursor=cursor, limit=2)
        seen += [j.id for j in jobs]
        if first:
            world.service.cancel(ids[0])
            world.now += 1
            late = world.submit().id
        first = False

    assert sorted(seen) == sorted(ids)
    assert late not in seen
    created = [world.service.get(i).created for i in seen]
    assert created == sorted(created, reverse=True)
    assert [j.id for j in world.service.list(Filters(states=("cancelled",)))[0]] == [ids[0]]
    with pytest.raises(BadRequest):
        world.service.list(cursor="nonsense")


def test_more_than_may_wait_is_refused_and_nothing_is_kept_of_it(world: World) -> None:
    for _ in range(5):
        world.submit()
    with pytest.raises(Busy):
        world.submit()
    world.service.cancel(world.service.list()[0][0].id)
    with pytest.raises(EmptyInput):
        world.service.submit(b"", make_request())
    assert len({name.split("/")[1] for name in world.bench.files.list("jobs")}) == 5


def test_place_in_the_queue_follows_priority_and_age(world: World) -> None:
    first, second = world.submit(), world.submit()
    world.now += 1
    third, urgent = world.submit(), world.submit(priority=5)

    places = [world.service.position(j) for j in (urgent, first, third)]
    assert places == [0, 1, 3]
    assert second.id != first.id


def test_files_go_when_their_time_is_over_and_it_is_noted(world: World) -> None:
    """Originals after the shorter time, releases after the longer, each unit by its own."""
    kept, gone = world.submit(unit="keeps"), world.submit(unit="purges")
    for job in (kept, gone):
        lease = world.claim(job)
        assert lease
        world.bench.files.put(f"jobs/{job.id}/1.pdf", b"release")
        world.finish(lease)

    settings = world.bench.settings.model_copy(
        update={"keep_originals_days": 0.0, "keep_releases_days": 0.0,
                "keep_days_by_unit": (("purges", 1.0, 2.0),)}
    )  # fmt: skip
    retention = settings_retention(replace(world.bench, settings=settings))

    world.now += DAY - 1
    tidy(world.bench, retention)
    assert world.service.get(gone.id).purged == 0
    world.now += 1
    tidy(world.bench, retention)

    assert list(world.bench.files.list(f"jobs/{gone.id}")) == [f"jobs/{gone.id}/1.pdf"]
    assert world.service.open_file(gone.id, "pdf").read() == b"release"
    assert world.service.get(gone.id).purged == world.now
    with pytest.raises(NotFound):
        world.service.original(gone.id)
    world.now += DAY
    tidy(world.bench, retention)

    assert list(world.bench.files.list(f"jobs/{gone.id}")) == []
    assert world.service.get(gone.id).state == "expired"
    with pytest.raises(NotReady):
        world.service.open_file(gone.id, "pdf")
    assert len(list(world.bench.files.list(f"jobs/{kept.id}"))) == 3
    assert [what for job, what in world.noted if job == gone.id][-2:] == ["purged", "expired"]
    assert settings_retention(world.bench)("any") == Keep(30 * DAY, 90 * DAY, 180 * DAY)


def test_what_nobody_decides_is_given_up_and_removed(world: World) -> None:
    """By the unit's own period; what a person released meanwhile goes its way."""
    left, decided, other = (world.submit(review=True, unit=u) for u in ("east", "east", "west"))
    for job in (left, decided, other):
        lease = world.claim(job)
        assert lease
        perform(world.bench, lease, world.service.get(job.id))
    days = (("east", 0.0, 0.0, 2.0), ("west", 0.0, 0.0))
    settings = world.bench.settings.model_copy(update={"keep_days_by_unit": days})
    retention = settings_retention(replace(world.bench, settings=settings))

    world.now += 2 * DAY - 1
    tidy(world.bench, retention)
    assert world.service.get(left.id).state == "needs_review"
    stale = world.service.get(decided.id)
    world.service.approve(decided.id, stale.draft)
    expire(world.bench, stale)  # as by a sweeper that looked a moment before
    world.now += 1
    tidy(world.bench, retention)

    given_up = world.service.get(left.id)
    assert (given_up.state, given_up.ended, given_up.purged) == ("expired", world.now, world.now)
    assert list(world.bench.files.list(f"jobs/{left.id}")) == []
    assert [what for job, what in world.noted if job == left.id][-2:] == ["purged", "expired"]
    assert world.service.get(decided.id).state == "approved"
    assert world.service.draft(decided.id)
    assert world.service.get(other.id).state == "needs_review"
    with pytest.raises(NotReady):
        world.service.draft(left.id)


def test_files_without_a_job_are_removed_once_they_are_old(world: World) -> None:
    """An upload that broke off before its job was accepted."""
    job = world.submit()
    world.bench.files.put("jobs/" + "0" * 32 + "/input", b"x")
    import time

    world.now = time.time() + 60
    tidy(world.bench, lambda _: Keep(0, 0))
    assert len({name.split("/")[1] for name in world.bench.files.list("jobs")}) == 2
    world.now += 7200
    tidy(world.bench, lambda _: Keep(0, 0))
    assert {name.split("/")[1] for name in world.bench.files.list("jobs")} == {job.id}


def test_a_person_changes_and_approves_a_draft_and_a_worker_applies_it(world: World) -> None:
    """By version: who saw an older one is refused; the release does what the person decided."""
    job = world.submit(review=True)
    service = world.service
    lease = world.claim(job)
    assert lease
    perform(world.bench, lease, service.get(job.id))
    held_job = service.get(job.id)
    assert (held_job.state, held_job.files, held_job.lease_owner) == ("needs_review", [], "")

    draft, version = service.draft(job.id)
    kept = tuple(replace(d, action=Action.KEEP) if _text(draft, d) == "Lee Sand" else
                 replace(d, action=Action.REDACT) for d in draft.decisions)  # fmt: skip
    newer = service.change(job.id, version, replace(draft, decisions=kept, holds=()))
    for act in (lambda: service.change(job.id, version, draft), lambda: service.approve(job.id, version)):  # fmt: skip
        with pytest.raises(Conflict):
            act()
    assert service.draft(job.id)[0].decisions == kept
    assert service.approve(job.id, newer).state == "approved"
    with pytest.raises(Conflict):
        service.approve(job.id, newer)

    again = world.claim(job)
    assert again
    assert service.get(job.id).state == "applying"
    perform(world.bench, again, service.get(job.id))
    done = service.get(job.id)

    assert (done.state, done.outcome) == ("done", "released")
    assert service.request(job.id).category == "inv_alleged_perpetrator"
    text = service.open_file(job.id, "txt").read().decode()
    assert "Milo" not in text
    assert "Lee Sand" in text


def test_check_that_breaks_is_made_again_in_a_fresh_process(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is published; only where it breaks to the last try the file is withheld for it."""

    def broken(_: object) -> tuple[int, str]:
        raise FileNotFoundError

    passing, failing = world.submit(), world.submit()
    for job, breaks in ((passing, 1), (failing, MOST - 1)):
        for _ in range(breaks):
            monkeypatch.setitem(CHECKS, "text", broken)
            lease = world.claim(job)
            assert lease
            with pytest.raises(Unproved):
                work(world.bench, lease, world.service.get(job.id))
            assert [n for n in world.bench.files.list(f"jobs/{job.id}") if ".pdf" in n] == []
            with held(world.bench.table, lease) as row:
                give_back(row, most=MOST, now=world.now, counted=True)
        if job is passing:
            monkeypatch.undo()
        lease = world.claim(job)
        assert lease
        work(world.bench, lease, world.service.get(job.id))

    assert world.service.get(passing.id).outcome == "released"
    withheld = world.service.get(failing.id)
    assert (withheld.state, withheld.outcome, withheld.attempts) == ("done", "withheld", MOST)
    assert withheld.verdict["failing_checks"] == ["text"]  # type: ignore[index]


def test_withheld_job_is_read_anew_under_the_policy_of_now(world: World, tmp_path: Path) -> None:
    """By who may; what was released is never taken up again."""
    answers = {**make_request().answers, "pending_criminal_charges": "yes",
               "indictment_or_information": "no"}  # fmt: skip
    job = world.service.submit([make_pdf(), make_pdf()], make_request(answers=answers))
    lease = world.claim(job)
    assert lease
    perform(world.bench, lease, world.service.get(job.id))
    withheld = world.service.get(job.id)
    assert (withheld.state, withheld.outcome) == ("done", "withheld")
    rules = (SHIPPED / "us-mo.yaml").read_text()
    gate = "pending_criminal_charges: ['yes', 'unknown'], indictment"
    (tmp_path / "us-mo.yaml").write_text(rules.replace(gate, gate.replace("'yes', ", "")))
    settings = world.bench.settings.model_copy(update={"policies_dir": tmp_path})

    with pytest.raises(Forbidden):
        world.service.retry(job.id)
    again = world.service.retry(job.id, withheld=True)
    assert (again.state, again.outcome, again.files, again.verdict) == ("queued", "", [], None)
    assert [set(d) for d in again.documents] == [{"source"}] * 2
    lease = world.claim(job)
    assert lease
    perform(replace(world.bench, settings=settings), lease, world.service.get(job.id))
    done = world.service.get(job.id)

    assert (done.state, done.outcome) == ("done", "released")
    assert done.policy_digest != ""
    with pytest.raises(Conflict):
        world.service.retry(job.id, withheld=True)


def test_draft_is_approved_as_it_was_seen_or_not_at_all(world: World) -> None:
    """A step that came in between refuses it; nothing of a refused approval is left."""
    job = world.submit(review=True)
    lease = world.claim(job)
    assert lease
    perform(world.bench, lease, world.service.get(job.id))
    service = world.service
    draft, version = service.draft(job.id)
    reviewed = replace(draft, holds=(), review=({"step": "mark"},))
    service.keep_journal(job.id, version, "", "one step")
    service.keep_journal(job.id, version, "one step", "two steps")

    with pytest.raises(Outdated):
        service.approve(job.id, version, reviewed=reviewed, journal="one step")
    assert service.draft(job.id) == (draft, version)
    approved = service.approve(job.id, version, reviewed=reviewed, journal="two steps")

    assert (approved.state, approved.draft, approved.approved) == (
        "approved",
        version + 1,
        version + 1,
    )
    assert service.draft(job.id)[0] == reviewed


def test_files_of_a_packet_are_one_job_and_come_back_each(world: World) -> None:
    """Told of singly; one file without bytes and nothing is taken."""
    second = make_pdf("Dana Orr called again.")
    job = world.service.submit([make_pdf(), second], make_request())
    lease = world.claim(job)
    assert lease
    perform(world.bench, lease, world.service.get(job.id))
    done = world.service.get(job.id)

    assert (done.state, done.outcome) == ("done", "released")
    assert [d["outcome"] for d in done.documents] == ["released", "released"]
    assert len({d["source"] for d in done.documents} | {done.source_digest}) == 3
    assert len({d["release"] for d in done.documents}) == 2
    assert {"pdf", "2.pdf", "txt", "2.txt", "2.log.json"} <= set(done.files)
    shown = world.service.open_file(job.id, "2.txt").read().decode()
    assert "called again" in shown
    assert "Orr" not in shown
    assert world.service.original(job.id, number=2).read() == second
    world.service.purge(job.id)
    assert world.service.open_file(job.id, "2.pdf").read().startswith(b"%PDF")
    with pytest.raises(EmptyInput):
        world.service.submit([make_pdf(), b""], make_request())
    assert len({name.split("/")[1] for name in world.bench.files.list("jobs")}) == 1


def _text(draft: object, decision: object) -> str:
    analysis = draft.analysis  # type: ignore[attr-defined]
    mention = analysis.findings.mentions[decision.mention]  # type: ignore[attr-defined]
    return str(analysis.reading.text[mention.start : mention.end])


def test_a_release_tells_what_an_earlier_one_to_somebody_else_adds(world: World) -> None:
    """The accused holds a copy; a researcher's copy of the same file hides other words."""
    data = make_pdf()

    def done(category: str, unit: str = "") -> Job:
        job = world.service.submit(data, make_request(category), Sender(unit=unit))
        lease = world.claim(job)
        assert lease
        perform(world.bench, lease, world.service.get(job.id))
        return world.service.get(job.id)

    first = done("inv_alleged_perpetrator")
    again = done("inv_alleged_perpetrator")
    second = done("inv_researcher")
    elsewhere = done("inv_researcher", unit="another")

    assert first.documents[0]["earlier"] == again.documents[0]["earlier"] == []
    assert elsewhere.documents[0]["earlier"] == []
    told = second.documents[0]["earlier"]
    assert {t["job"] for t in told} == {first.id, again.id}
    assert all(t["pages"] == [1] and t["only_earlier"] > 0 for t in told)
    assert not any(word in str(told) for word in ("Milo", "Finch", "Dufresne", "Orr"))
    log = json.loads(world.service.open_file(second.id, "internal.json").read())
    assert log["earlier_releases"] == told


def test_the_checks_of_a_packet_say_which_file_they_are_of(world: World) -> None:
    job = world.service.submit([make_pdf(), make_pdf("Dana Orr called again.")], make_request())
    lease = world.claim(job)
    assert lease
    perform(world.bench, lease, world.service.get(job.id))
    verdict = world.service.get(job.id).verdict or {}
    assert {c["file"] for c in verdict["checks"]} == {1, 2}
