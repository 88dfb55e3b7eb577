"""What each layer of the wall holds by itself, and what gets through where none of them is there.

The attacks here do no harm to the machine where they succeed. What a layer holds beyond them is tried in
`tests/wall/`.
"""

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
from grader.sandbox import LAYER_NAMES, LayerName, Server
from tests.attacks.corpus import RIGHT
from tests.attacks.ground import SECRET, Ears, Ground, listeners

if TYPE_CHECKING:
    from collections.abc import Iterator

HELD: dict[str, set[LayerName]] = {
    "read_the_solution": {"bubblewrap", "landlock"},
    "read_the_checks": {"bubblewrap", "landlock"},
    "read_a_neighbour": {"bubblewrap", "landlock"},
    "read_a_file_outside": {"bubblewrap", "landlock"},
    "read_a_file_by_link": {"bubblewrap", "landlock"},
    "write_into_the_class": {"bubblewrap", "landlock"},
    "write_into_the_checks": {"bubblewrap", "landlock"},
    "write_a_new_submission": {"bubblewrap", "landlock"},
    "reach_loopback": {"bubblewrap", "namespaces", "landlock", "seccomp"},
    "reach_an_abstract_socket": {"bubblewrap", "namespaces", "landlock", "seccomp"},
    "reach_a_datagram": {"bubblewrap", "namespaces", "seccomp"},
    "reach_a_socket_in_a_file": {"bubblewrap", "seccomp"},
}
"""Which layers stop an attack, each by itself."""


class Stage:
    """A wall of one layer, and the ground outside of it."""

    def __init__(self, ground: Ground, ears: Ears, submission_grader: SubmissionGrader) -> None:
        self.ground, self.ears, self.submission_grader = ground, ears, submission_grader

    def graded(self, source: str) -> str:
        """What the grader says of a submission."""
        (section,) = self.submission_grader.course.sections
        (result,) = self.submission_grader.grade_section(
            section, [SourceFile("x.py", section.module, (Cell(None, source),))]
        )
        return repr(result)

    def succeeds(self, name: str) -> bool:
        """Whether an attack gets what it is after."""
        before = self.ground.files()
        said = self.graded(self.ground.source(name))
        changed = self.ground.files() != before
        return SECRET in said or changed or self.ears.visitors() > 0


@pytest.fixture(scope="module", params=[*LAYER_NAMES[:-1], None], ids=str)
def layer(request: pytest.FixtureRequest) -> LayerName | None:
    """The one layer that is there besides limits; or none."""
    found: LayerName | None = request.param
    return found


@pytest.fixture(scope="module")
def stage(layer: LayerName | None) -> Iterator[Stage]:
    """Where everybody may read and write, so that nothing but the layer is in the way."""
    layers: set[LayerName] = {"limits"} if layer is None else {layer, "limits"}
    with contextlib.ExitStack() as closing:
        root = Path(closing.enter_context(tempfile.TemporaryDirectory()))
        ears = closing.enter_context(listeners(root))
        ground = Ground(root, ears.port)
        ground.settle()
        for path in [root, *root.rglob("*")]:
            path.chmod(0o777)
        server = closing.enter_context(
            Server(
                warm="grader.execution.sandbox_entry:warm_up",
                entry="grader.execution.sandbox_entry:serve",
                layers=layers,
            )
        )
        yield Stage(ground, ears, SubmissionGrader(load(ground.course), Exam(1, shrinks=False), server))


def test_an_honest_student_passes(stage: Stage) -> None:
    assert "correct" in stage.graded(RIGHT)


@pytest.mark.parametrize("name", HELD)
def test_a_layer_holds_by_itself_what_it_is_there_for(
    stage: Stage, layer: LayerName | None, name: str
) -> None:
    assert stage.succeeds(name) is (layer not in HELD[name])


def test_every_layer_is_there_for_something() -> None:
    assert {layer for layers in HELD.values() for layer in layers} == set(LAYER_NAMES) - {"limits"}
