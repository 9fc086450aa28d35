"""The review desk in a real browser, on real sample files, the whole way."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import httpx
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.ui.conftest import picture, read, send

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SignIn = Callable[..., Any]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}


def settle(page: Any) -> None:
    """Wait until the last change has come back."""
    page.wait_for_load_state("networkidle")
    until(page, "[...document.querySelectorAll('.pane img')].every(i => i.naturalWidth > 1)")


def label(page: Any, text: str) -> str:
    """How a box over these words is read out."""
    found = page.locator(f'.pane.behind .box[aria-label*="{text}"]').first
    return str(found.get_attribute("aria-label"))


def until(page: Any, expression: str) -> None:
    """Wait until the expression holds; the page's own rules forbid the driver's way of waiting."""
    for _ in range(150):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def said(page: Any, text: str) -> None:
    page.wait_for_selector(f"#say:has-text('{text}')")


def test_from_upload_to_download(sign_in: SignIn) -> None:  # noqa: PLR0915 - one way, whole
    """Two files as a packet; questions, people, boxes, undo; a second person releases."""
    page = sign_in()
    send(page, "s-01-intake", "s-03-letter")
    assert page.locator("#file-list li").count() == 2
    assert "Nothing is released to this requester." in page.locator(".effect").all_inner_texts()
    picture(page, "new-request", full_page=True)
    read(page)
    first = page.locator(".sheet").count()
    assert first >= 2
    heads = page.locator(".sheet h3").all_inner_texts()
    assert heads[0] == "Page 1 · file 1 of 2, its page 1"
    assert heads[-1].startswith(f"Page {first} · file 2 of 2, its page ")

    # people: a role changes every box; undo takes it back
    assert "stays readable" in label(page, "FINCH, NORA")
    page.click("summary:has-text('FINCH, NORA')")
    page.click("details[open] >> text=Change role")
    for tick in page.locator("#ask .ticks input:checked").all():
        tick.uncheck()
    page.check("#role-relative")
    page.fill("#note", "the grandmother says so")
    picture(page, "change-role")
    page.click("#ask-yes")
    said(page, "every box followed")
    assert ": hidden" in label(page, "FINCH, NORA")
    page.keyboard.press("u")
    said(page, "Taken back")
    assert "stays readable" in label(page, "FINCH, NORA")
    page.click("#redo")
    said(page, "Brought back")

    # a box by drag, one by words, every place of a text; a box is deleted again
    page.click("#draw")
    pane = page.locator("#page-0 .pane.behind")
    pane.scroll_into_view_if_needed()
    at = pane.bounding_box()
    drag(page, at["x"] + 300, at["y"] + 20, at["x"] + 400, at["y"] + 60)
    said(page, "A box was added")
    page.click("#draw")
    drawn = page.locator('#page-0 .box[data-box="b1"]')
    assert drawn.count() == 1
    drawn.click()
    page.keyboard.press("r")
    said(page, "The box is gone")
    assert drawn.count() == 0
    page.keyboard.press("u")
    drawn.wait_for()
    select(page, "Report intake")
    page.select_option("#kind", "other_number")
    page.click("#ask-yes")
    said(page, "The words hidden")
    page.keyboard.press("/")
    page.keyboard.type("Larkin")
    page.keyboard.press("Enter")
    page.click("#ask-yes")
    said(page, "hidden")
    settle(page)
    picture(page, "review")

    # the questions, each asked once
    while page.locator(".question-card").count():
        left = page.locator(".question-card").count()
        page.locator(".question-card >> text=Hide it").first.click()
        until(page, f"document.querySelectorAll('.question-card').length < {left}")

    # as the requester will see it
    page.keyboard.press("3")
    settle(page)
    picture(page, "side-by-side")
    address = page.url

    # two persons: the officer who changed the file does not release it
    page.click("#release")
    assert page.locator("button:has-text('Release this copy')").is_disabled()
    assert page.locator("li.open:has-text('A second person releases')").count() == 1
    other = sign_in("ruth.vail")
    other.goto(address + "/release")
    picture(other, "release", full_page=True)
    other.click("text=Release this copy")
    other.wait_for_selector("h2:has-text('Released')", timeout=90_000)
    picture(other, "released", full_page=True)

    with other.expect_download() as got:
        other.click("text=Redacted copy (PDF)")
    text = pdf_text(got.value.path().read_bytes())
    assert "dufresne" in text.casefold()
    for gone in ("Nora", "Quintero", "412-68-9023", "Larkin", "Report intake"):
        assert gone.casefold() not in text.casefold()
    with other.expect_download() as got:
        other.click("text=Internal log with your reasons")
    log = json.loads(got.value.path().read_text(encoding="utf-8"))
    steps = {r["step"] for r in log["review"]}
    assert steps >= {"set_roles", "undo", "redo", "add_box", "mark", "answer_hold", "delete_box"}
    assert {r["by"] for r in log["review"]} == {"account:lee.sand"}
    assert "the grandmother says so" in {r.get("note") for r in log["review"]}
    with other.expect_download() as got:
        other.click("text=Redaction index (PDF)")
    assert "INDEX OF REDACTIONS" in pdf_text(got.value.path().read_bytes())
    with other.expect_download() as got:
        other.click("text=Response letter (PDF)")
    assert "MO 210.150.2(5)" in pdf_text(got.value.path().read_bytes())


def pdf_text(data: bytes) -> str:
    """What another engine reads in a PDF."""
    pages = pypdfium2.PdfDocument(io.BytesIO(data))
    return " ".join(p.get_textpage().get_text_bounded() for p in pages)


def drag(page: Any, x0: float, y0: float, x1: float, y1: float) -> None:
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    page.mouse.move(x1, y1)
    page.mouse.up()


def select(page: Any, text: str) -> None:
    """Select words of the first page with the mouse."""
    rows = page.evaluate(
        "fetch(location.pathname + '/words/0').then(r => r.json()).then(v => v.words)"
    )
    words = [r[6] for r in rows]
    first = next(n for n, w in enumerate(words) if " ".join(words[n : n + 2]).startswith(text))
    sheet = page.evaluate(
        "fetch(location.pathname + '/state').then(r => r.json()).then(v => v.sheets[0])"
    )
    page.click("#select")
    pane = page.locator("#page-0 .pane.behind").bounding_box()
    zoom = pane["width"] / sheet["w"]
    a, b = rows[first], rows[first + 1]
    drag(
        page,
        pane["x"] + (a[2] + 1) * zoom,
        pane["y"] + (a[3] + a[5]) / 2 * zoom,
        pane["x"] + (b[4] - 1) * zoom,
        pane["y"] + (b[3] + b[5]) / 2 * zoom,
    )
    page.wait_for_selector("#ask[open]")


def test_by_the_keyboard_alone(sign_in: SignIn, desk_file: str) -> None:
    """Next, accept, new box moved and sized, undo, find, help: without a mouse."""
    page = sign_in()
    page.goto(desk_file)
    page.wait_for_selector("html[data-ready]")
    page.wait_for_selector(".box")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main content"

    page.keyboard.press("j")
    until(page, "document.activeElement.classList.contains('box')")
    one = page.evaluate("document.activeElement.dataset.box")
    page.keyboard.press("a")
    said(page, "ccepted")
    until(page, f"document.activeElement.dataset.box !== '{one}'")
    assert "looked at" in page.locator(f'[data-box="{one}"]').get_attribute("aria-label")
    page.keyboard.press("k")
    until(page, f"document.activeElement.dataset.box === '{one}'")

    page.keyboard.press("n")
    before = page.locator(".draft").get_attribute("data-at")
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    after = page.locator(".draft").get_attribute("data-at")
    moved = [b - a for a, b in zip(numbers(before), numbers(after), strict=True)]
    assert moved == [6, 6, 12, 12]
    page.keyboard.press("Enter")
    said(page, "A box was added")
    page.keyboard.press("u")
    said(page, "Taken back")

    page.keyboard.press("/")
    page.keyboard.type("Milo")
    page.keyboard.press("Enter")
    page.wait_for_selector("#ask[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_selector("#help[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    page.wait_for_selector(".pane.requester")
    page.keyboard.press("u")
    said(page, "Taken back")


def numbers(text: str) -> list[float]:
    return [float(x) for x in text.split(",")]


def test_the_shield_asks_for_an_override(sign_in: SignIn, desk_file: str) -> None:
    """Showing the reporter asks first, changes nothing on cancel, and is logged when done."""
    page = sign_in()
    page.goto(desk_file)
    page.wait_for_selector(".box")
    page.click("summary:has-text('Marisol Quintero')")
    page.click("details[open] >> text=Show the name")
    page.wait_for_selector("h2:has-text('This is shielded')")
    picture(page, "override")
    page.click("#ask >> text=Cancel")
    assert ": hidden" in label(page, "Marisol Quintero")

    page.click("details[open] >> text=Show the name")
    page.check("#sure")
    page.select_option("#reason", "court_order")
    page.click("#ask-yes")
    said(page, "is shown")
    assert "stays readable" in label(page, "Marisol Quintero")
    page.goto(desk_file + "/release")
    assert page.locator("text=opens what the law shields").count() == 1
    page.goto(desk_file)
    page.wait_for_selector(".box")
    page.keyboard.press("u")
    said(page, "Taken back")


def test_two_officers_do_not_overwrite_each_other(sign_in: SignIn, desk_file: str) -> None:
    """The second change is refused with a clear page, and then shows what the first did."""
    one, other = sign_in(), sign_in("ruth.vail")
    for page in (one, other):
        page.goto(desk_file)
        page.wait_for_selector(".box")
    one.click("summary:has-text('FINCH, MILO')")
    one.click("details[open] >> text=Hide everywhere")
    said(one, "hidden everywhere")

    other.click("summary:has-text('FINCH, NORA')")
    other.click("details[open] >> text=Hide everywhere")
    other.wait_for_selector("h2:has-text('Somebody else changed this file')")
    picture(other, "two-officers")
    other.click("#ask-yes")
    until(
        other,
        "[...document.querySelectorAll('.box')].some(b => "
        "b.getAttribute('aria-label').includes('FINCH, MILO\" of FINCH, MILO: hidden'))",
    )
    assert "stays readable" in label(other, "FINCH, NORA")
    other.keyboard.press("u")
    said(other, "Taken back")


@pytest.mark.parametrize(
    "path", ["/review/", "/review/new", "/review/help", "", "/compare?with=inv_researcher",
             "/release", "/exchange", "/review/nothing-here"],
)  # fmt: skip
def test_axe_finds_nothing(sign_in: SignIn, service: str, desk_file: str, path: str) -> None:
    """WCAG 2.1 A and AA, as far as a program can tell, on every page."""
    page = sign_in()
    page.goto(service + path if path.startswith("/review") else desk_file + path)
    if path == "":
        page.wait_for_selector(".box")
        page.keyboard.press("j")
        page.click("summary:has-text('FINCH, NORA')")
    if path == "/review/new":
        page.select_option("#category", "inv_parent")
        page.wait_for_selector(".question")
    if path in ("/review/", "/exchange"):
        picture(page, path.strip("/").replace("review", "inbox"))

    found = Axe().run(page, options=RULES)

    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024), (640, 400)])
def test_nothing_is_out_of_reach(
    sign_in: SignIn, service: str, desk_file: str, width: int, height: int
) -> None:
    """A small screen, a tablet both ways, 1280 px at 200 %: no page scrolls sideways."""
    page = sign_in(width=width, height=height)
    for address in (f"{service}/review/", f"{service}/review/new", desk_file):
        page.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, address
    page.wait_for_selector(".box")
    release = page.locator("#release").bounding_box()
    assert release["x"] + release["width"] <= width
    page.keyboard.press("j")
    until(page, "document.activeElement.classList.contains('box')")
    if (width, height) == (768, 1024):
        picture(page, "tablet")


def test_a_login_that_ends_takes_nothing_along(sign_in: SignIn, desk_file: str) -> None:
    """Asked before it ends; when it has, the next change leads to the form and back."""
    page = sign_in()
    page.clock.install()
    page.goto(desk_file)
    page.wait_for_selector(".box")
    page.clock.fast_forward(1750 * 1000)
    page.wait_for_selector("#idle[open]")
    page.click("text=Stay signed in")
    assert page.locator("#idle[open]").count() == 0

    page.context.clear_cookies()
    page.click("summary:has-text('FINCH, MILO')")
    page.click("details[open] >> text=Hide everywhere")
    page.wait_for_selector("h2:has-text('You have been signed out')")
    page.click("#ask-yes")
    page.wait_for_url("**/login?next=*")
    assert re.search(r"next=%2Freview%2F[0-9a-f]{32}", page.url)


def test_nothing_moves_for_who_wants_no_motion(sign_in: SignIn) -> None:
    page = sign_in()
    taken = page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration")
    assert taken == "0s"


def test_what_another_requester_would_get(sign_in: SignIn, desk_file: str) -> None:
    """The child's name goes to the alleged perpetrator and not to a researcher."""
    page = sign_in()
    page.goto(desk_file + "/compare?with=inv_researcher")

    row = page.locator("tr:has-text('FINCH, MILO'):has-text('name')").first

    assert [c.strip() for c in row.locator("td").all_inner_texts()[2:4]] == ["readable", "hidden"]
    until(page, "[...document.querySelectorAll('.pairs img')].every(i => i.naturalWidth > 1)")
    one, other = (i.screenshot() for i in page.locator(".pairs img").all()[:2])
    assert one != other
    picture(page, "compare")


