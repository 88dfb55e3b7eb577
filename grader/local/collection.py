"""Checks as pytest sees them: in a checks file a class for each exercise, in that a test for each check."""

from __future__ import annotations

import bdb
import traceback
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from grader.course.course import load_module, load_section
from grader.course.course_toml import CourseError, declared
from grader.local.failure_details import FAULT, explain, shell_of, told_before
from grader.local.terminal_summary import MARK
from grader.plots.build import PictureFault
from grader.reporting.feedback import explained, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.local.local_runner import Desk
    from grader.plots.output import Album
    from grader.records.verdict import Verdict
    from grader.reporting.feedback import Finding

    FindDesk = Callable[[Section], Desk]


class CheckFailed(Exception):
    """A check did not pass, because of an exception that left the student's code."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(f"{finding.verdict.name}: {finding.verdict.status}")
        self.finding = finding


class NothingToDebug(CheckFailed, bdb.BdbQuit):
    """A check did not pass, and no exception of the student's did it.

    pytest opens its debugger (`--pdb`) on every exception but these: here it would show the grader's frames.
    """


class ChecksFile(pytest.Module):
    """One section. `wanted` are the exercises that `--only` names (all, if none).

    `album` takes pictures of the answers.
    """

    section: Section

    def __init__(
        self,
        *,
        wanted: frozenset[str],
        desk: FindDesk,
        album: Album,
        **others: Any,  # noqa: ANN401 - pytest's
    ) -> None:
        self.wanted = wanted
        self.desk = desk
        self.album = album
        super().__init__(**others)

    def _getobj(self) -> Any:  # noqa: ANN401 - pytest's name and type
        return load_module(self.path)

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the exercises of the section that are wanted."""
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
    """One exercise; a class of tests, as far as the test tree of an IDE is concerned."""

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
    """One check.

    What is found goes to whoever writes the overview as the report's `user_properties`, which cross from the
    workers of pytest-xdist.
    """

    def __init__(self, name: str, parent: ExerciseNode, *, check: Check, **others: Any) -> None:  # noqa: ANN401
        super().__init__(name=name, parent=parent, **others)
        self.check = check
        self.exercise = parent.exercise
        self.file = parent.file

    def runtest(self) -> None:
        """Ask the student's answer, and judge."""
        section = self.file.section
        told = {**MARK, **told_before(section, self.exercise, self.check)}
        try:
            self._examine(self.file.desk(section), section, told)
        finally:
            self.user_properties += told.items()

    def _examine(self, desk: Desk, section: Section, told: dict[str, object]) -> None:
        verdict = desk.verdict(section, self.exercise, self.name)
        file = self._put_picture(desk, section, verdict)
        told["picture"] = file
        if verdict.status in {"passed", "skipped"}:
            told |= {"status": verdict.status, "points": verdict.points, "cause": ""}
            if verdict.status == "skipped":
                pytest.skip(verdict.message)
            return
        to_do = f"Write it in {section.stub.name}."
        seen, finding = explain(
            desk,
            section,
            self.exercise,
            verdict,
            to_do=to_do,
            is_asked=self._is_selected,
            all_hints=self.config.getoption("hints"),
        )
        told |= seen
        finding = replace(finding, picture=file, shell=shell_of(section, finding.root.counterexample))
        if verdict.bonus:
            pytest.skip(explained(finding))
        asker = desk.asker(section, self.exercise)
        error = asker.error if asker is not None and verdict.status == "error" else None
        if error is None:
            raise NothingToDebug(finding)
        raise CheckFailed(finding).with_traceback(_up_to(error.__traceback__, str(section.stub)))

    def _put_picture(self, desk: Desk, section: Section, verdict: Verdict) -> str:
        """Have the exercise's picture drawn, when its check was judged or another failed; return its path."""
        depiction = self.exercise.depiction
        if depiction is None or not (self.name == depiction.of or verdict.status == "failed"):
            return ""
        album = self.file.album
        try:
            picture = None if verdict.bonus else desk.picture(section, self.exercise)
        except PictureFault as fault:
            album.faults.append(str(fault))
            return ""
        if picture is None:
            return ""
        path = album.put(self.exercise.name, picture)
        return shown_path(path, self.config.invocation_params.dir)

    def _is_selected(self, check: str) -> bool:
        """Return whether a check of the same exercise is part of this run."""
        return any(item.name == check and item.parent is self.parent for item in self.session.items)

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002 - pytest's signature
    ) -> str:
        """Say what a student needs to know; of a fault of the checks, what their author needs."""
        if isinstance(excinfo.value, CheckFailed):
            return explained(excinfo.value.finding)
        step = excinfo.tb
        while step.tb_next is not None and step.tb_frame.f_code is not CheckItem.runtest.__code__:
            step = step.tb_next
        return FAULT + "".join(traceback.format_exception(excinfo.type, excinfo.value, step))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the check is declared, and its name."""
        return self.path, max(0, self.check.line - 1), f"{self.exercise.name}: {self.check.name}"


def _up_to(trace: Any, file: str) -> Any:  # noqa: ANN401 - a traceback or None
    """Cut a traceback behind its last frame in a file: that is where a debugger is to stop."""
    last = None
    step = trace
    while step is not None:
        if step.tb_frame.f_code.co_filename == file:
            last = step
        step = step.tb_next
    if last is not None:
        last.tb_next = None
    return trace
