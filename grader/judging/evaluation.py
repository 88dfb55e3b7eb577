"""Run an answer on the cases of each check, judge the results, and shrink the input of a failure.

The same code judges on the student's machine and in the grader. Only the `Asker` differs: it runs the answer
in this process, or in the sandbox.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from grader.checks.spec_types import return_problem
from grader.judging.exception_hints import SAYS_IT_ALL
from grader.judging.generated_cases import SearchEnded
from grader.judging.problems import (
    Problem,
    raised_by_answer,
    raised_on_simulated_gpu,
    shortened,
    shown,
    works_on_the_cpu,
)
from grader.judging.question_results import CaseResult, QuestionResults
from grader.judging.withheld import withheld
from grader.records.check_names import ASIDE_FROM_VALUES, RETURN_CHECKS, RIGHT_VALUES
from grader.records.decode import InvalidValue, restore
from grader.records.expression import literal, pasteable
from grader.records.values import record
from grader.records.verdict import Broken, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.case import Case
    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Ask, Observation
    from grader.records.verdict import CheckStatus

UNCOUNTED: Final = f"earns its points once {RIGHT_VALUES} passes"
"""The message of a check that passed, while the values are wrong."""


class Interrupted(Exception):
    """The answer can't be asked any more: its process was stopped or has ended, or its time is used up.

    `question_index` is the position of the question that did not end, if known.
    """

    def __init__(self, status: CheckStatus, message: str, question_index: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.question_index = question_index


def timeout_of(seen: Sequence[Observation], message: str) -> Interrupted:
    """Return the `Interrupted` for a list of observations, the last of which ran out of time."""
    raised = seen[-1].raised
    lines = raised.lines if raised else ""
    return Interrupted(
        "timeout", f"{message}\n{lines}".strip(), len(seen) - 1 if raised and raised.endless else None
    )


class GraderFault(Exception):
    """A check itself raised an error. The message names the check; it never counts against a student."""


NOT_JUDGED: Final = (
    "This check could not be judged, which is not your fault. Your instructor was told, and no points are "
    "lost yet."
)
"""The message about a check that is not judged; `Verdict.fault` has the reason, for the instructor."""


class Asker(Protocol):
    """Evaluates questions on an answer: in the sandbox, or in this process."""

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Return why there is no answer, or None: `failed` if it is still to do, `error` if it broke."""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return one observation for each question. Raises `Interrupted`."""

    def search(self, question: Ask) -> Observation:
        """Return the observation for one more question, asked to find a smaller counterexample.

        Raises `Interrupted` also if the time for such questions is used up.
        """


class Examination:
    """The checks of one exercise, run on one answer. Verdicts are computed on demand and cached.

    All checks are judged before any failure is shrunk: shrinking may use up the time of an exercise, and must
    not cost points. `shown_cases` has the case that is shown for a failed check.

    A check that raises an error is `not_judged`, and so are those that build on it; `faults` has the errors.
    The verdicts on all other checks count.
    """

    def __init__(self, exercise: Exercise, exam: Exam, asker: Asker) -> None:
        self.exercise = exercise
        self.exam = exam
        self.asker = asker
        self.checks = {check.name: check for check in exercise.checks}
        self.outcomes: dict[str, Outcome] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.seen: dict[Question, QuestionResults] = {}
        self.interrupted: tuple[str, Interrupted] | None = None
        self.faults: dict[str, GraderFault] = {}
        self.shown_cases: dict[str, Case] = {}

    def all(self) -> tuple[Verdict, ...]:
        """Return the verdicts on all checks, in the order of declaration."""
        return tuple(self.verdict(name) for name in self.checks)

    def verdict(self, name: str) -> Verdict:
        """Return the verdict on one check."""
        if name not in self.verdicts:
            outcome = self.outcome(self.checks[name])
            if outcome.failure is not None:
                self.judge()
            self.verdicts[name] = self._verdict_of(self.checks[name], outcome)
        return self.verdicts[name]

    @cached_property
    def values_are_right(self) -> bool:
        """Whether the values are right; otherwise no check earns points: what sums to 1 need not be softmax.

        They may be right although `right_values` is blocked, for example by a wrong dtype. Where they can't
        be judged (no oracle, no such machine, a fault of the check), the other checks count by themselves.
        """
        check = self.checks.get(RIGHT_VALUES)
        found = self.outcome(check) if check else None
        if check is None or check.question is None or found is None:
            return True
        if found.blocked_by not in ASIDE_FROM_VALUES:
            return found.status in {"passed", "skipped", "not_judged"}
        try:
            return self._first_failure(check, check.question, self.seen[check.question]) is None
        except Exception:  # noqa: BLE001 - judges rely on the dtype that is asked for
            return False

    def uncounted(self, name: str) -> tuple[str, ...]:
        """Return the checks that passed and earn nothing, if the reason for that is the check `name`."""
        if self.values_are_right or name != (self.outcomes[RIGHT_VALUES].blocked_by or RIGHT_VALUES):
            return ()
        passed = {name for name, found in self.outcomes.items() if found.status == "passed"}
        return tuple(one.name for one in self.checks.values() if one.points and one.name in passed)

    def judge(self) -> None:
        """Compute the outcomes of all checks, without shrinking."""
        for check in self.checks.values():
            self.outcome(check)

    def require_judged(self, name: str | None = None) -> None:
        """Raise the `GraderFault` because of which a check is not judged, by default the first one."""
        for fault in self.faults.values() if name is None else [self.faults.get(name)]:
            if fault is not None:
                raise fault

    def outcome(self, check: Check) -> Outcome:
        """Return the outcome of one check, after those of its prerequisites."""
        if check.name not in self.outcomes:
            started = time.perf_counter()
            found = self._outcome_of(check)
            self.outcomes[check.name] = replace(found, seconds=time.perf_counter() - started)
        return self.outcomes[check.name]

    def _outcome_of(self, check: Check) -> Outcome:
        waiting = self._waiting(check)
        if waiting is not None:
            return waiting
        if check.question is None:
            absent = self.asker.absent()
            return Outcome(*absent) if absent else Outcome("passed")
        if self.interrupted is not None and check.question not in self.seen:
            return Outcome("blocked", blocked_by=self.interrupted[0])
        try:
            seen = self.ask(check.question)
        except Interrupted as stop:
            return self._stopped(check, check.question, stop)
        try:
            return self._judged(check, check.question, seen)
        except Exception as error:  # noqa: BLE001 - RecursionError and MemoryError, too
            return self._not_judged(check, fault_of(self.exercise, check, error))

    def _waiting(self, check: Check) -> Outcome | None:
        """Return the outcome of a check because of its prerequisites; None if all of them passed."""
        before = {name: self.outcome(self.checks[name]) for name in check.after}
        for name, prerequisite in before.items():
            if prerequisite.status not in {"passed", "not_judged"}:
                return Outcome("blocked", blocked_by=prerequisite.blocked_by or name)
        for name, prerequisite in before.items():
            if prerequisite.status == "not_judged":
                return self._not_judged(check, self.faults[name])
        return None

    def _judged(self, check: Check, question: Question, seen: QuestionResults) -> Outcome:
        if (check, seen.digest) not in self.exam.passed_checks:
            failure = self._first_failure(check, question, seen)
            if failure is not None:
                return failure
            self.exam.passed_checks.add(check, seen.digest)
        return Outcome("passed")

    def _not_judged(self, check: Check, fault: GraderFault) -> Outcome:
        self.faults[check.name] = fault
        return Outcome("not_judged", NOT_JUDGED)

    def _first_failure(self, check: Check, question: Question, seen: QuestionResults) -> Outcome | None:
        """Return the outcome of the first case that breaks a check; None if none does."""
        skipped = None
        for case, case_result in zip(self.exam.cases(question), seen.cases, strict=True):
            problem = self._problem(check, case, case_result)
            if problem is None:
                continue
            found = Outcome(problem.status, failure=(case, problem))
            if problem.status != "skipped":
                return found
            skipped = skipped or found
        return skipped

    def _stopped(self, check: Check, question: Question, stop: Interrupted) -> Outcome:
        self.interrupted = (check.name, stop)
        if stop.question_index is None or not question.given:
            return Outcome(stop.status, stop.message)
        case = self.exam.cases(question)[stop.question_index]
        problem = Problem(stop.status, stop.message, withheld=stop.message)
        return Outcome(stop.status, failure=(case, problem))

    def explained(self, check: Check) -> Verdict:
        """Return the verdict on a check without judging more than it builds on."""
        return self._verdict_of(check, self.outcome(check))

    def _verdict_of(self, check: Check, outcome: Outcome) -> Verdict:
        """Return the verdict on a check, with the smallest input that breaks it, or without any input."""
        started = time.perf_counter()
        case, problem = (None, Problem(outcome.status, outcome.message))
        if outcome.blocked_by:
            problem = Problem("blocked", f"waits for {outcome.blocked_by}")
        if outcome.failure is not None:
            case, problem = self._in_words(check, *outcome.failure)
        if case is not None:
            self.shown_cases[check.name] = case
        asks = check.question.asks if check.question else self.exercise.name
        passed = problem.status == "passed"
        counts = not check.points or self.values_are_right
        if passed and not counts:
            problem = replace(problem, message=UNCOUNTED)
        hints = [hint for hint in (problem.hint, check.hint, *check.further_hints) if hint]
        if passed or problem.status in {"blocked", "not_judged"} or SAYS_IT_ALL.search(problem.message):
            hints = []
        fault = self.faults.get(check.name)
        return Verdict(
            name=check.name,
            statement=check.statement,
            status=problem.status,
            points=check.points if passed and counts else 0.0,
            max_points=check.points,
            bonus=check.bonus,
            message=shortened(problem.message),
            counterexample=shown(lambda: pasteable(asks, case.records, case.device)) if case else "",
            got=problem.got,
            expected=problem.expected,
            hint=hints[0] if hints else "",
            further_hints=tuple(hints[1:]),
            seconds=round(outcome.seconds + time.perf_counter() - started, 4),
            blocked_by=outcome.blocked_by,
            fault="" if fault is None else shortened(str(fault)),
            evidence=check.evidence,
            remark=self.seen[check.question].remark if check.evidence and check.question in self.seen else "",
        )

    def _in_words(self, check: Check, case: Case, problem: Problem) -> tuple[Case | None, Problem]:
        """Return the case to show, if there is one, and the problem with its message."""
        if self.exam.shown is not None:
            problem = withheld(case, problem)
        else:
            case, problem = self._shrink(check, case, problem)
        if case.device != self.exam.devices[0]:
            separator = "\n" if "\n" in problem.message else " "
            problem = replace(problem, message=f"on {case.device}:{separator}{problem.message}")
        if works_on_the_cpu(check, case):
            return None, replace(problem, got="", expected="")
        return None if self.exam.shown is not None else case, problem

    def ask(self, question: Question) -> QuestionResults:
        """Return the results of a question, which is asked once. Raises `Interrupted`."""
        if question not in self.seen:
            cases = self.exam.cases(question)
            observations = self.asker.ask([case.ask(question) for case in cases])
            self.seen[question] = QuestionResults([CaseResult(one) for one in observations])
        return self.seen[question]

    def _problem(self, check: Check, case: Case, case_result: CaseResult) -> Problem | None:
        """Return what breaks the check on this case; None if it holds."""
        seen = case_result.observation
        question = check.question
        if seen.raised is not None:
            if works_on_the_cpu(check, case):
                return raised_on_simulated_gpu(seen.raised)
            return raised_by_answer(seen.raised)
        if question is None:
            return None
        try:
            result = case_result.result
            if question is not self.exercise.question:
                require_return_spec(question, case, seen)
            check.judge(case, seen, result)
        except Broken as broken:
            figure = broken.message if check.band else ""
            got, expected = _literal(broken.got), _literal(broken.expected)
            return Problem("failed", broken.message, got, expected, hint=broken.hint, withheld=figure)
        except InvalidValue as fault:
            return Problem("failed", str(fault))
        return None

    def _shrink(self, check: Check, case: Case, problem: Problem) -> tuple[Case, Problem]:
        """Return the smallest input found on which the check breaks in the same way, and its problem."""
        question = check.question
        if question is None or not question.given or self.interrupted or check.bonus:
            # Most correct answers fail a bonus check; shrinking would cost time for each of them.
            return case, problem
        examples = self.exam.cases(question)[: len(question.examples)]
        if check.name in RETURN_CHECKS and any(case.records is example.records for example in examples):
            # The axes of an example differ in size and can be told apart; the smallest input is one number.
            return case, problem
        prerequisites = [
            self.checks[name] for name in self._prerequisites(check) if self.checks[name].question is question
        ]
        problems: dict[Case, Problem] = {}

        def still_fails(candidate: Case) -> bool:
            try:
                observation = self.asker.search(candidate.ask(question))
            except Interrupted as stop:
                self.interrupted = (check.name, stop)
                raise SearchEnded from stop
            case_result = CaseResult(observation)
            try:
                if any(self._problem(one, candidate, case_result) for one in prerequisites):
                    return False
                found = self._problem(check, candidate, case_result)
            except Exception:  # noqa: BLE001 - the verdict stands; this candidate doesn't explain it
                return False
            if found is None or found.status != problem.status or found.kind != problem.kind:
                return False
            problems[candidate] = found
            return True

        best = self.exam.shrink(question, still_fails, case.device)
        return (best, problems[best]) if best is not None else (case, problem)

    def _prerequisites(self, check: Check) -> list[str]:
        """Return the names of all prerequisites of a check, direct and indirect."""
        found: list[str] = []
        for name in check.after:
            found += [*self._prerequisites(self.checks[name]), name]
        return [name for name in dict.fromkeys(found) if self.checks[name].question is not None]


@dataclass(frozen=True)
class Outcome:
    """The outcome of a check, before shrinking.

    `blocked_by` names the check that failed first, if this one is blocked. `failure` is the first case that
    breaks this check.
    """

    status: CheckStatus
    message: str = ""
    blocked_by: str = ""
    failure: tuple[Case, Problem] | None = None
    seconds: float = 0.0


def fault_of(exercise: Exercise, check: Check, error: Exception) -> GraderFault:
    """Return the `GraderFault` for an error that a check raised."""
    message = f"The check {check.name} of {exercise.name} failed itself: {shortened(repr(error))}"
    fault = GraderFault(message)
    fault.__cause__ = error
    return fault


def require_return_spec(question: Question, case: Case, seen: Observation) -> None:
    """Raise `Broken` unless the result has the type, shape, dtype and device that its question declares."""
    for check in RETURN_CHECKS:
        problem = return_problem(check, question.returns, case, seen)
        if problem:
            raise Broken(problem, got=restore(seen.result))


def _literal(thing: Any) -> str:  # noqa: ANN401 - what a law compared
    return "" if thing is None else shown(lambda: literal(record(thing)))
