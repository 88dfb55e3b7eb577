"""Ask an answer, judge what came back, and look for the smallest input that breaks a law.

The same examination runs at the student's desk and in the grader; only who is asked differs.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final, Protocol

from grader.expression import literal, pasteable
from grader.values import ValueFault, record, restore
from grader.verdict import Broken, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check import Check, Question
    from grader.exam import Case, Exam
    from grader.exercise import Exercise
    from grader.messages import Ask, Observation
    from grader.values import Value
    from grader.verdict import CheckStatus

MAX_SHOWN: Final = 1_500
MEMORY: Final = ("DefaultCPUAllocator", "CUDA out of memory", "Unable to allocate")


class Interrupted(Exception):
    """The answer can't be asked any more: its process is stopped or gone, or its time is used up."""

    def __init__(self, status: CheckStatus, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


def expired(seen: Observation, seconds: float) -> Interrupted:
    """Return the interruption that an observation which ran out of time stands for."""
    lines = seen.raised.lines if seen.raised else ""
    message = f"stopped after {seconds:g} s, which is all the time this exercise has: does a loop never end?"
    return Interrupted("timeout", f"{message}\n{lines}".strip())


class GraderFault(Exception):
    """A check itself failed. It is named, and never counted against a student."""


class Asker(Protocol):
    """Who carries questions to an answer: over the wall, or to a function in this process."""

    def absent(self) -> tuple[CheckStatus, str] | None:
        """Say why there is no answer at all: `failed` where it is still to do, `error` where it broke."""

    def ask(self, questions: Sequence[Ask]) -> list[Observation]:
        """Return what was seen, one observation a question. Raises `Interrupted`."""


class Examination:
    """One answer to one exercise. Verdicts are found when they are asked for, and kept."""

    def __init__(self, exercise: Exercise, exam: Exam, asker: Asker) -> None:
        self.exercise = exercise
        self.exam = exam
        self.asker = asker
        self.checks = {check.name: check for check in exercise.checks}
        self.verdicts: dict[str, Verdict] = {}
        self.seen: dict[Question, list[Observation]] = {}
        self.interrupted: tuple[str, Interrupted] | None = None

    def all(self) -> tuple[Verdict, ...]:
        """Return the verdicts on all checks, in the order of declaration."""
        return tuple(self.verdict(name) for name in self.checks)

    def verdict(self, name: str) -> Verdict:
        """Return the verdict on one check, after those that it builds on."""
        if name not in self.verdicts:
            started = time.perf_counter()
            self.verdicts[name] = self._judged(self.checks[name], started)
        return self.verdicts[name]

    def _judged(self, check: Check, started: float) -> Verdict:
        for name in check.after:
            below = self.verdict(name)
            if below.status != "passed":
                root = self._root(name)
                return _verdict(check, "blocked", f"waits for {root}", started)
        if check.question is None:
            absent = self.asker.absent()
            return _verdict(check, *(absent or ("passed", "")), started=started)
        if self.interrupted is not None and check.question not in self.seen:
            return _verdict(check, "blocked", f"waits for {self.interrupted[0]}", started)
        try:
            seen = self._ask(check.question)
        except Interrupted as stop:
            self.interrupted = (check.name, stop)
            return _verdict(check, stop.status, stop.message, started)
        for case, observation in zip(self.exam.cases(check.question), seen, strict=True):
            problem = self._problem(check, case, observation)
            if problem is not None:
                return self._failed(check, case, problem, started)
        return _verdict(check, "passed", "", started)

    def _root(self, name: str) -> str:
        """Return the check at which the ladder broke, below a check that didn't pass."""
        while self.verdicts[name].status == "blocked":
            blocker = self.verdicts[name].message.removeprefix("waits for ")
            if blocker not in self.verdicts:
                return blocker
            name = blocker
        return name

    def _ask(self, question: Question) -> list[Observation]:
        if question not in self.seen:
            cases = self.exam.cases(question)
            self.seen[question] = self.asker.ask([case.ask(question) for case in cases])
        return self.seen[question]

    def _problem(self, check: Check, case: Case, seen: Observation) -> Problem | None:
        """Return what breaks the check on this case."""
        if seen.raised is not None:
            return _raised(seen)
        question = check.question
        if question is None:
            return None
        try:
            result = restore(seen.result)
            if question is not self.exercise.question:
                _fits(question, case, seen)
            check.judge(case, seen, result)
        except Broken as broken:
            return Problem("failed", broken.message, _shown(broken.got), _shown(broken.expected))
        except ValueFault as fault:
            return Problem("failed", str(fault))
        except Exception as error:
            message = f"The check {check.name} of {self.exercise.name} failed itself: {error!r}"
            raise GraderFault(message) from error
        return None

    def _failed(self, check: Check, case: Case, problem: Problem, started: float) -> Verdict:
        smallest, found = self._shrunk(check, case, problem)
        question = check.question
        asks = question.asks if question else self.exercise.name
        return _verdict(
            check,
            found.status,
            found.message,
            started,
            counterexample=_cut(pasteable(asks, smallest.records)),
            got=found.got,
            expected=found.expected,
        )

    def _shrunk(self, check: Check, case: Case, problem: Problem) -> tuple[Case, Problem]:
        """Search for smaller inputs on which the same check breaks in the same way."""
        question = check.question
        if question is None or not question.given or self.interrupted or check.bonus:
            # A bonus is beyond most right answers; a search for the smallest input would cost each of them.
            return case, problem
        lower = [self.checks[name] for name in self._below(check) if self.checks[name].question is question]
        smallest = {"problem": problem}

        def fails(candidate: Case) -> bool:
            if self.interrupted:
                return False
            try:
                (seen,) = self.asker.ask([candidate.ask(question)])
            except Interrupted as stop:
                self.interrupted = (check.name, stop)
                return False
            if any(self._problem(rung, candidate, seen) for rung in lower):
                return False
            found = self._problem(check, candidate, seen)
            if found is None or found.status != problem.status or found.kind != problem.kind:
                return False
            smallest["problem"] = found
            return True

        best = self.exam.shrink(question, fails)
        return (best, smallest["problem"]) if best is not None else (case, problem)

    def _below(self, check: Check) -> list[str]:
        """Return the names of all checks that a check builds on."""
        found: list[str] = []
        for name in check.after:
            found += [*self._below(self.checks[name]), name]
        return [name for name in dict.fromkeys(found) if self.checks[name].question is not None]


class Problem:
    """What breaks a check on one case."""

    def __init__(
        self, status: CheckStatus, message: str, got: str = "", expected: str = "", kind: str = ""
    ) -> None:
        self.status = status
        self.message = message
        self.got = got
        self.expected = expected
        self.kind = kind


def _fits(question: Question, case: Case, seen: Observation) -> None:
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
    return Problem("error", f"{raised.lines}\n{said}".strip(), kind=raised.kind)


def _verdict(
    check: Check,
    status: CheckStatus,
    message: str,
    started: float,
    *,
    counterexample: str = "",
    got: str = "",
    expected: str = "",
) -> Verdict:
    passed = status == "passed"
    return Verdict(
        name=check.name,
        statement=check.statement,
        status=status,
        points=check.points if passed else 0.0,
        max_points=check.points,
        bonus=check.bonus,
        message=_cut(message),
        counterexample=counterexample,
        got=got,
        expected=expected,
        hint="" if passed or status == "blocked" else check.hint,
        seconds=round(time.perf_counter() - started, 4),
    )


def _shown(thing: Any) -> str:  # noqa: ANN401 - what a law compared
    if thing is None:
        return ""
    value: Value = record(thing)
    return _cut(literal(value))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
