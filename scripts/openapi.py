"""Writes api/openapi.json as the application describes itself."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from api.app import create_app
from redactor.settings import Settings

TARGET = Path(__file__).resolve().parent.parent / "api" / "openapi.json"


def document() -> str:
    """The OpenAPI document as JSON text, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder)))
        with app.app_context():
            return json.dumps(app.spec, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
