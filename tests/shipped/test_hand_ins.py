"""Right answers are right in every form in which students hand them in, and wrong ones wrong, on both sides.

Thirty solutions of the reference and of wheat, and ten of chaff, are rewritten into the forms of
`hand_in_forms`. Each form holds a third of them, and each third is in a third of the forms, so that each
layout, export, header and experiment meets solutions of all sections. Two forms hold models that are trained,
which takes longer. The first twelve forms have each choice of each axis; the others are left to
`make thorough`, and so are two thirds of the local verdicts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
import torch

from grader.audit.class_audit import run_section_locally
from grader.course.course import select
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.worker import sandbox_server
from grader.submissions import CourseNames, collect, find, read
from tests.fixtures.shipped import COURSE, exam
from tests.fixtures.thorough import case
from tests.shipped.hand_in_forms import Form, Solution, forms, solution

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.course.course import Course
    from grader.sandbox import Server
    from grader.submissions import Submission

MODULES: Final = frozenset(section.module for section in COURSE.sections)
FORMS: Final = tuple(forms(36))
ALWAYS: Final = 12
"""So many forms have every choice of every axis: there are twelve layouts, and fewer of all else."""
THIRDS: Final = 3
"""Into how many groups the solutions are dealt."""


@dataclass(frozen=True)
class Group:
    """Solutions that are handed in together: of each exercise, the variant; "" is the reference's."""

    right: dict[str, str]
    wrong: dict[str, str]

    @property
    def exercises(self) -> list[str]:
        """The exercises that it answers."""
        return [*self.right, *self.wrong]


GROUPS: Final = (
    Group(
        {
            "range_matrix": "",
            "load_table": "",
            "axis_means": "wheat/pythons_sum",
            "gradient": "",
            "add_vectorized": "",
            "HyperParameters": "wheat/added_later",
            "accuracy": "",
            "softmax": "",
            "relu": "",
            "forward_propagation": "",
        },
        {
            "write_rows": "chaff/begins_at_the_top",
            "matvec": "chaff/transposes_the_matrix",
            "tanh": "chaff/wrong_sign",
        },
    ),
    Group(
        {
            "elementwise": "",
            "impute_with_mean": "",
            "normalize_rows": "",
            "control_flow_gradient": "wheat/as_in_the_book",
            "normal_density": "",
            "ProgressBoard": "wheat/running_sums",
            "dot": "",
            "one_hot": "",
            "cross_entropy": "",
            "sigmoid": "",
        },
        {
            "is_symmetric": "chaff/any_instead_of_all",
            "l1_norm": "chaff/the_l2_norm",
            "accuracy": "chaff/counts_hits",
            "relu": "chaff/absolute_value",
        },
    ),
    Group(
        {
            "to_numpy_and_back": "",
            "to_tensors": "",
            "matmul": "",
            "elementwise_gradient": "",
            "add_with_loop": "",
            "SGD": "",
            "LinearRegressionScratch": "",
            "fit_epoch": "",
            "Classifier": "wheat/as_in_the_book",
            "tanh": "",
        },
        {
            "cumulative_sum": "chaff/along_the_columns",
            "softmax": "chaff/normalizes_columns",
            "sigmoid": "chaff/forgets_the_minus",
        },
    ),
)
TRAINED: Final = Group(
    {
        "softmax": "",
        "cross_entropy": "",
        "SoftmaxRegressionScratch": "wheat/methods_added_later",
        "relu": "",
        "MLPScratch": "wheat/methods_added_later",
    },
    {},
)
"""Models that are trained, of which one needs other answers."""
FORMS_OF_TRAINED: Final = (case(FORMS[2], thorough=False), case(FORMS[10], thorough=True))


class BothSides:
    """Grades submissions in one sandbox, and locally."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.exam = exam(shrinks=False)

    def at_grading(self, course: Course, submission: Submission) -> dict[str, str]:
        """Return the status of each exercise in the sandbox."""
        submission_grader = SubmissionGrader(course, self.exam, self.server)
        return {result.name: result.status for result in submission_grader.grade(submission)}

    def locally(self, course: Course, submission: Submission) -> dict[str, str]:
        """Return the status of each exercise in this process."""
        return {
            result.name: result.status
            for section in course.sections
            for result in run_section_locally(course, self.exam, section, submission)
        }


@pytest.fixture(scope="module")
def both_sides() -> Iterator[BothSides]:
    """One sandbox for all forms; torch computes in one thread here, as it does there."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    training_data.use(COURSE.data)
    with sandbox_server(COURSE, COURSE.data) as server:
        yield BothSides(server)
    torch.set_num_threads(before)


