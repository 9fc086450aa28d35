"""What carries the ids of jobs to workers: one file an engine, chosen by REDACTOR_ENGINE."""

from __future__ import annotations

from redactor.jobs.engines.base import Engine
from redactor.settings import Settings

__all__ = ["Engine", "open_engine"]


def open_engine(settings: Settings) -> Engine:
    """The engine of the settings.

    Raises:
        MissingDependency: it is Celery, and the libraries of requirements-scale are not here.
        BadSettings: the URL of its broker cannot be used.
    """
    if settings.engine == "inline":
        from redactor.jobs.engines.inline import InlineEngine  # noqa: PLC0415 - load one of them

        return InlineEngine()
    if settings.engine == "huey":
        from redactor.jobs.engines.huey import HueyEngine  # noqa: PLC0415

        return HueyEngine(settings)
    from redactor.jobs.engines.celery import CeleryEngine  # noqa: PLC0415

    return CeleryEngine(settings)
