"""Workers that share GPUs: who sits where, who waits for whom, and whose fault a full GPU is."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.grading.gpu_sharing import Turns, arranged, found_it_full
from grader.grading.grade_submission import Marker
from grader.grading.sandbox_session import NoGpu
from grader.grading.worker import rehearse, views
from grader.judging.generated_cases import Exam
from grader.records.devices import ROOM, SHARE, NoSuchDevice
from grader.records.sources import Cell, SourceFile
from grader.records.verdict import summarize
from grader.records.worker_protocol import Config
from grader.sandbox import Gpu, Limits, Server
from grader.sandbox.gpu import names
from tests.fixtures.reports import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.verdict import CheckStatus, ExerciseResult

SIMULATED = Path(__file__).parents[1] / "gpu" / "simulated.py"
GIB = 1 << 30


def config(place: int, jobs: int, turns: Path | None = None) -> Config:
    return Config(course="", device="cuda", place=place, jobs=jobs, turns=str(turns) if turns else None)


def test_workers_take_the_gpus_in_turn(tmp_path: Path) -> None:
    seats = [arranged(config(place, 5, tmp_path), ("0", "1"), 80 * GIB) for place in range(5)]
    assert [seat.gpu.name for seat in seats] == ["0", "1", "0", "1", "0"]
    assert {round(seat.share, 3) for seat in seats} == {round(0.95 / 3, 3)}
    assert len({seat.turns.gate for seat in seats if seat.turns}) == 2


def test_a_gpu_for_oneself_is_shared_with_nobody(tmp_path: Path) -> None:
    seat = arranged(config(1, 2, tmp_path), ("0", "1"), 80 * GIB)
    assert (seat.share, seat.turns) == (0.95, None)


def test_a_small_gpu_has_room_for_few(tmp_path: Path) -> None:
    seat = arranged(config(0, 16, tmp_path), ("0",), 8 * GIB)
    assert (seat.room, seat.share) == (4, 0.95 / 4)
    assert float(seat.environment[SHARE]) == pytest.approx(0.95 / 4)
    with pytest.raises(NoSuchDevice, match="takes a GPU with 2 GiB of memory"):
        arranged(config(0, 1), ("0",), ROOM - 1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [("0", ("0",)), ("2, 3", ("2", "3")), ("GPU-8f1c", ("GPU-8f1c",)), ("", ()), ("-1", ())],
)
def test_the_gpus_that_were_given_are_the_ones_that_are_used(
    said: str, expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", said)
    assert names() == expected


def test_without_a_word_all_gpus_in_dev_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    found = ["nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "nvidia-caps"]
    monkeypatch.setattr(Path, "glob", lambda self, _pattern: [self / name for name in found])
    assert names() == ("0", "1")


def test_whoever_wants_to_be_alone_waits_for_those_who_are_there_and_lets_nobody_in(tmp_path: Path) -> None:
    turns, told = Turns(tmp_path / "gpu0"), []
    leave, entered = threading.Event(), threading.Event()

    def first() -> None:
        with turns.together():
            entered.set()
            leave.wait(10)
            told.append("first")

    def alone() -> None:
        with turns.alone():
            told.append("alone")

    def late() -> None:
        with turns.together():
            told.append("late")

    threads = [threading.Thread(target=one) for one in (first, alone, late)]
    threads[0].start()
    assert entered.wait(10)
    threads[1].start()
    time.sleep(0.2)  # the second one waits by now
    threads[2].start()
    time.sleep(0.2)
    assert told == []
    leave.set()
    for thread in threads:
        thread.join(10)
    assert told == ["first", "alone", "late"]


def test_many_are_there_together(tmp_path: Path) -> None:
    turns = Turns(tmp_path / "gpu0")
    with turns.together(), turns.together():
        pass


def result(status: CheckStatus, message: str) -> ExerciseResult:
    one = check("accepts_its_arguments", status, message=message)
    return summarize("relu", "5.1", "mlp", (one,))


@pytest.mark.parametrize(
    ("status", "message", "full"),
    [
        ("out_of_memory", "OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB", True),
        ("out_of_memory", "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling", True),
        ("out_of_memory", "your code used more than the 1 GiB that it has", False),
        ("error", "CUDA out of memory, says a student", False),
    ],
)
def test_a_full_gpu_is_told_from_a_full_machine(status: CheckStatus, message: str, *, full: bool) -> None:
    assert found_it_full([result("passed", ""), result(status, message)]) is full


# Behind the wall ---------------------------------------------------------------------------------

COURSE = load(only=("relu", "sigmoid"))
RIGHT = "def relu(X):\n    return X.clamp(min=0)\ndef sigmoid(X):\n    return 1 / (1 + (-X).exp())\n"
CARELESS = """
import torch
def relu(X):
    return torch.max(X, torch.zeros(X.shape, dtype=X.dtype))
