"""Every way a run can end badly: a stable code, an exit code, an HTTP status and advice.

Messages never repeat text of a case file. Exit codes follow OCRmyPDF's meaning where it has one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    OK = 0
    BAD_ARGUMENTS = 1
    UNREADABLE_INPUT = 2
    MISSING_DEPENDENCY = 3
    VERIFICATION_FAILED = 4
    CANNOT_WRITE = 5
    ALREADY_DONE = 6
    NEEDS_REVIEW = 7
    ENCRYPTED = 8
    BAD_CONFIGURATION = 9
    SOME_FAILED = 10
    WITHHELD = 11
    OTHER = 15
    INTERRUPTED = 130


class RedactorError(Exception):
    """Base of all: subclasses say what happened and what to do next."""

    code: ClassVar[str] = "internal_error"
    exit_code: ClassVar[ExitCode] = ExitCode.OTHER
    http_status: ClassVar[int] = 500
    title: ClassVar[str] = "The work stopped on an unforeseen fault."
    advice: ClassVar[str] = "Try again; if it stops again, give the request id to the operator."

    def __init__(self, detail: str = "", **facts: object) -> None:
        """Keep a detail and facts for the problem document; neither may hold protected text."""
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.facts = facts


class BadRequest(RedactorError):
    """A request or option that cannot be understood."""

    code = "bad_request"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 422
    title = "The request cannot be understood."
    advice = "Correct the named field and send the request again."


class UnknownJurisdiction(BadRequest):
    """No policy of that name is installed."""

    code = "unknown_jurisdiction"
    title = "No policy is installed for that jurisdiction, so nothing may be released."
    advice = "List the installed ones with `redactor policy list` or GET /v1/policies."


class UnknownCategory(BadRequest):
    """The policy does not know the requester category."""

    code = "unknown_category"
    title = "The policy does not know that requester category, so nothing may be released."
    advice = "List the categories with `redactor policy show` or GET /v1/policies/{jurisdiction}."


class BadAnswer(BadRequest):
    """An answer to a question that the policy does not ask, or a value it does not offer."""

    code = "bad_answer"
    title = "An answer does not fit the questions of this policy."
    advice = "GET /v1/policies/{jurisdiction}/{category} lists the questions and their values."


class UnreadableInput(RedactorError):
    """Bytes that are not a case file anyone can open."""

    code = "unreadable_input"
    exit_code = ExitCode.UNREADABLE_INPUT
    http_status = 422
    title = "The file cannot be opened as a PDF or an image."
    advice = "Open it in a viewer, print it to a new PDF, and send that."


class EmptyInput(UnreadableInput):
    """No bytes, or no pages."""

    code = "empty_input"
    title = "The file is empty."
    advice = "Check that the upload or the scan finished, and send the file again."


class TooLarge(UnreadableInput):
    """Over a limit on bytes, pages, page size or pixels."""

    code = "too_large"
    http_status = 413
    title = "The file is over a limit of this service."
    advice = "Split the file, or ask the operator to raise the named limit."


class UnsafeArchive(UnreadableInput):
    """A zip or tar that climbs out of itself or unpacks without measure."""

    code = "unsafe_archive"
    title = "The archive, or a member of it, is built in a way that may do harm."
    advice = "Unpack it on a machine that may be lost, look at it, and give the folder instead."


class Encrypted(RedactorError):
    """A password is needed and was not given, or is wrong."""

    code = "encrypted"
    exit_code = ExitCode.ENCRYPTED
    http_status = 422
    title = "The file is encrypted and cannot be opened without its password."
    advice = "Send the password with the request, or save an unprotected copy and send that."


class MissingDependency(RedactorError):
    """A model, language data or library that set-up should have brought."""

    code = "missing_dependency"
    exit_code = ExitCode.MISSING_DEPENDENCY
    http_status = 503
    title = "A part this step needs is not installed."
    advice = "Run `make setup`, then `redactor doctor`."


class BadPolicy(RedactorError):
    """A policy file that must not be used."""

    code = "bad_policy"
    exit_code = ExitCode.BAD_CONFIGURATION
    http_status = 500
    title = "A policy file is not valid."
    advice = "Run `redactor policy check` and mend what it names."


class BadSettings(RedactorError):
    """A setting that cannot be used."""

    code = "bad_settings"
    exit_code = ExitCode.BAD_CONFIGURATION
    http_status = 500
    title = "A setting cannot be used."
    advice = "docs/settings.md lists every setting and its values."


class VerificationFailed(RedactorError):
    """The saved bytes failed a check; nothing was released."""

    code = "verification_failed"
    exit_code = ExitCode.VERIFICATION_FAILED
    http_status = 409
    title = "The redacted file failed a check and was not released."
    advice = "The verdict names the check; have a person look at the named page."


class NeedsReview(RedactorError):
    """A person must decide something first."""

    code = "needs_review"
    exit_code = ExitCode.NEEDS_REVIEW
    http_status = 409
    title = "A person must decide before anything can be released."
    advice = "Decide what the list names, or ask for held text to be hidden (holds=hide)."


class Withheld(RedactorError):
    """The policy gives this requester nothing."""

    code = "withheld"
    exit_code = ExitCode.WITHHELD
    http_status = 409
    title = "The policy releases nothing to this requester."
    advice = "The reasons name the rule; answer its question if the facts have changed."


class CannotWrite(RedactorError):
    """The output could not be written."""

    code = "cannot_write"
    exit_code = ExitCode.CANNOT_WRITE
    http_status = 507
    title = "The output cannot be written."
    advice = "Check the folder, its permissions and the free space."


class DamagedFile(RedactorError):
    """A stored file is not what was stored."""

    code = "damaged_file"
    title = "A stored file was changed, cut short or put under another name."
    advice = "Restore it from the backup; until then nothing of it is given out."


class MissingKey(RedactorError):
    """A stored file is sealed with a key that is not at hand."""

    code = "missing_key"
    exit_code = ExitCode.BAD_CONFIGURATION
    title = "The key that a stored file was sealed with is not in the keyring."
    advice = "Put the key of that id back into the keyring, before the current one."


class Unavailable(RedactorError):
    """The database does not answer for the moment."""

    code = "unavailable"
    http_status = 503
    title = "The database does not answer."
    advice = "Wait the time in Retry-After and send the request again."


class Quarantined(RedactorError):
    """A case file that ended its worker every time."""

    code = "quarantined"
    title = "The file ended its worker each time it was tried, so it was set aside."
    advice = "Look at the file by hand; `redactor jobs retry` tries it again."


class StaleDraft(RedactorError):
    """The policy is not the one that a draft was decided by."""

    code = "stale_draft"
    http_status = 409
    title = "The policy was changed after this draft was made."
    advice = "Retry the job: it is decided anew by the policy of today."


class TimedOut(RedactorError):
    """A step ran past its limit."""

    code = "timed_out"
    http_status = 504
    title = "A step ran past its time limit and was stopped."
    advice = "Split the file, or ask the operator to raise the limit."


class Crashed(RedactorError):
    """The process that had the file was lost."""

    code = "crashed"
    exit_code = ExitCode.UNREADABLE_INPUT
    http_status = 422
    title = "The file brought down the process that read it; nothing of it was released."
    advice = "Print the file to a new PDF and send that; keep the original for the maintainers."


class NotFound(RedactorError):
    """No such job or resource."""

    code = "not_found"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 404
    title = "There is nothing here of that name."
    advice = "Check the id; a finished job is kept only for its retention period."


class NotReady(RedactorError):
    """The job has not ended in a release."""

    code = "not_ready"
    exit_code = ExitCode.NEEDS_REVIEW
    http_status = 409
    title = "There is no release to give out yet."
    advice = "Read the job's state; it says whether to wait or what must be decided."


class Conflict(RedactorError):
    """Somebody else changed the job first, or its state does not allow this."""

    code = "conflict"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 409
    title = "The job is no longer where this would have found it."
    advice = "Read the job again and decide anew."


class Busy(RedactorError):
    """More work than the service takes at once."""

    code = "busy"
    http_status = 503
    title = "The service has as much work as it takes at once."
    advice = "Wait the time in Retry-After and send the request again."


class BadEdit(BadRequest):
    """A change of a review that cannot be made."""

    code = "bad_edit"
    title = "The change cannot be made."
    advice = "Load the file again and make the change on what stands there now."


class OverrideNeeded(RedactorError):
    """A change would open what the law shields."""

    code = "override_needed"
    exit_code = ExitCode.NEEDS_REVIEW
    http_status = 409
    title = "The change would show a reporter, an SSN or words that point at a reporter."
    advice = "If the law allows it, make the change again with the override and its reason."


class Unauthenticated(RedactorError):
    """Nobody knows who asks."""

    code = "unauthenticated"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 401
    title = "The request says not who asks, or in a way that opens nothing."
    advice = "Send a valid key as `Authorization: Bearer rdk_...`, or log in again."


class Forbidden(RedactorError):
    """Known, and not allowed."""

    code = "forbidden"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 403
    title = "The roles of this key or account do not allow that."
    advice = "Ask an admin for a key or account with the role that SECURITY.md names."


class SecondPerson(Forbidden):
    """The two-person rule."""

    code = "second_person"
    title = "Another person must release what this one decided."
    advice = "Have a supervisor who did not decide on this job release it."


class CrossOrigin(Forbidden):
    """A page of another site sent the request with this person's login."""

    code = "cross_origin"
    title = "The request comes from a page of another site."
    advice = "Send it from a page of this service, or with a key."


