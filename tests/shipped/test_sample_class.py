"""The sample class gets the expected verdicts in the sandbox, and the same locally.

Of the whole books, some are left to `make thorough`, and the comparison with local verdicts to `make audit`.
"""

from __future__ import annotations

import gzip
import io
import json
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import nbformat
import pytest
import torch

from grader.audit.class_audit import local_difference
from grader.course.course import load_module
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.misconceptions import Catalogue
from grader.grading.worker import sandbox_server
from grader.submissions import CourseNames, Submission, Unreadable, collect, find, read
from tests.fixtures.shipped import COURSE, exam
from tests.fixtures.thorough import case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.course.course import Course
    from grader.grading.process import Process
    from grader.grading.retries import Asked, Examined
    from grader.grading.time_budget import Budget
    from grader.judging.generated_cases import Exam
    from grader.records.verdict import ExerciseResult
    from grader.sandbox import Server

REFERENCE = Path(__file__).parents[2] / "reference"
CLASS = REFERENCE / "sample_class"

TABLE: Final = tomllib.loads(Path(__file__).with_name("sample_class.toml").read_text(encoding="utf-8"))
STATUSES: Final = ("correct", "incorrect", "error", "timeout", "out_of_memory", "crashed")


def exercises_in(names: Sequence[str]) -> Iterator[str]:
    """The exercises that are meant: a section's number stands for all that it has."""
    sections = {section.number: [one.name for one in section.exercises] for section in COURSE.sections}
    for name in names:
        yield from sections.get(name, [name])


def expected(member: str) -> dict[str, tuple[str, float | None]]:
    """The status of each exercise that isn't missing; for a partial one, with its points."""
    row = TABLE[member]
    statuses = {one: (status, None) for status in STATUSES for one in exercises_in(row.get(status, []))}
    return {**statuses, **{one: ("partial", points) for one, points in row.get("partial", {}).items()}}


UNREADABLE = {
    "goran": "the file is empty",
    "pavel": "not a zip archive, or it is damaged",
    "viktor": "encoded in UTF-16",
    "xenia": "Hand in a .py file",
}
FIRST_ERRORS = {
    "ines": ("softmax", "was never closed"),
    "kofi": ("softmax", "never end?"),
    "rosa": ("impute_with_mean", "changed its argument inputs"),
    "tomas": ("relu", "which does the exercise for you"),
    "zoe": ("softmax", "no gradient reaches X"),
}
ENDLESS_OR_DEADLY = ("kofi", "mateo", "yusuf")
"""Run locally, they would cost time or end the test's process."""
LONG = ("amira", "diego", "farid", "greta", "hugo", "ivy", "서연_딥러닝_과제1", "李明_作业一")
"""Whole books, left to `make thorough`: alice's notebook has most sections, too."""


NAMED: Mapping[str, Mapping[str, str]] = {
    "dmitri": {"cross_entropy": "python-number"},
    "quinn": {
        "softmax": "normalizes-columns",
        "cross_entropy": "sums-the-batch",
        "relu": "absolute-value",
        "sigmoid": "forgets-the-minus",
        "tanh": "trigonometric",
        "activation_gradient": "roughly-right",
    },
    "서연_딥러닝_과제1": {"control_flow_gradient": "stops-above-a-thousand", "accuracy": "truth-values"},
    "zoe": {
        "encode_categories": "leaves-the-first-category-out",
        "impute_with_mean": "mean-of-the-whole-table",
        "softmax": "detached",
        "cross_entropy": "base-two",
        "relu": "in-place",
        "tanh": "only-the-sine",
    },
}
"""The misconceptions that explain what is wrong; what is wrong in another way has no name."""
NAMED_APART: Final = NAMED.keys() - {"dmitri"}
"""Whose many misconceptions are left to `make thorough`."""
COMPARED: Final = frozenset(["bora", "dmitri", "fatima", "uma"])
"""Whose local verdicts are always compared; those of the others are left to `make thorough`."""


