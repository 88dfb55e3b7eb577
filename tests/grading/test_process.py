"""One child is asked about all sections of a submission, one after the other, and nothing leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from grader.course.course import SHIPPED, load
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.process import ON_GPU, Process
from grader.grading.retries import Program
from grader.grading.worker import views
from grader.judging.generated_cases import Exam, shown_exam
from grader.records.sources import Cell, SourceFile
from grader.sandbox import Server
from grader.submissions import Submission
from tests.fixtures.gpu_server import server_with_gpu
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.case import Case
    from grader.checks.check import Question
    from grader.records.protocol import Load
    from grader.sandbox import Child

COURSE = load(SHIPPED, ["dot", "impute_with_mean", "one_hot", "relu"])
RIGHT = """\
import torch


def dot(x, y):
    return (x * y).sum()


def impute_with_mean(inputs):
    return inputs.fillna(inputs.mean())


def one_hot(y, num_classes):
    return torch.nn.functional.one_hot(y, num_classes).float()


def relu(X):
    return X.clamp(min=0)
"""
CHANGES_TORCH = RIGHT.replace(
    "    return (x * y).sum()",
    "    torch.Tensor.clamp = lambda self, **named: self\n"
    "    torch.nn.functional.one_hot = None\n"
    "    return (x * y).sum()",
)
"""What one answer does to torch would make the others wrong."""
LEAVES_A_THREAD = RIGHT.replace(
    "    return (x * y).sum()",
    "    import threading, time\n"
    "    if not any(one.name == 'left' for one in threading.enumerate()):\n"
    "        threading.Thread(target=time.sleep, args=(60,), name='left', daemon=True).start()\n"
    "    return (x * y).sum()",
)
ENDS = RIGHT.replace("    return (x * y).sum()", "    import os\n    os._exit(3)")
HOARDS = "HELD = []\n" + RIGHT.replace(
    "    return (x * y).sum()",
    "    while True:\n        HELD.append(torch.ones(2**22))",
)
"""What it holds would be missing for the answers that come next."""
WRONG = RIGHT.replace("(x * y).sum()", "(x * y).sum() + 1")

DRAWN: Final[dict[Question, tuple[Case, ...]]] = {}
"""The inputs of the exam, which all tests sit."""


class CountingServer(Server):
    """Notes the roles of the children that it forks."""

    roles_forked: list[str]

    def fork(self, role: str = "", *, needs: tuple[str, ...] = ()) -> Child:
        self.roles_forked.append(role)
        return super().fork(role, needs=needs)


@pytest.fixture(scope="module")
def running() -> Iterator[CountingServer]:
    """A sandbox whose children on a GPU use a stand-in."""
    with server_with_gpu(views(COURSE, None), kind=CountingServer) as made:
        assert isinstance(made, CountingServer)
        yield made


@pytest.fixture
def server(running: CountingServer) -> CountingServer:
    running.roles_forked = []
    return running


def grade(server: Server, source: str, *devices: str, words: bool = False) -> dict[str, str]:
    """Return the statuses of the exercises; with `words`, failures are put into words as in a run."""
    shown = shown_exam(devices=devices) if words else None
    exam = Exam(1, shown=shown, shrinks=False, devices=devices)
    exam.drawn = DRAWN
    submission = Submission((SourceFile("a.py", None, (Cell(None, source),)),))
    return {one.name: one.status for one in SubmissionGrader(COURSE, exam, server).grade(submission)}


def test_a_right_submission_opens_the_gpu_once(server: CountingServer) -> None:
    """Three sections are asked in one child; the fourth is about tables, and needs none."""
    assert set(grade(server, RIGHT, "cuda", words=True).values()) == {"correct"}
    assert server.roles_forked == [ON_GPU, ""]


def test_a_wrong_one_opens_it_a_second_time_for_the_exam_that_is_shown(server: CountingServer) -> None:
    """What an answer saw of the secret exam is not in the process that is asked the one that is shown."""
    found = grade(server, WRONG, "cuda", words=True)
    assert [name for name, status in found.items() if status != "correct"] == ["dot"]
    assert server.roles_forked == [ON_GPU, "", ON_GPU]


def test_on_the_cpu_there_is_one_child(server: CountingServer) -> None:
    assert set(grade(server, RIGHT, "cpu", words=True).values()) == {"correct"}
    assert server.roles_forked == [""]


def test_a_program_that_may_draw_has_a_child_that_can(server: CountingServer) -> None:
    """It is imported before the child is forked, so that it takes no answer's time."""
    drawing = SourceFile("relu.py", "mlp", (Cell(None, "import matplotlib\n" + RIGHT),))
    plain = SourceFile("dot.py", "linear_algebra", (Cell(None, RIGHT),))
    programs = [Program(one, [drawing if one.module == "mlp" else plain]) for one in COURSE.sections]
    results = SubmissionGrader(COURSE, Exam(1, shrinks=False), server).grade_programs(programs)
    assert {one.status for one in results} == {"correct"}
    assert server.roles_forked == ["", ""]


@pytest.mark.parametrize("device", ["cpu", case("cuda", thorough=True)])
@pytest.mark.parametrize(
    ("source", "dot", "children"),
    [
        (CHANGES_TORCH, "correct", (1, 1)),
        (LEAVES_A_THREAD, "correct", (2, 2)),
        (ENDS, "crashed", (3, 2)),
        (HOARDS, "out_of_memory", (3, 2)),
    ],
    ids=["changes torch", "leaves a thread", "ends its process", "hoards memory"],
)
def test_what_one_answer_does_changes_no_verdict_of_another_section(
    source: str, dot: str, children: tuple[int, int], device: str, server: CountingServer
) -> None:
    """On the CPU, tables come before `dot`: what ends a child that was used is asked again in a fresh one."""
    found = grade(server, source, device)
    assert (found.pop("dot"), set(found.values())) == (dot, {"correct"})
    role, expected = ("", children[0]) if device == "cpu" else (ON_GPU, children[1])
    assert server.roles_forked.count(role) == expected


SUPPLIED = """\
from d2l import torch as d2l


class Module(d2l.nn_Module, d2l.HyperParameters):
    pass


class SGD(d2l.HyperParameters):
    def __init__(self, params, lr):
        self.save_hyperparameters()


def relu(X):
    return X.clamp(min=0)


class Classifier(d2l.Module):
    def accuracy(self, Y_hat, Y, averaged=True):
        return (Y_hat.argmax(axis=1) == Y).float().mean()
"""


def test_no_process_is_asked_what_was_supplied_to_it_before(
    server: CountingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`d2l.Classifier` is supplied to the section of SGD, so it is asked for in another process."""
    course = load(SHIPPED, ["SGD", "accuracy", "Classifier", "relu"])
    loads: list[tuple[Child, Load]] = []
    start = Process.start

    def started(self: Process, load: Load, *, on_gpu: bool) -> Child:
        child = start(self, load, on_gpu=on_gpu)
        loads.append((child, load))
        return child

    monkeypatch.setattr(Process, "start", started)
    submission = Submission((SourceFile("a.py", None, (Cell(None, SUPPLIED),)),))
    exam = Exam(1, shrinks=False)
    SubmissionGrader(course, exam, server).grade(submission)
    assert len(loads) > len({id(child) for child, _load in loads})
    for number, (child, later) in enumerate(loads):
        for before, earlier in loads[:number]:
            if before is child:
                asked = [spelling for spellings in later.wanted.values() for spelling in spellings]
                assert not course.supplied.reveals(earlier.supplied, asked)
