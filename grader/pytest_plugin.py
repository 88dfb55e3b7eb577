"""`pytest assignments`: checks files become exercises and checks, and the terminal says what is next.

Loaded in every run of pytest where Gradbook is installed, so it imports nothing heavy until there is a
checks file to collect.
"""

from __future__ import annotations

import ast
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any

import pytest

from grader.overview import Overview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest.terminal import TerminalReporter

    from grader.check import Check
    from grader.course import Section
    from grader.desk import Desk
    from grader.exercise import Exercise
    from grader.verdict import Verdict

DESK = pytest.StashKey["Desk"]()
OVERVIEW = pytest.StashKey[Overview]()
WANTED = pytest.StashKey[frozenset[str]]()


class CheckFailed(Exception):
    """A check did not pass."""

    def __init__(self, verdict: Verdict, section: Section) -> None:
        super().__init__(f"{verdict.name}: {verdict.status}")
        self.verdict = verdict
        self.section = section


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the student's side."""
    group = parser.getgroup("gradbook", "Gradbook: exercises")
    group.addoption("--only", default="", metavar="NAMES", help="check just these exercises: softmax,SGD")
    group.addoption(
        "--device", default="auto", choices=["cpu", "cuda", "auto"], help="where tensors live (default: auto)"
    )
    group.addoption(
        "--data",
        default="subset",
        choices=["subset", "full"],
        help="what models are trained on: the images that come with the course, or all of Fashion-MNIST",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take up the exercises that are wanted, and the record of what is found of them."""
    names = frozenset(name.strip() for name in config.getoption("only").split(",") if name.strip())
    config.stash[WANTED] = names
    config.stash[OVERVIEW] = Overview(config)
    config.pluginmanager.register(config.stash[OVERVIEW], "gradbook-overview")
    if names and not hasattr(config, "workerinput"):
        _refuse_unknown(names, config)


def _refuse_unknown(names: frozenset[str], config: pytest.Config) -> None:
    folders = {folder for path in _paths(config) for folder in _assignments(path)}
    known = [
        name for folder in folders for path in sorted(folder.glob("*/test_*.py")) for name in declared(path)
    ]
    unknown = sorted(names - set(known))
    if folders and unknown:
        message = f"--only: there is no exercise {', '.join(unknown)}. There are: {', '.join(known)}."
        raise pytest.UsageError(message)


def _paths(config: pytest.Config) -> list[Path]:
    return [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]


def _assignments(path: Path) -> Iterator[Path]:
    """Yield the folder of assignments that a path is in, is, or has."""
    for folder in (path, *path.parents, path / "assignments"):
        if folder.name == "assignments" and folder.is_dir():
            yield folder
            return


def declared(path: Path) -> list[str]:
    """Return the exercises that a checks file declares, without running it: that takes seconds."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        return []
    calls = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
    ]
    return [
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id == "exercise"
        and call.args
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    ]


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect `assignments/<chapter>/test_<section>.py` as exercises; leave all else to pytest."""
    if module_path.parent.parent.name != "assignments" or not declared(module_path):
        return None
    module: pytest.Module = ChecksFile.from_parent(parent, path=module_path)
    return module


class ChecksFile(pytest.Module):
    """One section."""

    section: Section

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's name and type
        from grader.course import load_module

        return load_module(self.path)

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the exercises of the section that are wanted."""
        wanted = self.config.stash[WANTED]
        if wanted and not wanted.intersection(declared(self.path)):
            return
        from grader.course import CourseError, load_section

        try:
            self.section = load_section(self.path)
        except CourseError as error:
            raise self.CollectError(str(error)) from error
        for exercise in self.section.exercises:
            if not wanted or exercise.name in wanted:
                yield ExerciseNode.from_parent(self, name=exercise.name, exercise=exercise)


