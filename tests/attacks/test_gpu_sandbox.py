"""Children with a GPU are in a wider sandbox, and the same attacks fail there. A stand-in is the GPU."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.grading.grade_submission import SubmissionGrader
from grader.judging.generated_cases import Exam
from grader.records.sources import Cell, SourceFile
from grader.sandbox import LAYER_NAMES, Gpu, Server
from tests.attacks.corpus import ATTACKS, RIGHT
from tests.attacks.ground import HARM, SECRET, Ears, Ground, listeners
from tests.fixtures.gpu_server import server_with_gpu
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.exercise import Exercise
    from grader.records.verdict import ExerciseResult

ALWAYS = frozenset(
    [
        "read_the_solution",
        "read_a_neighbour",
        "write_into_the_class",
        "reach_loopback",
        "reach_an_abstract_socket",
    ]
)
"""The others are left to `make thorough`."""


class ExamOnGpu(Exam):
    """An exam whose questions are all asked in a child with a GPU."""

    def uses_gpu(self, exercise: Exercise) -> bool:
        return bool(exercise)


class Stage:
    """The sandbox, and the targets outside of it."""

    def __init__(self, ground: Ground, ears: Ears, server: Server) -> None:
        self.ground, self.ears = ground, ears
        exam = ExamOnGpu(1, shrinks=False, devices=("cuda",))
        self.grader = SubmissionGrader(load(ground.course), exam, server)

    def graded(self, source: str) -> ExerciseResult:
        """Return the result of grading a submission."""
        (section,) = self.grader.course.sections
        files = [SourceFile("x.py", section.module, (Cell(None, source),))]
        (result,) = self.grader.grade_section(section, files)
        return result


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """Targets that every user may read and write, and a sandbox with every layer and a GPU's openings."""
    with contextlib.ExitStack() as closing:
        root = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        ears = closing.enter_context(listeners(root))
        ground = Ground(root, ears.port)
        ground.settle()
        for path in [root, *root.rglob("*")]:
            path.chmod(0o777)
        gpu = Gpu("0", ("/dev/full",), sys_folders=("/sys/devices/system",))
        server = closing.enter_context(server_with_gpu(gpu=gpu))
        assert server.layers == LAYER_NAMES
        yield Stage(ground, ears, server)


def test_an_honest_student_passes(stage: Stage) -> None:
    assert stage.graded(RIGHT).status == "correct"


@pytest.mark.parametrize("name", [case(name, thorough=name not in ALWAYS) for name in sorted(ATTACKS)])
def test_it_achieves_nothing(stage: Stage, name: str) -> None:
    before = stage.ground.files()
    result = stage.graded(stage.ground.source(name))
    assert (result.status == "correct") is ATTACKS[name].earns
    assert SECRET not in repr(result)
    assert HARM not in repr(result) or name.startswith("speak_")
    assert stage.ground.files() == before
    assert stage.ears.visitors() == 0
    assert stage.graded(RIGHT).status == "correct"
