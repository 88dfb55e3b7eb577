"""Ask an answer, judge what came back, and look for the smallest input that breaks a law.

The same examination runs at the student's desk and in the grader; only who is asked differs.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from grader.checks.standard_checks import FORM
from grader.judging.exception_hints import advice_on
from grader.judging.generated_cases import digest_of
from grader.records.decode import ValueFault, restore
from grader.records.devices import CPU, EXHAUSTED
from grader.records.expression import literal, pasteable
from grader.records.protocol import MISMATCH
from grader.records.values import record
from grader.records.verdict import Broken, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.checks.case import Case
    from grader.checks.check import Check, Question
    from grader.checks.exercise import Exercise
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import Ask, Observation, Raised
    from grader.records.values import Value
    from grader.records.verdict import CheckStatus

MAX_SHOWN: Final = 1_500
MEMORY: Final = ("DefaultCPUAllocator", "Unable to allocate", *EXHAUSTED)


class Interrupted(Exception):
    """The answer can't be asked any more: its process is stopped or gone, or its time is used up.

    `at` is the number of the question that doesn't end, where it is known.
    """

    def __init__(self, status: CheckStatus, message: str, at: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.at = at


def expired(seen: Sequence[Observation], seconds: float) -> Interrupted:
    """Return the interruption that observations stand for, of which the last one ran out of time."""
    raised = seen[-1].raised
    message = (
        f"stopped after {seconds:.3g} s, which is all the time this exercise has: does a loop never end?"
    )
    lines = raised.lines if raised else ""
    return Interrupted(
        "timeout", f"{message}\n{lines}".strip(), len(seen) - 1 if raised and raised.endless else None
    )


class GraderFault(Exception):
    """A check itself failed. It is named, and never counted against a student."""


class Asker(Protocol):
    """Who carries questions to an answer: over the wall, or to a function in this process."""

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Say why there is no answer at all: `failed` where it is still to do, `error` where it broke."""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return what was seen, one observation a question. Raises `Interrupted`."""


class Examination:
    """One answer to one exercise. Verdicts are found when they are asked for, and kept.

    All checks are judged before any failure is shrunk: searching may use up the time of an exercise, and
    must not cost points.
    """

    def __init__(self, exercise: Exercise, exam: Exam, asker: Asker) -> None:
        self.exercise = exercise
        self.exam = exam
        self.asker = asker
        self.checks = {check.name: check for check in exercise.checks}
        self.outcomes: dict[str, Outcome] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.seen: dict[Question, Sightings] = {}
        self.interrupted: tuple[str, Interrupted] | None = None

    def all(self) -> tuple[Verdict, ...]:
        """Return the verdicts on all checks, in the order of declaration."""
        return tuple(self.verdict(name) for name in self.checks)

    def verdict(self, name: str) -> Verdict:
        """Return the verdict on one check."""
        if name not in self.verdicts:
            outcome = self.outcome(self.checks[name])
            if outcome.failure is not None:
                self._judge_others()
            self.verdicts[name] = self._described(self.checks[name], outcome)
        return self.verdicts[name]

    def judge(self) -> None:
        """Find the outcomes of all checks, without any search for smaller inputs."""
        for check in self.checks.values():
            self.outcome(check)

    def _judge_others(self) -> None:
        for check in self.checks.values():
            with contextlib.suppress(GraderFault):  # raised again when its own verdict is asked for
                self.outcome(check)

    def outcome(self, check: Check) -> Outcome:
        """Return what came of one check, after those that it builds on."""
        if check.name not in self.outcomes:
            started = time.perf_counter()
            found = self._judged(check)
            self.outcomes[check.name] = replace(found, seconds=time.perf_counter() - started)
        return self.outcomes[check.name]

    def _judged(self, check: Check) -> Outcome:
        for name in check.after:
            below = self.outcome(self.checks[name])
            if below.status != "passed":
                return Outcome("blocked", root=below.root or name)
        if check.question is None:
            absent = self.asker.absent()
            return Outcome(*absent) if absent else Outcome("passed")
        if self.interrupted is not None and check.question not in self.seen:
            return Outcome("blocked", root=self.interrupted[0])
        try:
            seen = self.ask(check.question)
        except Interrupted as stop:
            return self._stopped(check, check.question, stop)
        if (check, seen.digest) not in self.exam.passes:
            broken = self._broken(check, check.question, seen)
            if broken is not None:
                return broken
            self.exam.passes.add(check, seen.digest)
        return Outcome("passed")

    def _broken(self, check: Check, question: Question, seen: Sightings) -> Outcome | None:
        """Return what breaks a check first, in the order of its cases; None where nothing does."""
        unknown = None
        for case, sighting in zip(self.exam.cases(question), seen.each, strict=True):
            problem = self._problem(check, case, sighting)
            if problem is None:
                continue
            if problem.status == "skipped":
                unknown = unknown or Outcome(problem.status, problem.message)
            elif question.elsewhere and case.device == CPU:  # no input is shown: here, the call works
                return Outcome(problem.status, problem.message)
            else:
                return Outcome(problem.status, failure=(case, problem))
        return unknown

    def _stopped(self, check: Check, question: Question, stop: Interrupted) -> Outcome:
        self.interrupted = (check.name, stop)
        if stop.at is None or not question.given:
            return Outcome(stop.status, stop.message)
        case = self.exam.cases(question)[stop.at]
        return Outcome(stop.status, failure=(case, Problem(stop.status, stop.message)))

    def _described(self, check: Check, outcome: Outcome) -> Verdict:
        """Return the verdict on a check, with the smallest input that breaks it."""
        started = time.perf_counter()
        case, problem = (None, Problem(outcome.status, outcome.message))
        if outcome.root:
            problem = Problem("blocked", f"waits for {outcome.root}")
        if outcome.failure is not None:
            case, problem = self._shrunk(check, *outcome.failure)
            if case.device != self.exam.devices[0]:
                gap = "\n" if "\n" in problem.message else " "
                problem = replace(problem, message=f"on {case.device}:{gap}{problem.message}")
        asks = check.question.asks if check.question else self.exercise.name
        passed = problem.status == "passed"
        told = not passed and problem.status != "blocked"
        hints = [hint for hint in (problem.advice, check.hint, *check.further_hints) if hint] if told else []
        return Verdict(
            name=check.name,
            statement=check.statement,
            status=problem.status,
            points=check.points if passed else 0.0,
            max_points=check.points,
            bonus=check.bonus,
            message=_cut(problem.message),
            counterexample=_cut(pasteable(asks, case.records, case.device)) if case is not None else "",
            got=problem.got,
            expected=problem.expected,
            hint=hints[0] if hints else "",
            further_hints=tuple(hints[1:]),
            seconds=round(outcome.seconds + time.perf_counter() - started, 4),
        )

    def ask(self, question: Question) -> Sightings:
        """Return what is seen when a question is asked; it is asked once. Raises `Interrupted`."""
        if question not in self.seen:
            cases = self.exam.cases(question)
            observations = self.asker.ask([case.ask(question) for case in cases])
            self.seen[question] = Sightings(digest_of(observations), [Sighting(one) for one in observations])
        return self.seen[question]

    def _problem(self, check: Check, case: Case, sighting: Sighting) -> Problem | None:
        """Return what breaks the check on this case."""
        seen = sighting.observation
        question = check.question
        if seen.raised is not None:
            if question is not None and question.elsewhere and case.device == CPU:
                return _raised_elsewhere(seen.raised)
            return _raised(seen)
        if question is None:
            return None
        try:
            result = sighting.result
            if question is not self.exercise.question:
                fits(question, case, seen)
            check.judge(case, seen, result)
        except Broken as broken:
            return Problem("failed", broken.message, _shown(broken.got), _shown(broken.expected))
        except ValueFault as fault:
            return Problem("failed", str(fault))
        except Exception as error:
            message = f"The check {check.name} of {self.exercise.name} failed itself: {error!r}"
            raise GraderFault(message) from error
        return None

    def _shrunk(self, check: Check, case: Case, problem: Problem) -> tuple[Case, Problem]:
        """Search for smaller inputs on which the same check breaks in the same way."""
        question = check.question
        if question is None or not question.given or self.interrupted or check.bonus:
            # A bonus is beyond most right answers; a search for the smallest input would cost each of them.
            return case, problem
        examples = self.exam.cases(question)[: len(question.examples)]
        if check.name in FORM and any(case.records is example.records for example in examples):
            # The sizes of an example differ, and tell its axes apart; the smallest input is one number.
            return case, problem
        lower = [self.checks[name] for name in self._below(check) if self.checks[name].question is question]
        problems: dict[Case, Problem] = {}

        def fails(candidate: Case) -> bool:
            if self.interrupted:
                return False
            try:
                (observation,) = self.asker.ask([candidate.ask(question)])
            except Interrupted as stop:
                self.interrupted = (check.name, stop)
                return False
            sighting = Sighting(observation)
            if any(self._problem(rung, candidate, sighting) for rung in lower):
                return False
            found = self._problem(check, candidate, sighting)
            if found is None or found.status != problem.status or found.kind != problem.kind:
                return False
            problems[candidate] = found
            return True

        best = self.exam.shrink(question, fails, case.device)
        return (best, problems[best]) if best is not None else (case, problem)

    def _below(self, check: Check) -> list[str]:
        """Return the names of all checks that a check builds on."""
        found: list[str] = []
        for name in check.after:
            found += [*self._below(self.checks[name]), name]
        return [name for name in dict.fromkeys(found) if self.checks[name].question is not None]


class Sighting:
    """An observation and the result in it, restored when a check first asks for it and then kept."""

    def __init__(self, observation: Observation) -> None:
        self.observation = observation

    @cached_property
    def result(self) -> Any:  # noqa: ANN401 - whatever came back
        """The result; raises `ValueFault` where its record contradicts itself."""
        return restore(self.observation.result)


class Sightings(NamedTuple):
    """What was seen when a question was asked, case by case."""

    digest: bytes
    each: list[Sighting]


@dataclass(frozen=True)
class Problem:
    """What breaks a check on one case; or what else there is to say of it."""

    status: CheckStatus
    message: str
    got: str = ""
    expected: str = ""
    kind: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a check, before any search for a smaller input.

    `root` is the check at which the ladder broke, where this one is blocked; `failure` the first case that
    breaks it.
    """

    status: CheckStatus
    message: str = ""
    root: str = ""
    failure: tuple[Case, Problem] | None = None
    seconds: float = 0.0


