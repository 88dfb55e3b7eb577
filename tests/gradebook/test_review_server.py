"""The local page for marking: what it refuses, and how it is used by keyboard alone."""

from __future__ import annotations

import contextlib
import csv
import http.client
import json
import threading
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from msgspec.structs import replace

from grader.cli.main import main
from grader.course.mark_policy import MarkPolicy
from grader.gradebook.ledger import Ledger
from grader.gradebook.review import Given, Review
from grader.gradebook.review_pages import write_sheets
from grader.gradebook.review_server import ReviewServer
from grader.gradebook.store import open_file
from grader.gradebook.written_answers import questions_of
from grader.records.written import WrittenAnswer
from grader.reporting import output_dir, report
from grader.reporting.output_dir import RunFile
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import result
from tests.fixtures.synthetic_class import NEARLY, POLICY, WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from grader.reporting.report import Report

HOSTILE = "# 4.4\n<script>document.title='taken'</script><img src=x onerror=alert(1)>"
TEXTS = {"ada": WRITTEN, "bob": NEARLY, "cem": HOSTILE, "dan": ""}


def reports() -> list[Report]:
    return [
        replace(
            made_up(name, result("relu", 4.0, "correct")),
            written=(WrittenAnswer("4.4", text, "a.md"),) if text else (),
        )
        for name, text in TEXTS.items()
    ]


@contextlib.contextmanager
def running(folder: Path, policy: MarkPolicy, of: Sequence[Report] | None = None) -> Iterator[ReviewServer]:
    with open_file(folder) as store:
        review = Review(questions_of(policy, reports() if of is None else of), Ledger(store, "Ada"))
        with ReviewServer(review) as made:
            thread = threading.Thread(target=made.serve_forever, daemon=True)
            thread.start()
            yield made
            made.shutdown()
            thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ReviewServer]:
    """A running server."""
    with running(tmp_path, POLICY) as made:
        yield made


def asked(
    server: ReviewServer, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, json.dumps(body) if body is not None else None, told)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, answer.headers


GIVEN = {"group": 0, "members": [0, 1], "seen": [0, 0], "points": 3, "items": [], "comment": ""}
JSON = {"Content_Type": "application/json"}


