"""Objects that merely hold values are made when a definition needs them; others may be training runs."""

from __future__ import annotations

import pytest

from grader.execution.loading import Loaded, load
from grader.records.sources import Cell, SourceFile

NEEDS_IT = "config = Config()\n\ndef softmax(X): return X * config.scale\n"
PLOT_NEEDS_IT = "config = Config()\n\ndef plot(): return config\n\ndef softmax(X): return X\n"
"""What no answer needs is left out unless it is safe."""
DATA_CLASS = """\
from dataclasses import dataclass, field

@dataclass(frozen=True)
class Config:
    scale: float = 3
    layers: list = field(default_factory=list)

    def is_deep(self): return len(self.layers) > 2
"""
NAMED_TUPLE = """\
from typing import NamedTuple

class Config(NamedTuple):
    scale: float = 3
"""
PLAIN = """\
class Config:
    scale = 3
"""
STORES = """\
class Config:
    def __init__(self, scale=3):
        \"\"\"Keep the scale.\"\"\"
        self.scale = scale
        self.twice: int = 2 * scale
"""


def loading(source: str) -> Loaded:
    return load([SourceFile("hw.py", None, (Cell(None, source),))], {"softmax": ("softmax",)})


def softmax_of_1(source: str) -> object:
    """What the answer returns for 1."""
    loaded = loading(source)
    answer = loaded.attempts("softmax")[0].answer
    assert callable(answer)
    return answer(1)


@pytest.mark.parametrize("classes", [DATA_CLASS, NAMED_TUPLE, PLAIN, STORES])
def test_an_object_that_holds_values_is_made(classes: str) -> None:
    assert softmax_of_1(classes + NEEDS_IT) == 3


@pytest.mark.parametrize(
    "classes",
    [
        "class Config:\n    def __init__(self): train()\n",
        "class Config:\n    def __init__(self): self.scale = train()\n",
        "class Config:\n    def __new__(cls): return train()\n",
        "class Config(Trainer):\n    scale = 3\n",
        "@train\nclass Config:\n    scale = 3\n",
        "class Config(metaclass=Trainer):\n    scale = 3\n",
        f"{DATA_CLASS}    def __post_init__(self): train()\n",
        f"{PLAIN}\ndef Config(): return train()\n",
    ],
)
def test_an_object_whose_class_may_do_something_else_is_not_made(classes: str) -> None:
    trainer = "class Trainer(type): pass\ndef train(*_): raise AssertionError('it is not to run')\n"
    loaded = loading(trainer + classes + PLOT_NEEDS_IT)
    assert "config" not in loaded.attempts("softmax")[0].namespace


def test_its_arguments_are_constants_too() -> None:
    assert softmax_of_1(STORES + NEEDS_IT.replace("Config()", "Config(scale=2 + 3)")) == 5
    loaded = loading(STORES + "def train(): pass\n" + PLOT_NEEDS_IT.replace("Config()", "Config(train())"))
    assert "config" not in loaded.attempts("softmax")[0].namespace


def test_a_dictionary_is_updated_by_keywords() -> None:
    source = "config = {}\nconfig.update(scale=3)\ndef softmax(X): return X * config['scale']\n"
    assert softmax_of_1(source) == 3
