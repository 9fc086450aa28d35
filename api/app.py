"""The application: rooms of the API put together around one engine."""

from __future__ import annotations

from apiflask import APIFlask

from api import describe, door, house, problems, security, telemetry
from api.health import health
from api.login import login
from api.v1.access import access
from api.v1.audit import audit
from api.v1.jobs import jobs
from api.v1.policies import policies
from redactor import __version__
from redactor.jobs.engine import InlineEngine
from redactor.jobs.folder import JobFolder
from redactor.settings import Settings
from redactor.settings import settings as from_environment

FORM_OVERHEAD = 1_000_000  # bytes of a request beside the file


def create_app(settings: Settings | None = None) -> APIFlask:
    """The Flask application of these settings; workers start with the first job."""
    given = settings or from_environment()
    app = APIFlask(
        __name__, title="redactor", version=__version__, docs_path=None, static_folder=None
    )
    app.config.update(
        REDACTOR_SETTINGS=given,
        REDACTOR_JOBS=JobFolder(given.data_dir),
        REDACTOR_ENGINE=InlineEngine(given),
        MAX_CONTENT_LENGTH=given.max_bytes + FORM_OVERHEAD,
        OPENAPI_VERSION="3.1.0",
        SPEC_FORMAT="json",
    )
    app.error_processor(problems.from_schema)
    problems.install(app)
    telemetry.install(app)
    house.install(app, given)
    security.install(app, given)
    security.limit(app, given)  # before the door, so that wrong keys are counted too
    door.install(app, given)
    for room in (jobs, policies, access, audit, health, login):
        app.register_blueprint(room)
    describe.install(app)
    return app
