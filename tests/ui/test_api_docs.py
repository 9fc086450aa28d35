"""The page to try the interface out works under the strict policy, from this service alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.live import Live

pytestmark = pytest.mark.browser


def test_interface_can_be_tried_out_without_a_byte_from_elsewhere(browser: Any, live: Live) -> None:
    """A call with a key is answered; the browser complains of nothing and asks nobody else."""
    page = browser.new_context().new_page()
    said, asked = [], []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"{live.url}/docs/try")
    page.wait_for_selector(".opblock")
    key = live.bearer("auditor")["Authorization"].removeprefix("Bearer ")
    page.click("button.authorize")
    page.fill("#auth-bearer-value, input[aria-label='auth-bearer-value']", key)
    page.click(".auth-btn-wrapper button.authorize >> nth=0")
    page.keyboard.press("Escape")
    answered = page.evaluate(
        "key => fetch('/v1/me', {headers: {Authorization: `Bearer ${key}`}}).then(r => r.status)",
        key,
    )

    assert answered == 200
    assert said == []
    assert [u for u in asked if not u.startswith((live.url, "data:"))] == []
