"""A submission's time is one budget, kept outside its process: whatever its code does, it ends."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from grader.course.course import load
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import Process
from grader.grading.sandbox_session import GRACE, SandboxSession
from grader.grading.time_budget import SEARCH_SHARE, Budget, ExerciseBudget, submission_budget
from grader.grading.worker import sandbox_server
from grader.judging.generated_cases import Exam
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course.course import Course
    from grader.records.verdict import ExerciseResult
    from grader.sandbox import Server

# Accounts --------------------------------------------------------------------------------------------


def test_what_an_exercise_uses_is_used_of_the_submission() -> None:
    submission = submission_budget(10)
    exercise = ExerciseBudget(4, submission)
    exercise.asks.use(processor=1, wall=1)
    exercise.searches.use(processor=0, wall=1.5)
    assert exercise.searches.left() == pytest.approx(4 * SEARCH_SHARE - 0.5)
    assert exercise.asks.left() == pytest.approx(2.5)
    assert submission.left() == pytest.approx(8.5)


def test_a_part_has_no_more_time_than_the_whole() -> None:
    submission = submission_budget(10)
    submission.use(processor=9, wall=9)
    exercise = ExerciseBudget(4, submission)
    assert exercise.searches.left() == pytest.approx(1)
    submission.use(processor=3, wall=3)
    assert exercise.asks.left() == 0
    assert exercise.asks.tightest() is submission


def test_searches_leave_half_of_the_time_to_the_other_attempts() -> None:
    exercise = ExerciseBudget(4, submission_budget(10))
    exercise.searches.use(processor=2, wall=2)
    assert (exercise.searches.left(), exercise.asks.left()) == (0, 2)


def test_a_message_tells_computing_from_waiting_and_whose_time_it_was() -> None:
    busy, idle = (ExerciseBudget(5, submission_budget(300)).asks for _ in range(2))
    busy.use(processor=5, wall=9)
    idle.use(processor=0.1, wall=15)
    assert busy.message() == (
        "stopped after 5 s of processor time, which is all that this exercise has: does a loop never end?"
    )
    assert idle.message() == (
        "stopped after 15 s, most of which it waited, and this exercise has no more: does it sleep, wait for "
        "input, or never end?"
    )
    last = ExerciseBudget(5, submission_budget(2)).asks
    last.use(processor=2, wall=2)
    assert "2 s of processor time, which is all that the whole submission has" in last.message()


def test_parts_know_what_they_are_parts_of() -> None:
    submission = submission_budget(10)
    one, other = ExerciseBudget(4, submission), ExerciseBudget(4, submission)
    assert Budget(1, "loading", within=one.searches).is_within(one.asks)
    assert not one.asks.is_within(other.asks)
    assert other.asks.is_within(submission)


# Answers in the sandbox ------------------------------------------------------------------------------

LIMIT = 1.0
"""The seconds of each exercise."""
CHECKS = '''"""1.1 Doubling."""

from hypothesis import strategies as st

from grader.laws import exercise, number

settings = {"given": {"n": st.integers(1, 10**6)}, "returns": number(), "cases": 20, "seconds": 1}
double = exercise(
    "double", asks="double(n)", oracle=lambda n: 2 * n, points={"right_values": 3}, **settings
)
treble = exercise(
    "treble", asks="treble(n)", oracle=lambda n: 3 * n, points={"right_values": 3}, **settings
)
'''
TREBLE = "def treble(n):\n    return 3 * n\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """Two exercises, of one second each."""
    root = tmp_path_factory.mktemp("course")
    (root / "assignments" / "ch1").mkdir(parents=True)
    (root / "reference").mkdir()
    (root / "assignments" / "ch1" / "test_doubling.py").write_text(CHECKS)
    return load(root)


@pytest.fixture(scope="module")
def server(course: Course) -> Iterator[Server]:
    """A sandbox for all of these submissions."""
    with sandbox_server(course, None) as running:
        yield running


@dataclass
class Grading:
    """The results of a submission, what they took, and how often its program was loaded."""

    results: dict[str, ExerciseResult]
    budget: Budget
    seconds: float
    loads: int

    def first_failure(self, name: str) -> tuple[str, str]:
        """Return status and message of the first check of an exercise that did not pass."""
        check = next(one for one in self.results[name].checks if one.status != "passed" and not one.bonus)
        return check.status, check.message


class Grades:
    """Grades sources as submissions."""

    def __init__(self, course: Course, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        self.grader = SubmissionGrader(course, Exam(3), server)
        self.monkeypatch = monkeypatch

    def __call__(self, source: str, seconds: float = 60.0) -> Grading:
        loads = []
        opened = SandboxSession._open

        def open_and_count(session: SandboxSession, payer: Budget) -> Any:  # noqa: ANN401
            loads.append(payer)
            return opened(session, payer)

        budget = submission_budget(seconds)
        files = [SourceFile("doubling.py", "doubling", (Cell(None, source),))]
        start = time.monotonic()
        with self.monkeypatch.context() as patch:
            patch.setattr(SandboxSession, "_open", open_and_count)
            results = self.grader.grade_section(self.grader.course.sections[0], files, budget)
        spent = time.monotonic() - start
        return Grading({one.name: one for one in results}, budget, spent, len(loads))


@pytest.fixture
def grades(course: Course, server: Server, monkeypatch: pytest.MonkeyPatch) -> Grades:
    """Grades a source as a submission."""
    return Grades(course, server, monkeypatch)


def test_an_honest_submission_uses_what_it_computes(grades: Grades) -> None:
    found = grades(f"def double(n):\n    return n + n\n{TREBLE}")
    assert {one.status for one in found.results.values()} == {"correct"}
    assert found.loads == 1
    assert 0 < found.budget.used < LIMIT


def test_an_answer_that_computes_without_end_is_stopped_by_its_processor_time(grades: Grades) -> None:
    found = grades(f"def double(n):\n    while True:\n        pass\n{TREBLE}")
    status, message = found.first_failure("double")
    assert status == "timeout"
    # The second, where other processes leave this one less than a third of a processor.
    assert message.startswith((f"stopped after {LIMIT:g} s of processor", f"stopped after {3 * LIMIT:g} s"))
    assert "doubling.py, line 2, in double" in message
    assert found.results["treble"].status == "correct"
    assert found.loads == 2
    assert found.budget.used > LIMIT / 2
    assert found.budget.processor < LIMIT + GRACE + 1


def test_an_answer_that_sleeps_is_stopped_by_the_clock(grades: Grades) -> None:
    found = grades(f"import time\n\ndef double(n):\n    time.sleep(1000)\n{TREBLE}")
    status, message = found.first_failure("double")
    assert status == "timeout"
    assert message.startswith(f"stopped after {3 * LIMIT:g} s, most of which it waited")
    assert found.budget.processor < LIMIT
    assert found.budget.wall >= 2 * LIMIT


LATE = """
import signal, sys, time
import grader.execution.student_code as student_code

