"""The child's side: it works where neither checks nor references are, and imports nothing that judges."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.execution.sandbox_entry import needs
from grader.records.protocol import Load
from grader.records.sources import Cell, SourceFile, SuppliedModule

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.small_course import WriteCourse

ROUND_TRIP = """
import sys
import msgspec
from grader.execution import sandbox_entry
from grader.records.protocol import Ask, Contents, Load, Observations, AskAttempt
from grader.records.sources import Cell, SourceFile

sandbox_entry.warm_up()

class Channel:
    "A channel whose other end is this list."

    def __init__(self, *messages):
        self.messages = [msgspec.msgpack.encode(message) for message in messages]
        self.sent = []

    def receive(self):
        return self.messages.pop(0) if self.messages else None

    def send(self, payload):
        self.sent.append(payload)

source = '''
import torch
def double(x):
    return torch.add(x, x)
class Counter:
    n = 0
    def count(self):
        self.n += 1
        return self.n
def undone(x):
    raise NotImplementedError
'''
wanted = {"double": ("double",), "Counter": ("Counter",), "undone": ("undone",), "absent": ("absent",)}
load = Load("doubling", (SourceFile("doubling.py", "doubling", (Cell(None, source),)),), wanted)
channel = Channel(
    AskAttempt("double", 0, (), 1.0),
    load,
    AskAttempt("double", 0, (Ask("double(x)", {"x": "a"}, 1), Ask("double(x, x)", {"x": 1.0}, 1)), 5.0),
    AskAttempt("Counter", 0, (Ask("counted(Counter, n)", {"n": 3}, 1),), 5.0),
)
sandbox_entry.serve(channel)
contents = msgspec.msgpack.decode(channel.sent[0], type=Contents)
assert {name: len(found) for name, found in contents.found.items()} == {
    "double": 1, "Counter": 1, "undone": 0, "absent": 0
}
assert {name: why.message for name, why in contents.absent.items()} == {
    "undone": "undone is still to do", "absent": "absent is not defined"
}
doubled, counted = (msgspec.msgpack.decode(one, type=Observations).seen for one in channel.sent[1:])
assert doubled[0].raised.kind == "TypeError", doubled
assert not doubled[1].raised.inside
assert counted[0].result.items == (1, 2, 3)

shown = {"grader", "grader.datasets", "grader.execution", "grader.records", "grader.sandbox"}
loaded = {".".join(name.split(".")[:2]) for name in sys.modules if name.split(".")[0] == "grader"} - shown
loaded |= {"grader.records.verdict"} & sys.modules.keys()
loaded |= {"hypothesis", "gradbook_course", "pytest"} & {name.partition(".")[0] for name in sys.modules}
loaded |= {name for name in sys.modules if "test_doubling" in name}
print(sorted(loaded))
"""


def alone(folder: Path, code: str) -> str:
    """Run code as the child runs: with the course's drive files, and nothing else of the course."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        cwd=folder,
        env={**os.environ, "GRADBOOK_COURSE": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_child_answers_with_drive_files_only_and_imports_nothing_that_judges(
    write: WriteCourse, tmp_path: Path
) -> None:
    shown = tmp_path / "shown"
    shown.mkdir()
    (write() / "assignments/ch1/drive_doubling.py").rename(shown / "drive_doubling.py")
    assert alone(shown, ROUND_TRIP) == "[]"


WITHOUT_WORKERS = """
from grader.execution import sandbox_entry

sandbox_entry.load_without_workers()
import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(5))
asked = DataLoader(data, 2, num_workers=4, persistent_workers=True, prefetch_factor=3)
assert asked.num_workers == 0
print([batch.tolist() for (batch,) in asked])
"""


def test_a_loader_that_asks_for_workers_loads_without(tmp_path: Path) -> None:
    """The book's notebooks ask for 4, and no process can be started in the sandbox."""
    assert alone(tmp_path, WITHOUT_WORKERS) == "[[0, 1], [2, 3], [4]]"


WARM = """
import sys
from grader.execution import sandbox_entry
sandbox_entry.warm_up()
early = [name for name in ("torch", "pandas", "matplotlib", "torch._dynamo.utils") if name in sys.modules]
for name in sorted(sandbox_entry.LATER):
    module, _, function = sandbox_entry.LATER[name].target.partition(":")
    getattr(sys.modules[module], function)()
late = [name for name in ("matplotlib.pyplot",) if name in sys.modules]
print(early, late)
"""


def test_what_few_programs_need_is_imported_for_the_first_that_does(tmp_path: Path) -> None:
    assert alone(tmp_path, WARM) == "['torch', 'pandas'] ['matplotlib.pyplot']"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def double(x):\n    return 2 * x\n", ()),
        ("from matplotlib import pyplot as plt\n", ("plots",)),
        ("from d2l import torch as d2l\n", ("plots",)),
    ],
)
def test_a_program_needs_what_it_mentions(source: str, expected: tuple[str, ...]) -> None:
    file = SourceFile("a.py", "a", (Cell(None, "import torch\n"), Cell(None, source)))
    assert needs(Load("a", (file,), {})) == expected
    helper = SuppliedModule("helper", "helper.py", False, source)
    assert needs(Load("a", (), {}, supplied=(helper,))) == expected
