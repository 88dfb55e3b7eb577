"""The shipped course: a call that a failure shows runs where there is nothing but the answer and torch."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.course.call_setup import setup_of
from grader.datasets import training_data
from grader.datasets.torchvision_import import import_torchvision
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.worker import sandbox_server
from grader.records.expression import pasteable
from grader.records.sources import Cell, SourceFile
from grader.submissions import Submission
from tests.fixtures.shipped import COURSE, exam

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.checks.exercise import Exercise
    from grader.course.course import Section

ROOT: Final = Path(__file__).parents[2]
EXERCISES: Final = list(COURSE.exercises())
WRONG: Final = """\
import torch
import pandas as pd


class SGD:
    def __init__(self, params, lr):
        self.params, self.lr = params, lr

    def step(self):
        for param in self.params:
            param = param - self.lr * param.grad

    def zero_grad(self):
        pass


def accuracy(Y_hat, Y, averaged=True):
    return (Y_hat.argmax(dim=1) == Y).float().sum()


def load_table(path):
    return pd.read_csv(path).dropna()


def gradient(f, x):
    return x
"""


@pytest.fixture(autouse=True)
def in_the_folder_of_the_course(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is pasted adds to `sys.path` and imports drive files: neither stays."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield
    for name in [one for one in sys.modules if one.startswith("drive_")]:
        monkeypatch.delitem(sys.modules, name)


def pasted(text: str, names: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the last line gives
    """Run lines as a prompt does, after the import of torch; return the value of the last one."""
    exec("import torch", names)  # noqa: S102 - what a student has
    *lines, last = ast.parse(text).body
    assert isinstance(last, ast.Expr)
    exec(compile(ast.Module(lines, []), "<pasted>", "exec"), names)  # noqa: S102 - lines of the course
    return eval(compile(ast.Expression(last.value), "<pasted>", "eval"), names)  # noqa: S307


@pytest.mark.parametrize(("section", "exercise"), EXERCISES, ids=[one.name for _section, one in EXERCISES])
def test_every_call_of_the_course_runs_where_only_the_answer_is(section: Section, exercise: Exercise) -> None:
    training_data.use(COURSE.data)
    import_torchvision()
    source = COURSE.solution(section).read_text(encoding="utf-8")
    trained = {check.question for check in exercise.checks if check.band}
    questions = {check.question for check in exercise.checks} - trained - {None}
    for question in questions:
        assert question is not None
        case = exam().cases(question)[0]
        call = pasteable(question.asks, case.records)
        setup = setup_of(section, call, str(section.checks.parent))
        answers: dict[str, Any] = {"__name__": section.module}
        exec(compile(source, section.module, "exec"), answers)  # noqa: S102 - the reference
        if "…" not in call:
            pasted(setup + call, answers)


def test_what_is_shown_when_grading_runs_in_the_folder_of_the_course() -> None:
    with sandbox_server(COURSE, None) as server:
        grader = SubmissionGrader(COURSE, exam(), server)
        results = grader.grade(Submission((SourceFile("work.py", None, (Cell(None, WRONG),)),)))
    names = ("SGD", "accuracy", "load_table", "gradient")
    failed = {
        one.name: check
        for one in results
        for check in one.checks
        if check.status == "failed" and check.counterexample
    }
    assert failed.keys() == set(names)
    for name, check in failed.items():
        assert bool(check.setup) == (name != "load_table")
        answers: dict[str, Any] = {"__name__": "work"}
        exec(WRONG, answers)  # noqa: S102 - of this file
        pasted(check.setup + check.counterexample, answers)