class Recorder(SubmissionGrader):
    """Remembers the results with all that the student wrote, before anything was replaced."""

    def __init__(self, course: Course, exam: Exam, server: Server, catalogue: Catalogue | None) -> None:
        super().__init__(course, exam, server, catalogue=catalogue)
        self.firsts: dict[str, ExerciseResult] = {}

    def examine(
        self, asked: Sequence[Asked], budget: Budget, process: Process | None = None
    ) -> dict[str, Examined]:
        examined = super().examine(asked, budget, process)
        if not any(one.program.replaced for one in asked):
            self.firsts |= {name: one.result for name, one in examined.items()}
        return examined


class Graded:
    """The class, its results, and what they would be without the help of the reference's answers."""

    def __init__(self, course: Course, server: Server) -> None:
        self.course = course
        self.server = server
        self.exam = exam()
        self.catalogue = Catalogue(course, self.exam, server)
        self.submissions: dict[str, Submission] = {}
        self.reasons: dict[str, str] = {}
        self.firsts: dict[str, dict[str, ExerciseResult]] = {}
        self._results: dict[str, dict[str, ExerciseResult]] = {}
        modules = [section.module for section in course.sections]
        for entry in find([CLASS], CourseNames(frozenset(modules))).entries:
            try:
                self.submissions[entry.name] = read(collect(entry, modules))
            except Unreadable as unreadable:
                self.reasons[entry.name] = unreadable.reason

    def results(self, name: str, *, named: bool = False) -> dict[str, ExerciseResult]:
        """The results of a submission, graded when first asked for, with misconceptions if `named`."""
        if name not in self._results or (named and name in NAMED_APART):
            # A catalogue takes its time: it is made for those exercises only whose misconceptions are tested.
            catalogue = self.catalogue if named or name in NAMED.keys() - NAMED_APART else None
            # No status and no points depend on whether a failure is searched for the smallest inputs.
            self.exam.shrinks = named or name in FIRST_ERRORS
            submission_grader = Recorder(self.course, self.exam, self.server, catalogue)
            self._results[name] = {
                result.name: result for result in submission_grader.grade(self.submissions[name])
            }
            self.firsts[name] = submission_grader.firsts
        return self._results[name]


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch compute in one thread, as in the sandbox."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def graded() -> Iterator[Graded]:
    """The class, graded in one sandbox."""
    training_data.use(COURSE.data)
    with sandbox_server(COURSE, COURSE.data) as server:
        yield Graded(COURSE, server)


MEMBERS: Final = [case(name, thorough=name in LONG) for name in TABLE]


@pytest.mark.parametrize("name", MEMBERS)
def test_every_exercise_has_the_expected_status(graded: Graded, name: str) -> None:
    results = [result for result in graded.results(name).values() if result.status != "missing"]
    found = {one.name: (str(one.status), one.points if one.status == "partial" else None) for one in results}
    assert found == expected(name)
    assert sum(result.bonus for result in results) == TABLE[name].get("bonus", 0)


@pytest.mark.parametrize("name", MEMBERS)
def test_of_several_definitions_the_best_counts_and_is_named(graded: Graded, name: str) -> None:
    """Listed are attempts that are not the last ones, or that only broken definitions follow.

    An answer that is defined once is listed if what it needs was changed below.
    """
    cells = TABLE[name].get("cell", {})
    attempts = {result.name: result.attempt for result in graded.results(name).values() if result.attempt}
    counted = {one: attempt.where for one, attempt in attempts.items() if not attempt.last or one in cells}
    assert counted == cells
    assert all(attempts[one].of > 1 or not attempts[one].last for one in cells)


def test_the_table_names_each_exercise_of_a_member_once() -> None:
    names = {exercise.name for _, exercise in COURSE.exercises()}
    for member, row in TABLE.items():
        assert row.keys() <= {*STATUSES, "partial", "cell", "bonus"}, member
        mentioned = [one for status in STATUSES for one in exercises_in(row.get(status, []))]
        mentioned += row.get("partial", {})
        assert len(mentioned) == len(set(mentioned)), member
        assert {*mentioned, *row.get("cell", {})} <= names, member


def test_an_unreadable_submission_has_a_reason(graded: Graded) -> None:
    assert sorted(graded.reasons) == sorted(UNREADABLE)
    assert {name for name, words in UNREADABLE.items() if words not in graded.reasons[name]} == set()