class ExerciseNode(pytest.Class):
    """One exercise; a class of tests, as far as an IDE's test tree is concerned."""

    exercise: Exercise

    def __init__(self, name: str, parent: ChecksFile, *, exercise: Exercise, **others: Any) -> None:  # noqa: ANN401
        self.exercise = exercise
        super().__init__(name=name, parent=parent, **others)

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's name and type
        return self.exercise

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the checks."""
        for check in self.exercise.checks:
            yield CheckItem.from_parent(self, name=check.name, check=check)


class CheckItem(pytest.Item):
    """One check."""

    def __init__(self, name: str, parent: ExerciseNode, *, check: Check, **others: Any) -> None:  # noqa: ANN401
        super().__init__(name=name, parent=parent, **others)
        self.check = check
        self.exercise = parent.exercise
        self.section = parent.parent.section  # type: ignore[union-attr]

    def runtest(self) -> None:
        """Ask the student's answer, and judge."""
        desk = the_desk(self.config, self.section)
        verdict = desk.verdict(self.section, self.exercise, self.check.name)
        self.user_properties += [
            ("section", f"{self.section.number} {self.section.title}"),
            ("file", os.path.relpath(self.section.stub, self.config.invocation_params.dir)),
            ("exercise", self.exercise.name),
            ("check", verdict.name),
            ("status", self._status(desk, verdict)),
            ("points", verdict.points),
            ("max_points", verdict.max_points),
            ("bonus", verdict.bonus),
        ]
        if verdict.bonus and verdict.status != "passed":
            pytest.skip(f"beyond the book: {verdict.statement}")
        if verdict.status != "passed":
            error = desk.error(self.exercise) if verdict.status == "error" else None
            raise CheckFailed(verdict, self.section).with_traceback(error.__traceback__ if error else None)

    def _status(self, desk: Desk, verdict: Verdict) -> str:
        """Return the verdict's status; "todo" for all checks of an exercise that is still to do."""
        defined = desk.verdict(self.section, self.exercise, self.exercise.checks[0].name)
        return "todo" if defined.status == "failed" else verdict.status

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ANN401
        """Say what a student needs to know; of the grader's own faults say everything."""
        if isinstance(excinfo.value, CheckFailed):
            from grader.feedback import explained

            return explained(excinfo.value.verdict, excinfo.value.section)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the check is declared, and its name."""
        return self.path, max(0, self.check.line - 1), f"{self.exercise.name}: {self.check.name}"


def the_desk(config: pytest.Config, section: Section) -> Desk:
    """Return the desk of this run, made when the first check runs."""
    if DESK not in config.stash:
        from hypothesis.database import DirectoryBasedExampleDatabase

        from grader import assets
        from grader.desk import Desk
        from grader.exam import Exam

        root = section.checks.parent.parent
        assets.use(*_images(config, root / "data"))
        database = DirectoryBasedExampleDatabase(config.rootpath / ".hypothesis" / "gradbook")
        # Under xdist all workers ask the same questions: their verdicts build on each other.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
        seed = int(run[:12], 16) if run else secrets.randbits(48)
        reference = root.parent / "reference"
        config.stash[DESK] = Desk(
            Exam(seed, database),
            device=_device(config.getoption("device")),
            limited=not (config.getoption("usepdb") or config.getoption("trace") or sys.gettrace()),
            reference=reference if reference.is_dir() else None,
        )
    return config.stash[DESK]


def _images(config: pytest.Config, shipped: Path) -> tuple[Path, Any]:
    if config.getoption("data") == "subset":
        return shipped, "subset"
    from grader.data import DataFault
    from grader.full_data import find_full

    try:
        folder = find_full(download=True)
    except DataFault as error:
        raise pytest.UsageError(str(error)) from error
    if folder is None:
        message = "--data full: the full Fashion-MNIST is not on this machine."
        raise pytest.UsageError(message)
    return folder, "full"


def _device(wanted: str) -> str:
    import torch

    if wanted == "cuda" and not torch.cuda.is_available():
        message = "--device cuda: this machine's torch sees no GPU. Leave the option out to use the CPU."
        raise pytest.UsageError(message)
    if wanted == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    return wanted


def pytest_enter_pdb() -> None:
    """Let nobody's time run out while they debug."""
    from grader.deadline import suspend

    suspend()


def pytest_report_teststatus(report: pytest.TestReport) -> tuple[str, str, str] | None:
    """Tell what is still to do, what waits for it and what nobody asks for, from what is wrong."""
    told = dict(getattr(report, "user_properties", ()))
    status = told.get("status")
    if report.when != "call" or status is None or report.passed:
        return None
    if told["bonus"]:
        return ("beyond", "-", "BEYOND THE BOOK")
    if status not in {"todo", "blocked"}:
        return None
    return ("todo", "-", "TO DO") if status == "todo" else ("blocked", "b", "BLOCKED")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> Iterator[None]:
    """Show what is done, what is wrong and what is next, below all else."""
    yield
    config.stash[OVERVIEW].write(terminalreporter)
