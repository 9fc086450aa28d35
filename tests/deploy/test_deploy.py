"""What is deployed is well formed, names settings and commands that exist, and stops in time."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from redactor.cli.main import main
from redactor.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
KUBERNETES = ROOT / "deploy" / "kubernetes" / "redactor.yaml"
FILES = [ROOT / "Dockerfile", ROOT / "compose.yaml", KUBERNETES, *UNITS]
RESOURCES: list[dict[str, Any]] = yaml.safe_load(KUBERNETES.read_text())["items"]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
STOP = Settings.model_fields["stop_seconds"].default


def test_dockerfile_is_linted() -> None:
    """Hadolint finds nothing."""
    lint = Path(sys.executable).parent / "hadolint"
    done = subprocess.run(
        [lint, "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.returncode) == ("", 0)


def test_dockerfile_runs_the_scripts_that_make_runs() -> None:
    """No container engine is needed to know that its steps work: `make` makes them too."""
    makefile, dockerfile = ((ROOT / n).read_text() for n in ("Makefile", "Dockerfile"))
    for script in re.findall(r"sh (scripts/[a-z]+\.sh)", dockerfile):
        assert script in makefile
    for source in re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE):
        assert all(list(ROOT.glob(part)) for part in source.split())


@pytest.mark.parametrize(
    "resource", RESOURCES, ids=lambda r: f"{r['kind']} {r['metadata']['name']}"
)
def test_manifest_fits_the_schema_of_kubernetes(resource: dict[str, Any]) -> None:
    kubernetes_validate.validate(resource, kubernetes_validate.latest_version(), strict=True)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_every_setting_and_command_exists(path: Path) -> None:
    text = path.read_text()
    named = {n.lower() for n in re.findall(r"\bREDACTOR_([A-Z_]+)\b", text)}
    commands = re.findall(r"redactor[\"', ]+(serve|worker|db)\b", text)

    assert named <= set(Settings.model_fields)
    assert commands
    assert set(commands) <= set(main.commands)  # type: ignore[attr-defined]


def test_both_profiles_are_whole() -> None:
    """What a service depends on is in its profile; the scaled parts share every setting."""
    services = COMPOSE["services"]
    for name, service in services.items():
        for other in service.get("depends_on", {}):
            assert set(service["profiles"]) <= set(services[other]["profiles"]), name
    assert {p for s in services.values() for p in s["profiles"]} == {"single", "scale"}
    assert services["web"]["environment"] == services["worker"]["environment"]
    assert all(services[n]["read_only"] for n in ("redactor", "web", "worker", "migrate"))


def test_whoever_stops_it_waits_longer_than_a_worker_takes() -> None:
    """Compose, systemd and Kubernetes kill only after REDACTOR_STOP_SECONDS."""
    waits = [
        int(s["stop_grace_period"].rstrip("s"))
        for s in COMPOSE["services"].values()
        if "stop_grace_period" in s
    ]
    for path in UNITS:
        unit = configparser.ConfigParser(strict=False, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(path.read_text())
        waits.append(int(unit["Service"]["TimeoutStopSec"]))
        assert unit["Service"]["NoNewPrivileges"] == "yes"
    pods = [r["spec"]["template"]["spec"] for r in RESOURCES if r["kind"] == "Deployment"]
    waits += [pod["terminationGracePeriodSeconds"] for pod in pods]

    assert len(waits) == 8
    assert min(waits) > STOP + 10