class LockedOut(RedactorError):
    """Too many wrong passwords."""

    code = "locked_out"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 429
    title = "This account is locked for a while after wrong passwords."
    advice = "Wait the time in Retry-After, or ask an admin to set a new password."


class KeyReused(BadRequest):
    """One Idempotency-Key for two requests."""

    code = "key_reused"
    title = "That Idempotency-Key was sent with another request."
    advice = "Make a new key for each new request; send the old one only to repeat the old one."


class InFlight(RedactorError):
    """The same request is being worked on."""

    code = "in_flight"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 409
    title = "The same request is being worked on this moment."
    advice = "Wait the time in Retry-After and send the request again."


class Outdated(RedactorError):
    """If-Match names a version that is no more."""

    code = "outdated"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 412
    title = "Somebody else changed it meanwhile."
    advice = "Read it anew, and decide on what stands there now."


class NoVersion(RedactorError):
    """A change without If-Match."""

    code = "no_version"
    exit_code = ExitCode.BAD_ARGUMENTS
    http_status = 428
    title = "A change must say which version it changes."
    advice = "Send the ETag of what you read as If-Match."


class NothingToAnswer(Conflict):
    """A letter was asked for where the requester gets pages."""

    code = "gets_pages"
    title = "This category gets a redacted copy, so there is no letter to write."
    advice = "Send the case file to POST /v1/jobs."
