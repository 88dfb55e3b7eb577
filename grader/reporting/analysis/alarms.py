"""Checks that may be broken: what fails there are not the students, but the check.

A flag is no verdict. It comes with its evidence, and a person looks at the check.
"""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.analysis.answers import failures
from grader.reporting.analysis.behaviour import observed
from grader.reporting.analysis.items import correlation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records.verdict import Verdict
    from grader.reporting.analysis.answers import Answer, Answers

LEAST: Final = 30
"""Answers below which no check is flagged."""
STRONG: Final = 0.25
"""The share of the answers that counts as strong: those with most points in the other exercises."""
CONFIDENCE: Final = 0.95
"""Of a flag; that of a correlation is shared by all checks, since one of many is negative by chance."""
ALIKE: Final = 0.9
"""The share of a check's failures that make it suspicious if they are all alike."""
MANY: Final = (5, 0.05)
"""Failures that are many enough to be suspicious: so many, and so large a share of the answers."""


class Alarm(NamedTuple):
    """A check that may be broken.

    Args:
        answers: the answers to its exercise.
        check: a verdict on it that shows how it fails.
        failed: how many answers fail it.
        decided: how many it was decided for.
        reasons: why it is flagged, a sentence each.

    """

    answers: Answers
    check: Verdict
    failed: int
    decided: int
    reasons: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        """Module, exercise and check."""
        return (*self.answers.key, self.check.name)


class _Decided(NamedTuple):
    """The answers that a check was decided for, each with its verdict if it fails."""

    answers: Answers
    name: str
    each: list[tuple[Answer, Verdict | None]]

    @property
    def failing(self) -> list[tuple[Answer, Verdict]]:
        return [(answer, check) for answer, check in self.each if check is not None]


def alarms_of(answers: Sequence[Answers]) -> list[Alarm]:
    """Return the checks that may be broken, those that most fail first."""
    candidates = [one for of_exercise in answers for one in _decided(of_exercise)]
    judged = [one for one in candidates if len(one.each) >= LEAST]
    found = []
    for one in judged:
        reasons = (_strong_fail(one), _negative(one, (1 - CONFIDENCE) / len(judged)), _alike(one))
        said = tuple(reason for reason in reasons if reason)
        if said:
            shown = next(
                (check for answer, check in one.failing if answer.result.misconception is None), None
            )
            check = shown or one.failing[0][1]
            found.append(Alarm(one.answers, check, len(one.failing), len(one.each), said))
    return sorted(found, key=lambda alarm: -alarm.failed)


def _decided(answers: Answers) -> list[_Decided]:
    """Return each base check of an exercise that anybody fails, with the answers that it was decided for."""
    found: dict[str, list[tuple[Answer, Verdict | None]]] = {}
    for answer in answers.tried:
        wrong = {check.name: check for check in failures(answer.result)}
        for check in answer.result.checks:
            if not check.bonus and (check.name in wrong or check.status == "passed"):
                found.setdefault(check.name, []).append((answer, wrong.get(check.name)))
    made = [_Decided(answers, name, each) for name, each in found.items()]
    return [one for one in made if one.failing]


def _strong_fail(decided: _Decided) -> str:
    """Return a sentence if more than half of the strong answers fail."""
    ranked = sorted(decided.each, key=lambda one: -one[0].rest)
    strong = ranked[: max(1, round(STRONG * len(ranked)))]
    failing = sum(check is not None for _, check in strong)
    if _lower_bound(failing, len(strong)) <= 0.5:  # noqa: PLR2004 - half
        return ""
    return (
        f"{failing} of the {len(strong)} answers whose authors have most points in the other exercises fail "
        "it."
    )


def _negative(decided: _Decided, strictness: float) -> str:
    """Return a sentence if those who pass have fewer points elsewhere than those who fail."""
    value = correlation(
        [check is None for _, check in decided.each], [answer.rest for answer, _ in decided.each]
    )
    if value is None or value >= 0:
        return ""
    deviations = statistics.NormalDist().inv_cdf(1 - strictness)
    high = math.tanh(math.atanh(max(value, -0.999)) + deviations / math.sqrt(len(decided.each) - 3))
    if high >= 0:
        return ""
    return (
        "Those who pass it have fewer points in the other exercises than those who fail it (correlation "
        f"{value:.2f})."
    )


def _alike(decided: _Decided) -> str:
    """Return a sentence if nearly all failures are one behaviour, and no misconception explains it."""
    failing = decided.failing
    if len(failing) < max(MANY[0], MANY[1] * len(decided.each)):
        return ""
    groups: dict[tuple[str, ...], int] = {}
    for answer, check in failing:
        if answer.result.misconception is None and (check.counterexample or check.got):
            seen = observed(check)
            groups[seen] = groups.get(seen, 0) + 1
    largest = max(groups.values(), default=0)
    if largest < ALIKE * len(failing):
        return ""
    return (
        f"{largest} of the {len(failing)} answers that fail it behave alike, and no misconception explains "
        "that."
    )


def _lower_bound(failing: int, count: int) -> float:
    """Return the lower bound of Wilson's interval for a share."""
    z = statistics.NormalDist().inv_cdf(CONFIDENCE)
    share = failing / count
    centre = share + z * z / (2 * count)
    margin = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (centre - margin) / (1 + z * z / count)
