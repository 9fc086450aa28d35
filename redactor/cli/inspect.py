"""redactor analyze, policy, doctor, evaluate, version: looking without releasing."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path
from typing import Any

import click

from redactor.cli.console import say
from redactor.cli.options import read_input
from redactor.errors import ExitCode, RedactorError
from redactor.files import dumps, write
from redactor.policy import describe, least_answers, list_jurisdictions, load
from redactor.settings import Settings, settings
from redactor.types import Request


@click.command()
@click.argument("source", metavar="IN")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="People, roles and mentions with boxes as JSON on standard output.",
)
@click.option("--password", default="", help="Password of an encrypted file.")
def analyze(source: str, password: str, *, as_json: bool) -> None:  # fmt: skip
    """Show who and what stands in the case file IN. The output holds protected text."""
    from redactor.pipeline import analyze as look  # noqa: PLC0415 - the models load with it

    found = look(read_input(source), settings=settings(), password=password).as_dict()
    if as_json:
        click.echo(dumps(found), nl=False)
        return
    for person in found["people"]:  # type: ignore[attr-defined]
        roles = ", ".join(
            f"{r} {c:.2f}" for r, c in sorted(person["roles"].items(), key=lambda t: -t[1])
        )
        click.echo(f"{person['id']}\t{' / '.join(person['names'])}\t{roles}")


@click.command()
@click.argument("source", metavar="IN")
@click.argument("folder", metavar="OUT_DIR", type=click.Path(file_okay=False))
@click.option("--password", default="", help="Password of an encrypted file.")
def attachments(source: str, folder: str, password: str) -> None:
    """Take the PDFs and images attached to the case file IN out into OUT_DIR.

    Each is a case file of its own, to be redacted as such; a release never holds any. Other files
    stay back and are counted. What is written is protected text.
    """
    from redactor.pdf.attachments import attachments as inside  # noqa: PLC0415

    found = inside(read_input(source), settings(), password=password)
    for number, one in enumerate(found, 1):
        name = f"attachment-{number}.{one.kind}"
        if one.kind != "other":
            write(Path(folder) / name, one.data)
        click.echo(f"{name}\t{len(one.data)} bytes\t{'stays back' if one.kind == 'other' else ''}")


@click.group()
def policy() -> None:
    """List, show or check policies."""


@policy.command("list")
def policy_list() -> None:
    """List jurisdictions and their requester categories."""
    for name in list_jurisdictions(settings().policies_dir):
        found = load(name, settings().policies_dir)
        click.echo(f"{name}\t{found.jurisdiction.name}\t{found.digest[:12]}")
        for category in found.categories.values():
            click.echo(f"  {category.id}\t{category.cite}\t{category.title}")


@policy.command("show")
@click.argument("jurisdiction")
@click.argument("category")
def policy_show(jurisdiction: str, category: str) -> None:
    """Show the questions of a category and the answers under which a release goes ahead."""
    found = load(jurisdiction, settings().policies_dir)
    click.echo(dumps(describe(found, category)), nl=False)


@policy.command("check")
@click.argument("files", nargs=-1, type=click.Path(dir_okay=False))
def policy_check(files: tuple[str, ...]) -> None:
    """Check policy FILES, or every installed policy."""
    from redactor.policy.loader import SHIPPED, WORDS, parse  # noqa: PLC0415

    words = (SHIPPED / f"{WORDS}.yaml").read_text(encoding="utf-8")
    paths = [Path(f) for f in files] or [
        p for p in sorted(SHIPPED.glob("*.yaml")) if p.stem != WORDS
    ]
    bad = 0
    for path in paths:
        try:
            found = parse(path.stem, path.read_text(encoding="utf-8"), words)
        except (RedactorError, OSError) as error:
            bad += 1
            say(f"{path.name}: {error}")
        else:
            click.echo(
                f"{path.name}: {len(found.categories)} categories, digest {found.digest[:12]}"
            )
    sys.exit(ExitCode.BAD_CONFIGURATION if bad else ExitCode.OK)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def doctor(*, as_json: bool) -> None:
    """Check that everything a run needs is here."""
    checks = diagnose(settings())
    if as_json:
        click.echo(json.dumps(checks, indent=1))
    else:
        for name, (fine, detail) in checks.items():
            click.echo(f"{'ok ' if fine else 'BAD'} {name}: {detail}")
    sys.exit(ExitCode.OK if all(f for f, _ in checks.values()) else ExitCode.MISSING_DEPENDENCY)


def diagnose(given: Settings) -> dict[str, tuple[bool, str]]:
    """(fine, detail) of each thing a run needs."""
    from redactor.detect.nlp import load_pipeline  # noqa: PLC0415
    from redactor.ocr.tesseract import find_tessdata  # noqa: PLC0415

    def tried(step: Any) -> tuple[bool, str]:
        try:
            return True, str(step())
        except RedactorError as error:
            return False, f"{error.detail} {error.advice}"

    packages = ("pymupdf", "pypdfium2", "pikepdf", "spacy", "presidio-analyzer", "onnxruntime")
    return {
        "python": (sys.version_info >= (3, 11), sys.version.split()[0]),
        "packages": (True, ", ".join(f"{p} {importlib.metadata.version(p)}" for p in packages)),
        "language data": tried(lambda: find_tessdata(given).name),
        "model": tried(lambda: load_pipeline(given).meta.get("name", "")),
        "policies": tried(
            lambda: ", ".join(
                load(j, given.policies_dir).id for j in list_jurisdictions(given.policies_dir)
            )
        ),
        "log key": (True, "set" if given.log_key else "not set: internal logs carry no digests"),
    }


@click.command()
@click.argument("gold_dir", type=click.Path(file_okay=False, exists=True))
@click.option("--jurisdiction", default="us-mo", show_default=True, help="Policy to apply.")
@click.option("--json", "as_json", is_flag=True, help="Figures as JSON.")
def evaluate(gold_dir: str, jurisdiction: str, *, as_json: bool) -> None:
    """Run the whole way over case files with gold, and say what was hidden, lost and kept."""
    from redactor.batch.evaluate import evaluate as measure  # noqa: PLC0415
    from redactor.batch.evaluate import table  # noqa: PLC0415

    tallies = {}
    for name, category, role in (
        ("perpetrator", "inv_alleged_perpetrator", "alleged_perpetrator"),
        ("parent", "inv_parent", "parent"),
        ("researcher", "inv_researcher", ""),
    ):
        answers = least_answers(load(jurisdiction, settings().policies_dir), category)
        request = Request(jurisdiction, category, answers=answers, holds="hide")
        tallies[name] = measure(Path(gold_dir), request, settings(), requester_role=role, seen=say)
    if as_json:
        click.echo(json.dumps({n: t.as_dict() for n, t in tallies.items()}, indent=1))
    else:
        click.echo(table(tallies))
