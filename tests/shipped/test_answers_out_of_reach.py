"""No process that runs a submission has an answer to what it is asked, in memory or in a file."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import msgspec
import pytest

from grader.course.course import SHIPPED
from grader.course.packages import packages
from grader.execution.sandbox_entry import LATER_TARGETS
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.worker import views
from grader.records.protocol import Ask, AskAttempt, Contents, Load, Observations
from grader.records.sources import Cell, SourceFile
from grader.records.values import Items
from grader.sandbox import LAYER_NAMES, ChannelClosed, Server
from grader.sandbox.visible import visible_files
from tests.fixtures.shipped import COURSE, exam
from tests.fixtures.thorough import case
from tests.shipped.answer_search import hashes, place, program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from grader.sandbox import Exit

Search = tuple[Load, set[tuple[str, str]]]
"""What a process was sent, and what it found: places and names."""

SUPPLIED: Final = [module.source for module in COURSE.supplied.modules]
SOLUTION_OF: Final = "the solution of "
DRIVE: Final = COURSE.assignments / "ch4_linear_classification" / "drive_classification.py"
"""A file that every child sees, and whose module is in the memory that a child is forked with."""
SECONDS: Final = 120.0
ARRANGEMENTS: Final = {"all layers": LAYER_NAMES, "like Docker": ("landlock", "seccomp", "limits")}


def text(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def public() -> set[str]:
    """What a child may have: the files that it sees, and what students get anyway.

    That these hold no answers is tested in a release, of which they are a part (`tests/release`).
    """
    files = [
        file
        for path in visible_files().values()
        for file in ([path] if path.is_file() else path.rglob("*.py"))
    ]
    files += [path for section in COURSE.sections for path in (section.stub, section.drive) if path]
    return {one for file in files for one in hashes(text(file))}


def answers() -> dict[str, set[str]]:
    """By hash, the names of the answers that have this line or this function, and nothing else has it."""
    found: dict[str, set[str]] = {}
    elsewhere, counted = public(), sum(map(hashes, SUPPLIED), Counter())
    for section, exercise in COURSE.exercises():
        solution = text(COURSE.solution(section))
        for one in within(solution, exercise.name) - elsewhere - counted.keys():
            found.setdefault(one, set()).add(SOLUTION_OF + exercise.name)
        for path in supplied_answers(exercise.spellings):
            for one in set().union(*(within(source, path) for source in SUPPLIED)) - elsewhere:
                if counted[one] == 1:
                    found.setdefault(one, set()).add(path)
    for one in hashes(text(DRIVE)):
        found.setdefault(one, set()).add(DRIVE.name)
    return found


def supplied_answers(spellings: Iterable[str]) -> set[str]:
    """What is supplied that answers an exercise, wholly or nearly."""
    return {path for spelling in spellings for path in COURSE.supplied.answers(spelling)}


def within(source: str, path: str) -> set[str]:
    """The hashes of what a source defines under a name."""
    lines = place(source, path)
    return set(hashes(source, *lines)) if lines else set()


ANSWERS: Final = answers()
SOURCE: Final = program(
    ANSWERS,
    [str(COURSE.reference), str(COURSE.assignments), str(SHIPPED)],
    [exercise.name for _section, exercise in COURSE.exercises()],
)


class Searched:
    """A child that is asked to search its process when its program is loaded, and has ended then."""

    def __init__(self, child: Any, searches: list[Search]) -> None:  # noqa: ANN401
        self.child = child
        self.limits = child.limits
        self.searches = searches

    def cpu_seconds(self) -> float:
        """How long it has computed."""
        return self.child.cpu_seconds()  # type: ignore[no-any-return]

    def send(self, payload: bytes, deadline: float, _cpu_limit: float) -> None:
        """Load the program, and search."""
        request = msgspec.msgpack.decode(payload, type=Load)
        until = time.monotonic() + SECONDS
        self.child.send(payload, deadline)
        contents = msgspec.msgpack.decode(self.child.receive(until, 2**20), type=Contents)
        assert contents.absent == {}
        name = next(iter(request.wanted))
        everything = not self.searches
        ask = Ask(f"{name}({everything})", {}, 1)
        self.child.send(msgspec.msgpack.encode(AskAttempt(name, 0, (ask,), SECONDS)), until)
        (seen,) = msgspec.msgpack.decode(self.child.receive(until, 2**24), type=Observations).seen
        assert seen.raised is None, seen.raised
        assert isinstance(seen.result, Items)
        self.searches.append((request, {tuple(one.items) for one in seen.result.items}))  # type: ignore[union-attr]

    def receive(self, _deadline: float, _limit: int, _cpu_limit: float) -> bytes:
        """Fail: it has ended."""
        raise ChannelClosed

    def close(self) -> Exit:
        """End it."""
        return self.child.close()  # type: ignore[no-any-return]


class SearchedServer:
    """A sandbox whose children search."""

    gpu = None

    def __init__(self, server: Server) -> None:
        self.server = server
        self.limits = server.limits
        self.searches: list[Search] = []

    def fork(self, role: str = "", *, needs: tuple[str, ...]) -> Searched:
        """Return a child that will search."""
        return Searched(self.server.fork(role, needs=needs), self.searches)


@pytest.fixture(scope="module", params=[case(one, thorough=one == "like Docker") for one in ARRANGEMENTS])
def searches(request: pytest.FixtureRequest) -> Iterator[list[Search]]:
    """What the processes of one submission found, which is graded in every section."""
    server = Server(
        warm="grader.execution.sandbox_entry:warm_up",
        later=LATER_TARGETS,
        entry="grader.execution.sandbox_entry:serve",
        views=views(COURSE, None),
        layers=ARRANGEMENTS[request.param],
        hidden=packages(()).hidden,
    )
    with server:
        searched: Any = SearchedServer(server)
        submission_grader = SubmissionGrader(COURSE, exam(), searched)
        files = [SourceFile("hw.py", None, (Cell(None, SOURCE),))]
        for section in COURSE.sections:
            submission_grader.grade_exercises(section, files, section.exercises)
        yield searched.searches


def test_each_answer_can_be_recognized() -> None:
    known = set().union(*ANSWERS.values())
    # Each is one short line, as `return x + y`.
    short = {"add_in_place", "add_vectorized", "matmul", "matvec", "transpose_sum", "write_element"}
    exercises = [exercise for _section, exercise in COURSE.exercises()]
    assert {
        one.name for one in exercises if known.isdisjoint({SOLUTION_OF + one.name, *one.spellings})
    } == short
    paths = {path for one in exercises for path in supplied_answers(one.spellings)}
    supplied = {path for path in paths for source in SUPPLIED if place(source, path)}
    assert len(supplied) > 15
    # The same two lines, so that one can't be told from the other.
    assert supplied - known == {"Classifier.configure_optimizers", "LinearRegression.configure_optimizers"}


def test_every_exercise_was_asked_and_searched(searches: list[Search]) -> None:
    asked = [name for request, _found in searches for name in request.wanted]
    assert sorted(asked) == sorted(exercise.name for _section, exercise in COURSE.exercises())


def test_no_process_has_an_answer_to_what_it_is_asked(
    searches: list[Search],
) -> None:
    """Nor a solution of the reference to any exercise at all."""
    for request, found in searches:
        asked = {path for spellings in request.wanted.values() for path in supplied_answers(spellings)}
        bad = {one for one in found if one[1].startswith(SOLUTION_OF) or one[1] in asked}
        assert bad == set(), (request.section, [*request.wanted])


def test_what_is_supplied_is_found_so_an_answer_would_be(
    searches: list[Search],
) -> None:
    (found,) = (found for request, found in searches if [*request.wanted] == ["Trainer"])
    assert {("an object", "HyperParameters"), ("a loader", "HyperParameters")} <= found
    first_request, first_found = searches[0]
    assert first_request.supplied
    assert ("an object", "HyperParameters") in first_found
    assert ("an object", DRIVE.name) in first_found
    assert [place for place, name in first_found if name == DRIVE.name and place.endswith(DRIVE.name)]
