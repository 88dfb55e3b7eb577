"""Collect checks for pytest: a checks file holds a class for each exercise, with a test for each check."""

from __future__ import annotations

import bdb
import dataclasses
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import structs

from grader.course.course import load_module, load_section
from grader.course.course_toml import CourseError, declared
from grader.local.check_record import initial_record, to_properties, with_verdict
from grader.local.failure_details import CHECK_ERROR, explain
from grader.plots.build import PlotError
from grader.reporting.feedback import shown_path, terminal_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.local.local_runner import LocalRunner
    from grader.plots.output import PlotFolder
    from grader.records.verdict import Verdict
    from grader.reporting.feedback import FailureDetails

    FindRunner = Callable[[Section], LocalRunner]


class CheckFailed(Exception):
    """A check did not pass, because of an exception that left the student's code."""

    def __init__(self, details: FailureDetails) -> None:
        super().__init__(f"{details.verdict.name}: {details.verdict.status}")
        self.details = details


class NothingToDebug(CheckFailed, bdb.BdbQuit):
    """A check did not pass, and the student's code raised no exception.

    With `--pdb`, pytest opens its debugger on every exception but this one, where it would show the grader's
    frames.
    """


class ChecksFile(pytest.Module):
    """One section. `wanted` are the exercises that `--only` names (all, if none).

    `plot_folder` receives the pictures of the answers. `hints_option` is the option that shows all hints.
    """

    section: Section

    def __init__(
        self,
        *,
        wanted: frozenset[str],
        runner: FindRunner,
        plot_folder: PlotFolder,
        hints_option: str = "--hints",
        **others: Any,  # noqa: ANN401 - pytest's
    ) -> None:
        self.wanted = wanted
        self.runner = runner
        self.plot_folder = plot_folder
        self.hints_option = hints_option
        super().__init__(**others)

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's name and type
        return load_module(self.path)

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the selected exercises of the section."""
        try:
            names = declared(self.path)
            if not names or (self.wanted and not self.wanted.intersection(names)):
                return
            self.section = load_section(self.path)
        except CourseError as error:
            raise self.CollectError(str(error)) from error
        for exercise in self.section.exercises:
            if not self.wanted or exercise.name in self.wanted:
                yield ExerciseNode.from_parent(self, name=exercise.name, exercise=exercise)


class ExerciseNode(pytest.Class):
    """One exercise; the test tree of an IDE shows it as a class of tests."""

    def __init__(self, name: str, parent: ChecksFile, *, exercise: Exercise, **others: Any) -> None:  # noqa: ANN401
        self.exercise = exercise
        self.file = parent
        super().__init__(name=name, parent=parent, **others)

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's name and type
        return self.exercise

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the checks."""
        for check in self.exercise.checks:
            yield CheckItem.from_parent(self, name=check.name, check=check)


class CheckItem(pytest.Item):
    """One check; its record goes into the report's `user_properties`.

    `output_is_shown` is whether its message has what the shown call printed; that of all other calls would
    only be in the way.
    """

    def __init__(self, name: str, parent: ExerciseNode, *, check: Check, **others: Any) -> None:  # noqa: ANN401
        super().__init__(name=name, parent=parent, **others)
        self.output_is_shown = False
        self.check = check
        self.exercise = parent.exercise
        self.file = parent.file

    def runtest(self) -> None:
        """Run the check. Raises `CheckFailed`, and pytest's exception for skipped tests."""
        section = self.file.section
        self.record = initial_record(section, self.exercise, self.check)
        try:
            self._examine(self.file.runner(section), section)
        finally:
            self.user_properties += to_properties(self.record)

    def _examine(self, runner: LocalRunner, section: Section) -> None:
        verdict = runner.verdict(section, self.exercise, self.name)
        file = self._put_picture(runner, section, verdict)
        self.record = structs.replace(self.record, picture=file)
        if verdict.status in {"passed", "skipped"}:
            self.record = with_verdict(self.record, verdict)
            if verdict.status == "skipped":
                pytest.skip(verdict.message)
            return
        to_do = f"Write it in {section.stub.name}."
        self.record, details = explain(
            runner,
            section,
            self.exercise,
            self.record,
            verdict,
            to_do=to_do,
            is_selected=self._is_selected,
            all_hints=self.config.getoption("gradbook_hints"),
        )
        self.output_is_shown = bool(details.root.counterexample) and runner.limited
        details = dataclasses.replace(details, picture=file, hints_option=self.file.hints_option)
        if verdict.bonus:
            pytest.skip(terminal_text(details))
        asker = runner.asker(section, self.exercise)
        error = asker.error if asker is not None and verdict.status == "error" else None
        if error is None:
            raise NothingToDebug(details)
        raise CheckFailed(details).with_traceback(_up_to(error.__traceback__, str(section.stub)))

    def _put_picture(self, runner: LocalRunner, section: Section, verdict: Verdict) -> str:
        """Request the exercise's picture, if this check is about it or failed; return its path."""
        plot = self.exercise.plot
        if plot is None or not (self.name == plot.check or verdict.status == "failed"):
            return ""
        plot_folder = self.file.plot_folder
        try:
            picture = None if verdict.bonus else runner.picture(section, self.exercise)
        except PlotError as fault:
            plot_folder.faults.append(str(fault))
            return ""
        if picture is None:
            return ""
        path = plot_folder.add(self.exercise.name, picture)
        return shown_path(path, self.config.invocation_params.dir)

    def _is_selected(self, check: str) -> bool:
        """Return whether a check of the same exercise, by its name, is part of this run."""
        return any(item.name == check and item.parent is self.parent for item in self.session.items)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002 - pytest's signature
    ) -> str:
        """Return the student's message; if the check itself failed, the traceback that its author needs."""
        if isinstance(excinfo.value, CheckFailed):
            return terminal_text(excinfo.value.details)
        step = excinfo.tb
        while step.tb_next is not None and step.tb_frame.f_code is not CheckItem.runtest.__code__:
            step = step.tb_next
        return CHECK_ERROR + "".join(traceback.format_exception(excinfo.type, excinfo.value, step))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the check is declared, and its name."""
        return self.path, max(0, self.check.line - 1), f"{self.exercise.name}: {self.check.name}"


def _up_to(trace: Any, file: str) -> Any:  # noqa: ANN401 - a traceback or None
    """Cut a traceback after its last frame in `file`: a debugger is to stop there."""
    last = None
    step = trace
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            last = step
        step = step.tb_next
    if last is not None:
        last.tb_next = None
    return trace
