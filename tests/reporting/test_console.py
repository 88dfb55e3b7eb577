"""The terminal output of a grading run: readable at 80 columns, safe for any name."""

from __future__ import annotations

import io
from typing import NamedTuple

import pytest
from msgspec.structs import replace
from rich.console import Console

from grader.records.verdict import Misconception, summarize
from grader.reporting import report
from grader.reporting.console import Screen, open_checks, remark
from tests.fixtures.reports import CONTEXT, check, not_judged_softmax, result
from tests.fixtures.reports import report as made_up


def shown(*reports: report.Report, width: int = 80, **options: bool) -> str:
    """What the table of a class looks like."""
    console = Console(file=io.StringIO(), width=width, highlight=False, **options)  # type: ignore[arg-type]
    Screen(console).show(reports, reports[0].exercises)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


class FixedPace(NamedTuple):
    """A run that is as far as it says."""

    left: float | None
    oldest: tuple[str, float] | None = None

    def slowest(self) -> tuple[str, float] | None:
        return self.oldest

    def seconds_left(self) -> float | None:
        return self.left


def test_a_class_fits_80_columns() -> None:
    reports = [made_up("a" * 100, result("relu", 1.25)), report.not_graded("bob", CONTEXT, "x " * 200)]
    text = shown(*reports)
    assert max(map(len, text.splitlines())) <= 80
    assert "1.25 / 4" in text
    assert text.count("a") >= 100


def test_nothing_in_a_name_or_message_reaches_the_terminal_as_control_or_markup() -> None:
    name = "[bold]eve\x1b[2J\x9b\u202e"
    text = shown(made_up(name, result("relu", 1.0)), report.not_graded(name, CONTEXT, f"{name}\nmore"))
    assert "[bold]eve?[2J??" in text
    assert not {"\x1b", "\x9b", "\u202e"} & set(text)
    assert "more" not in text


def test_no_color_means_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[32m" not in shown(made_up("alice", result("relu", 4.0)), force_terminal=True)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "xterm")
    assert "[32m" in shown(made_up("alice", result("relu", 4.0)), force_terminal=True)


def test_the_table_counts_misconceptions() -> None:
    columns, rows = Misconception("columns", "You sum columns.\n\nSee 4.4."), Misconception("rows", "No.")
    wrong = [replace(result("softmax", 1.0), misconception=one) for one in (rows, columns, columns)]
    lines = [" ".join(line.split()) for line in shown(*map(made_up, "abc", wrong)).splitlines()]
    found = [line for line in lines if line.startswith("softmax") and ": " in line]
    assert found == ["softmax columns: You sum columns. 2", "softmax rows: No. 1"]
    assert "Misconception" not in shown(made_up("alice", result("softmax", 4.0, "correct")))


def test_the_mean_is_over_submissions_with_points() -> None:
    reports = [
        made_up("alice", result("relu", 4.0, "correct")),
        made_up("bob", result("relu", 1.0)),
        report.not_graded("carol", CONTEXT, "The disk was full."),
    ]
    text = shown(*reports)
    assert "2.5 / 4" in text
    assert "1 of 2" in text


def test_the_remark_counts_exercises_that_are_not_correct_the_worst_first() -> None:
    ok, wrong = result("relu", 4.0, "correct"), result("tanh", 0.0, "incorrect")
    late, lost = result("sigmoid", 0.0, "timeout"), result("softmax", 0.0, "missing")
    assert remark(made_up("alice", ok)) == "all correct"
    assert remark(made_up("alice", ok, wrong)) == "1 incorrect"
    assert remark(made_up("alice", wrong, late, lost, late)) == "2 timeouts, 1 missing, 1 incorrect"


def test_checks_that_could_not_be_judged_are_named_with_the_reason() -> None:
    alice = made_up("alice", not_judged_softmax(), result("relu", 1.0))
    assert remark(alice) == "provisional, 1 check could not be judged, 1 partly correct"
    assert open_checks(alice)[1:] == ["softmax: right_values: It failed itself: KeyError('y')"]
    assert "provisional" in shown(alice)
    assert open_checks(made_up("bob", result("relu", 1.0))) == []


def test_a_bar_is_shown_on_a_terminal_and_lines_elsewhere() -> None:
    for is_terminal in (True, False):
        console = Console(file=io.StringIO(), width=80, force_terminal=is_terminal, highlight=False)
        assert isinstance(console.file, io.StringIO)
        with Screen(console) as screen:
            screen.started(3, 1, FixedPace(left=180.0))
            screen.finished(made_up("alice", result("relu", 4.0, "correct")))
            screen.progress.refresh()
        text = console.file.getvalue()
        assert "1 of 3 submissions are already graded" in text
        assert ("1/2" in text) == is_terminal
        assert ("about 3 min left" in text) == is_terminal
        assert ("alice: 4 / 4, all correct" in text) != is_terminal


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (FixedPace(0.2), "about 1 s left"),
        (FixedPace(59.4), "about 59 s left"),
        (FixedPace(100.0), "about 2 min left"),
        (FixedPace(5400.0), "about 1 h 30 min left"),
        (FixedPace(None, ("[bold]eve\x1b", 31.0)), "waiting for [bold]eve?, 31 s so far"),
        (FixedPace(None), "0/3"),
    ],
)
def test_the_bar_says_how_long_it_takes_or_what_it_waits_for(pace: FixedPace, expected: str) -> None:
    console = Console(file=io.StringIO(), width=120, force_terminal=True, color_system=None, highlight=False)
    assert isinstance(console.file, io.StringIO)
    with Screen(console) as screen:
        screen.started(3, 0, pace)
        screen.progress.refresh()
    assert expected in console.file.getvalue()


def test_of_a_large_class_those_that_a_person_should_look_at_are_shown() -> None:
    """A thousand submissions take one screen."""
    broken = [report.not_graded(f"broken{number:02}", CONTEXT, "The disk was full.") for number in range(12)]
    claims = [Misconception(f"m{number}", "No.") for number in range(60)]
    wrong = [
        made_up(f"wrong{number:03}", replace(result("relu", 0.0), misconception=one))
        for number, one in enumerate(claims)
    ]
    good = [made_up(f"good{number:04}", result("relu", 4.0, "correct")) for number in range(928)]
    lines = [" ".join(one.split()) for one in shown(*good, *wrong, *broken).splitlines()]
    assert len(lines) < 60
    named = [one.split()[0] for one in lines if one.startswith(("broken", "wrong"))]
    assert named == [f"broken{n:02}" for n in range(10)] + [f"wrong{n:03}" for n in range(10)]
    text = " ".join(lines)
    assert "20 of 1,000 submissions: those with problems first" in text
    assert "988 graded, 12 not graded, mean 3.76 points of those graded." in text
    assert "50 less frequent ones: class.html has all of them." in text


def test_a_class_of_forty_is_shown_in_full() -> None:
    text = shown(*(made_up(f"s{number:02}", result("relu", 4.0, "correct")) for number in range(40)))
    assert all(f"s{number:02}" in text for number in range(40))
    assert "class.html has" not in text


def test_remarks_on_checks_are_listed() -> None:
    doubtful = check("from_scratch", "passed", evidence="observed", remark="a thread ran")
    text = " ".join(shown(made_up("alice", summarize("relu", "5.1", "mlp", (doubtful,)))).split())
    assert "alice relu: from_scratch a thread ran" in text
    assert "Look at the code" not in shown(made_up("alice", result("relu", 4.0, "correct")))
