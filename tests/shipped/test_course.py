"""The course that ships: every stub fails, every reference and wheat passes, every chaff fails as it says.

They run on one seed in the sandbox, and the references locally, too. Of chaff, `make test` runs as many as
are needed for each check to reject one, of wheat `FEW` for each exercise, and answers that take no work for
one exercise of each section; `make thorough` runs all.
`test_hand_ins.py` has wheat and chaff on both sides. `make audit` runs all on both sides, on 20 seeds, and
shrinks failures on the first. Shrinking is tested on the sample class: `test_sample_class.py`.
There is one class for each section, so that sections can be tested in parallel.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, ClassVar, Final

import pytest
import torch

from grader.audit.audit import first_difference, run_in_sandbox, run_locally, unexpected_outcome
from grader.audit.trivial_answers import unearned_points
from grader.authoring.stubs import stale
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.misconceptions import Catalogue, behave_alike
from grader.grading.worker import sandbox_server
from grader.records.check_names import RIGHT_VALUES
from tests.fixtures.shipped import COURSE, IMPLEMENTATIONS, exam
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.course.implementations import Implementation


@pytest.fixture(scope="session")
def submission_grader() -> Iterator[SubmissionGrader]:
    """A sandbox for all implementations that this process tests."""
    with sandbox_server(COURSE, COURSE.data) as server:
        yield SubmissionGrader(COURSE, exam(shrinks=False), server, attempts="last")


@pytest.fixture(scope="class", autouse=True)
def one_thread() -> None:
    """Let torch compute in one thread, as in the sandbox, on the course's images."""
    training_data.use(COURSE.data)
    torch.set_num_threads(1)


def needed_to_reject() -> set[Implementation]:
    """Return chaff such that each check that any chaff is about rejects one of them.

    Those that several checks reject come first, so that fewer are needed.
    """
    chosen: dict[tuple[str, str], Implementation] = {}
    for one in sorted(IMPLEMENTATIONS, key=lambda one: -len(one.must_fail)):
        for check in one.must_fail:
            chosen.setdefault((one.exercise.name, check), one)
    return set(chosen.values())


NEEDED: Final = needed_to_reject()
FEW: Final = 2
AS_IN_THE_BOOK: Final = "as_in_the_book"


def few_wheat() -> set[Implementation]:
    """Return some wheat of each exercise: as the book writes it, if there is that, and others."""
    by_exercise: dict[str, list[Implementation]] = {}
    for one in IMPLEMENTATIONS:
        if one.kind == "wheat":
            by_exercise.setdefault(one.exercise.name, []).append(one)
    return {
        chosen
        for found in by_exercise.values()
        for chosen in sorted(found, key=lambda one: one.name != AS_IN_THE_BOOK)[:FEW]
    }


