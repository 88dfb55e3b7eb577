"""A slot that fails leaves its work to the others; what no worker can do is reported, not lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.grading import worker_handle as slots
from grader.grading.pool import Pool
from grader.grading.worker_handle import WorkerLost, WorkerProcess, WorkerSlot, WorkRefused
from grader.records.sources import NotRead
from grader.records.worker_protocol import Config, Fault, Graded, Outline
from grader.submissions import Entry, HandIn, alone

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES = ("doubling",)
HAND_IN = HandIn(MODULES, (), is_folder=False)
DONE = Graded((), (), 0.0)


class StandIn(WorkerSlot):
    """A slot without a process that calls a function instead."""

    def __init__(self, answer: Callable[[HandIn], Graded | Fault]) -> None:
        super().__init__(Config(course="none"))
        self.answer = answer
        self.exams: list[int] = []

    def grade(self, hand_in: HandIn, exam: int) -> Graded | Fault:
        self.exams.append(exam)
        return self.answer(hand_in)


def pool_of(*answers: Callable[[HandIn], Graded | Fault]) -> Pool:
    """A pool of stand-ins."""
    pool = Pool(Config(course="none"))
    pool.slots = [StandIn(answer) for answer in answers]
    return pool


@pytest.fixture
def entries(tmp_path: Path) -> list[Entry]:
    """Thirty submissions."""
    (tmp_path / "answers.py").write_text("x = 1\n")
    return [alone(f"student{number}", tmp_path / "answers.py") for number in range(30)]


def first_exam(_entry: Entry, _sha256: str) -> int:
    return 1


def lost(_hand_in: HandIn) -> Graded:
    raise WorkerLost("there is no memory left")


def test_every_submission_comes_back_once(entries: list[Entry]) -> None:
    outcomes = list(
        pool_of(lambda _: DONE, lambda _: DONE, lambda _: DONE).grade(entries, MODULES, exam_of=first_exam)
    )
    assert sorted(done.entry.name for done in outcomes) == sorted(one.name for one in entries)
    assert all(done.outcome is DONE for done in outcomes)


def test_each_submission_sits_its_own_exam(entries: list[Entry]) -> None:
    pool = pool_of(lambda _: DONE)
    done = list(pool.grade(entries[:4], MODULES, exam_of=lambda one, _hash: int(one.name[-1]) + 1))
    (slot,) = pool.slots
    assert isinstance(slot, StandIn)
    assert slot.exams == [1, 2, 3, 4]
    assert len(done) == 4


def test_an_attempt_that_can_not_be_numbered_costs_no_other_one_anything(entries: list[Entry]) -> None:
    def full_disk(entry: Entry, _sha256: str) -> int:
        if entry is entries[1]:
            raise OSError(28, "No space left on device")
        return 1

    done = pool_of(lambda _: DONE).grade(entries[:3], MODULES, exam_of=full_disk)
    outcomes = {one.entry.name: one.outcome for one in done}
    assert [outcomes["student0"], outcomes["student2"]] == [DONE, DONE]
    assert isinstance(outcomes["student1"], Fault)
    assert "No space left on device" in outcomes["student1"].message


def test_a_slot_that_fails_costs_no_submission_anything(entries: list[Entry]) -> None:
    first_is_gone = threading.Event()

    def fails(hand_in: HandIn) -> Graded:
        first_is_gone.set()
        return lost(hand_in)

    def waits(_hand_in: HandIn) -> Graded:
        assert first_is_gone.wait(10)
        return DONE

    outcomes = list(pool_of(fails, waits).grade(entries, MODULES, exam_of=first_exam))
    assert sorted(done.entry.name for done in outcomes) == sorted(one.name for one in entries)
    assert all(done.outcome is DONE for done in outcomes)


def test_if_all_slots_fail_each_submission_comes_back_with_the_reason(entries: list[Entry]) -> None:
    outcomes = list(pool_of(lost, lost).grade(entries, MODULES, exam_of=first_exam))
    assert sorted(done.entry.name for done in outcomes) == sorted(one.name for one in entries)
    assert {done.outcome.message for done in outcomes if isinstance(done.outcome, Fault)} == {
        "there is no memory left"
    }


def test_work_that_is_refused_ends_the_run(entries: list[Entry]) -> None:
    def refuses(_hand_in: HandIn) -> Graded:
        raise WorkRefused("install bubblewrap")

    with pytest.raises(WorkRefused, match="bubblewrap"):
        list(pool_of(refuses, refuses).grade(entries, MODULES, exam_of=first_exam))


def test_a_bug_in_a_slot_is_a_fault_and_the_run_does_not_hang(entries: list[Entry]) -> None:
    def breaks(_hand_in: HandIn) -> Graded:
        raise KeyError("oops")

    outcomes = list(pool_of(breaks).grade(entries[:2], MODULES, exam_of=first_exam))
    assert [type(done.outcome) for done in outcomes] == [Fault, Fault]


def test_what_cannot_be_collected_is_no_work_for_a_slot(tmp_path: Path) -> None:
    """Of a link its student hears why; a file that is gone is nobody's fault but ours."""
    (tmp_path / "link.py").symlink_to("answers.py")
    entries = [alone("link", tmp_path / "link.py", is_given=False), alone("gone", tmp_path / "gone.py")]
    link, gone = [done.outcome for done in pool_of(lost).grade(entries, MODULES, exam_of=first_exam)]
    assert isinstance(link, NotRead)
    assert "It is a link" in link.reason
    assert isinstance(gone, Fault)
    assert "No such file" in gone.message