def fits(question: Question, case: Case, seen: Observation) -> None:
    """Raise `Broken` where the result of a law's own question isn't what the law can judge."""
    returns = question.returns
    found = (
        returns.type_problem(seen.result, case.inputs)
        or returns.shape_problem(seen.result, case.inputs)
        or returns.dtype_problem(seen.result, case.inputs)
        or returns.device_problem(seen.result, seen.home)
    )
    if found:
        raise Broken(found, got=restore(seen.result))


def _raised(seen: Observation) -> Problem:
    raised = seen.raised
    if raised is None:
        raise ValueError
    said = f"{raised.kind}: {raised.message}" if raised.message else raised.kind
    if raised.kind == "NotImplementedError":
        return Problem("failed", f"still to do: {said}\n{raised.lines}".strip(), kind=raised.kind)
    if raised.kind == "MemoryError" or any(word in raised.message for word in MEMORY):
        return Problem("out_of_memory", f"{said}\n{raised.lines}".strip(), kind=raised.kind)
    if not raised.inside:
        return Problem("failed", f"the call doesn't fit: {raised.message}", kind="signature")
    advice = advice_on(raised.kind, raised.message)
    return Problem("error", f"{raised.lines}\n{said}".strip(), kind=raised.kind, advice=advice)


def _raised_elsewhere(raised: Raised) -> Problem:
    """Return what an exception says of an answer that was asked as if on a GPU."""
    if raised.kind == MISMATCH:
        return Problem("failed", f"on a GPU, this raises\n{raised.lines}\nRuntimeError: {raised.message}")
    return Problem("skipped", f"it takes a GPU to tell: {raised.message}")


def _shown(thing: Any) -> str:  # noqa: ANN401 - what a law compared
    if thing is None:
        return ""
    value: Value = record(thing)
    return _cut(literal(value))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
