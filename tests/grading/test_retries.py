"""Answers that are asked once more in the sandbox: a mistake is paid for once, and nothing gets out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from grader.course.correct_answers import CorrectAnswers
from grader.course.course import Course, load
from grader.grading import sandbox_session
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import Process
from grader.grading.remote_functions import RemoteFunctions
from grader.grading.retries import Asked, Program, Retries
from grader.grading.sandbox_session import SandboxSession
from grader.grading.time_budget import submission_budget
from grader.grading.worker import sandbox_server
from grader.judging.evaluation import Interrupted
from grader.judging.generated_cases import Exam
from grader.local.local_runner import LocalRunner
from grader.records.protocol import (
    Ask,
    AskAttempt,
    Contents,
    CorrectAnswer,
    Found,
    Load,
    RemoteCall,
    Trace,
    Used,
)
from grader.records.sources import Cell, SourceFile
from grader.records.values import record
from grader.sandbox import DeadlinePassed, Exit, Limits
from grader.submissions import Submission
from tests.fixtures.small_course import FILES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records.verdict import ExerciseResult

HALVING = '''\
"""1.3 Halving, there and back."""

from grader.laws import boolean, exercise, like, tensors

halve = exercise(
    "halve", asks="halve(x)", given={"x": tensors()}, cases=2, returns=like("x"),
    oracle=lambda x: x / 2, differentiable=["x"], points={"right_values": 2, "right_gradient": 1},
    seconds=0.4,
)
quarter = exercise(
    "quarter", asks="quarter(x)", given={"x": tensors()}, cases=2, returns=like("x"),
    oracle=lambda x: x / 4, differentiable=["x"], points={"right_values": 2, "right_gradient": 1},
    seconds=0.4,
)
add_to_class = exercise(
    "add_to_class", asks="registered(add_to_class)", given={}, returns=boolean(), oracle=lambda: True,
    points={"right_values": 1}, seconds=0.4,
)
Base = exercise(
    "Base", asks="Base().base()", given={}, returns=boolean(), oracle=lambda: True,
    points={"right_values": 1}, seconds=0.4,
)
Model = exercise(
    "Model", asks="Model().fitted()", given={}, returns=boolean(), oracle=lambda: True,
    points={"right_values": 1}, seconds=0.4,
)
'''
DRIVE = '''\
"""What the checks of 1.3 run beside the student's code."""


def registered(add_to_class):
    """Return whether a method is added."""
    class Bare: pass
    def there(self): return True
    add_to_class(Bare)(there)
    return hasattr(Bare, "there") and Bare().there()
'''
OWN_WORDS = "once, twice, thrice: the course's own"
SOLUTION = f'''\
"""Halving."""


def halve(x):
    """Return x / 2."""
    return x / 2


def quarter(x):
    """Return x / 4."""
    return x / 4


def add_to_class(Class):
    """{OWN_WORDS} decorator."""
    return lambda function: setattr(Class, function.__name__, function)


class Base:
    """{OWN_WORDS} class."""

    def base(self):
        return True


class Model:
    """Fitted."""

    def fitted(self):
        return True
