"""What gunicorn serves."""

from api.app import create_app
from redactor.jobs.start import note_start
from redactor.settings import settings
from redactor.store.scratch import claim_scratch

claim_scratch(settings())  # uploads are spooled where nobody else reads, and a crash leaves none
app = create_app()
note_start(app.extensions["redactor_bench"], "serve")
