"""The pages of a run: each student's feedback, and the class."""

from __future__ import annotations

import html
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

import grader
from grader.records.verdict import Attempt, Location, Misconception, summarize
from grader.reporting import report
from grader.reporting.pages import class_overview, student
from grader.reporting.pages.charts import histogram
from grader.reporting.pages.class_overview import About
from grader.reporting.pages.pieces import words_of
from grader.reporting.standing import NOT_MARKED, AttemptLine, PartLine, Standing
from grader.students import Identity
from tests.fixtures.reports import COLUMNS, CONTEXT, check, not_judged_softmax, result, wrong_softmax
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    body = page.partition("<body")[2].partition(">")[2]
    in_lines = re.sub(r"</?(span|b|a|code|wbr)\b[^>]*>", "", body)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", in_lines)).split())


def test_a_failure_shows_law_call_values_and_hints() -> None:
    page = student.page(made_up("alice", wrong_softmax()))
    page_text = text_of(page)
    assert "0 of 5 points" in page_text
    law = page_text.index("The law of right_values. try: softmax(torch.tensor([[0., 0.]])) got:")
    assert page_text.index("off by 0.5 hint: Which axis? more hints Rows.") > law
    assert "<mark>1.</mark>" in page
    assert "<mark>0.5</mark>" in page
    assert "Blocked until this is fixed: right_gradient" in page_text
    assert "The law of survives." not in page_text, "bonuses are shown only for correct answers"


def test_what_a_call_needs_stands_above_it() -> None:
    called = check(
        "right_values", "failed", setup="import sys\nfrom drive import taken\n", counterexample="taken(SGD)"
    )
    page = student.page(made_up("alice", summarize("SGD", "3.4", "scratch", (called,))))
    assert "<pre>import sys\nfrom drive import taken\ntaken(SGD)</pre>" in page


def test_the_section_is_a_link_to_its_page_in_the_book() -> None:
    address = "https://d2l.ai/chapter_linear-classification/softmax.html"
    page = student.page(made_up("alice", wrong_softmax(book=address)))
    assert f'<a href="{address}">section 4.4</a>' in page
    assert "https://" not in student.page(made_up("alice", wrong_softmax()))


def test_checks_that_passed_without_points_are_named() -> None:
    without = replace(check("rows_sum_to_one", "passed"), points=0.0)
    checks = (check("right_values", "failed", 4.0), without, check("counted", "passed"))
    page_text = text_of(student.page(made_up("alice", summarize("softmax", "4.4", "scratch", checks))))
    assert "Passed, and earns its points once right_values passes: rows_sum_to_one" in page_text
    assert "once right_values" not in text_of(student.page(made_up("alice", wrong_softmax())))


def test_a_misconception_comes_before_the_checks_that_it_broke() -> None:
    page_text = text_of(student.page(made_up("alice", wrong_softmax(misconception=COLUMNS))))
    assert page_text.index("You sum columns.") < page_text.index("The law of right_values.")
    assert "You sum columns." not in text_of(student.page(made_up("alice", wrong_softmax())))


def test_text_between_backticks_is_code() -> None:
    examples = {
        "`X.sum(1)` sums rows.": "<code>X.sum(1)</code> sums rows.",
        "One ` alone, <b>": "One ` alone, &lt;b&gt;",
    }
    for text, shown in examples.items():
        held = wrong_softmax(misconception=Misconception("x", text))
        assert shown in student.page(made_up("alice", held))


def test_the_definition_that_counted_is_named_where_there_are_several() -> None:
    several = wrong_softmax(attempt=Attempt("cell 31", 2, last=False))
    assert "You defined it 2 times; the best definition was graded, in cell 31." in text_of(
        student.page(made_up("alice", several))
    )
    once = wrong_softmax(attempt=Attempt("cell 31", 1))
    assert "You defined it" not in text_of(student.page(made_up("alice", once)))


def test_a_correct_answer_shows_the_open_bonuses() -> None:
    checks = (check("right_values", "passed"), replace(check("survives", "failed"), bonus=True))
    page_text = text_of(student.page(made_up("alice", summarize("softmax", "4.4", "scratch", checks))))
    assert "✓ softmax" in page_text
    assert "softmax: The law of survives." in page_text
    nothing = summarize("softmax", "4.4", "scratch", checks[:1])
    assert "Beyond the book" not in text_of(student.page(made_up("alice", nothing)))


