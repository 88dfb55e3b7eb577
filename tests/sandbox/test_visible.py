"""Of the grader's own package, processes in the sandbox see what runs answers and nothing that judges."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import grader
from grader.sandbox import LAYER_NAMES
from grader.sandbox.bubblewrap import bubblewrap_command
from grader.sandbox.visible import VISIBLE
from tests.sandbox.conftest import INNER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.sandbox import LayerName, Server
    from tests.sandbox.conftest import Ask, StartServer

WITHOUT_BUBBLEWRAP: tuple[LayerName, ...] = ("namespaces", "landlock", "seccomp", "limits")

HIDDEN = sorted(
    path.stem
    for path in grader.PACKAGE.iterdir()
    if path.name not in VISIBLE and not path.name.startswith(("_", "."))
)


@pytest.fixture(
    scope="module", params=[LAYER_NAMES, WITHOUT_BUBBLEWRAP, INNER], ids=["full", "weak", "links alone"]
)
def server(start: StartServer, request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server with bubblewrap, one without, and one that nothing but the folder of links restricts."""
    with start(request.param) as server:
        yield server


def test_there_is_something_to_hide() -> None:
    assert {"checks", "judging", "grading", "reporting", "course", "pytest_plugin"} <= set(HIDDEN)


@pytest.mark.parametrize("name", HIDDEN)
def test_what_a_child_does_not_need_cannot_be_imported(server: Server, ask: Ask, name: str) -> None:
    source = f"""
try:
    import grader.{name}
    answer = "imported"
except ModuleNotFoundError as error:
    answer = error.name
"""
    with server.fork() as child:
        assert ask(child, source) == f"grader.{name}"


def test_the_folder_of_the_package_lists_what_a_child_needs(server: Server, ask: Ask) -> None:
    source = "import grader, os; answer = sorted(os.listdir(os.path.dirname(grader.__file__)))"
    with server.fork() as child:
        assert ask(child, source) == sorted(VISIBLE)


def test_what_a_child_needs_can_be_imported(server: Server, ask: Ask) -> None:
    source = "import grader.drive, grader.execution.sandbox_entry; answer = grader.drive.__all__ != []"
    with server.fork() as child:
        assert ask(child, source, 60.0) is True


def test_what_a_child_does_not_need_cannot_be_read(start: StartServer, ask: Ask) -> None:
    files = [str(path) for name in HIDDEN for path in grader.PACKAGE.glob(f"{name}*")]
    hidden = [file for file in files if not Path(file).is_relative_to(sys.prefix)]
    source = f"import os; answer = [file for file in {hidden!r} if os.access(file, os.R_OK)]"
    with start() as server, server.fork() as child:
        assert ask(child, source) == []


def test_what_is_visible_imports_nothing_hidden() -> None:
    """Except within functions: `%load_ext grader` is for notebooks."""
    for name in VISIBLE:
        path = grader.PACKAGE / name
        for file in [path] if path.is_file() else path.rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module and file.name != "__init__.py":
                    first, _, rest = node.module.partition(".")
                    top = rest.partition(".")[0]
                    assert first != "grader" or top == "" or top not in HIDDEN, (file, node.module)


def test_an_installed_package_is_covered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where Gradbook is installed from a wheel, its folder is among Python's packages, which are visible."""
    monkeypatch.setattr("grader.sandbox.bubblewrap.python_paths", lambda: [tmp_path])
    monkeypatch.setattr("grader.sandbox.bubblewrap.PACKAGE", tmp_path / "grader")
    command = bubblewrap_command([sys.executable], {})
    covered = command.index(str(tmp_path / "grader"))
    assert command[covered - 1] == "--tmpfs"
    assert covered > command.index(str(tmp_path))
    assert "--remount-ro" in command[covered:]


def test_a_package_elsewhere_is_not_covered() -> None:
    command = bubblewrap_command([sys.executable], {})
    if not any(grader.PACKAGE.is_relative_to(Path(path)) for path in command if os.sep in path):
        assert str(grader.PACKAGE) not in command


LOOKS = """
import importlib.util
try:
    import sympy
    answer = "imported"
except ModuleNotFoundError as error:
    answer = [str(error), error.name, importlib.util.find_spec("sympy") is None]
    try:
        import sympy.core
    except ModuleNotFoundError as error:
        answer.append(error.name)
"""


@pytest.mark.parametrize("layers", [LAYER_NAMES, INNER], ids=["full", "links alone"])
def test_a_hidden_package_is_as_if_it_were_not_installed(
    start: StartServer, ask: Ask, layers: tuple[LayerName, ...]
) -> None:
    with start(layers, hidden={"sympy"}) as server, server.fork() as child:
        assert ask(child, LOOKS) == ["No module named 'sympy'", "sympy", True, "sympy"]


def test_a_package_that_is_not_hidden_is_there(start: StartServer, ask: Ask) -> None:
    with start(hidden={"rich"}) as server, server.fork() as child:
        assert ask(child, LOOKS) == "imported"


def test_what_optionally_imports_a_hidden_package_does_without(start: StartServer, ask: Ask) -> None:
    """Matplotlib and torch look for packages that they can do without."""
    source = "import torch, matplotlib; answer = float(torch.ones(3).sum())"
    with start(hidden={"IPython", "psutil", "setuptools"}) as server, server.fork() as child:
        assert ask(child, source, 60.0) == 3.0


def test_other_importers_are_asked_as_before(start: StartServer, ask: Ask) -> None:
    source = "import importlib, importlib.metadata as m; importlib.invalidate_caches(); "
    source += "answer = m.version('torch')[:2]"
    with start(hidden={"sympy"}) as server, server.fork() as child:
        assert ask(child, source) == "2."
