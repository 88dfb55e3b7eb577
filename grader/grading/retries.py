"""Ask answers of a submission once more in the sandbox: what they call, and how they do with correct ones."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.judging.error_carried_forward import (
    is_wrong,
    may_be_asked_again,
    revealing_asks,
    without_text,
    worth,
)
from grader.records.protocol import CorrectAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.grading.grade_submission import SubmissionGrader
    from grader.grading.process import Process
    from grader.grading.time_budget import Budget
    from grader.judging.evaluation import Examination
    from grader.records.sources import SourceFile
    from grader.records.verdict import ExerciseResult


WORD: Final = re.compile(r"\w+")


class Examined(NamedTuple):
    """The attempt at an exercise that counts: its result, its examination, and its number, from 0."""

    result: ExerciseResult
    examination: Examination
    attempt: int


@dataclass(frozen=True)
class Program:
    """The files in which the exercises of a section are looked for.

    Args:
        section: the section.
        files: the files.
        replaced: by exercise, of whatever section, what takes the place of the student's answer.
        traced: the exercises whose calls are recorded, with their spellings.
    """

    section: Section
    files: Sequence[SourceFile]
    replaced: Mapping[str, CorrectAnswer] = field(default_factory=dict)
    traced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in the program."""
        return frozenset(
            word for file in self.files for cell in file.cells for word in WORD.findall(cell.source)
        )


class Asked(NamedTuple):
    """Some exercises of a program, of one section."""

    program: Program
    exercises: Sequence[Exercise]

    def without(self, has_result: Callable[[str], bool]) -> Asked:
        """Return those that have no result yet."""
        return self._replace(exercises=[one for one in self.exercises if not has_result(one.name)])


class Retries:
    """The answers of one submission, as `grader.judging.error_carried_forward.Answered`.

    Args:
        grader: asks them.
        programs: its sections, with the files in which they are looked for.
        firsts: all exercises, graded as the student wrote them.
        budget: what is left of the submission's time. Each exercise has its own time limit anew: a wrong
            answer that it calls may have used it up.
        process: in which they are asked.

    """

    def __init__(
        self,
        grader: SubmissionGrader,
        programs: Sequence[Program],
        firsts: Mapping[str, Examined],
        budget: Budget,
        process: Process,
    ) -> None:
        self.grader = grader
        self.process = process
        self.programs = {exercise.name: one for one in programs for exercise in one.section.exercises}
        self.firsts = firsts
        self.budget = budget
        self.exercises = {exercise.name: exercise for _section, exercise in grader.course.exercises()}

    def first(self, name: str) -> ExerciseResult:
        """Return the result as the student wrote everything."""
        return self.firsts[name].result

    def is_wrong(self, result: ExerciseResult) -> bool:
        """Return whether the definition that other answers call is not correct."""
        return is_wrong(result)

    def may_be_asked_again(self, result: ExerciseResult) -> bool:
        """Return whether there is an answer that is not correct, in a program with others that are not."""
        return may_be_asked_again(result) and bool(self._suspects(result.name))

    def used(self, name: str, replaced: frozenset[str]) -> frozenset[str]:
        """Return the wrong answers, those replaced aside, that an answer says it called when it failed."""
        suspects = {one: self.exercises[one].spellings for one in self._suspects(name) - replaced}
        if not suspects:
            return frozenset()
        program = self._program(name, replaced, suspects)
        _result, examination, attempt = self.firsts[name]
        asks = revealing_asks(examination)
        exercise = self.exercises[name]
        return self.grader.used(program, exercise, attempt, asks, self.budget, self.process)

    def again(self, name: str, replaced: frozenset[str]) -> ExerciseResult:
        """Return the result with correct answers in place of some, without any text from that process."""
        program = self._program(name, replaced)
        asked = Asked(program, [self.exercises[name]])
        examined = self.grader.examine([asked], self.budget, self.process)
        return without_text(examined[name].result, self.first(name), replaced)

    def better(self, first: ExerciseResult, again: ExerciseResult) -> bool:
        """Return whether the second result is worth more."""
        return worth(again) > worth(first)

    def _suspects(self, name: str) -> frozenset[str]:
        """Return the wrong answers that a program names, and that can be replaced by correct ones."""
        words = self.programs[name].words
        return frozenset(
            one
            for one, examined in self.firsts.items()
            if one != name
            and is_wrong(examined.result)
            and any(spelling.rpartition(".")[2] in words for spelling in self.exercises[one].spellings)
            and self.grader.correct_answers.replaceable(one, name)
        )

    def _program(
        self, name: str, replaced: frozenset[str], traced: Mapping[str, tuple[str, ...]] | None = None
    ) -> Program:
        correct = {one: self._correct(one) for one in sorted(replaced)}
        return dataclasses.replace(self.programs[name], replaced=correct, traced=traced or {})

    def _correct(self, name: str) -> CorrectAnswer:
        is_remote = self.grader.functions.has(name)
        source = "" if is_remote else self.grader.correct_answers.source(name)
        return CorrectAnswer(self.exercises[name].spellings, source)
