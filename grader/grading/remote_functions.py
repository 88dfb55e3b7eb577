"""Answer calls of the reference's functions, for answers in the sandbox that build on them.

What a child sends is untrusted: it names a function, and sends values. The function runs in this process, on
inputs of bounded size and for a bounded time. All calls that can't be answered get the same sentence,
whatever the reason is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

from grader.execution.deadline import Expired, deadline
from grader.execution.remote_function import products
from grader.records.check_names import LEAVES_ARGUMENTS_ALONE
from grader.records.decode import restore
from grader.records.protocol import RemoteResult
from grader.records.values import Items, Opaque, TextFile, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.checks.exercise import Exercise
    from grader.course.correct_answers import CorrectAnswers
    from grader.course.course import Course
    from grader.judging.generated_cases import Exam
    from grader.records.protocol import RemoteCall
    from grader.records.values import Value

MAX_CALL_BYTES: Final = 2**24
"""The most bytes that a call may have."""
MAX_CALLS: Final = 20_000
"""The most calls while one message of the grader waits for its answer."""
CALL_SECONDS: Final = 2.0
"""Seconds for one call."""
NOT_ANSWERED: Final = RemoteResult(problem="the course's own function can't be called with this")


class RemoteFunctions:
    """The functions of a course's reference that can be called from the sandbox.

    Args:
        course: the exercises.
        correct_answers: the reference's answers to them.
        exam: has inputs on which to see what a function is like.

    """

    def __init__(self, course: Course, correct_answers: CorrectAnswers, exam: Exam) -> None:
        self.exercises = {exercise.name: exercise for _section, exercise in course.exercises()}
        self.correct_answers = correct_answers
        self.exam = exam
        self._suited: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Return whether an exercise asks for a function of values that another process can call."""
        if name not in self._suited:
            self._suited[name] = self._is_suited(self.exercises[name])
        return self._suited[name]

    def answer(self, call: RemoteCall, allowed: Iterable[str]) -> RemoteResult:
        """Return the result of a call of one of the `allowed` functions. Raises no exception."""
        if call.name not in allowed:
            return NOT_ANSWERED
        try:
            with deadline(CALL_SECONDS, give_up=_keep_waiting), torch.random.fork_rng(devices=[]):
                return RemoteResult(self._result(call))
        except (Exception, Expired):  # noqa: BLE001 - what the arguments are is up to the child
            return NOT_ANSWERED

    def _result(self, call: RemoteCall) -> Value:
        function = self.correct_answers.function(call.name)
        arguments = [restore(value) for value in call.arguments]
        count = len(arguments) - len(call.named)
        named = dict(zip(call.named, arguments[count:], strict=True))
        if call.cotangent is None:
            with torch.no_grad():
                return record(function(*arguments[:count], **named))
        for one in arguments:
            if isinstance(one, torch.Tensor) and one.is_floating_point():
                one.requires_grad_()
        with torch.enable_grad():
            result = function(*arguments[:count], **named)
        return products(result, arguments, restore(call.cotangent))

    def _is_suited(self, exercise: Exercise) -> bool:
        """Return whether an answer is a function of values that neither changes nor draws any.

        That is seen on the first of the exercise's own inputs.
        """
        question = exercise.question
        keeps = any(check.name == LEAVES_ARGUMENTS_ALONE for check in exercise.checks)
        if not keeps or question.asks != f"{exercise.name}({', '.join(question.inputs)})":
            return False
        case = self.exam.cases(question)[0]
        before = torch.get_rng_state()
        try:
            with torch.random.fork_rng(devices=[]):
                inputs = [restore(value) for value in case.records.values()]
                result = record(self.correct_answers.function(exercise.name)(*inputs))
                draws = not torch.equal(torch.get_rng_state(), before)
        except Exception:  # noqa: BLE001 - a function that needs something else
            return False
        # A gradient comes back through one tensor only.
        return (
            not draws
            and not isinstance(result, Items)
            and all(map(_is_plain, (*case.records.values(), result)))
        )


def _is_plain(value: Value) -> bool:
    if isinstance(value, Items):
        return all(_is_plain(item) for item in value.items)
    return not isinstance(value, Opaque | TextFile)


def _keep_waiting(_lines: str) -> None:
    """Do nothing: a call into C ends by itself, because its inputs are small."""
