"""The application: rooms of the API put together around one engine."""

from __future__ import annotations

import atexit

from apiflask import APIFlask

from api import describe, door, house, problems, security, telemetry
from api.docs import docs
from api.health import health
from api.login import login
from api.oidc import outside
from api.review.front import front
from api.review.routes import desk_pages
from api.v1.access import access
from api.v1.audit import audit
from api.v1.batches import batches
from api.v1.files import files
from api.v1.jobs import jobs
from api.v1.policies import policies
from api.v1.review import review
from api.v1.webhooks import webhooks
from redactor import __version__
from redactor.jobs.bench import open_bench
from redactor.jobs.engines import open_engine
from redactor.jobs.service import JobService
from redactor.settings import Settings
from redactor.settings import settings as from_environment

API = (jobs, files, review, batches, policies, webhooks, access, audit, health)
PAGES = (docs, login, outside, desk_pages, front)
PATIENCE = 3.0  # seconds a request waits for a database that is away
FORM_OVERHEAD = 1_000_000  # bytes of a request beside the file


def create_app(settings: Settings | None = None) -> APIFlask:
    """The Flask application of these settings; the work is done by ``redactor worker``."""
    given = settings or from_environment()
    bench, engine = open_bench(given, patience=PATIENCE), open_engine(given)
    app = APIFlask(
        __name__, title="redactor", version=__version__, docs_path=None, static_folder=None
    )
    service = JobService(bench, engine)
    app.extensions["redactor"] = house.build(given, service, bench.table.database)
    app.config.update(
        REDACTOR_SETTINGS=given,
        REDACTOR_JOBS=service,
        MAX_CONTENT_LENGTH=given.max_bytes + FORM_OVERHEAD,
        OPENAPI_VERSION="3.1.0",
        SPEC_FORMAT="json",
    )
    app.extensions["redactor_bench"] = bench
    if given.engine == "inline":
        from redactor.jobs.worker import start_worker  # noqa: PLC0415 - the models load with it

        atexit.register(start_worker(bench, engine).set)
    app.error_processor(problems.from_schema)
    problems.install(app)
    telemetry.install(app, traced=given.traces)
    security.install(app, given)
    security.limit(app, given)  # before the door, so that wrong keys are counted too
    door.install(app, given)
    for room in (*API, *PAGES):
        app.register_blueprint(room)
    describe.install(app)
    return app