ALWAYS: Final = NEEDED | few_wheat()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give the tests of a section its implementations; `make thorough` adds most of wheat and chaff."""
    if metafunc.cls is None:
        return
    ours = [one for one in IMPLEMENTATIONS if one.section.module == metafunc.cls.module]
    if "implementation" in metafunc.fixturenames:
        cases = [case(one, thorough=one.kind in {"chaff", "wheat"} and one not in ALWAYS) for one in ours]
        metafunc.parametrize("implementation", cases)
    if "reference" in metafunc.fixturenames:
        references = [
            case(one, thorough=one.exercise is not one.section.exercises[0], name=one.exercise.name)
            for one in ours
            if one.kind == "reference"
        ]
        metafunc.parametrize("reference", references)


class OfSection:
    """What holds in each section. Its tests run in one process, so that inputs are drawn once."""

    module: ClassVar[str]

    def test_its_outcome(self, implementation: Implementation, submission_grader: SubmissionGrader) -> None:
        """It is the required one in the sandbox and, of a reference, locally."""
        result = run_in_sandbox(submission_grader, implementation)
        assert unexpected_outcome(implementation, result) == ""
        if implementation.kind == "reference":
            assert first_difference(run_locally(COURSE, implementation, submission_grader.exam), result) == ""

    def test_answers_that_take_no_work_earn_nothing(self, reference: Implementation) -> None:
        """Constants, arguments handed back, classes whose methods do nothing: no points and no bonus."""
        assert list(unearned_points(COURSE, reference, exam(shrinks=False))) == []


class TestDataManipulation(OfSection):
    """2.1."""

    module = "data_manipulation"


class TestDataPreprocessing(OfSection):
    """2.2."""

    module = "data_preprocessing"


class TestLinearAlgebra(OfSection):
    """2.3."""

    module = "linear_algebra"


class TestAutograd(OfSection):
    """2.5."""

    module = "autograd"


class TestLinearRegression(OfSection):
    """3.1."""

    module = "linear_regression"


class TestOoDesign(OfSection):
    """3.2."""

    module = "oo_design"


class TestLinearRegressionScratch(OfSection):
    """3.4."""

    module = "linear_regression_scratch"


class TestSoftmaxRegression(OfSection):
    """4.1."""

    module = "softmax_regression"


class TestImageClassificationDataset(OfSection):
    """4.2."""

    module = "image_classification_dataset"


class TestClassification(OfSection):
    """4.3."""

    module = "classification"


class TestSoftmaxRegressionScratch(OfSection):
    """4.4."""

    module = "softmax_regression_scratch"


class TestMlp(OfSection):
    """5.1."""

    module = "mlp"


class TestMlpImplementation(OfSection):
    """5.2."""

    module = "mlp_implementation"


class TestBackprop(OfSection):
    """5.3."""

    module = "backprop"


def test_every_section_is_tested_above() -> None:
    """A new section needs a class here."""
    assert sorted(one.module for one in OfSection.__subclasses__()) == sorted(
        section.module for section in COURSE.sections
    )


def test_no_stub_is_stale() -> None:
    """`grader stubs` writes them."""
    assert stale(COURSE) == []


def test_every_check_is_failed_by_a_chaff() -> None:
    """Otherwise nothing shows that it can fail. The book's own code fails bonus checks."""
    killed = {(one.exercise.name, name) for one in IMPLEMENTATIONS for name in one.must_fail}
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
    """On average, twice as many as the others."""
    cards = {"preprocess", "SGD", "fit_epoch", "softmax", "cross_entropy", "relu", "sigmoid", "tanh"}
    points = {exercise.name: exercise.max_points for _section, exercise in COURSE.exercises()}
    ours = [points.pop(name) for name in cards]
    assert sum(ours) / len(ours) >= 2 * sum(points.values()) / len(points)


def test_wrong_values_earn_nothing_in_any_exercise() -> None:
    """Each exercise has a check of its values, on which the points of all others depend."""
    for _section, exercise in COURSE.exercises():
        assert RIGHT_VALUES in {check.name for check in exercise.checks if check.points}, exercise.name


def test_every_chaff_has_an_explanation_to_the_student() -> None:
    """It says "you" or "your", and more than a line."""
    for implementation in IMPLEMENTATIONS:
        if implementation.kind == "chaff":
            words = implementation.explanation.lower().split()
            assert len(words) > 15, implementation
            assert {"you", "your", "you're", "yours"}.intersection(words), implementation


ALIKE_IN_EVERY_RUN: Final = {"add_in_place", "to_scalars", "softmax", "is_symmetric"}
"""The exercises whose chaff are compared by `make test`."""


@pytest.mark.parametrize(
    ("section", "exercise"),
    [
        case(section, one, thorough=one.name not in ALIKE_IN_EVERY_RUN, name=one.name)
        for section, one in COURSE.exercises()
    ],
)
def test_no_two_chaff_behave_alike_unless_one_says_so(
    section: Section, exercise: Exercise, submission_grader: SubmissionGrader
) -> None:
    """Else neither is named where both explain an answer."""
    server = submission_grader.server
    known = Catalogue(COURSE, exam(shrinks=False), server).known(section, exercise)
    compared = [(one, behaviour) for one in known if (behaviour := one.symptoms) is not None]
    assert compared
    alike = [
        (one.misconception.id, other.misconception.id)
        for (one, mine), (other, theirs) in combinations(compared, 2)
        if one.family.id != other.family.id and behave_alike(mine, theirs)
    ]
    assert alike == []


def test_card_exercises_have_enough_wheat_and_chaff() -> None:
    """At least 3 and 5 of each."""
    for _section, exercise in COURSE.exercises():
        for kind, least in (("wheat", 3), ("chaff", 5)):
            count = sum(one.exercise is exercise and one.kind == kind for one in IMPLEMENTATIONS)
            assert count >= least, (exercise.name, kind)
