"""One result for each submission, whatever becomes of the places where it is graded."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from grader.grading.cluster import work_queue
from grader.grading.cluster.work_queue import MAX_FAULTS, MAX_LOSSES, Piece, WorkQueue
from grader.grading.pool import Done
from grader.grading.progress import Progress
from grader.records.worker_protocol import Fault, Graded
from grader.submissions import alone

if TYPE_CHECKING:
    from pathlib import Path

GRADED = Graded((), (), 0.0)
FULL = Fault("No space left on device", retry=True)


@pytest.fixture
def work(tmp_path: Path) -> WorkQueue:
    """A queue with two submissions."""
    queue = WorkQueue(Progress())
    queue.progress.expect(2)
    queue.add([alone("alice", tmp_path), alone("bob", tmp_path)])
    return queue


def taken(work: WorkQueue, place: str) -> Piece:
    """A submission that is handed out without waiting."""
    piece = work.take(place)
    assert piece is not None
    return piece


def is_kept_waiting(work: WorkQueue, place: str) -> bool:
    """Whether there is nothing to do at a place until the queue is closed."""
    got: list[Piece | None] = []
    thread = threading.Thread(target=lambda: got.append(work.take(place)))
    thread.start()
    thread.join(2 * work_queue.PEACE)
    waits = thread.is_alive()
    work.close()
    thread.join()
    return waits and got == [None]


def test_each_submission_is_handed_out_once(work: WorkQueue) -> None:
    assert {taken(work, "a").entry.name, taken(work, "b").entry.name} == {"alice", "bob"}
    assert is_kept_waiting(work, "c")


def test_what_a_place_had_when_it_was_lost_comes_next(work: WorkQueue) -> None:
    first = taken(work, "a")
    work.give_back(first, "a", "it was lost")
    assert taken(work, "b") is first
    work.finish(first, "b", Done(first.entry, GRADED))
    assert work.results.get(timeout=1).outcome is GRADED
    assert work.results.empty()


def test_what_ends_each_place_that_grades_it_is_given_up(work: WorkQueue) -> None:
    """Where a submission takes more memory than the machines have, for example."""
    for number in range(MAX_LOSSES):
        piece = taken(work, f"place {number}")
        assert piece.entry.name == "alice"
        work.give_back(piece, f"place {number}", "the worker left the cluster")
    done = work.results.get(timeout=1)
    assert isinstance(done.outcome, Fault)
    assert "each of 5 workers that graded it was lost" in done.outcome.message
    assert taken(work, "another").entry.name == "bob"


def test_what_the_grader_failed_on_is_tried_at_another_place(work: WorkQueue) -> None:
    for place in ("a", "b"):
        work.join(place)
    alice = taken(work, "a")
    work.finish(alice, "a", Done(alice.entry, FULL))
    assert taken(work, "a").entry.name == "bob"
    assert taken(work, "b") is alice
    assert work.results.empty()


def test_what_the_grader_failed_on_everywhere_is_a_fault(work: WorkQueue) -> None:
    for place in "abcd":
        work.join(place)
    alice = taken(work, "a")
    work.finish(alice, "a", Done(alice.entry, FULL))
    for place in list("bcd")[: MAX_FAULTS - 1]:
        piece = taken(work, place)
        assert piece is alice
        work.finish(piece, place, Done(piece.entry, FULL))
    assert work.results.get(timeout=1).outcome is FULL


def test_where_there_is_one_place_alone_it_is_tried_there_as_often(work: WorkQueue) -> None:
    """Others may be coming; but a fault that stays is the result in the end."""
    work.join("a")
    for _ in range(MAX_FAULTS):
        assert work.results.empty()
        alice = taken(work, "a")
        assert alice.entry.name == "alice"
        work.finish(alice, "a", Done(alice.entry, FULL))
    assert work.results.get(timeout=1).outcome is FULL
    assert taken(work, "a").entry.name == "bob"


def test_if_all_other_places_leave_it_is_tried_where_it_failed(work: WorkQueue) -> None:
    for place in ("a", "b"):
        work.join(place)
    alice = taken(work, "a")
    work.finish(alice, "a", Done(alice.entry, FULL))
    work.leave("b")
    assert taken(work, "a") is alice


def test_a_straggler_is_tried_elsewhere_and_the_first_result_counts(
    work: WorkQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_queue, "STRAGGLER_SECONDS", 0.0)
    slow, quick = taken(work, "a"), taken(work, "b")
    work.finish(quick, "b", Done(quick.entry, GRADED))
    work.results.get(timeout=1)
    assert taken(work, "b") is slow
    work.finish(slow, "b", Done(slow.entry, GRADED))
    work.finish(slow, "a", Done(slow.entry, FULL))
    assert work.results.get(timeout=1).outcome is GRADED
    assert work.results.empty()
    assert is_kept_waiting(work, "a")


def test_what_is_tried_at_two_places_is_not_tried_at_a_third(
    work: WorkQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_queue, "STRAGGLER_SECONDS", 0.0)
    slow, quick = taken(work, "a"), taken(work, "b")
    work.finish(quick, "b", Done(quick.entry, GRADED))
    assert taken(work, "b") is slow
    assert is_kept_waiting(work, "c")


def test_what_takes_no_longer_than_others_is_no_straggler(work: WorkQueue) -> None:
    taken(work, "a")
    quick = taken(work, "b")
    work.finish(quick, "b", Done(quick.entry, GRADED))
    assert is_kept_waiting(work, "b")


def test_a_straggler_that_is_lost_at_one_place_goes_on_at_the_other(
    work: WorkQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_queue, "STRAGGLER_SECONDS", 0.0)
    slow, quick = taken(work, "a"), taken(work, "b")
    work.finish(quick, "b", Done(quick.entry, GRADED))
    taken(work, "b")
    work.give_back(slow, "a", "it was lost")
    work.finish(slow, "b", Done(slow.entry, GRADED))
    assert [work.results.get(timeout=1).entry.name for _ in range(2)] == [quick.entry.name, slow.entry.name]
    assert is_kept_waiting(work, "c")


def test_when_nobody_is_left_each_submission_gets_one_fault(work: WorkQueue) -> None:
    alice = taken(work, "a")
    work.fail(FULL)
    work.finish(alice, "a", Done(alice.entry, GRADED))
    assert {work.results.get(timeout=1).entry.name for _ in range(2)} == {"alice", "bob"}
    assert work.results.empty()
    assert is_kept_waiting(work, "a")


def test_the_progress_knows_each_submission_once(work: WorkQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that is graded twice at the same time, or goes back."""
    monkeypatch.setattr(work_queue, "STRAGGLER_SECONDS", 0.0)
    slow, quick = taken(work, "a"), taken(work, "b")
    assert work.progress.waiting == 0
    work.give_back(quick, "b", "it was lost")
    assert work.progress.waiting == 1
    work.finish(taken(work, "b"), "b", Done(quick.entry, GRADED))
    assert taken(work, "b") is slow
    work.finish(slow, "b", Done(slow.entry, GRADED))
    work.finish(slow, "a", Done(slow.entry, GRADED))
    assert work.progress.waiting == 0
    assert work.progress.slowest() is None
