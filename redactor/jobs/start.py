"""What the trail says of a process that begins to serve."""

from __future__ import annotations

from redactor import __version__
from redactor.access import SERVICE
from redactor.errors import BadPolicy
from redactor.jobs.bench import Bench
from redactor.policy import list_jurisdictions, load
from redactor.store.audit import Audit


def note_start(bench: Bench, name: str) -> None:
    """Put on the trail that ``name`` began, and every policy that is another than was last told of.

    A process reads its policies once, so that a changed one counts from the next start on.
    """
    database, settings = bench.table.database, bench.settings
    audit = Audit(database, settings.audit_key)
    with database.writing() as session:
        begun = {"name": name, "program": __version__}
        audit.record(session, SERVICE, "service.started", facts=begun)  # others now wait for us
        for identifier, digest in _policies(bench):
            subject = f"policy:{identifier}"
            before = audit.last(session, "policy.changed", subject)
            old = str(before.facts["digest"]) if before else ""
            if old != digest:
                facts = {"jurisdiction": identifier, "digest": digest, "changed": old or "new"}
                audit.record(session, SERVICE, "policy.changed", subject, facts=facts)


def _policies(bench: Bench) -> list[tuple[str, str]]:
    """Id and digest of every policy that can be used."""
    found = []
    for identifier in list_jurisdictions(bench.settings.policies_dir):
        try:
            found.append((identifier, load(identifier, bench.settings.policies_dir).digest))
        except BadPolicy:
            continue  # nothing is decided by it; /readyz says so
    return found