def test_a_submission_is_collected_when_a_slot_is_free_for_it(tmp_path: Path) -> None:
    """So that a class of large files is never in memory as a whole. The second file comes late."""
    first, second = alone("first", tmp_path / "first.py"), alone("second", tmp_path / "second.py")
    first.path.write_text("x = 1\n")

    def brings_the_second(_hand_in: HandIn) -> Graded:
        second.path.write_text("x = 2\n")
        return DONE

    outcomes = list(pool_of(brings_the_second).grade([first, second], MODULES, exam_of=first_exam))
    assert [done.outcome for done in outcomes] == [DONE, DONE]
    assert len({done.sha256 for done in outcomes}) == 2


class Hanging:
    """A worker that sends nothing, until it is replaced by one that works."""

    made = 0
    seconds = 100.0

    def __init__(self, _config: Config) -> None:
        self.works = type(self).made > 0
        type(self).made += 1
        self.stopped = False

    def wait_until_ready(self) -> None:
        pass

    def outline(self) -> Outline:
        return Outline((), "", "", "cpu", self.seconds)

    def grade(self, _hand_in: HandIn, _exam: int) -> Graded:
        if self.works:
            return DONE
        raise WorkerLost("a worker of the grader sent nothing for 9 s")

    def stop(self) -> None:
        self.stopped = True

    def terminate(self) -> None:
        pass


def test_a_submission_gets_a_second_chance_in_a_fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "WorkerProcess", Hanging)
    monkeypatch.setattr(Hanging, "made", 0)
    slot = WorkerSlot(Config(course="none"))
    slot.start()
    first = slot._worker
    assert slot.grade(HAND_IN, 1) is DONE
    assert Hanging.made == 2
    assert first is not None
    assert first.stopped  # type: ignore[attr-defined]


def test_a_submission_that_has_had_its_time_gets_no_second_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "WorkerProcess", Hanging)
    monkeypatch.setattr(Hanging, "made", 0)
    monkeypatch.setattr(Hanging, "seconds", 0.0)
    slot = WorkerSlot(Config(course="none"))
    slot.start()
    outcome = slot.grade(HAND_IN, 1)
    assert isinstance(outcome, Fault)
    assert Hanging.made == 1
    assert slot.grade(HAND_IN, 1) is DONE, "the next submission has a new worker"


def test_workers_have_different_numbers_and_the_same_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The numbers spread them over the GPUs; the locks of a GPU are in the folder."""
    monkeypatch.setattr(slots, "WorkerProcess", Hanging)
    with Pool(Config(course="none", jobs=3)) as pool:
        pool.grow(3)
        assert [slot.config.worker_number for slot in pool.slots] == [0, 1, 2]
        (folder,) = {slot.config.run_folder for slot in pool.slots}
        assert folder is not None
        assert Path(folder).is_dir()
    assert not Path(folder).exists()


def test_a_closed_slot_starts_no_more_workers() -> None:
    slot = WorkerSlot(Config(course="none"))
    slot.close()
    with pytest.raises(WorkerLost, match="over"):
        slot.grade(HAND_IN, 1)


def test_a_worker_that_ends_at_once_is_lost_with_its_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "COMMAND", ("/bin/false",))
    worker = WorkerProcess(Config(course="none"))
    with pytest.raises(WorkerLost, match="exit status 1"):
        worker.outline()
