"""Which attacks each layer of the sandbox blocks by itself, and that they succeed without any layer.

Attacks that succeed here do no harm to the machine. What else a layer blocks is tested in `tests/sandbox/`.
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
    "write_a_mode": {"bubblewrap", "seccomp"},
    "reach_loopback": {"bubblewrap", "namespaces", "landlock", "seccomp"},
    "reach_an_abstract_socket": {"bubblewrap", "namespaces", "landlock", "seccomp"},
    "reach_a_datagram": {"bubblewrap", "namespaces", "seccomp"},
    "reach_a_socket_in_a_file": {"bubblewrap", "seccomp"},
}
"""The layers that block an attack, each by itself."""


class Stage:
    """A sandbox of one layer, and the targets outside of it."""

    def __init__(self, ground: Ground, ears: Ears, submission_grader: SubmissionGrader) -> None:
        self.ground, self.ears, self.submission_grader = ground, ears, submission_grader

    def graded(self, source: str) -> str:
        """Return the result of grading a submission."""
        (section,) = self.submission_grader.course.sections
        (result,) = self.submission_grader.grade_section(
            section, [SourceFile("x.py", section.module, (Cell(None, source),))]
        )
        return repr(result)

    def succeeds(self, name: str) -> bool:
        """Return whether an attack achieves its aim."""
        before = self.ground.files()
        said = self.graded(self.ground.source(name))
        changed = self.ground.files() != before
        return SECRET in said or changed or self.ears.visitors() > 0


@pytest.fixture(scope="module", params=[*LAYER_NAMES[:-1], None], ids=str)
def layer(request: pytest.FixtureRequest) -> LayerName | None:
    """The one active layer besides limits, or None."""
    found: LayerName | None = request.param
    return found


@pytest.fixture(scope="module")
def stage(layer: LayerName | None) -> Iterator[Stage]:
    """Targets that every user may read and write, so that only the layer protects them."""
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
