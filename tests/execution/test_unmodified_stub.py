"""A file in which nothing is written yet is known for one without being run; any other file is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.execution.unmodified_stub import UnmodifiedStub, is_unmodified
from grader.records.sources import Cell, SourceFile
from tests.fixtures.shipped import COURSE

if TYPE_CHECKING:
    from grader.course.course import Section

STUB = 'def relu(X):\n    """Return X without its negative part."""\n    raise NotImplementedError\n'
FILE = f'"""5.1 Multilayer perceptrons."""\n\nimport torch\nfrom torch import nn\n\n\n{STUB}'


WANTED = {"relu": ("relu",)}


def files(*sources: str) -> list[SourceFile]:
    """A section's file and others."""
    return [SourceFile(f"{number}.py", None, (Cell(None, one),)) for number, one in enumerate(sources)]


def test_imports_and_stubs_are_untouched() -> None:
    assert is_unmodified(files(FILE), WANTED)
    assert is_unmodified(files(FILE + STUB.replace("relu", "tanh")), WANTED)


def test_other_files_must_not_seem_to_define_an_answer() -> None:
    assert is_unmodified(files(FILE, "def tanh(X): return X", FILE, "Net.relu(X)"), WANTED)
    for source in ("def relu(X): return X", "class N:\n    def relu(X): return 1", "relu = tanh", "relu =("):
        assert not is_unmodified(files(FILE, source), WANTED)
    method = {"fit_epoch": ("fit_epoch", "Trainer.fit_epoch")}
    stub = files(FILE.replace("relu", "fit_epoch"), "class Trainer:\n    def fit_epoch(self): return 1")
    assert not is_unmodified(stub, method)


def test_a_file_that_can_not_be_read_is_to_be_told() -> None:
    assert not is_unmodified([SourceFile("relu.py", None, (), "It is missing.")], {})


@pytest.mark.parametrize("section", COURSE.sections, ids=lambda section: section.module)
def test_every_stub_that_is_handed_out_is_untouched(section: Section) -> None:
    wanted = {exercise.name: exercise.spellings for exercise in section.exercises}
    assert is_unmodified(files(section.stub.read_text(encoding="utf-8")), wanted)


@pytest.mark.parametrize(
    "source",
    [
        FILE + "\n\nrelu(3)\n",
        FILE + "\n\nSIZE = 3\n",
        FILE + "\n\nif True:\n    pass\n",
        FILE + "\n\ndef helper(X):\n    return X\n",
        FILE.replace("raise NotImplementedError", "return X"),
        FILE.replace("def relu", "@staticmethod\ndef relu"),
        FILE.replace("relu", "rleu"),
        FILE.replace(":\n    raise", "\n    raise").replace("def relu(X)", "def relu(X"),
        "\0",
        "",
    ],
    ids=[
        "a call", "a constant", "a statement", "a helper", "an answer", "a decorator", "another name",
        "a syntax error", "a null byte", "nothing",
    ],
)  # fmt: skip
def test_anything_else_is_to_be_run(source: str) -> None:
    assert not is_unmodified(files(source), WANTED)


def test_its_exercises_are_still_to_do() -> None:
    absent = UnmodifiedStub().absent("relu")
    assert (absent.status, absent.message) == ("failed", "relu is still to do")
    assert UnmodifiedStub().fault("relu") is None
    with pytest.raises(AssertionError, match="relu is still to do"):
        UnmodifiedStub().ask("relu", 0, [], 1.0)
