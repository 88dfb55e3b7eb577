"""Which misconception an incorrect answer is given, and when it is given none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.course.course import load
from grader.course.implementations import ImplementationError, chaff_of
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.misconceptions import Catalogue
from grader.grading.retries import Asked, Program
from grader.grading.sandbox_session import SandboxSession
from grader.judging.generated_cases import Exam
from grader.records.sources import Cell, SourceFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Course, Section
    from grader.grading.time_budget import Budget
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import ExerciseResult
    from grader.sandbox import Server
    from tests.fixtures.small_course import WriteCourse

CHAFF = "reference/ch1/chaff/double/{}.py"
FOLDER = {
    CHAFF.format(name): f'"""{says}\n\nFails: {fails}\n"""\n\n\ndef double(x):\n    {code}\n'
    for name, says, fails, code in (
        ("triples", "You multiply by 3,\nnot by 2.\n\nTwice is x + x (1.2).", "right_values", "return 3 * x"),
        ("squares", "You square x.", "right_values", "return x**2"),
        ("flattens", "You return one row.", "right_shape", "return (2 * x).reshape(1, -1)"),
        ("writes_into_x", "You write into x.", "leaves_arguments_alone", "return x.mul_(2)"),
        (
            "adds_into_x",
            "You add x to x itself.\n\nSame as: writes_into_x",
            "leaves_arguments_alone",
            "x += x.clone(); return x",
        ),
        ("one_letter", "You return a word.", "right_type", "return 'x'"),
        ("the_letter_x", "You return a name.", "right_type", "return 'x'"),
        ("returns_nothing", "You return nothing.", "right_type", "2 * x"),
        ("asks_for_a_factor", "You want a factor.", "accepts_its_arguments", "return x * FACTOR"),
        ("never_ends", "Your loop has no end.", "accepts_its_arguments", "while True: pass"),
    )
}


@pytest.fixture
def course(write: WriteCourse) -> Course:
    """The small course, without a catalogue."""
    return load(write())


def submission_grader(write: WriteCourse, server: Server, *, without: str = "") -> SubmissionGrader:
    """Return a grader of a small course, whose first exercise has chaff."""
    course = load(write({path: text for path, text in FOLDER.items() if not without or without not in path}))
    exam = Exam(5)
    return SubmissionGrader(course, exam, server, catalogue=Catalogue(course, exam, server))


def doubling(course: Course) -> tuple[Section, Exercise]:
    """Return the exercise that has a catalogue, and its section."""
    return next(place for place in course.exercises() if place[1].name == "double")


def graded(by: SubmissionGrader, code: str) -> ExerciseResult:
    """Return the result of an answer to the first exercise."""
    section, exercise = doubling(by.course)
    file = SourceFile("answer.py", section.module, (Cell(None, f"def double(x):\n    {code}\n"),))
    return by.grade_exercises(section, [file], [exercise])["double"]


def name(by: SubmissionGrader, code: str) -> str:
    """Return the name of an answer's misconception."""
    misconception = graded(by, code).misconception
    return misconception.id if misconception else ""


def test_an_answer_is_told_the_one_misconception_that_answers_the_same(
    write: WriteCourse, small_server: Server
) -> None:
    by = submission_grader(write, small_server, without="never_ends")
    named = {
        code: name(by, code)
        for code in (
            "return x + x + x",
            "return x * x",
            "return (x + x).flatten().unsqueeze(0)",
            "x.copy_(2 * x); return x",
            "x + x",
            "return FACTOR * x",
            "return x + x",
            "return 4 * x",
            "return (3 * x).reshape(1, -1)",
            "return 3 * x**2",
            "x.mul_(3); return x",
            "return 'x'",
            "raise NotImplementedError",
            "return x * OTHER",
            "while True: pass",
        )
    }
    assert named == {
        "return x + x + x": "triples",
        "return x * x": "squares",
        "return (x + x).flatten().unsqueeze(0)": "flattens",
        "x.copy_(2 * x); return x": "writes-into-x",  # two spellings of one misconception explain it
        "x + x": "returns-nothing",
        "return FACTOR * x": "asks-for-a-factor",
        "return x + x": "",  # it is right
        "return 4 * x": "twice-as-large",  # not in the catalogue, but plain to see
        "return (3 * x).reshape(1, -1)": "",  # two mistakes are not one
        "return 3 * x**2": "",
        "x.mul_(3); return x": "too-large-by-x-and-changes-x",
        "return 'x'": "",  # two misconceptions explain it as well
        "raise NotImplementedError": "",
        "return x * OTHER": "",
        "while True: pass": "",
    }


def test_a_student_reads_what_the_chaff_says(write: WriteCourse, small_server: Server) -> None:
    by = submission_grader(write, small_server, without="never_ends")
    found = graded(by, "return x + x + x").misconception
    assert found is not None
    assert found.explanation == "You multiply by 3, not by 2.\n\nTwice is x + x (1.2)."


def test_the_name_does_not_depend_on_who_failed_before(write: WriteCourse, small_server: Server) -> None:
    codes = ["return x * x", "x + x", "return 4 * x"]
    first = submission_grader(write, small_server, without="never_ends")
    second = submission_grader(write, small_server, without="never_ends")
    assert [name(first, code) for code in codes] == [name(second, code) for code in reversed(codes)][::-1]


