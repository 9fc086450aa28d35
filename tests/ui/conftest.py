"""A real service with a door, two officers, and Debian's chromium to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from redactor.access import ALL_UNITS, Actor, Role
from redactor.policy import least_answers, load
from redactor.settings import Settings
from redactor.store.accounts import Accounts
from redactor.store.audit import Audit
from redactor.store.db import open_database
from redactor.store.upgrade import insist

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
HOUSE = Actor("house", ALL_UNITS, frozenset(Role))
PASSWORD = "correct horse battery"
OFFICERS = {"lee.sand": "reviewer", "ruth.vail": "supervisor", "ana.diaz": "supervisor"}
CATEGORY = "inv_alleged_perpetrator"
PICTURES = ROOT / "docs" / "review"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's browser; skipped where it is absent, insisted on in CI."""
    found = shutil.which("chromium")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is not installed; scripts/chromium.sh installs it")
        pytest.skip("chromium is not installed; scripts/chromium.sh installs it")
    return found


@pytest.fixture(scope="session")
def service(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that wants two persons for a release."""
    del chromium
    folder = tmp_path_factory.mktemp("desk")
    settings = Settings(data_dir=folder, audit_key="a test key", two_person=True)
    database = open_database(settings)
    insist(database)
    accounts = Accounts(database, Audit(database, settings.audit_key), settings)
    for login, role in OFFICERS.items():
        accounts.create(HOUSE, login, PASSWORD, [role], "main")
    database.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "REDACTOR_DATA_DIR": str(folder),
        "REDACTOR_AUDIT_KEY": "a test key",
        "REDACTOR_TWO_PERSON": "1",
        "REDACTOR_OCR_STRATEGY": "fast",
        "REDACTOR_WORKERS": "1",
        "REDACTOR_RATE_LIMIT": "",
    }
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "redactor", "serve", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                if httpx.get(f"{address}/readyz").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.2)
        yield address
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """One browser for all."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        made = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="session")
def logins(browser: Any, service: str) -> dict[str, Any]:
    """What the browser keeps of each officer's login, made once by the form."""
    kept = {}
    for login in OFFICERS:
        page = browser.new_context().new_page()
        page.goto(f"{service}/review/")
        page.fill("#login", login)
        page.fill("#password", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector("h1:has-text('Requests')")
        kept[login] = page.context.storage_state()
        page.context.close()
    return kept


@pytest.fixture
def sign_in(browser: Any, service: str, logins: dict[str, Any]) -> Iterator[Callable[..., Any]]:
    """The inbox of an officer who has logged in."""
    opened = []

    def enter(login: str = "lee.sand", width: int = 1440, height: int = 900) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            storage_state=logins[login],
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.faults = []
        page.on("pageerror", lambda e: page.faults.append(str(e)))
        page.on("console", lambda m: page.faults.append(m.text) if _refused(m) else None)
        page.goto(f"{service}/review/")
        return page

    yield enter
    for context in opened:
        for page in context.pages:
            assert page.faults == []
        context.close()


def _refused(message: Any) -> bool:
    return message.type == "error" and "Content Security Policy" in message.text


def send(page: Any, *samples: str, requester: str = "Carl Dufresne") -> None:
    """Fill the form of a new request and wait until the file is on the desk."""
    page.click("a:has-text('New request') >> nth=0")
    page.set_input_files("#file", [str(SAMPLES / f"{s}.pdf") for s in samples])
    page.fill("#requester", requester)
    page.select_option("#category", CATEGORY)
    page.wait_for_selector(".question")
    for question, value in least_answers(load("us-mo"), CATEGORY).items():
        page.check(f'input[name="answer.{question}"][value="{value}"]')


def read(page: Any) -> None:
    """Have the file read, and come to the desk."""
    page.click("text=Read the file")
    page.wait_for_selector("html[data-ready]", timeout=90_000)
    page.wait_for_selector(".box")


def picture(page: Any, name: str, **more: Any) -> None:
    """Write a picture for the docs, where `make pictures` asks for it."""
    if os.environ.get("REDACTOR_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", **more)


@pytest.fixture(scope="session")
def desk_file(service: str, browser: Any, logins: dict[str, Any]) -> str:
    """The address of a file that waits on the desk; tests that only look share it."""
    context = browser.new_context(storage_state=logins["lee.sand"])
    page = context.new_page()
    page.goto(f"{service}/review/")
    send(page, "s-01-intake")
    read(page)
    address = page.url
    context.close()
    return str(address)
