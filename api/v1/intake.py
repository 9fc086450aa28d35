"""What comes in with a case file: the request, its key against repetition, how long to wait."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from flask import request

from api.door import actor
from api.house import house
from redactor.answers import as_json_answers, as_known
from redactor.errors import BadRequest, EmptyInput
from redactor.jobs.service import JobService, Sender
from redactor.pdf.open import sniff
from redactor.policy import check, first_due, load
from redactor.types import Request

SNIFF = 4096  # bytes that tell the kind of an upload
KEY = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True)
class Asked:
    """A request that the policy knows, and who sends it."""

    request: Request
    sender: Sender


def service() -> JobService:
    """The jobs behind the interface."""
    return house().jobs


def asked(form: dict[str, Any]) -> Asked:
    """The request of a form.

    Raises:
        BadRequest, BadAnswer, UnknownJurisdiction, UnknownCategory: it cannot be understood.
    """
    settings = house().settings
    received = form["received"] or dt.datetime.now(dt.UTC).date()
    made = Request(
        form["jurisdiction"],
        form["category"],
        tuple(form["requester_name"]),
        form["relation"],
        answers=as_json_answers(form["answers"]),
        known=_known(form["known"]),
        must_hide=tuple(form["must_hide"]),
        must_keep=tuple(form["must_keep"]),
        holds=form["holds"],
        received=received,
    )
    policy = load(made.jurisdiction, settings.policies_dir)
    ruling = check(policy, made)
    me = actor()
    sender = Sender(
        me.unit,
        me.id,
        _passwords(form),
        priority=form["priority"],
        review=form["review"] or settings.two_person,
        deadline=first_due(policy, ruling.deadlines, received),
    )
    return Asked(made, sender)


def _passwords(form: dict[str, Any]) -> tuple[str, ...]:
    given = tuple(form["password"])
    if len(given) > 1 and len(given) != len(form["file"]):
        raise BadRequest("Give one password, or one for each file.", field="password")
    return given


def _known(text: str) -> Any:
    try:
        return as_known(json.loads(text)) if text.strip() else ()
    except (json.JSONDecodeError, RecursionError):
        raise BadRequest("Known people must be a JSON list.", field="known") from None


def checked(upload: Any) -> BinaryIO:
    """The stream of an upload that begins as a case file does; never whole in memory."""
    stream: BinaryIO = upload.stream
    start = stream.read(SNIFF)
    if not start:
        raise EmptyInput
    sniff(start)
    stream.seek(0)
    return stream


def patience(wanted: float) -> float:
    """Seconds to wait for the end of a job: ``?wait=``, or what ``Prefer`` says (RFC 7240)."""
    prefer = request.headers.get("Prefer", "")
    if "respond-async" in prefer:
        return 0.0
    for part in prefer.split(","):
        name, _, value = part.strip().partition("=")
        if name == "wait" and value.isascii() and value.isdigit():
            wanted = float(value[:9])
    return min(wanted, house().settings.max_wait)


def once(key: str, act: Callable[[], str]) -> tuple[str, bool]:
    """The id that the act gives, done once for each ``Idempotency-Key``; whether it is a repeat.

    Raises:
        BadRequest: no key that can be.
        KeyReused, InFlight: as ``Sent.begin``.
    """
    if not key:
        return act(), False
    if not KEY.fullmatch(key):
        raise BadRequest("A key is 1 to 200 visible characters.", field="Idempotency-Key")
    sent, me, route = house().sent, actor().id, f"{request.method} {request.path}"
    before = sent.begin(me, route, key, _digest())
    if before is not None:
        return before.answer, True
    answer, status = "", 500
    try:
        answer, status = act(), 202
    finally:
        sent.end(me, route, key, status, answer)
    return answer, False


def _digest() -> str:
    """A digest of fields and files, the same however the parts are bounded and ordered."""
    parts = sorted((k, v) for k, values in request.form.lists() for v in values)
    digest = hashlib.sha256(json.dumps(parts).encode())
    for name, upload in sorted(request.files.items(multi=True), key=lambda p: p[0]):
        stream: Any = upload.stream
        digest.update(f"{name}:{hashlib.file_digest(stream, 'sha256').hexdigest()}".encode())
        stream.seek(0)
    return digest.hexdigest()