def test_boxes_go_to_acrobat_and_back(sign_in: SignIn, desk_file: str) -> None:
    """A mark added in the XFDF file becomes a box; the rest is left as it stands."""
    page = sign_in()
    page.goto(desk_file + "/exchange")
    with page.expect_download() as got:
        page.click("text=Boxes (XFDF)")
    new = b'<redact name="new" page="0" rect="300,50,380,70"/></ns0:annots>'
    taken = got.value.path().read_bytes()
    close = re.search(rb"</(\w+:)?annots>", taken)
    assert close
    changed = taken.replace(close[0], new.replace(b"</ns0:annots>", close[0]))

    page.set_input_files("#file", {"name": "boxes.xfdf", "mimeType": "text/xml", "buffer": changed})
    page.click("text=Take the marks in")

    page.wait_for_selector("li:has-text('1 new')")
    assert page.locator("text=not taken").count() == 0
    page.goto(desk_file)
    page.wait_for_selector('.box[data-box="b1"]')
    page.keyboard.press("u")
    said(page, "Taken back")


DROP = """
([name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: "application/pdf" }));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.getElementById("drop").dispatchEvent(
      new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
}
"""


def test_files_are_dropped_one_after_the_other(sign_in: SignIn, service: str) -> None:
    """Each drop adds its files to those that are there, and the form will send them all."""
    page = sign_in()
    page.goto(f"{service}/review/new")

    page.evaluate(DROP, ["intake.pdf", "%PDF-1.7 one"])
    page.evaluate(DROP, ["letter.pdf", "%PDF-1.7 two"])

    told = page.locator("#file-list li").all_inner_texts()
    assert [t.split()[0] for t in told] == ["intake.pdf", "letter.pdf"]
    assert page.evaluate("document.getElementById('file').files.length") == 2
    assert page.locator("#drop.over").count() == 0