def test_nobody_is_left_out(graded: Graded) -> None:
    assert sorted([*graded.submissions, *graded.reasons]) == sorted([*TABLE, *UNREADABLE])


def test_each_exercise_is_right_in_one_submission_and_each_section_wrong_in_another() -> None:
    members = [expected(member) for member in TABLE]
    for section in COURSE.sections:
        names = {exercise.name for exercise in section.exercises}
        statuses = {one: {member[one][0] for member in members if one in member} for one in names}
        assert {one for one, found in statuses.items() if "correct" not in found} == set()
        assert any(found & {"partial", "incorrect", "error"} for found in statuses.values()), section.number


@pytest.mark.parametrize("name", FIRST_ERRORS)
def test_a_message_names_what_is_wrong(graded: Graded, name: str) -> None:
    exercise, words = FIRST_ERRORS[name]
    assert words in graded.results(name)[exercise].message


@pytest.mark.parametrize("name", [case(name, thorough=name in NAMED_APART) for name in NAMED])
def test_a_mistake_gets_its_misconception(graded: Graded, name: str) -> None:
    results = graded.results(name, named=True).values()
    named = {result.name: result.misconception.id for result in results if result.misconception is not None}
    assert named == NAMED[name]


@pytest.mark.parametrize("name", MEMBERS)
def test_a_wrong_value_leaves_at_most_a_small_part_of_the_points(graded: Graded, name: str) -> None:
    for result in graded.results(name).values():
        wrong = any(check.name == "right_values" and check.status == "failed" for check in result.checks)
        assert not wrong or result.points <= 0.2 * result.max_points, result.name


def test_a_wrong_answer_that_others_call_costs_only_itself(graded: Graded) -> None:
    """quinn's softmax and cross_entropy are wrong, and the model on top of them is not."""
    assert graded.results("quinn")["SoftmaxRegressionScratch"].status == "correct"
    assert graded.firsts["quinn"]["SoftmaxRegressionScratch"].status != "correct"


@pytest.mark.parametrize(
    "name",
    [case(name, thorough=name not in COMPARED) for name in TABLE if name not in (*ENDLESS_OR_DEADLY, *LONG)],
)
def test_local_verdicts_are_the_same(graded: Graded, name: str) -> None:
    graded.results(name)
    graded.exam.shrinks = False  # counterexamples are not compared
    assert local_difference(graded.course, graded.exam, graded.submissions[name], graded.firsts[name]) == ""


# The files themselves ---------------------------------------------------------------------------


def test_all_forms_are_in_the_class() -> None:
    forms = {"folder" if path.is_dir() else path.suffix for path in CLASS.iterdir() if path.name[0] != "."}
    assert forms >= {"folder", ".py", ".ipynb", ".zip", ".tgz"}


@pytest.mark.parametrize("path", sorted(CLASS.rglob("*.ipynb")), ids=lambda path: str(path.name))
def test_the_notebooks_are_valid_and_of_format_4(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(notebook)
    assert notebook["nbformat"] == 4


def test_the_archives_are_those_that_their_sources_make() -> None:
    packed = load_module(REFERENCE / "pack_sample_class.py", "pack_sample_class").archives()
    there = {path.name for path in CLASS.iterdir() if path.suffix in {".zip", ".tgz"}}
    assert set(packed) == there
    for name, content in packed.items():
        ours = (CLASS / name).read_bytes()
        if name.endswith(".tgz"):
            # Compressors differ between versions of zlib; what they compress does not.
            assert gzip.decompress(ours) == gzip.decompress(content), name
        else:
            assert ours == content, name


def test_an_archive_holds_what_a_mac_adds() -> None:
    with zipfile.ZipFile(io.BytesIO((CLASS / "chen.zip").read_bytes())) as archive:
        assert any(name.startswith("__MACOSX/") for name in archive.namelist())


def test_the_table_in_the_documentation_names_every_submission() -> None:
    table = (REFERENCE / "README.md").read_text(encoding="utf-8")
    assert [name for name in [*TABLE, *UNREADABLE] if f"| {name} |" not in table] == []