def test_a_file_that_cannot_be_run_is_explained_once() -> None:
    first = check("is_defined", "error", message="scratch.py, line 3\nSyntaxError: expected ':'")
    broken = [summarize(name, "4.4", "scratch", (first,)) for name in ("softmax", "cross_entropy")]
    page_text = text_of(student.page(made_up("alice", *broken)))
    assert page_text.count("SyntaxError") == 1
    assert "softmax, cross_entropy The code that should define these can't be run:" in page_text


def test_an_exercise_that_raises_is_explained_by_itself() -> None:
    checks = (
        check("is_defined", "passed", 0.0),
        check("accepts_its_arguments", "error", message="KeyError: 1"),
    )
    page_text = text_of(student.page(made_up("alice", summarize("softmax", "4.4", "scratch", checks))))
    assert "The law of accepts_its_arguments. KeyError: 1" in page_text
    assert "can't be run" not in page_text


def test_exercises_that_are_to_do_share_a_line() -> None:
    missing = [result(name, 0.0, "missing") for name in ("relu", "tanh")]
    assert "5.1 mlp 0 of 8 ○ relu, tanh still to do" in text_of(student.page(made_up("alice", *missing)))


def test_what_was_passed_over_is_said() -> None:
    one = replace(made_up("alice", result("relu", 3.0)), passed_over=("venv holds <b> packages.",))
    assert "Not read: venv holds &lt;b&gt; packages." in student.page(one)


def test_a_submission_that_was_not_graded_shows_the_reason_and_no_points() -> None:
    page_text = text_of(student.page(report.not_graded("alice", CONTEXT, "The disk was full.")))
    assert "The disk was full." in page_text
    assert "points" not in page_text


def test_an_unreadable_submission_shows_the_reason_and_no_list() -> None:
    page = student.page(report.unreadable("alice", CONTEXT, [wrong_softmax()], "It is no notebook."))
    assert "It is no notebook." in text_of(page)
    assert "The law of right_values." not in page


def test_checks_that_could_not_be_judged_cost_nothing_yet_and_their_reason_is_not_for_the_student() -> None:
    """It may tell what the check expects."""
    page_text = text_of(student.page(made_up("alice", not_judged_softmax())))
    assert "Provisional: some checks could not be judged, which is not your fault." in page_text
    assert "3 points are still open; none of them is lost yet." in page_text
    assert "softmax 1 of 4 could not be judged" in page_text
    assert "KeyError" not in page_text
    assert "Provisional" not in text_of(student.page(made_up("bob", wrong_softmax())))


def test_the_class_page_names_the_checks_that_could_not_be_judged() -> None:
    page_text = text_of(shown_class(made_up("alice", not_judged_softmax())))
    assert "Could not be judged" in page_text
    assert "alice softmax: right_values: It failed itself: KeyError('y')" in page_text
    assert "Could not be judged" not in text_of(shown_class(made_up("bob", wrong_softmax())))


def test_the_seed_and_the_time_are_on_no_page() -> None:
    """The seed predicts the inputs; with times, the same run would not give the same page."""
    terms = replace(CONTEXT, seed=987654321)
    graded = report.graded("alice", terms, [wrong_softmax()], seconds=12.3456)
    for page in (student.page(graded), class_overview.page([graded], graded.exercises)):
        assert "987654321" not in page
        assert "12.3456" not in page


SCRIPT = (grader.PACKAGE / "reporting" / "templates" / "class.js").read_text().rstrip("\n")
LOCATION = Location("hw.ipynb", 3, 10)
CODE = "def softmax(X):\n    return X[9]"


@pytest.mark.parametrize(
    ("frame", "marked"),
    [
        ("hw.ipynb, cell 3, line 11, in softmax", [11]),
        ("hw.ipynb, cell 4, line 11, in softmax", []),
        ("hw.py, line 11, in softmax", []),
        ("hw.ipynb, cell 3, line 99, in helper", []),
    ],
)
def test_the_line_that_raised_is_marked_in_the_students_code(frame: str, marked: list[int]) -> None:
    raised = check("accepts_its_arguments", "error", message=f"{frame}\n    return X[9]\nIndexError: 9")
    checks = (check("is_defined", "passed", 0.0), raised)
    result = replace(summarize("softmax", "4.4", "scratch", checks), location=LOCATION, code=CODE)
    assert [line.number for line in student.code_of(result) if line.here] == marked
    page = student.page(made_up("alice", result))
    assert "Your code: hw.ipynb, cell 3, line 10" in text_of(page)
    assert ('<span class="here">    return X[9]</span>' in page) == bool(marked)
    assert "Your code" not in student.page(made_up("alice", replace(result, code="")))


