"""`pytest assignments`: checks files become exercises and checks, and the terminal says what is next.

Loaded in every run of pytest where Gradbook is installed, so it imports nothing heavy until there is a
checks file to collect.
"""

from __future__ import annotations

import bdb
import contextlib
import gc
import hashlib
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any

import pytest

from grader.course.selection import checks_of, demand_courses, is_checks, refuse_unknown
from grader.execution.deadline import last_resort, suspend
from grader.local import ci_plugin
from grader.local.terminal_summary import Overview, told_by
from grader.plots.output import Album
from grader.records import devices
from grader.reporting.feedback import shortened

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from _pytest.terminal import TerminalReporter

    from grader.course.course import Section
    from grader.local.local_runner import Desk

ALBUM = pytest.StashKey[Album]()
DESK = pytest.StashKey["Desk"]()
OVERVIEW = pytest.StashKey[Overview]()
WANTED = pytest.StashKey[frozenset[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the student's side."""
    group = parser.getgroup("gradbook", "Gradbook: exercises")
    group.addoption("--only", default="", metavar="NAMES", help="check just these exercises: softmax,SGD")
    group.addoption("--hints", action="store_true", help="show all hints, not just the first one")
    group.addoption(
        "--device", default=devices.CPU, choices=devices.CHOICES,
        help="where tensors live (default: cpu, as when graded; auto: the GPU if there is one; all: on both)",
    )  # fmt: skip
    group.addoption(
        "--data",
        default="subset",
        choices=["subset", "full"],
        help="what models are trained on: the images that come with the course, or all of Fashion-MNIST",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Take up what is to be checked, and the record of what is found."""
    names = frozenset(name.strip() for name in config.getoption("only").split(",") if name.strip())
    config.stash[WANTED] = names
    config.stash[OVERVIEW] = Overview(config)
    config.pluginmanager.register(config.stash[OVERVIEW], "gradbook-overview")
    if ci_plugin.is_here() and not hasattr(config, "workerinput"):
        reporter = ci_plugin.Reporter(config.stash[OVERVIEW], config.rootpath)
        config.pluginmanager.register(reporter, "gradbook-ci")
    resources = contextlib.ExitStack()
    resources.enter_context(last_resort(lambda stack: _give_up(config, stack)))
    config.add_cleanup(resources.close)
    config.stash[ALBUM] = Album(config.rootpath)
    folder = config.invocation_params.dir
    config.args[:] = [checks_of(argument, folder) for argument in config.args]
    if hasattr(config, "workerinput"):
        return
    try:
        demand_courses(config.args, folder)
        if names:
            refuse_unknown(names, config.args, folder)
    except ValueError as error:  # a CourseError, whose module is imported only where there is a course
        raise pytest.UsageError(str(error)) from error
    # What was asked for and isn't there is a usage error now, and not a failure of each check later.
    if config.getoption("device") == devices.CUDA:
        _devices(config)
    if config.getoption("data") == "full":
        _full_data()


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect `assignments/<chapter>/test_<section>.py` as exercises; leave all else to pytest."""
    if not is_checks(module_path):
        return None
    from grader.local.collection import ChecksFile

    config = parent.config
    module: pytest.Module = ChecksFile.from_parent(
        parent,
        path=module_path,
        wanted=config.stash[WANTED],
        desk=lambda section: the_desk(config, section),
        album=config.stash[ALBUM],
    )
    return module


def the_desk(config: pytest.Config, section: Section) -> Desk:
    """Return the desk of this run, made when the first check runs."""
    if DESK not in config.stash:
        from hypothesis.database import DirectoryBasedExampleDatabase

        from grader.datasets import training_data
        from grader.judging.generated_cases import Exam
        from grader.local.local_runner import Desk

        root = section.checks.parent.parent
        if config.getoption("data") == "full":
            training_data.use(_full_data(), "full")
        else:
            training_data.use(root / "data", "subset")
        database = DirectoryBasedExampleDatabase(config.rootpath / ".hypothesis" / "gradbook")
        reference = root.parent / "reference"
        gc.freeze()  # torch and all else that is loaded by now stays, and need not be looked at again
        config.stash[DESK] = Desk(
            Exam(_seed(config), database, devices=_devices(config)),
            limited=not (config.getoption("usepdb") or config.getoption("trace")),
            reference=reference if reference.is_dir() else None,
            quits=(bdb.BdbQuit, pytest.exit.Exception),
        )
    return config.stash[DESK]


def _seed(config: pytest.Config) -> int:
    """Return a new seed, or what --hypothesis-seed makes; all workers of pytest-xdist get the same.

    Their verdicts build on each other.
    """
    chosen = config.getoption("hypothesis_seed", None) or os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if not chosen:
        return secrets.randbits(48)
    return int.from_bytes(hashlib.sha256(chosen.encode()).digest()[:6], "big")


def _full_data() -> Path:
    from grader.datasets.download import find_full
    from grader.datasets.fashion_mnist import DataFault

    try:
        folder = find_full(download=True)
    except DataFault as error:
        raise pytest.UsageError(str(error)) from error
    if folder is None:
        raise pytest.UsageError("--data full: the full Fashion-MNIST is not on this machine.")
    return folder


def _devices(config: pytest.Config) -> tuple[str, ...]:
    try:
        return devices.chosen(config.getoption("device"))
    except devices.NoSuchDevice as error:
        raise pytest.UsageError(str(error)) from error


def _give_up(config: pytest.Config, stack: str) -> None:
    """End the run: an answer's time is used up, and it can't be stopped. Show what was found so far."""
    capture: Any = config.pluginmanager.get_plugin("capturemanager")
    terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
    if capture is not None:
        capture.suspend(in_=True)
    text = f"The time of an answer is used up, and it can't be stopped. It is here:\n{stack}"
    if terminal is None:  # in a worker of pytest-xdist
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    else:
        terminal.ensure_newline()
        terminal.section("The run ends early", red=True)
        terminal.write_line(text)
        config.stash[OVERVIEW].write(terminal, pictures=False)
        terminal.flush()
    os._exit(1)


def pytest_enter_pdb(config: pytest.Config) -> None:
    """Let nobody's time run out while they debug, nor afterwards."""
    suspend()
    if DESK in config.stash:
        config.stash[DESK].unlimit()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Draw the pictures, now that everything is said."""
    problem = config.stash[ALBUM].draw() if ALBUM in config.stash else ""
    if problem:
        sys.stderr.write(f"{problem}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Keep what an answer printed short: it was called dozens of times."""
    report = yield
    if told_by(report):
        report.sections = [(name, shortened(text)) for name, text in report.sections]
    return report


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> tuple[str, str, str] | None:
    """Tell what is still to do, what waits for it and what nobody asks for, from what is wrong."""
    told = told_by(report)
    if told is None or report.passed or told["status"] == "skipped":
        return None
    is_first = not told["cause"] or config.stash[OVERVIEW].is_first(told["cause"], report.nodeid)
    if told["status"] == "todo":
        return ("to do", "-" if is_first else "", "TO DO")
    if told["bonus"]:
        return ("bonus open", "o", "BONUS OPEN")
    if told["status"] == "blocked" or not is_first:
        return ("blocked", "b", "BLOCKED")
    return None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> Generator[None]:
    """Show what is done, what is wrong and what is next, below all else."""
    yield
    config.stash[OVERVIEW].write(terminalreporter)
