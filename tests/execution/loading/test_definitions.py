"""Telling stubs from answers, by source alone."""

from __future__ import annotations

import ast

import pytest

from grader.execution.loading import is_stub


def node(source: str) -> ast.AST:
    return ast.parse(source).body[0]


@pytest.mark.parametrize(
    "body",
    [
        "raise NotImplementedError",
        "raise NotImplementedError('to do')",
        "raise NotImplemented",
        "raise NotImplemented()",
        "return NotImplemented",
        "pass",
        "...",
        '"""Only a docstring."""',
        '"""Docstring."""\n    raise NotImplementedError',
        '"""Docstring."""\n    pass\n    ...',
    ],
)
def test_a_function_that_does_nothing_yet_is_a_stub(body: str) -> None:
    assert is_stub(node(f"def f(X):\n    {body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        "return X",
        "return None",
        "raise ValueError",
        "X += 1\n    raise NotImplementedError",
        "print('to do')",
        "raise",
    ],
)
def test_a_function_that_does_something_is_none(body: str) -> None:
    assert not is_stub(node(f"def f(X):\n    {body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        '"""Docstring."""',
        "def step(self): raise NotImplementedError",
        "lr = 1\n    def step(self): pass\n    async def zero_grad(self): ...",
    ],
)
def test_a_class_of_stubs_is_a_stub(body: str) -> None:
    assert is_stub(node(f"class SGD:\n    {body}\n"))


@pytest.mark.parametrize(
    "body", ["lr = 1", "def step(self): pass\n    def zero_grad(self): return 0", "step = lambda self: 0"]
)
def test_a_class_with_something_in_it_is_none(body: str) -> None:
    assert not is_stub(node(f"class SGD:\n    {body}\n"))


def test_other_statements_are_no_stubs() -> None:
    assert not is_stub(node("pass"))