def test_a_change_needs_its_revision(sign_in: SignIn, service: str, desk_file: str) -> None:
    """Over HTTP: 428 without If-Match, 412 with an old one, 422 for nonsense; 404 for no page."""
    page = sign_in()
    with client_of(page) as client:
        now = client.get(desk_file + "/state")
        step = {"do": "confirm", "span": [0, 3], "reason": "looked"}
        old = {"If-Match": f'"{int(now.headers["ETag"].strip(chr(34))) + 7}"'}
        fits = {"If-Match": now.headers["ETag"]}

        assert client.post(desk_file + "/steps", json=step).status_code == 428
        assert client.post(desk_file + "/steps", json=step, headers=old).status_code == 412
        nonsense = client.post(desk_file + "/steps", json={"do": "x"}, headers=fits)
        assert (nonsense.status_code, nonsense.json()["code"]) == (422, "bad_edit")
        assert client.get(desk_file + "/pages/99.png").status_code == 404
        assert client.get(desk_file + "/files/pdf").status_code == 404


def test_the_interface_does_not_release_past_the_desk(
    sign_in: SignIn, service: str, desk_file: str
) -> None:
    """A program is held to the officer's list too, and what was marked at the desk stands."""
    page, third = sign_in(), sign_in("ana.diaz")
    job = desk_file.rpartition("/")[2]
    with client_of(page) as client:
        revision = client.get(desk_file + "/state").headers["ETag"]
        step = {"do": "confirm", "span": [0, 3], "reason": "looked"}
        client.post(desk_file + "/steps", json=step, headers={"If-Match": revision})
    with client_of(third) as client:
        found = client.get(f"{service}/v1/jobs/{job}/findings").headers["ETag"]

        answer = client.post(f"{service}/v1/jobs/{job}/release", headers={"If-Match": found})

    assert (answer.status_code, answer.json()["code"]) == (409, "needs_review")
    with client_of(page) as client:
        assert client.get(desk_file + "/state").headers["ETag"] != revision


def client_of(page: Any) -> httpx.Client:
    """A client with the login of a page."""
    cookies = {c["name"]: c["value"] for c in page.context.cookies()}
    return httpx.Client(cookies=cookies, headers={"Accept": "application/json"})