def test_what_to_do_next_is_the_first_wrong_exercise_then_the_first_that_is_to_do() -> None:
    right, missing = result("relu", 4.0, "correct"), result("tanh", 0.0, "missing")
    assert "Next: fix softmax" in text_of(student.page(made_up("alice", right, missing, wrong_softmax())))
    assert "Next: write tanh" in text_of(student.page(made_up("alice", right, missing)))
    assert "Next:" not in student.page(made_up("alice", right))
    assert "Next:" not in student.page(made_up("alice", not_judged_softmax())), (
        "it is not the student's to fix"
    )


def test_sections_have_their_titles_and_old_reports_their_modules() -> None:
    titled = replace(result("relu", 4.0), title="Multilayer perceptrons")
    assert "5.1 Multilayer perceptrons 4 of 4" in text_of(student.page(made_up("alice", titled)))
    assert "5.1 mlp 4 of 4" in text_of(student.page(made_up("alice", result("relu", 4.0))))


def test_attempts_lateness_and_comments_are_below_the_exercises() -> None:
    when = datetime(2026, 12, 3, 12, tzinfo=UTC)
    parts = (
        PartLine("mlp", 4.0, 4.0, 3.6, when, 2, 1, 10.0),
        PartLine("essay", 3.0, 5.0, 3.0, comments=("Why?",)),
        PartLine("5.1", 0.0, 2.0, 0.0, comments=("Too short.",)),
    )
    attempts = (AttemptLine(1, when, 2.0, 4.0, counts=False), AttemptLine(2, None, 4.0, 4.0, counts=True))
    standing = Standing(6.6, 9.0, attempts, parts, ("+1",), free_days=3)
    text = text_of(student.page(made_up("alice", result("relu", 4.0)), standing))
    assert "Your mark 6.6 of 9, +1 by hand 1 of your 3 free late days is used." in text
    assert "1 2026-12-03 12:00+00:00 2 of 4 no 2 not known 4 of 4 yes" in text
    assert "5.1 mlp 4 of 4 2026-12-03 12:00+00:00 2 days, 1 free, less 10% 3.6" in text
    assert "About essay Why?" in text
    assert "About 5.1 mlp, in words Too short." in text
    assert "Your mark" not in student.page(made_up("alice", result("relu", 4.0)))


def test_a_page_that_is_there_already_is_not_written_again(tmp_path: Path) -> None:
    graded = made_up("alice", result("relu", 4.0))
    student.write(tmp_path, graded)
    before = (tmp_path / student.FILE).stat()
    student.write(tmp_path, graded)
    assert (tmp_path / student.FILE).stat().st_ino == before.st_ino
    student.write(tmp_path, made_up("alice", result("relu", 2.0)))
    assert (tmp_path / student.FILE).stat().st_ino != before.st_ino


def test_what_is_late_and_who_handed_nothing_in_is_in_the_table_of_students() -> None:
    graded = made_up("alice", result("relu", 4.0))
    late = Standing(3.6, 4.0, (), (PartLine("mlp", 4.0, 4.0, 3.6, None, 2, 1, 10.0),))
    about = About("Deep learning", date(2026, 12, 4), {"alice": late}, (Identity(name="Zoe"),))
    text = text_of(class_overview.page([graded], graded.exercises, (), about))
    assert "Deep learning 1 submission, 1 student without one." in text
    assert "Last graded on 2026-12-04 by Gradbook" in text
    assert "alice graded 4 of 4 3.6 2 days, 1 free, -0.4 points" in text
    assert "Zoe nothing handed in" in text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("each_row_sums_to_one", ["each_", "row_", "sums_", "to_", "one"]),
        ("SoftmaxRegressionScratch", ["Softmax", "Regression", "Scratch"]),
        ("MLP", ["MLP"]),
        ("__init__", ["__", "init__", ""]),
        ("", [""]),
    ],
)
def test_names_are_broken_between_their_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_the_first_lines_say_which_written_answers_are_to_mark() -> None:
    graded = made_up("alice", result("relu", 4.0))
    open_part, marked = PartLine("4.4", 0.0, 5.0, 0.0, note=NOT_MARKED), PartLine("4.4", 2.0, 5.0, 2.0)
    standings = {
        "alice": Standing(None, 9.0, (), (open_part, PartLine("4.2", 0.0, 2.0, 0.0, note=NOT_MARKED))),
        "bob": Standing(None, 9.0, (), (open_part,)),
        "cem": Standing(6.0, 9.0, (), (marked,)),
    }
    text = text_of(class_overview.page([graded], graded.exercises, (), About("", None, standings)))
    assert "To mark: the written answers to 4.4 of 2 students, and to 4.2 of 1 student." in text
    done = About("", None, {"cem": standings["cem"]})
    assert "To mark" not in text_of(class_overview.page([graded], graded.exercises, (), done))


