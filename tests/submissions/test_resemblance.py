"""Names of sections, of helpers and of students are told apart."""

from __future__ import annotations

import pytest

from grader.submissions import CourseNames
from grader.submissions.resemblance import HELPERS, words_of

COURSE = CourseNames(
    frozenset(["linear_regression_scratch", "softmax_regression_scratch", "mlp"]),
    frozenset(["ch5_multilayer_perceptrons"]),
)


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("mlp.py", "mlp"),
        ("MLP.ipynb", "mlp"),
        ("softmax-regression-scratch.ipynb", "softmax_regression_scratch"),
        ("Softmax Regression Scratch.ipynb", "softmax_regression_scratch"),
        ("mlp.zip", None),
        ("mlp", None),
        ("mlp2.py", None),
        (".mlp.py", None),
    ],
)
def test_a_section_is_known_however_it_is_spelt(name: str, section: str | None) -> None:
    assert COURSE.section(name) == section


@pytest.mark.parametrize(
    "name",
    [
        "utils.py",
        "hw1.ipynb",
        "Untitled2.ipynb",
        "__init__.py",
        "my_name_is.txt",
        "test_softmax.py",
        "SoftmaxRegresion.ipynb",
        "sofmax_regression_scratch.py",
        "linear_regression_scrach (2).ipynb",
        "softmaxregressionscratch.ipynb",
        "multilayer_perceptron.py",
        "5_mlp_v2.py",
        "data.zip",
    ],
)
def test_a_file_about_the_work_does_not_look_like_a_student(name: str) -> None:
    assert not COURSE.looks_like_a_student(name, is_folder=False)


@pytest.mark.parametrize(
    "name",
    [
        "alice.py",
        "submission_1.ipynb",
        "Group 12.py",
        "mlp.zip",
        "marin.py",
        "dana.ipynb",
        "mlp_kim.ipynb",
        "softmax_regression_scratch_li.ipynb",
        "20241107.py",
        "s20241107.py",
        "1.py",
        "이서연_mlp.ipynb",
    ],
)
def test_any_other_file_does(name: str) -> None:
    assert COURSE.looks_like_a_student(name, is_folder=False)


def test_a_folder_is_looked_at_without_an_extension() -> None:
    assert COURSE.looks_like_a_student("j.py.park", is_folder=True)
    assert not COURSE.looks_like_a_student("ch5", is_folder=True)
    assert not COURSE.looks_like_a_student("mlp.data", is_folder=True)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("ch4_SoftmaxRegression-Copy1", ["ch", "softmax", "regression", "copy"]),
        ("d2l", ["d2l"]),
        ("mlp (12)", ["mlp"]),
        ("mlp123", ["mlp123"]),
        ("_1_", []),
    ],
)
def test_a_name_consists_of_words(name: str, words: list[str]) -> None:
    assert words_of(name) == words


def test_words_for_helpers_are_words() -> None:
    assert all(words_of(word) == [word] for word in HELPERS)
