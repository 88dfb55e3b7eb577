"""The course that ships: every stub fails, every reference and wheat passes, every chaff fails as it says.

All of them are examined on one seed, at the desk and behind the wall; `make audit` does it on 20, and shrinks
what fails on the first. What is shrunk here is the sample class: `test_sample_class.py`.
One class a section, so that sections can be proved in parallel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from grader.audit.audit import at_desk, behind_wall, difference, wrong_outcome
from grader.authoring.stubs import stale
from grader.course.course import SHIPPED, load
from grader.course.implementations import Specimen, specimens
from grader.datasets import training_data
from grader.grading.grade_submission import Marker
from grader.grading.worker import wall_for
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from collections.abc import Iterator

SEED = 1
SMALL_PART = 0.25
COURSE = load(SHIPPED)
SPECIMENS = list(specimens(COURSE))


@pytest.fixture(scope="class")
def marker() -> Iterator[Marker]:
    """A wall for all specimens of a section."""
    training_data.use(COURSE.data)
    torch.set_num_threads(1)
    with wall_for(COURSE, COURSE.data) as server:
        yield Marker(COURSE, Exam(SEED, shrinks=False), server)


def proof_of(module: str) -> pytest.MarkDecorator:
    """Ask a test once for every specimen of a section."""
    ours = [specimen for specimen in SPECIMENS if specimen.section.module == module]
    return pytest.mark.parametrize("specimen", ours, ids=str)


def prove(specimen: Specimen, marker: Marker) -> None:
    """Assert that a specimen is judged as it must be, and the same on both sides of the wall."""
    here = at_desk(COURSE, specimen, marker.exam)
    assert wrong_outcome(specimen, here) == ""
    assert difference(here, behind_wall(marker, specimen)) == ""


class TestDataManipulation:
    """2.1."""

    @proof_of("data_manipulation")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestDataPreprocessing:
    """2.2."""

    @proof_of("data_preprocessing")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestLinearAlgebra:
    """2.3."""

    @proof_of("linear_algebra")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestAutograd:
    """2.5."""

    @proof_of("autograd")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestLinearRegression:
    """3.1."""

    @proof_of("linear_regression")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestOoDesign:
    """3.2."""

    @proof_of("oo_design")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestLinearRegressionScratch:
    """3.4."""

    @proof_of("linear_regression_scratch")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestSoftmaxRegression:
    """4.1."""

    @proof_of("softmax_regression")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestImageClassificationDataset:
    """4.2."""

    @proof_of("image_classification_dataset")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestClassification:
    """4.3."""

    @proof_of("classification")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestSoftmaxRegressionScratch:
    """4.4."""

    @proof_of("softmax_regression_scratch")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestMlp:
    """5.1."""

    @proof_of("mlp")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestMlpImplementation:
    """5.2."""

    @proof_of("mlp_implementation")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


class TestBackprop:
    """5.3."""

    @proof_of("backprop")
    def test_it_is_judged_rightly(self, specimen: Specimen, marker: Marker) -> None:
        """On both sides of the wall."""
        prove(specimen, marker)


def test_every_section_is_proved_above() -> None:
    """A new section needs a class here."""
    proved = {
        *("data_manipulation", "data_preprocessing", "linear_algebra", "autograd"),
        *("linear_regression", "oo_design", "linear_regression_scratch"),
        *("softmax_regression", "image_classification_dataset", "classification"),
        *("softmax_regression_scratch", "mlp", "mlp_implementation", "backprop"),
    }
    assert {section.module for section in COURSE.sections} == proved


def test_no_stub_is_stale() -> None:
    """`grader stubs` makes them again."""
    assert stale(COURSE) == []


def test_every_check_is_failed_by_a_chaff() -> None:
    """Otherwise nothing shows that it can fail; bonus checks are failed by the book's own code."""
    killed = {(one.exercise.name, name) for one in SPECIMENS for name in one.fails}
    needed = {
        (exercise.name, check.name)
        for _section, exercise in COURSE.exercises()
        for check in exercise.checks
        if not check.bonus and check.question is not None
    }
    assert sorted(needed - killed) == []


def test_the_points_of_the_course_add_up_to_100() -> None:
    """Bonus points come on top."""
    assert sum(exercise.max_points for _section, exercise in COURSE.exercises()) == 100


def test_the_card_exercises_carry_the_most_points() -> None:
    """Whatever a first course is about: on average, twice as much as the others."""
    cards = {"preprocess", "SGD", "fit_epoch", "softmax", "cross_entropy", "relu", "sigmoid", "tanh"}
    points = {exercise.name: exercise.max_points for _section, exercise in COURSE.exercises()}
    ours = [points.pop(name) for name in cards]
    assert sum(ours) / len(ours) >= 2 * sum(points.values()) / len(points)


def test_wrong_values_leave_no_more_than_a_small_part_of_the_points() -> None:
    """What doesn't build on right values carries at most a quarter of an exercise's points."""
    for _section, exercise in COURSE.exercises():
        built = {"right_values"}
        loose = 0.0
        for check in exercise.checks:
            if built.intersection(check.after):
                built.add(check.name)
            elif check.name != "right_values" and not check.bonus:
                loose += check.points
        assert loose <= SMALL_PART * exercise.max_points, exercise.name


def test_every_chaff_has_an_explanation_to_the_student() -> None:
    """It says "you" or "your", and more than a line."""
    for specimen in SPECIMENS:
        if specimen.kind == "chaff":
            words = specimen.explanation.lower().split()
            assert len(words) > 15, specimen
            assert {"you", "your", "you're", "yours"}.intersection(words), specimen


def test_card_exercises_have_enough_wheat_and_chaff() -> None:
    """At least 3 and 5 of each."""
    for _section, exercise in COURSE.exercises():
        for kind, least in (("wheat", 3), ("chaff", 5)):
            count = sum(one.exercise is exercise and one.kind == kind for one in SPECIMENS)
            assert count >= least, (exercise.name, kind)
