"""The command line: every command, and one place where errors become exit codes."""

from __future__ import annotations

import sys
from typing import Any

import click

from redactor import __version__
from redactor.cli.access import accounts, audit, keys
from redactor.cli.batch import batch
from redactor.cli.console import say
from redactor.cli.db import db
from redactor.cli.inspect import analyze, attachments, doctor, evaluate, policy
from redactor.cli.jobs import files, jobs
from redactor.cli.plan import plan
from redactor.cli.proof import compare, verify, verify_certificate
from redactor.cli.redact import redact
from redactor.cli.serve import serve
from redactor.cli.watch import watch
from redactor.cli.worker import worker
from redactor.errors import ExitCode, RedactorError


class Commands(click.Group):
    """A group that ends every known error with its exit code and advice."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; unknown errors are named by type only, for their text may be protected."""
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        except RedactorError as error:
            facts = "".join(f" {k}: {v}." for k, v in error.facts.items() if v)
            say(f"{error.code}: {error.detail}{facts}\n{error.advice}")
            sys.exit(error.exit_code)
        except click.exceptions.Abort:
            sys.exit(ExitCode.INTERRUPTED)
        except KeyboardInterrupt:
            sys.exit(ExitCode.INTERRUPTED)
        except click.ClickException as error:
            error.show()
            sys.exit(ExitCode.BAD_ARGUMENTS)
        except Exception as error:  # noqa: BLE001
            say(f"internal_error: {type(error).__name__}\n{RedactorError.advice}")
            sys.exit(ExitCode.OTHER)


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="redactor")
def main() -> None:
    """Redact child-protection case files for the person who asks, and prove it."""


COMMANDS = (
    redact, verify, verify_certificate, compare, batch, watch, plan, analyze, attachments, policy,
    doctor, evaluate, serve, worker, jobs, files, db,
    keys, accounts, audit
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)
