"""A slot that can't go on leaves its work to the others; what nobody can do is said, not lost."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.grading import worker_handle as slots
from grader.grading.pool import Pool
from grader.grading.worker_handle import Slot, Worker, WorkerLost, WorkRefused
from grader.records.worker_protocol import Config, Fault, Marked
from grader.submissions import Submission

if TYPE_CHECKING:
    from collections.abc import Callable

SUBMISSIONS = [Submission(f"student{number}", "00", ()) for number in range(30)]
DONE = Marked((), (), 0.0)


class StandIn(Slot):
    """A slot that answers as it is told, without a process."""

    def __init__(self, answer: Callable[[Submission], Marked | Fault]) -> None:
        super().__init__(Config(course="none"))
        self.answer = answer

    def mark(self, submission: Submission) -> Marked | Fault:
        return self.answer(submission)


def pool_of(*answers: Callable[[Submission], Marked | Fault]) -> Pool:
    """A pool of stand-ins."""
    pool = Pool(Config(course="none"))
    pool.slots = [StandIn(answer) for answer in answers]
    return pool


def lost(_submission: Submission) -> Marked:
    raise WorkerLost("there is no memory left")


def test_every_submission_comes_back_once() -> None:
    outcomes = list(pool_of(lambda _: DONE, lambda _: DONE, lambda _: DONE).mark(SUBMISSIONS))
    assert sorted(one.name for one, _ in outcomes) == sorted(one.name for one in SUBMISSIONS)
    assert all(outcome is DONE for _, outcome in outcomes)


def test_a_slot_that_can_not_go_on_costs_nobody_anything() -> None:
    first_is_gone = threading.Event()

    def goes(submission: Submission) -> Marked:
        first_is_gone.set()
        return lost(submission)

    def waits(_submission: Submission) -> Marked:
        assert first_is_gone.wait(10)
        return DONE

    outcomes = list(pool_of(goes, waits).mark(SUBMISSIONS))
    assert sorted(one.name for one, _ in outcomes) == sorted(one.name for one in SUBMISSIONS)
    assert all(outcome is DONE for _, outcome in outcomes)


def test_where_no_slot_can_go_on_each_submission_comes_back_with_the_reason() -> None:
    outcomes = list(pool_of(lost, lost).mark(SUBMISSIONS))
    assert sorted(one.name for one, _ in outcomes) == sorted(one.name for one in SUBMISSIONS)
    assert {outcome.message for _, outcome in outcomes if isinstance(outcome, Fault)} == {
        "there is no memory left"
    }


def test_what_no_worker_may_do_ends_the_run() -> None:
    def refuses(_submission: Submission) -> Marked:
        raise WorkRefused("install bubblewrap")

    with pytest.raises(WorkRefused, match="bubblewrap"):
        list(pool_of(refuses, refuses).mark(SUBMISSIONS))


def test_a_bug_in_a_slot_is_a_fault_and_no_one_waits_for_ever() -> None:
    def breaks(_submission: Submission) -> Marked:
        raise KeyError("oops")

    outcomes = list(pool_of(breaks).mark(SUBMISSIONS[:2]))
    assert [type(outcome) for _, outcome in outcomes] == [Fault, Fault]


class Hanging:
    """A worker that says nothing, until it is replaced by one that works."""

    made = 0

    def __init__(self, _config: Config) -> None:
        self.works = type(self).made > 0
        type(self).made += 1
        self.ended = False

    def wait_until_ready(self) -> None:
        pass

    def mark(self, _submission: Submission) -> Marked:
        if self.works:
            return DONE
        raise WorkerLost("a worker of the grader said nothing for 9 s")

    def end(self) -> None:
        self.ended = True

    def dismiss(self) -> None:
        pass


def test_a_submission_gets_a_second_chance_in_a_fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slots, "Worker", Hanging)
    slot = Slot(Config(course="none"))
    slot.start()
    first = slot._worker
    assert slot.mark(SUBMISSIONS[0]) is DONE
    assert Hanging.made == 2
    assert first is not None
    assert first.ended  # type: ignore[attr-defined]


def test_workers_have_places_of_their_own_and_a_folder_in_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """By their places they spread over GPUs, by the folder they wait for each other."""
    monkeypatch.setattr(slots, "Worker", Hanging)
    with Pool(Config(course="none", jobs=3)) as pool:
        pool.grow(3)
        assert [slot.config.place for slot in pool.slots] == [0, 1, 2]
        (folder,) = {slot.config.turns for slot in pool.slots}
        assert folder is not None
        assert Path(folder).is_dir()
    assert not Path(folder).exists()


def test_a_closed_slot_starts_no_more_workers() -> None:
    slot = Slot(Config(course="none"))
    slot.close()
    with pytest.raises(WorkerLost, match="over"):
        slot.mark(SUBMISSIONS[0])


def test_a_worker_that_ends_at_once_is_lost_with_its_exit_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    worker = Worker(Config(course="none"))
    with pytest.raises(WorkerLost, match="exit status 1"):
        worker.outline()