def test_naming_takes_none_of_the_submissions_time(write: WriteCourse, small_server: Server) -> None:
    """An answer that only raises is asked more for it, in a process of its own."""
    source = "def double(x):\n    return x * FACTOR\n"
    by = submission_grader(write, small_server)
    section, double = doubling(by.course)
    catalogue, by.catalogue, budget = by.catalogue, None, by.full_budget()
    program = Program(section, [SourceFile("a.py", section.module, (Cell(None, source),))])
    examination = by.examine([Asked(program, [double])], budget)["double"].examination
    used, asker = budget.used, examination.asker
    assert catalogue is not None
    misconception = catalogue.diagnose(section, examination)
    assert misconception is not None
    assert misconception.id == "asks-for-a-factor"
    assert (budget.used, examination.asker) == (used, asker)


def test_who_is_right_costs_no_catalogue(write: WriteCourse, small_server: Server) -> None:
    by = submission_grader(write, small_server)
    assert graded(by, "return x + x").status == "correct"
    assert by.catalogue is not None
    assert not by.catalogue.known_by_exercise


def test_no_chaff_is_asked_more_than_tells_it_from_an_answer(
    write: WriteCourse, small_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def noting(session: SandboxSession, exercise: str, *arguments: Any) -> list[Observation]:  # noqa: ANN401
        asked.append(session.load.files[-1].cells[-1].source)
        return ask(session, exercise, *arguments)

    ask = SandboxSession.ask
    monkeypatch.setattr(SandboxSession, "ask", noting)
    by = submission_grader(write, small_server, without="never_ends")
    assert name(by, "return x * x") == "squares"
    first = len(asked)
    assert name(by, "return x * x * 1") == "squares"
    second = len(asked) - first
    assert by.catalogue is not None
    known = by.catalogue.known(*doubling(by.course))
    asked.clear()
    assert all(one.symptoms is not None for one in known)
    assert second < first
    assert asked, "nothing was left to ask"


def test_a_chaff_that_differs_in_the_first_case_is_asked_no_other(
    write: WriteCourse, small_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, list[int]] = {}

    def noting(
        session: SandboxSession, exercise: str, attempt: int, questions: Sequence[Ask], budget: Budget
    ) -> list[Observation]:
        source = session.load.files[-1].cells[-1].source
        asked.setdefault(source.strip().rpartition("    ")[2], []).append(len(questions))
        return ask(session, exercise, attempt, questions, budget)

    ask = SandboxSession.ask
    monkeypatch.setattr(SandboxSession, "ask", noting)
    by = submission_grader(write, small_server, without="never_ends")
    assert name(by, "return x**2") == "squares"
    assert asked["2 * x"] == [1]
    assert max(asked["return x**2"]) > 1


def test_what_a_chaff_remembers_does_not_change_what_it_explains(
    write: WriteCourse, small_server: Server
) -> None:
    """It is asked anew from the beginning, as an answer is, if what was seen before does not tell."""
    remembers = '''"""You count your calls.

Fails: right_values
"""
calls = []

def double(x):
    calls.append(1)
    return 2 * x + len(calls)
'''
    answer = "calls.append(1); return 2 * x + len(calls)\n\ncalls = []"
    others = {path: text for path, text in FOLDER.items() if "never_ends" not in path}
    course = load(write({**others, CHAFF.format("counts"): remembers}))
    exam = Exam(5)
    for before in ((), ("return 3 * x",), ("return 'x'", "return 3 * x", "return x * x")):
        by = SubmissionGrader(course, exam, small_server, catalogue=Catalogue(course, exam, small_server))
        for code in before:
            graded(by, code)
        assert name(by, answer) == "counts", before


def test_a_catalogue_that_takes_too_long_explains_nothing(
    write: WriteCourse, small_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.grading.misconceptions.TIME_FACTOR", 0)
    by = submission_grader(write, small_server, without="never_ends")
    result = graded(by, "return x * x")
    assert (result.status, result.misconception) == ("incorrect", None)


def test_a_chaff_that_never_ends_explains_nothing_and_stops_nobody(
    write: WriteCourse, small_server: Server
) -> None:
    by = submission_grader(write, small_server)
    assert name(by, "return x * x") == "squares"


def test_a_catalogue_that_cannot_be_read_costs_nobody_anything(
    write: WriteCourse, small_server: Server
) -> None:
    course = load(write({**FOLDER, CHAFF.format("broken"): "no python at all"}))
    exam = Exam(5)
    by = SubmissionGrader(course, exam, small_server, catalogue=Catalogue(course, exam, small_server))
    assert name(by, "return x * x") == ""


def test_a_chaff_can_only_be_the_same_as_one_that_is_there(write: WriteCourse) -> None:
    course = load(write({CHAFF.format("lost"): '"""Lost.\n\nSame as: nobody\n\nFails: right_values\n"""\n'}))
    with pytest.raises(ImplementationError, match="the same as nobody, which is no chaff of double"):
        list(chaff_of(course, *doubling(course)))
