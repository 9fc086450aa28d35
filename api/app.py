"""The application: rooms of the API put together around one engine."""

from __future__ import annotations

from apiflask import APIFlask

from api import problems, telemetry
from api.health import health
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
    app = APIFlask(__name__, title="redactor", version=__version__, docs_path=None)
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
    for room in (jobs, policies, health):
        app.register_blueprint(room)
    return app