def test_the_address_has_a_secret_without_which_there_is_nothing(server: ReviewServer) -> None:
    status, text, headers = asked(server, "GET", f"/{server.token}/0")
    assert status == 200
    assert "ada" in text
    assert headers["Cache-Control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert server.server_address[0] == "127.0.0.1"
    for path in ("/", "/0", "/wrong/0", f"/{server.token[:-1]}/0"):
        assert asked(server, "GET", path)[:2] == (403, "")
        assert asked(server, "POST", path, GIVEN, **JSON)[:2] == (403, "")
    for path in (f"/{server.token}", f"/{server.token}/9", f"/{server.token}/-1", f"/{server.token}/../0"):
        assert asked(server, "GET", path)[0] == 404


def test_a_page_of_another_site_can_do_nothing(server: ReviewServer) -> None:
    """Not even one that knows the address: by another name of this machine, from elsewhere, by a form."""
    path = f"/{server.token}/0"
    assert asked(server, "GET", path, Host="evil.example")[0] == 403
    assert asked(server, "POST", path, GIVEN, Origin="https://evil.example", **JSON)[0] == 403
    assert asked(server, "POST", path, GIVEN, Content_Type="text/plain")[0] == 415
    assert asked(server, "POST", path, GIVEN, Origin="null", **JSON)[0] == 403
    assert server.review.ledger.store.events() == ()
    own = f"http://127.0.0.1:{server.server_port}"
    assert asked(server, "POST", path, GIVEN, Origin=own, **JSON)[0] == 200
    assert len(server.review.ledger.store.events()) == 2


@pytest.mark.parametrize(
    "body", [{}, [], {**GIVEN, "points": 99}, {**GIVEN, "more": 1}, {**GIVEN, "members": ["ada"]}]
)
def test_what_is_no_score_is_refused(server: ReviewServer, body: object) -> None:
    status, text, _ = asked(server, "POST", f"/{server.token}/0", body, **JSON)
    assert status == 400
    assert json.loads(text)["error"]
    assert server.review.ledger.store.events() == ()


@pytest.mark.parametrize("length", ["2000000", "-1", "many", "9" * 5000])
def test_what_is_too_long_is_not_read(server: ReviewServer, length: str) -> None:
    assert asked(server, "POST", f"/{server.token}/0", GIVEN, Content_Length=length, **JSON)[0] == 413
    assert server.review.ledger.store.events() == ()


def test_who_comes_second_is_told(server: ReviewServer) -> None:
    path = f"/{server.token}/0"
    asked(server, "POST", path, GIVEN, **JSON)
    status, text, _ = asked(server, "POST", path, {**GIVEN, "points": 1}, **JSON)
    assert status == 409
    assert [one["author"] for one in json.loads(text)["meanwhile"]] == ["Ada", "Ada"]


def test_without_names_no_name_reaches_the_page(server: ReviewServer) -> None:
    server.anonymous = True
    _, text, _ = asked(server, "GET", f"/{server.token}/0")
    assert not [name for name in TEXTS if f" {name}" in text]
    assert "answer 1" in text


@pytest.fixture
def page(browser: Browser, server: ReviewServer) -> Iterator[Page]:
    """The page of the question; any complaint of the browser is an error."""
    tab = browser.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(server.address)
    yield tab
    tab.close()
    assert [one for one in said if "409" not in one and "favicon" not in one] == []


def test_answers_are_marked_by_keyboard_alone(page: Page, server: ReviewServer) -> None:
    assert page.title() == "4.4: review"
    assert page.locator("#left").inner_text() == "3"
    page.keyboard.press("n")
    page.keyboard.press("1")
    page.keyboard.press("2")
    page.keyboard.press("c")
    page.keyboard.type("Well said.")
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="Saved: 5 points for 2 answers.").wait_for()
    assert page.locator("#left").inner_text() == "2"
    found = server.review.scores(server.review.questions[0])
    assert {name: (one.points, one.comment) for name, one in found.items()} == {
        "ada": (5.0, "Well said."),
        "bob": (5.0, "Well said."),
    }
    page.keyboard.press("p")
    page.keyboard.type("0")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    page.locator("#said", has_text="Saved: 0 points for 1 answer.").wait_for()
    assert server.review.scores(server.review.questions[0])["cem"].points == 0
    assert page.locator("#left").inner_text() == "1"
    page.keyboard.press("p")
    page.keyboard.type("1")
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="1 answer. All answers to this question are scored.").wait_for()


def test_a_key_leads_from_question_to_question(browser: Browser, tmp_path: Path) -> None:
    tab = browser.new_page()
    with running(tmp_path, MarkPolicy(written={"4.2": 1.0, "4.4": 5.0})) as server:
        tab.goto(server.address)
        for title in ("4.2: review", "4.4: review", "4.2: review"):
            tab.wait_for_function(f"document.title === {title!r}")
            tab.keyboard.press("q")
        tab.close()


def test_what_somebody_else_saved_is_shown_before_it_is_replaced(page: Page, server: ReviewServer) -> None:
    asked(server, "POST", f"/{server.token}/0", {**GIVEN, "comment": "Mine."}, **JSON)
    page.keyboard.press("j")
    page.keyboard.press("p")
    page.keyboard.type("1")
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="Ada gave 3 points meanwhile and wrote: “Mine.” Save again").wait_for()
    page.keyboard.press("Control+Enter")
    page.locator("#said", has_text="Saved: 1 point for 2 answers.").wait_for()
    assert len(server.review.ledger.store.events("ada")) == 2


