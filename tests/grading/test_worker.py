"""What a worker shows the wall's server of a course, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.datasets.fashion_mnist import FILES, DataMissing
from grader.grading import worker
from grader.records.worker_protocol import Config

if TYPE_CHECKING:
    from pathlib import Path


def test_the_server_sees_drives_and_images_and_never_a_label_of_validation(
    course: Path, tmp_path: Path
) -> None:
    for name in FILES:
        (tmp_path / f"{name}.gz").touch()
    shown = worker.views(load(course), tmp_path)
    assert sorted(shown) == [
        "data/FashionMNIST/raw/t10k-images-idx3-ubyte.gz",
        "data/FashionMNIST/raw/train-images-idx3-ubyte.gz",
        "data/FashionMNIST/raw/train-labels-idx1-ubyte.gz",
    ]


def test_the_shipped_course_shows_nothing_that_judges() -> None:
    course = load()
    shown = worker.views(course, worker.images_of(Config(course=str(course.root)), course))
    assert any(name.startswith("drive_") for name in shown)
    assert not [name for name in shown if name.startswith("test_") or ("labels" in name and "t10k" in name)]


def test_a_course_without_images_needs_none(course: Path) -> None:
    assert worker.images_of(Config(course=str(course)), load(course)) is None


def test_half_a_data_set_is_refused(course: Path, tmp_path: Path) -> None:
    (tmp_path / FILES[0]).touch()
    with pytest.raises(DataMissing, match=FILES[1]):
        worker.images_of(Config(course=str(course), images=str(tmp_path)), load(course))


def test_a_submission_that_can_not_be_read_has_every_check_of_every_exercise(course: Path) -> None:
    (found,) = worker.unread(load(course))
    assert (found.status, found.points, found.max_points) == ("error", 0.0, 4.0)
    assert [check.name for check in found.checks][-1] == "it_is_even"
    assert {check.status for check in found.checks[1:]} == {"blocked"}


def test_where_a_bug_lies_is_said() -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / int("0")
    assert worker.place(caught.value).startswith(" (test_worker.py, line ")
