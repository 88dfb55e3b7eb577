"""The pytest plugin behind `pytest assignments`: options, collection of checks files, and the overview.

`grader.pytest_plugin` registers it where a course is tested. Nothing heavy is imported before a checks file
is collected.
"""

from __future__ import annotations

import bdb
import contextlib
import gc
import hashlib
import os
import secrets
import sys
from typing import TYPE_CHECKING, Any, Final

import pytest

from grader.course.selection import (
    checks_of,
    is_checks,
    require_known_exercises,
    require_valid_courses,
    selected_data_sets,
)
from grader.execution.deadline import on_unstoppable_code, suspend
from grader.local import ci_plugin
from grader.local.check_record import from_report
from grader.local.terminal_summary import Overview
from grader.plots.output import PlotFolder
from grader.records import devices
from grader.reporting.feedback import shortened

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from _pytest.terminal import TerminalReporter

    from grader.course.course import Section
    from grader.datasets.registry import DataSet
    from grader.local.local_runner import LocalRunner

PLOTS = pytest.StashKey[PlotFolder]()
RUNNER = pytest.StashKey["LocalRunner"]()
OVERVIEW = pytest.StashKey[Overview]()
SELECTED = pytest.StashKey[frozenset[str]]()
DEFAULTS: Final[dict[str, object]] = {
    "gradbook_only": "",
    "gradbook_hints": False,
    "gradbook_device": devices.CPU,
    "gradbook_data": "subset",
}
"""The values of our options where they aren't given."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `pytest assignments`.

    Each has a name that is ours alone, and a short one where no other plugin or conftest file uses it.
    """
    group = parser.getgroup("gradbook", "Gradbook: exercises")
    taken = {name for option in _options(parser) for name in option.names()}

    def add(name: str, **settings: Any) -> None:  # noqa: ANN401 - as argparse takes them
        names = [f"--gradbook-{name}", *([f"--{name}"] if f"--{name}" not in taken else [])]
        dest = f"gradbook_{name}"
        group.addoption(*names, dest=dest, default=DEFAULTS[dest], **settings)

    add("only", metavar="NAMES", help="check only these exercises: softmax,SGD")
    add("hints", action="store_true", help="show all hints, not just the first one")
    add(
        "device", metavar="DEVICE", type=devices.device_option,
        help="device of the tensors: cpu (the default, as in grading), cuda, or others of torch; auto: the "
        "GPU if there is one; all: both",
    )  # fmt: skip
    add(
        "data", choices=["subset", "full"],
        help="images to train on: those that come with the course, or all of its data set",
    )  # fmt: skip


def spelling(config: pytest.Config, name: str) -> str:
    """Return the shortest name of an option of ours: `--hints`, or `--gradbook-hints` if that is taken."""
    ours = (option for option in _options(config._parser) if option.dest == f"gradbook_{name}")  # noqa: SLF001
    return min((text for option in ours for text in option.names()), key=len, default=f"--{name}")


def _options(parser: Any) -> Iterator[Any]:  # noqa: ANN401 - pytest's own classes, which are private
    """Yield the options that were added so far; pytest has no public way to ask."""
    for group in (parser._anonymous, *parser._groups):  # noqa: SLF001
        yield from group.options


def pytest_configure(config: pytest.Config) -> None:
    """Read the options and register the overview; report wrong usage."""
    names = frozenset(name.strip() for name in config.getoption("gradbook_only").split(",") if name.strip())
    config.stash[SELECTED] = names
    config.stash[OVERVIEW] = Overview(config)
    config.pluginmanager.register(config.stash[OVERVIEW], "gradbook-overview")
    if ci_plugin.is_active() and not hasattr(config, "workerinput"):
        reporter = ci_plugin.Reporter(config.stash[OVERVIEW], config.rootpath)
        config.pluginmanager.register(reporter, "gradbook-ci")
    resources = contextlib.ExitStack()
    resources.enter_context(on_unstoppable_code(lambda stack: _give_up(config, stack)))
    config.add_cleanup(resources.close)
    config.stash[PLOTS] = PlotFolder(config.rootpath)
    folder = config.invocation_params.dir
    config.args[:] = [checks_of(argument, folder) for argument in config.args]
    if hasattr(config, "workerinput"):
        return
    try:
        require_valid_courses(config.args, folder)
        if names:
            require_known_exercises(names, config.args, folder)
    except ValueError as error:  # a CourseError, whose module is imported only where there is a course
        raise pytest.UsageError(str(error)) from error
    # A missing device or data set is one usage error now, not a failure of each check later.
    if config.getoption("gradbook_device") not in {devices.CPU, devices.AUTO, devices.ALL}:
        _devices(config)
    if config.getoption("gradbook_data") == "full":
        for data_set in selected_data_sets(config.args, folder):
            _full_data(data_set)