def test_each_different_score_of_others_is_shown(page: Page, server: ReviewServer) -> None:
    path = f"/{server.token}/0"
    asked(server, "POST", path, {**GIVEN, "members": [0], "seen": [0]}, **JSON)
    asked(
        server, "POST", path, {**GIVEN, "members": [1], "seen": [0], "points": 1, "comment": "Why?"}, **JSON
    )
    page.keyboard.press("j")
    page.keyboard.press("1")
    page.keyboard.press("s")
    expected = "Ada gave 3 points meanwhile. Ada gave 1 point meanwhile and wrote: “Why?” Save again"
    page.locator("#said", has_text=expected).wait_for()


def test_what_is_said_covers_no_group(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.keyboard.press("n")
    page.keyboard.press("1")
    page.keyboard.press("s")
    page.locator("#said", has_text="Saved").wait_for()
    for key in ("k", "j", "j"):
        page.keyboard.press(key)
        below = page.evaluate(
            "document.activeElement.getBoundingClientRect().top -"
            " document.getElementById('said').getBoundingClientRect().bottom"
        )
        assert below >= 0, key


def test_points_that_cant_be_are_not_said_to_be_saved(page: Page, server: ReviewServer) -> None:
    page.keyboard.press("j")
    for points in ("2", "7", ""):
        page.keyboard.press("p")
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.type(points)
        page.keyboard.press("Control+Enter")
        said = "Saved: 2 points" if points == "2" else "Not saved: the points must be a number from 0 to 5"
        page.locator("#said", has_text=said).wait_for()
        page.keyboard.press("Escape")
        page.keyboard.press("k")
    assert len(server.review.ledger.store.events()) == 2


@pytest.mark.parametrize(("size", "folded"), [(12, False), (13, True)])
def test_many_answers_with_one_text_are_folded_and_can_be_chosen(
    browser: Browser, tmp_path: Path, size: int, *, folded: bool
) -> None:
    alike = [
        replace(made_up(f"s{number}", result("relu", 4.0)), written=(WrittenAnswer("4.4", WRITTEN, "a.md"),))
        for number in range(size)
    ]
    with running(tmp_path, POLICY, alike) as server:
        tab = browser.new_page()
        tab.goto(server.address)
        assert tab.locator("label", has_text="s0").is_visible() != folded
        tab.keyboard.press("j")
        if folded:
            tab.keyboard.press("Tab")
            tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Space")
        for key in ("p", "2", "Control+Enter"):
            tab.keyboard.press(key)
        tab.locator("#said", has_text=f"Saved: 2 points for {size - 1} answers.").wait_for()
        tab.close()


def test_axe_finds_nothing_on_the_review(browser: Browser, server: ReviewServer) -> None:
    tab = browser.new_page(bypass_csp=True, color_scheme="dark", viewport={"width": 390, "height": 800})
    try:
        tab.goto(server.address)
        assert tab.title() != "taken"
        found = Axe().run(tab)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
    finally:
        tab.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder with these reports."""
    course = tmp_path / "course"
    course.mkdir()
    head = 'title = "T"\npoints = 4\n[[sections]]\nmodule = "mlp"\n[marks.written]\n"4.4" = 5\n'
    (course / "course.toml").write_text(f'{head}[marks.rubrics."4.4"]\n"names the rows" = 3\n')
    folder = tmp_path / "out"
    output_dir.create(folder)
    output_dir.save_run(folder, RunFile(schema=1, seed=1, course=str(course), submissions=tuple(TEXTS)))
    for one in reports():
        report.write(output_dir.reports_in(folder) / one.submission, one)
    return folder


def said(*arguments: str, status: int = 0) -> str:
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == status, done.output
    return done.output


def test_sheets_do_without_a_server_and_their_table_is_what_adjust_reads(out: Path, tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    said("review", "--out", str(out), "--sheets", str(sheets), "--anonymous")
    sheet = (sheets / "4.4.html").read_text()
    assert "The sum of a row is one" in sheet
    assert "names the rows" in sheet
    assert "ada" not in sheet
    with (sheets / "4.4.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == ["ada", "bob", "cem", "dan"]
    assert rows[2]["reason"] == "review of answer 3"
    filled = tmp_path / "filled.csv"
    with filled.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows({**row, "set": "4", "comment": "Fine."} for row in rows[:3])
        writer.writerow(rows[3])
    assert "1 row with nothing in add or set or comment left open." in said(
        "adjust", "--out", str(out), "--csv", str(filled)
    )
    with (out / "gradebook.csv").open(newline="") as file:
        marks = {row["submission"]: row["mark"] for row in csv.DictReader(file)}
    assert marks == {"ada": "8.0", "bob": "8.0", "cem": "8.0", "dan": ""}
    page = (out / "submissions" / "ada" / "feedback.html").read_text()
    assert "<h3>About 4.4</h3>" in page
    assert "<p>Fine.</p>" in page


def test_a_table_that_somebody_filled_in_is_not_written_again(out: Path, tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    command = ("review", "--out", str(out), "--sheets", str(sheets))
    said(*command)
    said(*command)
    table = sheets / "4.4.csv"
    empty = table.read_text(encoding="utf-8")
    for touched in (empty.replace("4.4,,,", "4.4,3,,", 1), empty.replace(",", ";"), "\xff"):
        table.write_text(touched, encoding="latin-1")
        assert "4.4.csv is filled in" in said(*command, status=2)
        assert table.read_text(encoding="latin-1") == touched


def test_a_table_without_any_points_is_refused(out: Path, tmp_path: Path) -> None:
    said("review", "--out", str(out), "--sheets", str(tmp_path))
    refused = said("adjust", "--out", str(out), "--csv", str(tmp_path / "4.4.csv"), status=2)
    assert "has anything in add or set or comment" in refused


@pytest.fixture
def sheet(tmp_path: Path, server: ReviewServer) -> str:
    """The address of a sheet, with a score that one of the answers has already."""
    server.review.give(server.review.questions[0], Given(group=1, members=(0,), seen=(0,), points=2.0))
    (page, _table) = write_sheets(tmp_path / "sheets", server.review, anonymous=False)
    return page.as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_sheet(browser: Browser, sheet: str, scheme: str) -> None:
    tab = browser.new_page(
        bypass_csp=True, color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 390, "height": 800},
    )  # fmt: skip
    try:
        tab.goto(sheet)
        assert tab.title() == "4.4: sheet", "what a student wrote has changed it"
        found = Axe().run(tab)
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
        assert tab.evaluate("document.documentElement.scrollWidth") == 390
    finally:
        tab.close()


PAPER = 718
"""The width of A4 in pixels, without margins."""
LINES = """Array.from(document.querySelectorAll(".card"), (card) =>
  Array.from(card.querySelectorAll(".line"), (line) => line.getBoundingClientRect().width))"""


def test_a_printed_sheet_has_each_answer_whole_and_room_to_write(browser: Browser, sheet: str) -> None:
    tab = browser.new_page(viewport={"width": PAPER, "height": 1100}, color_scheme="dark")
    try:
        tab.goto(sheet)
        tab.emulate_media(media="print")
        assert tab.evaluate("document.documentElement.scrollWidth") == PAPER
        assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert tab.evaluate("getComputedStyle(document.querySelector('.card')).breakInside") == "avoid"
        text = tab.locator("main").inner_text()
        assert all(words in text for words in ("The sum of a row is one", "<script>", "Nothing is written"))
        assert all(name in text for name in TEXTS)
        assert "cem (has 2)" in text
        assert text.count("\u2610 names the rows") == 3
        assert [(points > 50, comment > 200) for points, comment in tab.evaluate(LINES)] == [(True, True)] * 3
    finally:
        tab.close()


def test_what_is_missing_is_said(out: Path, tmp_path: Path) -> None:
    assert "There is no question 4.5. Did you mean 4.4?" in said(
        "review", "--out", str(out), "--only", "4.5", status=2
    )
    (tmp_path / "course" / "course.toml").write_text(
        'title = "T"\npoints = 4\n[[sections]]\nmodule = "mlp"\n'
    )
    assert "course.toml has no [marks.written]" in said("review", "--out", str(out), status=2)
