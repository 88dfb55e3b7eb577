"""Training checks judge weights: outputs that were learned by heart or forged gain nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from grader import drive
from grader.datasets import training_data
from grader.grading.worker import views
from grader.records.verdict import Broken
from tests.fixtures.shipped import COURSE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.check import Check

SHAPES = {
    "SoftmaxRegressionScratch": ((784, 10), (10,)),
    "MLPScratch": ((784, 256), (256,), (256, 10), (10,)),
    "MLP": ((784, 256), (256,), (256, 10), (10,)),
}
"""The weights that come back after each epoch."""


@pytest.fixture(autouse=True)
def _images() -> Iterator[None]:
    before = training_data._source
    training_data.use(COURSE.data, data_set=COURSE.data_set)
    yield
    training_data.use(before.folder, before.size, before.data_set)  # type: ignore[arg-type]


def training_check(name: str) -> Check:
    """Return the training check of an exercise."""
    exercise = next(exercise for _section, exercise in COURSE.exercises() if exercise.name == name)
    return next(check for check in exercise.checks if check.band)


@pytest.mark.parametrize("name", SHAPES)
def test_the_weights_that_come_back_must_recognise_images_that_never_went_in(name: str) -> None:
    check = training_check(name)
    assert check.statistic is not None
    untrained = [[torch.zeros(shape) for shape in SHAPES[name]] for _ in range(10)]
    assert check.statistic(untrained) == pytest.approx(0.1, abs=0.02)
    with pytest.raises(Broken, match="below the band"):
        check.judge(None, None, untrained)  # type: ignore[arg-type]


def test_a_linear_model_of_class_means_is_judged_by_its_own_weights() -> None:
    images, labels = training_data.training_images()
    flat = images.reshape(len(images), -1)
    means = torch.stack([flat[labels == label].mean(0) for label in range(10)], 1)
    nearest = [means, -means.square().sum(0) / 2]
    statistic = training_check("SoftmaxRegressionScratch").statistic
    assert statistic is not None
    assert 0.6 < statistic([nearest] * 10) < 0.75


def test_nothing_of_validation_is_beside_the_students_code() -> None:
    shown = views(COURSE, COURSE.data)
    assert any("train-images" in name for name in shown)
    assert not [name for name in shown if "t10k" in name]
    assert not [name for name in drive.__all__ if "validation" in name]