"""
GIVES_UP = """
gave_up = False
def relu(X):
    global gave_up
    gave_up = True
    raise RuntimeError("CUDA error: device-side assert triggered")
def sigmoid(X):
    if gave_up:
        raise RuntimeError("CUDA error: device-side assert triggered")
    return 1 / (1 + (-X).exp())
"""
"""As a GPU does when an index is out of range: whoever asks it next in the same process hears the same."""


def server(entry: str) -> Server:
    """A server whose children are told of a GPU that isn't there."""
    return Server(
        warm="grader.execution.sandbox_entry:warm_up",
        entry=entry,
        views={**views(COURSE, None), "simulated.py": SIMULATED},
        gpu=Gpu("0", ()),
        limits=Limits(memory=GIB),
        environment={SHARE: "0.5"},
    )


def marker(there: Server, turns: Turns | None = None) -> Marker:
    return Marker(COURSE, Exam(1, shrinks=False, devices=("cpu", "cuda")), there, turns=turns)


def marked(by: Marker, source: str) -> dict[str, ExerciseResult]:
    files = [SourceFile("a.py", "mlp", (Cell(None, source),))]
    return {one.name: one for one in by.mark_section(COURSE.sections[0], files)}


def test_answers_are_graded_on_the_gpu_behind_the_wall() -> None:
    with server("simulated:serve") as there:
        by = marker(there)
        rehearse(by)
        assert {one.status for one in marked(by, RIGHT).values()} == {"correct"}
        careless = marked(by, CARELESS)["relu"]
    first = next(one for one in careless.checks if one.status != "passed")
    assert first.message.startswith("on cuda:\na.py, line 4, in relu\n")


def test_a_gpu_that_gave_up_is_opened_anew_for_the_next_exercise() -> None:
    with server("simulated:serve") as there:
        found = marked(marker(there), GIVES_UP)
    assert (found["relu"].status, found["sigmoid"].status) == ("error", "correct")


def test_a_gpu_that_cant_be_opened_is_nobodys_zero() -> None:
    with server("simulated:serve_poorly") as there, pytest.raises(NoGpu, match="CUDA error: out of memory"):
        marked(marker(there), RIGHT)


def test_without_cuda_a_child_says_so_before_anything_of_a_students_runs() -> None:
    with server("grader.execution.sandbox_entry:serve") as there, pytest.raises(NoGpu, match=r"CUDA|NVIDIA"):
        marked(marker(there), RIGHT)


class Crowded(Marker):
    """Finds the GPU full as long as somebody else is there."""

    def __init__(self, turns: Turns, says: Sequence[str]) -> None:
        super().__init__(COURSE, Exam(1), server("simulated:serve"), turns=turns)
        self.says = list(says)

    def _sit(self, *_arguments: object) -> dict[str, ExerciseResult]:
        said = self.says.pop(0)
        if said == "no gpu":
            raise NoGpu("CUDA error: out of memory")
        return {"relu": result("passed", "") if said == "right" else result("out_of_memory", said)}


@pytest.mark.parametrize("first", ["CUDA out of memory", "no gpu"])
def test_who_found_the_gpu_full_beside_others_is_asked_again_alone(first: str, tmp_path: Path) -> None:
    crowded = Crowded(Turns(tmp_path / "gpu0"), [first, "right"])
    assert crowded.sit(COURSE.sections[0], [], [])["relu"].status == "correct"
    assert crowded.says == []


def test_who_finds_it_full_alone_has_filled_it(tmp_path: Path) -> None:
    crowded = Crowded(Turns(tmp_path / "gpu0"), ["CUDA out of memory", "CUDA out of memory"])
    assert crowded.sit(COURSE.sections[0], [], [])["relu"].status == "out_of_memory"


def test_who_ran_out_of_the_machines_memory_is_not_asked_again(tmp_path: Path) -> None:
    crowded = Crowded(Turns(tmp_path / "gpu0"), ["more than the 1 GiB that it has"])
    assert crowded.sit(COURSE.sections[0], [], [])["relu"].status == "out_of_memory"
