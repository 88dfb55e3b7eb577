"""The sample class's notebooks: nothing of them trains, plots, installs or downloads while they are read."""

from __future__ import annotations

import contextlib
import importlib
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
import torch
from matplotlib import pyplot as plt

from grader.course import course
from grader.datasets.torchvision_import import import_torchvision
from grader.execution.loading import importable, load
from grader.records.sources import Cell, SourceFile
from grader.submissions import CourseNames, collect, find, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

REFERENCE: Final = Path(__file__).parents[3] / "reference"
NOTEBOOKS: Final = sorted((REFERENCE / "sample_class").glob("*.ipynb"))

OUTSIDE: Final = (
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn"),
    *("os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.", "tempfile."),
    *("socket.connect", "socket.getaddrinfo", "urllib.Request", "webbrowser.open"),
)
"""Audit events of Python for processes, changes to files, and the network."""

_heard: list[str] | None = None


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    """Record and prevent effects outside of this process, while recording is on."""
    if _heard is None:
        return
    writes = event == "open" and len(arguments) > 1 and set(str(arguments[1] or "")) & set("wax+")
    if writes or event.startswith(OUTSIDE):
        _heard.append(f"{event} {arguments[:1]}")
        message = f"{event} while a notebook is read"
        raise PermissionError(message)


sys.addaudithook(_hear)  # it can't be taken back, and is silent but for these tests


@pytest.fixture(scope="module", autouse=True)
def _torchvision() -> None:
    """Its import is slow and may need help; as in the child, it has happened already."""
    import_torchvision()


@pytest.fixture(scope="module")
def wanted() -> dict[str, tuple[str, ...]]:
    """All exercises of the course."""
    return {exercise.name: exercise.spellings for _, exercise in course.load().exercises()}


@pytest.fixture
def d2l() -> Iterator[ModuleType]:
    """All that the course supplies; the package itself is not installed."""
    with importable(course.load().supplied.modules):
        yield importlib.import_module("d2l.torch")


@contextmanager
def tripwires(monkeypatch: pytest.MonkeyPatch, d2l: ModuleType) -> Iterator[list[str]]:
    """A list of what happens meanwhile that is none of a definition's business."""
    global _heard  # noqa: PLW0603 - an audit hook can't be given anything
    touched: list[str] = []

    def noting(name: str) -> Callable[..., None]:
        return lambda *_arguments, **_named: touched.append(name)

    wires: list[tuple[object, str]] = [
        (torch.autograd, "backward"),
        (torch.autograd, "grad"),
        (torch.Tensor, "backward"),
        (torch.optim.SGD, "step"),
        (torch.optim.Adam, "step"),
        (torch.nn.Module, "train"),
        (d2l.Trainer, "fit"),
        (d2l.ProgressBoard, "draw"),
        (d2l, "plot"),
        (d2l, "show_images"),
        *((plt, name) for name in ("figure", "subplots", "plot", "imshow", "hist", "bar", "show", "savefig")),
    ]
    with monkeypatch.context() as patches:
        for owner, name in wires:
            patches.setattr(owner, name, noting(name))
        _heard = touched
        try:
            yield touched
        finally:
            _heard = None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: str(path.stem))
def test_reading_a_notebook_has_no_effect_and_finds_its_answers(
    path: Path,
    wanted: dict[str, tuple[str, ...]],
    d2l: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (entry,) = find([path], CourseNames(frozenset()), "single").entries
    files = read(collect(entry, [])).program("any")
    with tripwires(monkeypatch, d2l) as touched:
        loaded = load(files, wanted)
        found = [name for name in wanted if loaded.attempts(name)]
    assert touched == []
    assert capfd.readouterr().out == ""
    assert "softmax" in found


@pytest.mark.parametrize(
    "source",
    [
        "subprocess.run(['true'])",
        "os.system('true')",
        "urllib.request.urlretrieve('http://127.0.0.1:9/house_tiny.csv', 'house_tiny.csv')",
        "open('house_tiny.csv', 'w')",
        "os.makedirs('no/such/folder/yet')",
        "torch.ones(1, requires_grad=True).sum().backward()",
        "torch.autograd.grad(torch.ones(1, requires_grad=True).sum(), [])",
        "torch.optim.SGD([torch.ones(1)], lr=0.1).step()",
        "d2l.Trainer(max_epochs=1).fit(None, None)",
        "d2l.plot([1])",
        "plt.figure()",
    ],
)
def test_each_tripwire_is_touched_by_a_program_that_runs_whole(
    source: str, d2l: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same line does its harm where Python runs it, and none in a notebook or a file that is read."""
    monkeypatch.chdir(tmp_path)
    imports = (
        "import os, subprocess, urllib.request, torch\n"
        "from matplotlib import pyplot as plt\nfrom d2l import torch as d2l\n"
    )
    text = f"{imports}{source}\ndef softmax(X): return X"
    with tripwires(monkeypatch, d2l) as ran, contextlib.suppress(PermissionError):
        exec(text, {})  # noqa: S102 - see above
    touched = {}
    for number in (None, 1):
        file = SourceFile("hw.ipynb", None, (Cell(number, text),))
        with tripwires(monkeypatch, d2l) as touched[number]:
            load([file], {"softmax": ("softmax",)}).attempts("softmax")
    assert (len(ran), touched[None], touched[1]) == (1, [], [])