'''
COURSE_FILES = {
    **FILES,
    "assignments/ch1/test_halving.py": HALVING,
    "assignments/ch1/drive_halving.py": DRIVE,
    "assignments/ch1/halving.py": '"""Halving."""\n',
    "reference/ch1/halving.py": SOLUTION,
}
SHIFTED = "def double(x):\n    return shift(x) + x - 1\n"
BASE_SUBCLASS = "class Model(Base):\n    def fitted(self): return self.base()\n"
DECORATED = "class Model: pass\n\n@add_to_class(Model)\ndef fitted(self): return True\n"
"""Answers that build on others, each with the right ones and a wrong one, in this and in another section."""
HALF_OF_HALF = "def quarter(x):\n    return halve(x) / 2\n"
PAIRS: dict[str, tuple[str, str, str, str]] = {
    "a wrong value": ("halve", "def halve(x):\n    return x / 3\n", "quarter", HALF_OF_HALF),
    "an exception": ("halve", "def halve(x):\n    raise ValueError\n", "quarter", HALF_OF_HALF),
    "a loop": ("halve", "def halve(x):\n    while True: pass\n", "quarter", HALF_OF_HALF),
    "nothing": ("halve", "", "quarter", HALF_OF_HALF),
    "no gradient": ("halve", "def halve(x):\n    return x.detach() / 2\n", "quarter", HALF_OF_HALF),
    "another section": ("shift", "def shift(x):\n    return x - 1\n", "double", SHIFTED),
    "a decorator": ("add_to_class", "def add_to_class(C): return lambda f: None\n", "Model", DECORATED),
    "a broken decorator": ("add_to_class", "def add_to_class(C): raise ValueError\n", "Model", DECORATED),
    "no decorator": ("add_to_class", "", "Model", DECORATED),
    "a base class": ("Base", "class Base:\n    def base(self): return False\n", "Model", BASE_SUBCLASS),
    "no base class": ("Base", "", "Model", BASE_SUBCLASS),
}
CIRCLE = "def halve(x):\n    return 2 * quarter(x)\n\ndef quarter(x):\n    return halve(x) / 2\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course, with a section in which answers build on each other in all ways."""
    root = tmp_path_factory.mktemp("retries")
    for name, text in COURSE_FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return load(root)


@pytest.fixture(scope="module")
def submission_grader(course: Course) -> Iterator[SubmissionGrader]:
    """A grader of it."""
    with sandbox_server(course, None) as server:
        yield SubmissionGrader(course, Exam(1, shrinks=False), server)


def files(source: str) -> tuple[SourceFile, ...]:
    return (SourceFile("work.py", None, (Cell(None, source),)),)


def graded(by: SubmissionGrader, source: str) -> dict[str, ExerciseResult]:
    return {one.name: one for one in by.grade(Submission(files(source)))}


def local_points(course: Course, source: str) -> dict[str, float]:
    """The points that an instructor sees who runs the checks on the student's file, with the reference."""
    runner = LocalRunner(
        Exam(1, shrinks=False),
        reference=course.reference,
        sections=course.sections,
        program=lambda _section: files(source),
    )
    return {one.name: runner.result(section, one).points for section, one in course.exercises()}


@pytest.mark.parametrize("pair", PAIRS)
def test_a_mistake_is_paid_for_once_and_the_same_on_both_sides(
    submission_grader: SubmissionGrader, pair: str
) -> None:
    name, wrong, dependent, source = PAIRS[pair]
    found = graded(submission_grader, f"import torch\n{wrong}\n{source}")
    assert found[name].status != "correct"
    assert found[dependent].status == "correct", found[dependent]
    local = local_points(submission_grader.course, f"import torch\n{wrong}\n{source}")
    assert local == {one.name: one.points for one in found.values()}


def test_answers_that_only_call_each_other_are_paid_for_on_both_sides(
    submission_grader: SubmissionGrader,
) -> None:
    found = graded(submission_grader, CIRCLE)
    assert [found[name].points for name in ("halve", "quarter")] == [0, 0]
    local = local_points(submission_grader.course, CIRCLE)
    assert (local["halve"], local["quarter"]) == (0, 0)


def test_both_wrong_by_themselves_are_both_paid_for(submission_grader: SubmissionGrader) -> None:
    found = graded(
        submission_grader, "def halve(x):\n    return x\n\ndef quarter(x):\n    return halve(x) / 3\n"
    )
    assert [found[name].points for name in ("halve", "quarter")] == [0, 0]


def test_an_answer_that_searches_its_process_shows_nothing_of_the_reference(
    submission_grader: SubmissionGrader,
) -> None:
    """It is wrong on purpose in what it builds on, and raises what it finds there."""
    spy = (
        "import gc, inspect, sys\n"
        "class Base:\n    def base(self): return False\n\n"
        "class Model(Base):\n"
        "    def fitted(self):\n"
        "        modules = [one for name, one in sys.modules.items() if name.startswith('correct_')]\n"
        "        classes = [one for one in gc.get_objects() if isinstance(one, type) and one.__doc__]\n"
        "        found = [*map(repr, map(vars, modules)), *(one.__doc__ for one in classes)]\n"
        "        self.base() or sys.exit(1)\n"
        "        raise ValueError(''.join(one for one in found if 'own' in one))\n"
    )
    result = graded(submission_grader, spy)["Model"]
    assert OWN_WORDS not in msgspec.json.encode(result).decode()
    assert "course's own" not in result.message or "in place of yours" in result.message


SEARCH = (
    "import gc\nfrom types import FunctionType\n"
    "def is_here(words):\n"
    "    return any(words in (one.__doc__ or '') for one in gc.get_objects()"
    " if isinstance(one, (FunctionType, type)) and isinstance(one.__doc__, str))\n"
)


def test_a_function_that_is_called_from_afar_is_not_in_the_process(
    submission_grader: SubmissionGrader,
) -> None:
    """An answer that finds the function returns something else; a class is found."""
    program = (
        f"{SEARCH}def halve(x):\n    return x\n\ndef quarter(x):\n"
        "    return x if is_here('Return x / 2') else halve(x) / 2\n"
        "class Base: pass\n\nclass Model(Base):\n"
        "    def fitted(self): return self.base() and is_here('thrice')\n"
    )
    found = graded(submission_grader, program)
    assert (found["quarter"].status, found["Model"].status) == ("correct", "correct")


def test_functions_of_values_are_sent_without_source(submission_grader: SubmissionGrader) -> None:
    retries = Retries(submission_grader, [], {}, submission_grader.full_budget(), submission_grader.process())
    program = {name: retries._correct(name) for name in ("halve", "double", "Base", "add_to_class")}
    assert {name: bool(one.source) for name, one in program.items()} == {
        "halve": False,
        "double": False,
        "Base": True,
        "add_to_class": True,
    }


def test_a_retry_pays_with_the_time_of_the_submission(submission_grader: SubmissionGrader) -> None:
    section = submission_grader.course.sections[-1]
    source = files("def halve(x):\n    raise ValueError\n\ndef quarter(x):\n    return halve(x) / 2\n")
    budget = submission_grader.full_budget()
    first = submission_grader.examine([Asked(Program(section, source), section.exercises)], budget)
    budget.use(budget.seconds, 0.0)
    with submission_grader.process() as process:
        retries = Retries(submission_grader, [Program(section, source)], first, budget, process)
        assert retries.used("quarter", frozenset()) == frozenset()
        assert retries.again("quarter", frozenset({"halve"})).points == 0


# What a hostile child sends ----------------------------------------------------------------------


class CallingChild:
    """A child that answers its load, and then sends the same frame for ever."""

    limits = Limits()

    def __init__(self, frame: bytes) -> None:
        self.frame = frame
        self.sent: list[bytes] = []
        self.loaded = False

    def cpu_seconds(self) -> float:
        return 0.0

    def send(self, payload: bytes, deadline: float, _cpu_limit: float) -> None:
        if deadline < time.monotonic():
            raise DeadlinePassed("too late")
        self.sent.append(payload)

    def receive(self, _deadline: float, _limit: int, _cpu_limit: float) -> bytes:
        message: Any = msgspec.msgpack.decode(self.sent[0], type=Load | AskAttempt | Trace)
        if isinstance(message, Load) and not self.loaded:
            self.loaded = True
            return msgspec.msgpack.encode(Contents({"quarter": (Found("x.py", 1),)}, {}))
        return self.frame

    def close(self) -> Exit:
        return Exit(signal=9, code=None, peak_memory=0, cpu_seconds=0.0, killed=True)


class CallingServer:
    """Forks one such child."""

    gpu = None

    def __init__(self, frame: bytes) -> None:
        self.child = CallingChild(frame)

    def fork(self, _role: str = "", *, needs: tuple[str, ...]) -> CallingChild:
        return self.child


def calling(course: Course, frame: bytes, replaced: dict[str, CorrectAnswer]) -> SandboxSession:
    server: Any = CallingServer(frame)
    solutions = {one.name: course.solution(section) for section, one in course.exercises()}
    functions = RemoteFunctions(course, CorrectAnswers(solutions), Exam(1))
    budget = submission_budget(60.0)
    load_message = Load(
        "halving", files("x = 1"), {"quarter": ("quarter",)}, replaced, traced={"halve": ("halve",)}
    )
    return SandboxSession(Process(server), load_message, budget, functions)


def encoded(message: msgspec.Struct) -> bytes:
    return msgspec.msgpack.encode(message)


ASK = Ask("quarter(x)", {"x": 1.0}, 0)
CALL = RemoteCall("halve", (record(1.0),))


def test_a_flood_of_calls_ends_the_child(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_session, "MAX_CALLS", 20)
    session = calling(course, encoded(CALL), {"halve": CorrectAnswer(("halve",))})
    with pytest.raises(Interrupted):
        session.ask("quarter", 0, [ASK], submission_budget(5.0))
    assert session.child is None


@pytest.mark.parametrize("replaced", [{}, {"halve": CorrectAnswer(("halve",), "def halve(x): ...")}])
def test_calls_where_nothing_can_be_called_are_no_answer(
    course: Course, replaced: dict[str, CorrectAnswer]
) -> None:
    session = calling(course, encoded(CALL), replaced)
    with pytest.raises(Interrupted, match="could not be read"):
        session.ask("quarter", 0, [ASK], submission_budget(5.0))
    assert session.child is None


def test_names_that_were_not_asked_for_are_dropped(course: Course) -> None:
    session = calling(course, encoded(Used(("halve", "shift", "nonsense"))), {})
    assert session.used("quarter", 0, [ASK], submission_budget(5.0)) == {"halve"}


@pytest.mark.parametrize("frame", [b"", b"\xc1", encoded(Contents({}, {})), encoded(CALL)])
def test_a_child_that_cannot_say_what_it_called_called_nothing(course: Course, frame: bytes) -> None:
    session = calling(course, frame, {})
    assert session.used("quarter", 0, [ASK], submission_budget(5.0)) == frozenset()
