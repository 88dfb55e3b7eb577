"""The processes that a section needs: loaded within one time limit together, and one for what is shown.

What is shown of an answer comes from a process that knows nothing of the exam that counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grader.course.course import SHIPPED, load
from grader.execution.student_code import LOAD_SECONDS
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.sandbox_session import MIN_LOAD_SECONDS
from grader.judging.generated_cases import Exam, shown_exam
from grader.records.protocol import Contents, Load
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Exit, Limits
from grader.submissions import Submission
from grader.submissions.positions import definitions
from tests.fixtures.small_course import CHECKS

if TYPE_CHECKING:
    from grader.checks.exercise import Exercise
    from grader.sandbox import Server
    from tests.fixtures.small_course import WriteCourse

COURSE = load(SHIPPED, ["HyperParameters", "Trainer", "DataModule"])


class SlowServer:
    """Forks children that compute 6 seconds to load a program, in which nothing is defined."""

    gpu = None
    limits = Limits()

    def __init__(self) -> None:
        self.now = 0.0
        self.loads: list[Load] = []

    def cpu_seconds(self) -> float:
        return self.now

    def fork(self, _role: str = "", *, needs: tuple[str, ...]) -> SlowServer:
        return self

    def send(self, payload: bytes, _deadline: float, _cpu_limit: float) -> None:
        self.loads.append(msgspec.msgpack.decode(payload, type=Load))

    def receive(self, _deadline: float, _limit: int, _cpu_limit: float) -> bytes:
        self.now += 6.0
        return msgspec.msgpack.encode(Contents({}, {}))

    def close(self) -> Exit:
        return Exit(signal=9, code=None, peak_memory=0, cpu_seconds=0.0, killed=True)


def test_the_programs_of_a_section_are_loaded_within_one_time() -> None:
    server: Any = SlowServer()
    (section,) = COURSE.sections
    source = "from d2l.torch import HyperParameters\nTrainer, DataModule = 1, 2"
    files = [SourceFile("hw.py", None, (Cell(None, source),))]
    results = SubmissionGrader(COURSE, Exam(0), server).grade_section(section, files)
    assert [one.name for one in results] == ["HyperParameters", "DataModule", "Trainer"]
    assert [[*one.wanted] for one in server.loads] == [["HyperParameters"], ["DataModule"], ["Trainer"]]
    expected = [LOAD_SECONDS, LOAD_SECONDS - 6.0, MIN_LOAD_SECONDS]
    assert [one.seconds for one in server.loads] == pytest.approx(expected, abs=0.1)


REMEMBERS = """\
import torch

SEEN = []


def double(x):
    SEEN.append((x.tolist(), torch.initial_seed()))
    raise ValueError(f"{len(SEEN)}: {SEEN}")
"""
FORGES_LINES = """\
import linecache


def double(x):
    for name in [name for name in linecache.cache if name.startswith("answer.py")]:
        linecache.cache[name] = (1, None, [str(x.tolist())] * 20, name)
    raise ValueError
"""
LEAVES_A_FILE = """\
import os
import tempfile

PATH = os.path.join(tempfile.gettempdir(), "seen")


def double(x):
    with open(PATH, "a+") as file:
        file.write(str(x.tolist()))
        file.seek(0)
        raise ValueError(file.read())
"""
SPIES = {"remembers": REMEMBERS, "forges lines": FORGES_LINES, "leaves a file": LEAVES_A_FILE}


def inputs(exam: Exam, exercise: Exercise) -> set[str]:
    """Return all uncommon numbers among the inputs of an exam, and its random states."""
    questions = {check.question for check in exercise.checks if check.question is not None}
    cases = [case for question in questions for case in exam.cases(question)]
    numbers = {one for case in cases for one in case.inputs["x"].flatten().tolist()}
    return {repr(one) for one in numbers if one != round(one)} | {str(case.seed) for case in cases}


def test_a_process_in_which_something_is_shown_has_not_seen_the_exam(
    write: WriteCourse, small_server: Server
) -> None:
    course = load(write())
    shown = shown_exam()
    exam = Exam(5, shown=shown)
    section, double = next(place for place in course.exercises() if place[1].name == "double")
    secrets = inputs(exam, double) - inputs(shown, double)
    assert len(secrets) > 20
    by = SubmissionGrader(course, exam, small_server)
    for name, code in SPIES.items():
        file = SourceFile("answer.py", section.module, (Cell(None, code),))
        result = by.grade_exercises(section, [file], [double])["double"]
        called = next(check for check in result.checks if check.name == "accepts_its_arguments")
        assert called.status == "error", name
        assert "ValueError" in called.message
        assert called.counterexample
        told = msgspec.json.encode(result).decode()
        assert not secrets & set(re.findall(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", told)), name


TO_DO = 'def double(x):\n    """Return x twice."""\n    raise NotImplementedError\n'


@pytest.mark.parametrize(
    ("source", "is_answered"),
    [
        ("", False),
        (TO_DO, False),
        ("from torch import double", False),
        ("def double(x): return 3", True),
        ("names = {'double': lambda x: 3}\nglobals().update(names)\ndouble = names['double']", True),
        ("import os\nclass Now:\n    os._exit(1)", False),
    ],
)
def test_a_section_is_answered_if_one_of_its_exercises_is(
    write: WriteCourse, small_server: Server, source: str, *, is_answered: bool
) -> None:
    course = load(write())
    by = SubmissionGrader(course, Exam(5), small_server)
    submission = Submission((SourceFile("week1/answer.py", None, (Cell(None, source),)),))
    answered = [section.module for section in by.answered(submission, course.sections)]
    assert answered == ["doubling"] * is_answered
    assert by.answered(submission, []) == []


PICTURED = f'''{CHECKS}
from grader.laws import beside, curve


@double.picture(asks="double(x)", on={{"x": torch.linspace(-1, 1, 5)}})
def values_of_double(x, Y):
    """Show double."""
    return beside(curve("double(x)", x, Y, 2 * x))
'''


@pytest.mark.parametrize(
    ("source", "yours"),
    [
        ("def double(x):\n    return x * x", (1.0, 0.25, 0.0, 0.25, 1.0)),
        ("def double(x):\n    return 2 * x", ()),
    ],
)
def test_results_have_the_code_the_title_and_the_plot_of_what_is_wrong(
    write: WriteCourse, small_server: Server, source: str, yours: tuple[float, ...]
) -> None:
    course = load(write({"assignments/ch1/test_doubling.py": PICTURED}), ["double"])
    file = SourceFile("answer.py", None, (Cell(None, f"import torch\n\n{source}\n\nx = 1\n"),))
    by = SubmissionGrader(course, Exam(5, shown=shown_exam()), small_server)
    (result,) = by.grade(Submission((file,), tuple(definitions(file))))
    assert result.code == source
    assert result.title == "Doubling, and counting to (n)"
    assert [line.y for panel in result.plot for line in panel.lines if line.label == "yours"] == [yours][
        : len(yours)
    ]
