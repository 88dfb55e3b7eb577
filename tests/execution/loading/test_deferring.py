"""Statements that only run because an answer needs what they bind, after everything else."""

from __future__ import annotations

import pytest

from grader.execution.deadline import deadline
from grader.execution.loading import Loaded, load
from grader.records.sources import Cell, SourceFile

ANSWER = "def softmax(X): return needed + X"
WANTED = {"softmax": ("softmax",), "relu": ("relu",), "fit": ("fit", "Trainer.fit")}

PROGRAMS = {
    "a call": """
def make(): return 40
needed = make()
""",
    "a call that needs a constant": """
def make(): return factor * 4
factor = 10
needed = make()
""",
    "a call above its function": """
needed = make()
def make(): return 40
""",
    "an object": """
class Sizes:
    def __init__(self): self.n = opened()
def opened(): return 40
sizes = Sizes()
needed = sizes.n
""",
    "a while loop": """
def make(): return iter(range(41))
numbers = make()
while True:
    try: needed = next(numbers)
    except StopIteration: break
""",
    "a walrus": """
if (needed := 40) > 50: pass
""",
    "argparse": """
import argparse
parser = argparse.ArgumentParser()
parser.add_argument('--needed', type=int, default=40)
needed = parser.parse_args().needed
""",
    "argparse in a main program": """
from argparse import ArgumentParser
parser = ArgumentParser()
parser.add_argument('--size', type=int, default=40)
if __name__ == '__main__':
    args = parser.parse_args()
    needed = args.size
""",
    "without gradients": """
import torch
def make(): return torch.full((1,), 40)
with torch.no_grad(): needed = int(make())
""",
    "training": """
def train():
    for _ in range(3): print('loss')
    return [1, 40]
losses = train()
needed = max(losses)
""",
}
"""Programs that bind 40 to the name `needed`."""


def loading(source: str, path: str = "hw.py") -> Loaded:
    return load([SourceFile(path, None, (Cell(None, source),))], WANTED)


def call(loaded: Loaded, name: str, *arguments: object) -> object:
    """What the last attempt returns."""
    answer = loaded.attempts(name)[0].answer
    assert callable(answer)
    with loaded.active():
        return answer(*arguments)


@pytest.mark.parametrize("source", PROGRAMS.values(), ids=PROGRAMS)
def test_what_an_answer_needs_is_run(source: str) -> None:
    for program in (f"{source}\n{ANSWER}", f"{ANSWER}\n{source}"):
        assert call(loading(program), "softmax", 2) == 42


def test_what_a_definition_needs_when_it_is_made_is_run_before_it() -> None:
    source = "def make(): return 40\nneeded = make()\ndef softmax(X, y=needed): return X + y"
    assert call(loading(source), "softmax", 2) == 42
    source = "def make(): return object\nbase = make()\nclass Trainer(base):\n  def fit(self): return 1"
    assert call(loading(source), "fit", None) == 1


@pytest.mark.parametrize(
    "beside",
    [
        "X = stop()",  # a local name of the answer
        "sum = stop()",  # Python's own
        "other = stop()",
        "for X in range(3): stop()",
        "stop()",
        "helper = stop()",  # defined by something safe
        "while True: X = 1",
    ],
)
def test_nothing_else_is_run(beside: str) -> None:
    source = f"ran = []\ndef helper(): return 0\ndef stop(): ran.append(1); return 3\n{beside}\n"
    loaded = loading(source + "def softmax(X): return sum([X, helper()]), ran")
    assert call(loaded, "softmax", 2) == (2, [])


def test_what_fails_costs_what_hangs_on_it() -> None:
    loaded = loading(f"needed = download()\ndef relu(X): return X\n{ANSWER}")
    assert call(loaded, "relu", 2) == 2
    with pytest.raises(NameError, match="needed"):
        call(loaded, "softmax", 2)


def test_what_never_ends_costs_what_hangs_on_it() -> None:
    source = f"def spin():\n  while True: pass\nneeded = spin()\ndef relu(X): return X\n{ANSWER}"
    with deadline(0.2):
        loaded = loading(source)
    assert call(loaded, "relu", 2) == 2


def test_it_never_takes_the_place_of_what_is_defined() -> None:
    source = "def make(): return 40\nneeded, relu = make(), None\ndef relu(X): return X\n" + ANSWER
    assert call(loading(source), "relu", 2) == 2


def test_a_definition_that_was_replaced_is_not_run_again() -> None:
    source = "def relu(X, y=nothing): return 1\ndef relu(X): return 2\n"
    loaded = loading(source + PROGRAMS["a call"] + ANSWER)
    assert call(loaded, "relu", 0) == 2
    assert call(loaded, "softmax", 2) == 42


def test_nothing_was_typed_and_no_argument_given() -> None:
    source = "import sys\ndef typed():\n  try: return input()\n  except EOFError: return sys.argv\n"
    loaded = loading(source + "needed = typed()\ndef softmax(X): return needed", "folder/hw.py")
    assert call(loaded, "softmax", 0) == ["folder/hw.py"]


def test_of_two_definitions_below_main_the_last_one_counts() -> None:
    source = "if __name__ == '__main__':\n  def helper(): return 1\n  def helper(): return 2\n"
    assert call(loading(f"{source}  def softmax(X): return helper()"), "softmax", 0) == 2
    source = "if __name__ == '__main__':\n  def softmax(X): return 1\n  def softmax(X): return 2\n"
    loaded = loading(source)
    assert [attempt.answer(0) for attempt in loaded.attempts("softmax") if callable(attempt.answer)] == [2, 1]