def test_quartiles_are_those_of_the_points() -> None:
    reports = [made_up(f"s{number}", result("relu", float(number))) for number in range(5)]
    text = text_of(shown_class(*reports))
    assert (
        "From 0 to 4 points. A quarter has at most 1, half at most 2 (the line), three quarters at most 3."
        in text
    )
    assert [bar.size for bar in histogram([0.0, 0.39, 0.4, 4.0, 4.0], 4.0)] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert sum(bar.size for bar in histogram([number / 3 for number in range(13)], 4.0)) == 13


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x1b[2J\u202e"


@pytest.mark.parametrize("where", ["name", "message", "got", "explanation", "cell"])
def test_text_of_a_student_is_never_markup(where: str) -> None:
    wrong = wrong_softmax()
    checks = list(wrong.checks)
    checks[1] = replace(checks[1], **({where: HOSTILE} if where in {"message", "got"} else {}))
    wrong = replace(
        wrong,
        checks=tuple(checks),
        misconception=Misconception("x", HOSTILE if where == "explanation" else "No."),
        attempt=Attempt(HOSTILE if where == "cell" else "cell 1", 2),
    )
    graded = made_up(HOSTILE if where == "name" else "alice", wrong)
    for page in (student.page(graded), class_overview.page([graded], graded.exercises)):
        elements = Elements()
        elements.feed(page)
        assert elements.met
        assert "img" not in {tag for tag, _attributes in elements.met}
        assert elements.scripts in ([], [SCRIPT])
        assert not [
            attributes for _tag, attributes in elements.met if any("alert" in one for one in attributes)
        ]


class Elements(HTMLParser):
    """Meets all elements of a page, with the names of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.met: list[tuple[str, list[str]]] = []
        self.scripts: list[str] = []
        self.is_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, [f"{name}={value}" for name, value in attrs if not name.startswith("href")]))
        self.is_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self.is_script:
            self.scripts.append(data)
            self.is_script = False


def shown_class(*reports: Report) -> str:
    return class_overview.page(reports, reports[0].exercises)


def test_the_class_has_means_and_a_row_for_each_submission() -> None:
    relu = [made_up(name, result("relu", points)) for name, points in (("alice", 4.0), ("bob", 1.0))]
    late = report.not_graded("carol", CONTEXT, "The disk was full.")
    page = shown_class(*relu, late)
    page_text = text_of(page)
    assert "3 submissions (2 graded, 1 not graded). On average 2.5 of 4 points." in page_text
    assert "5.1 relu 0 of 2 2.5 of 4 1.5 62%" in page_text
    assert '<a href="submissions/alice/feedback.html">alice</a>' in page
    assert "carol</a>" not in page
    assert "not graded: The disk was full." in page_text


def test_a_name_of_any_letters_leads_to_its_page(tmp_path: Path) -> None:
    name = "李明 #1?&%2F"
    graded = made_up(name, result("relu", 4.0))
    student.write(tmp_path / "submissions" / name, graded)
    (link,) = re.findall(r'<td><a href="([^"]+)">', shown_class(graded))
    assert (tmp_path / unquote(html.unescape(link))).is_file()
    assert not set("#?& ") & set(link)


def test_misconceptions_are_counted_the_most_frequent_first() -> None:
    rows = Misconception("rows", "You sum rows.")
    held = {"a": rows, "b": COLUMNS, "c": COLUMNS}
    page_text = text_of(
        shown_class(*[made_up(name, wrong_softmax(misconception=one)) for name, one in held.items()])
    )
    assert page_text.index("softmax section 4.4 2 You sum columns.") < page_text.index("1 You sum rows.")
    assert "columns: b, c" in page_text
    assert ">Misconceptions<" not in text_of(shown_class(made_up("a", wrong_softmax())))


def test_remarks_are_for_the_instructor_alone() -> None:
    doubtful = check("from_scratch", "passed", evidence="observed", remark="the watch was <off>")
    held = made_up("alice", summarize("softmax", "4.4", "scratch", (doubtful,)))
    page = text_of(class_overview.page([held], held.exercises))
    assert "To look at Submission Check Remark alice softmax: from_scratch the watch was <off>" in page
    assert "the watch was" not in text_of(student.page(held))
    assert "To look at" not in text_of(class_overview.page([made_up("bob", wrong_softmax())], held.exercises))
