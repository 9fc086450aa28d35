"""Schemathesis asks every route for what its schema allows and what it does not.

No 5xx but those that are documented, no status, media type or body that the OpenAPI document does
not tell of. REDACTOR_TEST_EXAMPLES makes the run longer.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from redactor.access import Role
from redactor.settings import Settings
from tests.api.conftest import HOUSE

EXAMPLES = int(os.environ.get("REDACTOR_TEST_EXAMPLES", "8"))
DOCUMENT = Path(__file__).resolve().parents[2] / "api" / "openapi.json"
PATHS = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
ROUTES = [f"{method.upper()} {path}" for path, operations in PATHS.items() for method in operations]
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """The application as its document describes it, with a key of every role."""
    folder = tmp_path_factory.mktemp("schema")
    app = create_app(Settings(data_dir=folder, rate_limit="", max_wait=0))
    key = app.extensions["redactor"].keys.issue(HOUSE, "all", list(Role), "main").text
    schema = schemathesis.openapi.from_wsgi("/openapi.json", app)
    schema.config.generation.with_security_parameters = False
    schema.config.update(headers={"Authorization": f"Bearer {key}"})
    yield schema
    app.extensions["redactor"].database.close()


@pytest.mark.parametrize("route", ROUTES)
def test_route_answers_as_it_is_described(described: Any, route: str) -> None:
    """Whatever is sent."""
    method, path = route.split(" ")

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(case=described[path][method.lower()].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        seen.add(case.call_and_validate(checks=CHECKS).status_code)

    seen: set[int] = set()
    ask()
    assert seen - {401, 429}, "nothing came past the door"
