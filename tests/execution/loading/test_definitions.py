"""Telling stubs from answers, by source alone."""

from __future__ import annotations

import ast

import pytest

from grader.execution.loading import is_stub
from grader.execution.loading.definitions import Statement, definitions


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
        "raise ValueError('to do')",
        "raise",
        "return",
        "return None",
        "return ...",
        "return NotImplementedError",
        '"""Docstring."""\n    # to do\n    return None',
    ],
)
def test_a_function_that_does_nothing_yet_is_a_stub(body: str) -> None:
    assert is_stub(node(f"def f(X):\n    {body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        "return X",
        "return 0",
        "return not None",
        "return NotADirectoryError",
        "X += 1\n    raise NotImplementedError",
        "print('to do')",
        "return super().f(X)",
    ],
)
def test_a_function_that_does_something_is_none(body: str) -> None:
    assert not is_stub(node(f"def f(X):\n    {body}\n"))


STEP = "    def step(self): raise NotImplemented"


@pytest.mark.parametrize(
    "body",
    [
        "pass",
        '"""Docstring."""',
        "def step(self): raise NotImplementedError",
        "lr = 1\n    def step(self): pass\n    async def zero_grad(self): ...",
        "def __init__(self): pass",
        f"def __init__(self, lr): self.save_hyperparameters()\n{STEP}",
        f"def __init__(self, lr):\n        super().__init__()\n        self.lr: float = lr\n{STEP}",
        f"def __init__(self, *a, b=0, **c):\n        self.a, self.b, self.c = a, b, c\n{STEP}",
        f'def __init__(self):\n        """Sets up."""\n        nn.Module.__init__(self)\n{STEP}',
        "def __init__(self):\n        super().__init__()\n        raise NotImplementedError",
    ],
)
def test_a_class_of_stubs_is_a_stub(body: str) -> None:
    assert is_stub(node(f"class SGD:\n    {body}\n"))


@pytest.mark.parametrize(
    "body",
    [
        "lr = 1",
        "def step(self): pass\n    def zero_grad(self): return 0",
        "step = lambda self: 0",
        "step = lambda self: 0\n    def zero_grad(self): pass",
        "def __init__(self, lr): self.lr = lr",
        "def __init__(self):\n        super().__init__()",
        f"def __init__(self): self.net = nn.LazyLinear(1)\n{STEP}",
        f"def __init__(self, lr): self.lr = lr + 1\n{STEP}",
        f"def __init__(self, lr): self.rate = RATE\n{STEP}",
        f"def __init__(self, lr): lr = 0\n{STEP}",
        f"def __init__(self, lr): self.build()\n{STEP}",
        f"def set_lr(self, lr): self.lr = lr\n{STEP}",
    ],
)
def test_a_class_with_something_in_it_is_none(body: str) -> None:
    assert not is_stub(node(f"class SGD:\n    {body}\n"))


SET_UP = "class SGD:\n    def __init__(self, lr):\n        self.save_hyperparameters()\n"


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        ("@add_to_class(SGD)\ndef step(self):\n    raise NotImplemented\n", True),
        ("@add_to_class(SGD)\ndef step(self):\n    return 0\n", False),
        ("SGD.step = lambda self: None\n", False),
        ("", False),
    ],
)
def test_methods_that_are_added_to_a_class_are_part_of_it(added: str, *, expected: bool) -> None:
    statements = [Statement(one) for one in ast.parse(SET_UP + added).body]
    found = {one.name: one.is_stub for one in definitions(statements)}
    assert found["SGD"] is expected


def test_other_statements_are_no_stubs() -> None:
    assert not is_stub(node("pass"))
