"""Count a mistake once: what fails because it calls another wrong answer is asked with a correct one instead.

`ErrorCarriedForward` decides what is asked again, and with what in place of what. It knows no process and no
course, so that grading and the student's machine decide alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

from msgspec.structs import replace

from grader.records.check_names import IS_DEFINED
from grader.records.verdict import Verdict, open_points, summarize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.checks.case import Case
    from grader.checks.check import Question
    from grader.judging.evaluation import Examination
    from grader.records.protocol import Ask
    from grader.records.verdict import ExerciseResult

RETRIED: Final = "this doesn't hold either with the course's own {} in place of yours"
"""The message of a check that failed once more."""
UNDECIDED: Final = "this could not be decided with the course's own {}"
"""The message of a check that was skipped then."""
MAX_ROUNDS: Final = 8
"""How often an answer is asked what it calls: a call that fails hides those after it."""

Outcome = TypeVar("Outcome")


class Answered(Protocol[Outcome]):
    """The answers of one submission, each of which has been asked or can be."""

    def first(self, name: str) -> Outcome:
        """Return the outcome of an exercise as the student wrote everything."""

    def is_wrong(self, outcome: Outcome) -> bool:
        """Return whether the definition that other answers call is not correct."""

    def may_be_asked_again(self, outcome: Outcome) -> bool:
        """Return whether there is an answer that has not got all its points."""

    def used(self, name: str, replaced: frozenset[str]) -> Collection[str]:
        """Return the exercises that an answer that failed called, or says so, with some of them replaced."""

    def again(self, name: str, replaced: frozenset[str]) -> Outcome:
        """Return the outcome of an exercise that is asked with correct answers in place of some others."""

    def better(self, first: Outcome, again: Outcome) -> bool:
        """Return whether the outcome of the second time counts."""


class ErrorCarriedForward(Generic[Outcome]):
    """The outcomes that count.

    An answer that failed, and called other wrong answers when it did, is asked once more with correct ones in
    their place, and the better outcome counts. Replaced are those that are still wrong when all of this is
    applied to them. An answer in a circle of wrong answers that call each other is not asked again: nothing
    shows that any of them computes something.

    Outcomes are computed when they are needed, and don't depend on the order in which they are.
    """

    def __init__(self, answered: Answered[Outcome]) -> None:
        self.answered = answered
        self._final: dict[str, Outcome] = {}
        self._calls: dict[str, frozenset[str]] = {}

    def final(self, name: str) -> Outcome:
        """Return the outcome of an exercise that counts."""
        if name not in self._final:
            self._final[name] = self._decided(name)
        return self._final[name]

    def wrong_calls(self, name: str, rounds: int = MAX_ROUNDS) -> frozenset[str]:
        """Return the wrong answers that an answer called when it failed.

        What fails hides what it would have called next. So those found are replaced by correct ones, and the
        answer is asked again what it calls, until there is nothing new.
        """
        found: frozenset[str] = frozenset()
        for _ in range(rounds):
            named = frozenset(self.answered.used(name, found)) - found - {name}
            new = {one for one in named if self.answered.is_wrong(self.answered.first(one))}
            if not new:
                break
            found |= new
        return found

    def _decided(self, name: str) -> Outcome:
        first = self.answered.first(name)
        reached = self._reached(name)
        if name in reached:
            return first
        replaced = frozenset(one for one in reached if self.answered.is_wrong(self.final(one)))
        if not replaced:
            return first
        again = self.answered.again(name, replaced)
        return again if self.answered.better(first, again) else first

    def _edges(self, name: str) -> frozenset[str]:
        if name not in self._calls:
            asked = self.answered.may_be_asked_again(self.answered.first(name))
            self._calls[name] = self.wrong_calls(name) if asked else frozenset()
        return self._calls[name]

    def _reached(self, name: str) -> set[str]:
        """Return the wrong answers that an answer called when it failed, directly or through wrong ones."""
        reached: set[str] = set()
        ahead = set(self._edges(name))
        while ahead:
            one = ahead.pop()
            reached.add(one)
            ahead |= self._edges(one) - reached
        return reached


def revealing_asks(examination: Examination) -> list[Ask]:
    """Return one question for each base check that did not pass, on the input on which it failed.

    A blocked check has none, and gets its first input: what it would call next counts, too. A training run
    that was not asked is not asked for this either.
    """
    found: dict[tuple[Question, Case], Ask] = {}
    for check in examination.exercise.checks:
        outcome = examination.outcome(check)
        done = outcome.status in {"passed", "skipped", "not_judged"}
        if check.bonus or check.question is None or done or (check.band and outcome.blocked_by):
            continue
        case = outcome.failure[0] if outcome.failure else examination.exam.cases(check.question)[0]
        found[check.question, case] = replace(case.ask(check.question), watch_calls=False)
    return list(found.values())


def is_wrong(result: ExerciseResult) -> bool:
    """Return whether an exercise is not correct, or not in the definition that the program calls."""
    return result.status != "correct" or (result.attempt is not None and not result.attempt.last)


def may_be_asked_again(result: ExerciseResult) -> bool:
    """Return whether there is an answer, and it is not correct.

    A program that didn't end while it was loaded would not end the next time, either.
    """
    is_endless = any(check.name == IS_DEFINED and check.status == "timeout" for check in result.checks)
    return result.status not in {"correct", "missing"} and not is_endless


def worth(result: ExerciseResult) -> tuple[float, float]:
    """Return by what the better of two results is chosen: what it may be worth, then what it certainly is.

    Points that are open could all be the student's.
    """
    return result.points + open_points(result), result.points


def without_text(again: ExerciseResult, first: ExerciseResult, replaced: Collection[str]) -> ExerciseResult:
    """Return the result of a retry without anything that the process of that retry could have worded.

    This process may have had the reference's source, and a submission could show it to its author: as the
    message of an exception, as a value, as the name of a file, or by the time that it takes. Statuses and
    points remain.
    """
    seconds = {verdict.name: verdict.seconds for verdict in first.checks}
    names = _listed(sorted(replaced))
    messages = {"passed": "", "skipped": UNDECIDED.format(names)}
    by_grader = {"blocked", "not_judged"}
    checks = tuple(
        Verdict(
            name=one.name,
            statement=one.statement,
            status=one.status,
            points=one.points,
            max_points=one.max_points,
            bonus=one.bonus,
            message=one.message
            if one.status in by_grader
            else messages.get(one.status, RETRIED.format(names)),
            seconds=seconds[one.name],
            blocked_by=one.blocked_by,
            fault=one.fault,
        )
        for one in again.checks
    )
    result = summarize(again.name, again.section, again.module, checks, first.attempt)
    return replace(result, misconception=again.misconception)


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