@cache
def solutions(index: int) -> tuple[Solution, ...]:
    """Return the solutions of a group, in the order of the course; the last are those of `TRAINED`."""
    group = (*GROUPS, TRAINED)[index]
    variants = {**group.right, **group.wrong}
    order = [exercise.name for _section, exercise in COURSE.exercises()]
    return tuple(solution(COURSE, name, variants[name]) for name in sorted(variants, key=order.index))


@cache
def asked(index: int) -> Course:
    """Return the course without the exercises that a group doesn't answer."""
    return replace(COURSE, sections=select(COURSE.sections, (*GROUPS, TRAINED)[index].exercises))


def handed_in(form: Form, index: int, folder: Path) -> Submission:
    """Return a group of solutions in a form, as it is found and read."""
    folder.mkdir()
    path = form.write(solutions(index), folder)
    layout = "single" if path.is_dir() else "auto"
    (entry,) = find([path], CourseNames(MODULES), layout=layout).entries
    return read(collect(entry, MODULES))


def mistaken(group: Group, statuses: dict[str, str]) -> dict[str, str]:
    """Return the exercises with another verdict than they must have."""
    wrong = {name: statuses[name] for name in group.wrong if statuses[name] in {"correct", "missing"}}
    return wrong | {name: statuses[name] for name in group.right if statuses[name] != "correct"}


def assert_graded(form: Form, index: int, both_sides: BothSides, folder: Path) -> None:
    """Assert that a group has the verdicts in the sandbox that it must have."""
    group, course = (*GROUPS, TRAINED)[index], asked(index)
    assert mistaken(group, both_sides.at_grading(course, handed_in(form, index, folder / "graded"))) == {}


def assert_same_locally(form: Form, index: int, both_sides: BothSides, folder: Path) -> None:
    """Assert the same locally, without experiments: of several definitions, the last one counts there."""
    group, course = (*GROUPS, TRAINED)[index], asked(index)
    plain = replace(form, experiment="nothing")
    assert mistaken(group, both_sides.locally(course, handed_in(plain, index, folder / "local"))) == {}


def test_the_forms_that_are_always_tried_have_every_choice() -> None:
    for axis in ("header", "experiment", "export", "layout"):
        assert {getattr(form, axis) for form in FORMS[:ALWAYS]} == {getattr(form, axis) for form in FORMS}


def group_of(number: int) -> int:
    """Return which group a form holds: the next one each time, and one further after each round of layouts.

    Without that, a layout, of which there are twelve, would always hold the same group.
    """
    return (number + number // ALWAYS) % THIRDS


@pytest.mark.parametrize(
    ("number", "form"),
    [case(number, form, name=str(form), thorough=number >= ALWAYS) for number, form in enumerate(FORMS)],
)
def test_each_form_gets_the_verdicts_of_its_solutions(
    number: int, form: Form, both_sides: BothSides, tmp_path: Path
) -> None:
    assert_graded(form, group_of(number), both_sides, tmp_path)


@pytest.mark.parametrize(
    ("number", "form"),
    [
        case(number, form, name=str(form), thorough=number >= ALWAYS or number % 3 != number // 3 % 3)
        for number, form in enumerate(FORMS)
    ],
)
def test_they_are_the_same_locally(number: int, form: Form, both_sides: BothSides, tmp_path: Path) -> None:
    assert_same_locally(form, group_of(number), both_sides, tmp_path)


@pytest.mark.parametrize("form", FORMS_OF_TRAINED)
def test_models_that_need_other_answers(form: Form, both_sides: BothSides, tmp_path: Path) -> None:
    assert_graded(form, len(GROUPS), both_sides, tmp_path)
    assert_same_locally(form, len(GROUPS), both_sides, tmp_path)