def pytest_report_header(config: pytest.Config) -> str | None:
    """Return the line about the devices, if there are others than the CPU."""
    if config.getoption("gradbook_device") == devices.CPU:
        return None
    found = _devices(config)
    lacked = "".join(
        f"; {one} has no {dtype}: asked on the CPU" for one in found for dtype in devices.lacked(one)
    )
    return f"Gradbook: tensors are on {devices.device_label(found)}{lacked}"


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect `assignments/<chapter>/test_<section>.py` as exercises; leave other files to pytest."""
    if not is_checks(module_path):
        return None
    from grader.local.collection import ChecksFile

    config = parent.config
    module: pytest.Module = ChecksFile.from_parent(
        parent,
        path=module_path,
        wanted=config.stash[SELECTED],
        runner=lambda section: local_runner(config, section),
        plot_folder=config.stash[PLOTS],
        hints_option=spelling(config, "hints"),
    )
    return module


def local_runner(config: pytest.Config, section: Section) -> LocalRunner:
    """Return the runner of this session, created when the first check runs."""
    if RUNNER not in config.stash:
        from hypothesis.database import DirectoryBasedExampleDatabase

        from grader.course.course_toml import data_set as data_set_of
        from grader.datasets import training_data
        from grader.execution.lazy_dynamo import put_off_dynamo
        from grader.judging.generated_cases import Exam
        from grader.local.local_runner import LocalRunner

        root = section.checks.parent.parent
        data_set = data_set_of(root.parent)
        if config.getoption("gradbook_data") == "full":
            training_data.use(_full_data(data_set), "full", data_set)
        else:
            training_data.use(root / "data", "subset", data_set)
        database = DirectoryBasedExampleDatabase(config.rootpath / ".hypothesis" / "gradbook")
        reference = root.parent / "reference"
        put_off_dynamo()
        gc.freeze()  # torch and everything else loaded by now stays: the collector need not visit it again
        config.stash[RUNNER] = LocalRunner(
            Exam(_seed(config), database, devices=_devices(config)),
            limited=not (config.getoption("usepdb") or config.getoption("trace")),
            reference=reference if reference.is_dir() else None,
            quits=(bdb.BdbQuit, pytest.exit.Exception),
        )
    return config.stash[RUNNER]


def _seed(config: pytest.Config) -> int:
    """Return a new seed, or the one from --hypothesis-seed.

    All workers of pytest-xdist get the same one, because their verdicts depend on each other.
    """
    chosen = config.getoption("hypothesis_seed", None) or os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if not chosen:
        return secrets.randbits(48)
    return int.from_bytes(hashlib.sha256(chosen.encode()).digest()[:6], "big")


def _full_data(data_set: DataSet) -> Path:
    from grader.datasets.errors import DataError

    try:
        folder = data_set.find_full(download=True)
    except DataError as error:
        raise pytest.UsageError(str(error)) from error
    if folder is None:
        raise pytest.UsageError(f"--data full: the full {data_set.title} is not on this machine.")
    return folder


def _devices(config: pytest.Config) -> tuple[str, ...]:
    try:
        return devices.devices_for(config.getoption("gradbook_device"))
    except devices.NoSuchDevice as error:
        raise pytest.UsageError(str(error)) from error


def _give_up(config: pytest.Config, stack: str) -> None:
    """End the process: an answer exceeded its time limit and can't be interrupted. Show results so far."""
    capture: Any = config.pluginmanager.get_plugin("capturemanager")
    terminal: Any = config.pluginmanager.get_plugin("terminalreporter")
    if capture is not None:
        capture.suspend(in_=True)
    text = f"An exercise exceeded its time limit and can't be interrupted. It is stuck here:\n{stack}"
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
    """Remove all time limits from now on, because the student is debugging."""
    suspend()
    if RUNNER in config.stash:
        config.stash[RUNNER].remove_time_limits()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Draw the pictures, after all other output."""
    problem = config.stash[PLOTS].draw() if PLOTS in config.stash else ""
    if problem:
        sys.stderr.write(f"{problem}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Shorten the captured output, or leave it out: the answer was called dozens of times."""
    report = yield
    if from_report(report):
        is_shown = getattr(item, "output_is_shown", False)
        report.sections = [
            (name, shortened(text))
            for name, text in report.sections
            if not (is_shown and name.startswith("Captured stdout"))
        ]
    return report


def pytest_report_teststatus(report: pytest.TestReport, config: pytest.Config) -> tuple[str, str, str] | None:
    """Return the status words of checks that are to do, blocked, or an open bonus; leave others to pytest."""
    record = from_report(report)
    if record is None or report.passed or record.status == "skipped":
        return None
    is_first = not record.cause or config.stash[OVERVIEW].is_first(record.cause, report.nodeid)
    if record.status == "todo":
        return ("to do", "-" if is_first else "", "TO DO")
    if record.bonus:
        return ("bonus open", "o", "BONUS OPEN")
    if record.status == "blocked" or not is_first:
        return ("blocked", "b", "BLOCKED")
    return None


def _without_short_summary(terminal: TerminalReporter, config: pytest.Config) -> None:
    """Leave out pytest's own list of failures, unless it was asked for: the overview has them."""
    by_default = "fE"
    failed = terminal.stats.get("failed", [])
    if config.option.reportchars == by_default and failed and all(map(from_report, failed)):
        terminal.reportchars = terminal.reportchars.replace("f", "")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> Generator[None]:
    """Write the overview below all other output."""
    _without_short_summary(terminalreporter, config)
    yield
    config.stash[OVERVIEW].write(terminalreporter)
