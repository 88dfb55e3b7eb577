"""What judging says: of one check, of one exercise, of one submission; and how a law breaks."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

CheckStatus = Literal[
    "passed", "failed", "error", "timeout", "out_of_memory", "crashed", "blocked", "skipped"
]
ExerciseStatus = Literal[
    "correct", "partial", "incorrect", "missing", "error", "timeout", "out_of_memory", "crashed"
]


DIGITS: Final = 6
"""To so many digits behind the point are sums of points told."""


class Broken(AssertionError):
    """A law does not hold; `got` and `expected` are shown to the student, where there are such."""

    def __init__(self, message: str = "", *, got: Any = None, expected: Any = None) -> None:  # noqa: ANN401
        super().__init__(message)
        self.message = message
        self.got = got
        self.expected = expected


class Verdict(msgspec.Struct, frozen=True):
    """What was found of one check."""

    name: str
    statement: str
    status: CheckStatus
    points: float
    max_points: float
    bonus: bool
    message: str = ""
    counterexample: str = ""
    got: str = ""
    expected: str = ""
    hint: str = ""
    further_hints: tuple[str, ...] = ()
    seconds: float = 0.0


class Attempt(msgspec.Struct, frozen=True):
    """Which of the definitions of a name was graded; the rest of the program calls the last one."""

    where: str
    of: int
    last: bool = True


class Misconception(msgspec.Struct, frozen=True):
    """A way of being wrong that has a name, and what to say to a student who holds it."""

    id: str
    explanation: str


class ExerciseResult(msgspec.Struct, frozen=True, omit_defaults=False):
    """What was found of one exercise."""

    name: str
    section: str
    module: str
    status: ExerciseStatus
    points: float
    max_points: float
    bonus: float
    checks: tuple[Verdict, ...]
    attempt: Attempt | None = None
    message: str = ""
    misconception: Misconception | None = None


def summarize(
    name: str, section: str, module: str, checks: tuple[Verdict, ...], attempt: Attempt | None = None
) -> ExerciseResult:
    """Return the exercise's result: its points, and a status that says why they are none."""
    base = [check for check in checks if not check.bonus and check.status != "skipped"]
    # Shares of an exercise's points may have no end as binary fractions; their sum has.
    points = round(sum(check.points for check in base), DIGITS)
    maximum = round(sum(check.max_points for check in base), DIGITS)
    bonus = sum(check.points for check in checks if check.bonus)
    first = next((check for check in base if check.status != "passed"), None)
    return ExerciseResult(
        name, section, module, _status(points, first), points, maximum, bonus, checks, attempt,
        first.message if first else "",
    )  # fmt: skip


def _status(points: float, first: Verdict | None) -> ExerciseStatus:
    if first is None:
        return "correct"
    if points > 0:
        return "partial"
    if first.name == "is_defined" and first.status == "failed":
        return "missing"
    fatal: dict[CheckStatus, ExerciseStatus] = {
        "error": "error",
        "timeout": "timeout",
        "out_of_memory": "out_of_memory",
        "crashed": "crashed",
    }
    return fatal.get(first.status, "incorrect")