honest = student_code.observe_all

def late(asks, *arguments, **named):
    seen = honest(asks, *arguments, **named)
    if len(asks) == 1:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(3 * named["seconds"] + 1.4)
    return seen

student_code.observe_all = late

def double(n):
    return 2 * n + (n > 1 and n % 7 != 0)
"""


def test_answers_that_come_late_in_a_search_are_waited_for_once(grades: Grades) -> None:
    """Each of some hundred answers would be in time, if each had its own grace."""
    found = grades(LATE + TREBLE)
    assert found.results["double"].status == "incorrect"
    assert found.results["treble"].status == "correct"
    assert LIMIT < found.budget.wall < 3 * LIMIT + 2 * GRACE + 3


FAILING = """
def double(n):
    n += n
    raise RuntimeError("CUDA error: device-side assert triggered")
"""


def test_on_the_cpu_an_error_that_names_cuda_does_not_have_the_program_loaded_again(grades: Grades) -> None:
    found = grades(FAILING + TREBLE)
    assert found.first_failure("double")[0] == "error"
    assert found.results["treble"].status == "correct"
    assert found.loads == 1


def test_a_program_that_works_in_the_background_pays_for_it(grades: Grades) -> None:
    """Threads that go on after an answer are counted at the next question."""
    background = (
        "import threading\n\ndef burn():\n    while True:\n        pass\n\n"
        "def double(n):\n    threading.Thread(target=burn, daemon=True).start()\n    return n + n\n"
    )
    found = grades(background + TREBLE)
    assert found.budget.processor < 2 * (LIMIT + GRACE) + 3
    assert found.budget.used >= found.budget.processor


def test_when_the_submissions_time_is_used_up_the_other_exercises_are_not_asked(grades: Grades) -> None:
    found = grades(f"def double(n):\n    while True:\n        pass\n{TREBLE}", seconds=0.6)
    assert "the whole submission has" in found.first_failure("double")[1]
    status, message = found.first_failure("treble")
    assert (found.results["treble"].status, status) == ("timeout", "timeout")
    assert message.startswith("not asked: the submission's time (0.6 s of processor time for all exercises")
    assert found.loads == 1


def test_loading_counts(grades: Grades) -> None:
    """A call into C that can't be interrupted keeps everything after it from being asked."""
    endless = "@(lambda _: any(iter(int, 1)))\ndef double(n):\n    pass\n"
    found = grades(endless + TREBLE, seconds=0.5)
    assert {one.status for one in found.results.values()} == {"timeout"}
    assert found.loads == 1
    assert found.budget.used >= 0.5
    assert found.budget.processor < 0.5 + GRACE + 1


def test_a_child_that_waits_for_a_busy_machine_is_charged_a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve seconds by the clock, in which it could compute for four, are less than its five."""
    clock = iter([0.0, 12.0])
    session = SandboxSession.__new__(SandboxSession)
    session.process = Process.__new__(Process)
    session.process._counted = 0.0

    class Slow:
        def cpu_seconds(self) -> float:
            return 4.0

    monkeypatch.setattr("grader.grading.sandbox_session.time.monotonic", lambda: next(clock))
    budget = ExerciseBudget(5, submission_budget(300)).asks
    slow: Any = Slow()
    with session._counting(slow, budget):
        pass
    assert budget.left() == pytest.approx(1)
    assert (budget.processor, budget.wall) == (4, 12)
