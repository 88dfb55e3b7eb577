"""What may be said of a failure whose inputs are secret, and the failures that are shown instead.

An answer's process knows the inputs that it is asked on. Whatever it chooses freely (the text of an exception
or the name of its class, a value, a shape) may carry them out, to somebody who sits the same exam later. So
nothing of it is shown. Students read about the same answer's failures in another exam, whose inputs are no
secret, and which it sits in a process that knows nothing of the first one.
"""

from __future__ import annotations

import builtins
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import msgspec
import torch

if TYPE_CHECKING:
    from grader.checks.case import Case
    from grader.checks.check import Check
    from grader.judging.evaluation import Examination
    from grader.judging.problems import Problem
    from grader.records.verdict import Verdict

OWN_EXCEPTION: Final = "an exception of your own"
STOPPED: Final = frozenset({"timeout", "out_of_memory", "crashed"})
"""The statuses of answers that would only use up as much time or memory once more."""
FROM_SHOWN: Final = ("message", "counterexample", "got", "expected", "hint", "further_hints")
"""The fields of a verdict that put a failure into words."""


def withheld(case: Case, problem: Problem) -> Problem:
    """Return a problem in words that tell nothing but the sizes of its case."""
    about = sizes(case)
    where = f"it fails on an input that is not shown: {about}" if about else "the values are not shown"
    said = [problem.withheld, where if problem.status != "skipped" else ""]
    message = "\n".join(text for text in said if text)
    return replace(problem, message=message, got="", expected="", hint="")


def sizes(case: Case) -> str:
    """Return types, shapes and dtypes of a case's inputs; "" if it has none."""
    return ", ".join(f"{name} is {_size(value)}" for name, value in case.inputs.items())


def _size(value: Any) -> str:  # noqa: ANN401 - any input
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {tuple(value.shape)} and dtype {str(value.dtype).removeprefix('torch.')}"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of length {len(value)}"
    return f"of type {type(value).__name__}"


def kind_of_exception(name: str) -> str:
    """Return the name of an exception's class if it is Python's own, which no answer can choose freely."""
    known = getattr(builtins, name, None)
    is_exception = isinstance(known, type) and issubclass(known, BaseException)
    return name if is_exception else OWN_EXCEPTION


def last_frame(lines: str) -> str:
    """Return where an exception was raised: the last frame of a traceback, which takes two lines."""
    return "\n".join(lines.split("\n")[-2:])


def fails_alike(check: Check, secret: Examination, shown: Examination) -> bool:
    """Return whether a check that fails in a secret exam fails in the shown one, too, and in the same way.

    A model is trained once more for this: only where everything before it is right and its figure is not.
    """
    there = secret.outcome(check).failure
    if there is None or there[1].status in STOPPED:
        return False
    here = shown.outcome(check).failure
    return here is not None and (here[1].status, here[1].kind) == (there[1].status, there[1].kind)


def explained(secret: Examination, shown: Examination) -> tuple[Verdict, ...]:
    """Return the verdicts of a secret exam, in the words of the shown one where the answer fails there, too.

    What passed in the secret exam is not asked again: the time would be better spent on the failures.

    Args:
        secret: the examination that counts.
        shown: the examination of the same answer in the exam that is shown.

    """
    verdicts = secret.all()
    shown.outcomes |= {name: one for name, one in secret.outcomes.items() if one.status == "passed"}
    return tuple(
        _in_the_words_of(shown, check, verdict) if fails_alike(check, secret, shown) else verdict
        for check, verdict in zip(secret.exercise.checks, verdicts, strict=True)
    )


def _in_the_words_of(shown: Examination, check: Check, verdict: Verdict) -> Verdict:
    told = shown.explained(check)
    words = {name: getattr(told, name) for name in FROM_SHOWN}
    if check.band:  # to train, a pasted call would need the images, too
        words["counterexample"] = ""
    return msgspec.structs.replace(verdict, **words)
