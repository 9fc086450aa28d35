"""The interface described for people: one page without any script, and one to try it out.

The second is Swagger UI, served from the package that is installed here; nothing is loaded from
elsewhere, and the browser is told to let nothing be.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app, render_template

from api.door import anybody
from redactor.errors import NotFound

docs = APIBlueprint("docs", __name__, enable_openapi=False, template_folder="templates")
ASSETS = {
    "swagger-ui.css": ("css", "text/css; charset=utf-8"),
    "swagger-ui-bundle.js": ("js", "text/javascript; charset=utf-8"),
}
METHODS = ("get", "post", "put", "patch", "delete")


@docs.get("/docs")
@anybody
def page() -> str:
    """Every route on one page, made from the OpenAPI document, with no script at all."""
    paths: dict[str, Any] = current_app.spec["paths"]  # type: ignore[attr-defined]
    routes = [
        {"name": f"{m.upper()} {path}", **paths[path][m]}
        for path in paths
        for m in METHODS
        if m in paths[path]
    ]
    return render_template("docs.html", routes=routes)


@docs.get("/docs/try")
@anybody
def interactive() -> str:
    """Every route to be called from the browser, with a key or the login of the page."""
    return render_template("docs_try.html")


@docs.get("/docs/assets/<name>")
@anybody
def asset(name: str) -> Response:
    """A file of the installed Swagger UI."""
    if name not in ASSETS:
        raise NotFound
    folder, kind = ASSETS[name]
    place = files("flask_openapi3_swagger") / "templates" / "swagger" / folder / name
    response = Response(place.read_bytes(), content_type=kind)
    response.headers["Cache-Control"] = "max-age=86400"
    return response
