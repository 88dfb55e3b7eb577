"""Wrong answers that behave alike: the same results on the same inputs.

A failure is shown with a call, what came back and what was expected. These come from an exam that is the same
for everybody and in every run, so equal ones are equal observations on equal inputs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.check_names import IS_DEFINED
from grader.reporting.analysis.answers import failures
from grader.reporting.reasons import exception_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.analysis.answers import Answer, Answers

DECIMAL: Final = re.compile(r"\d{1,20}\.\d{0,20}")
DIGITS: Final = 4
"""Digits of a number that tell one behaviour from another; further ones are rounding."""

Behaviour = tuple[tuple[str, ...], ...]
"""What was observed of a wrong answer, in texts that are equal where the observations are."""


class Cluster(NamedTuple):
    """Wrong answers to an exercise that behave alike, and that no misconception explains.

    Args:
        answers: all answers to the exercise.
        members: those that behave alike, in the order of the submissions.

    """

    answers: Answers
    members: tuple[Answer, ...]

    @property
    def example(self) -> Verdict:
        """The check that shows it best: the first one with a call; else the first."""
        found = failures(self.members[0].result)
        return next((check for check in found if check.counterexample), found[0])

    @property
    def checks(self) -> frozenset[str]:
        """The names of the checks that they fail."""
        return frozenset(check.name for check in failures(self.members[0].result))

    @property
    def lost(self) -> float:
        """The points that it costs the class."""
        return lost(self.members)


def observed(check: Verdict) -> tuple[str, ...]:
    """Return what was observed where a check failed; texts of exceptions and places in code don't count."""
    if check.status == "failed":
        return check.status, check.counterexample, _rounded(check.got), _rounded(check.message)
    kind = exception_of(check) if check.status == "error" else ""
    return check.status, check.counterexample, kind


def behaviour(result: ExerciseResult) -> Behaviour:
    """Return how an answer behaves; empty if it is right, or if nothing of it could be run."""
    found = failures(result)
    if any(check.name == IS_DEFINED for check in found):
        return ()
    return tuple((check.name, *observed(check)) for check in found)


def unexplained(answers: Answers) -> list[Answer]:
    """Return the wrong answers to an exercise that could be run, and that no misconception explains."""
    return [one for one in answers.tried if one.result.misconception is None and behaviour(one.result)]


def clusters_of(answers: Iterable[Answers]) -> list[Cluster]:
    """Return the groups of at least two unexplained answers that behave alike, the largest first."""
    found = []
    for one in answers:
        groups: dict[Behaviour, list[Answer]] = {}
        for answer in unexplained(one):
            groups.setdefault(behaviour(answer.result), []).append(answer)
        found += [Cluster(one, tuple(members)) for members in groups.values() if len(members) > 1]
    return sorted(found, key=lambda cluster: -len(cluster.members))


def alone(answers: Sequence[Answers], clusters: Iterable[Cluster]) -> int:
    """Return how many unexplained answers behave like no other one."""
    return sum(len(unexplained(one)) for one in answers) - sum(len(one.members) for one in clusters)


def lost(answers: Iterable[Answer]) -> float:
    """Return the points that answers lack."""
    return sum(one.result.max_points - one.result.points for one in answers)


def _rounded(text: str) -> str:
    return DECIMAL.sub(lambda number: f"{float(number[0]):.{DIGITS}g}", text)
