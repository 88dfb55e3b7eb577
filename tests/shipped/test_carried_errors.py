"""The shipped course: answers that build on wrong ones keep their points, in the sandbox and at the desk."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from grader.course.course import select
from grader.datasets import training_data
from grader.grading.grade_submission import SubmissionGrader
from grader.grading.worker import sandbox_server
from grader.local.local_runner import LocalRunner
from grader.records.sources import Cell, SourceFile
from grader.submissions import Submission
from tests.fixtures import shipped

WRONG: Final = ("add_to_class", "softmax", "cross_entropy", "relu", "tanh", "HyperParameters")
BUILT_ON_THEM: Final = ("SoftmaxRegressionScratch", "MLPScratch", "sigmoid", "SGD")
SOURCE: Final = """\
import torch
from torch import nn


def add_to_class(Class):
    def register(function):
        setattr(Class, "method", function)
    return register


def softmax(X):
    return torch.exp(X) / torch.exp(X).sum(0, keepdim=True)


def cross_entropy(y_hat, y):
    raise ValueError("not yet")


class SoftmaxRegressionScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, lr, sigma=0.01):
        super().__init__()
        self.W = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, num_outputs)))
        self.b = nn.Parameter(torch.zeros(num_outputs))

    def parameters(self):
        return [self.W, self.b]


@add_to_class(SoftmaxRegressionScratch)
def forward(self, X):
    return softmax(torch.matmul(X.reshape((-1, self.W.shape[0])), self.W) + self.b)


@add_to_class(SoftmaxRegressionScratch)
def loss(self, y_hat, y):
    return cross_entropy(y_hat, y)


def relu(X):
    return torch.max(X, 0)


class MLPScratch(nn.Module):
    def __init__(self, num_inputs, num_outputs, num_hiddens, lr, sigma=0.01):
        super().__init__()
        self.num_inputs = num_inputs
        self.W1 = nn.Parameter(torch.randn(num_inputs, num_hiddens) * sigma)
        self.b1 = nn.Parameter(torch.zeros(num_hiddens))
        self.W2 = nn.Parameter(torch.randn(num_hiddens, num_outputs) * sigma)
        self.b2 = nn.Parameter(torch.zeros(num_outputs))

    def forward(self, X):
        return relu(X.reshape((-1, self.num_inputs)) @ self.W1 + self.b1) @ self.W2 + self.b2


def tanh(X):
    return torch.exp(X) - torch.exp(-X)


def sigmoid(X):
    return (1 + tanh(X / 2)) / 2


class HyperParameters:
    def save_hyperparameters(self, ignore=()):
        self.saved = True


class SGD(HyperParameters):
    def __init__(self, params, lr):
        self.save_hyperparameters()

    def step(self):
        for param in self.params:
            param -= self.lr * param.grad

    def zero_grad(self):
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()
"""
COURSE: Final = replace(shipped.COURSE, sections=select(shipped.COURSE.sections, (*WRONG, *BUILT_ON_THEM)))
EXAM: Final = shipped.exam(shrinks=False)


@pytest.fixture(scope="module")
def in_the_sandbox() -> dict[str, tuple[str, float]]:
    """Status and points of each exercise."""
    training_data.use(COURSE.data, "subset", COURSE.data_set)
    submission = Submission((SourceFile("work.py", None, (Cell(None, SOURCE),)),))
    with sandbox_server(COURSE, COURSE.data) as server:
        results = SubmissionGrader(COURSE, EXAM, server).grade(submission)
    return {one.name: (one.status, one.points) for one in results}


def test_only_what_is_wrong_itself_is_paid_for(in_the_sandbox: dict[str, tuple[str, float]]) -> None:
    assert {name for name, (status, _points) in in_the_sandbox.items() if status == "correct"} == {
        *BUILT_ON_THEM
    }


@pytest.mark.thorough
def test_local_verdicts_are_the_same(in_the_sandbox: dict[str, tuple[str, float]]) -> None:
    files = (SourceFile("work.py", None, (Cell(None, SOURCE),)),)
    runner = LocalRunner(
        EXAM, reference=COURSE.reference, sections=COURSE.sections, program=lambda _section: files
    )
    results = [runner.result(section, exercise) for section, exercise in COURSE.exercises()]
    assert {one.name: (one.status, one.points) for one in results} == in_the_sandbox
