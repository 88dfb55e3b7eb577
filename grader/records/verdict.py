"""The results of judging: verdicts on checks, results of exercises, and the exception of a broken law."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from grader.records.check_names import IS_DEFINED
from grader.records.sources import MAX_SOURCE, CellNumber, SourcePath

CheckStatus = Literal[
    "passed", "failed", "error", "timeout", "out_of_memory", "crashed", "blocked", "skipped", "not_judged"
]
ExerciseStatus = Literal[
    "correct", "partial", "incorrect", "missing", "error", "timeout", "out_of_memory", "crashed"
]
Evidence = Literal["proven", "observed"]
"""What the verdict on how an answer works rests on: `observed` beside the student's code could be forged."""

POINT_DIGITS: Final = 6
"""Digits behind the decimal point to which sums of points are rounded."""


class Broken(AssertionError):
    """Raised by a law that does not hold.

    Args:
        message: what is wrong, in a sentence for the student.
        got: the value to show as the student's, if any.
        expected: the value to show as the correct one, if any.
        hint: what is the usual cause of just this; it is shown before the hints of the check.

    Example:
        >>> def rows_sum_to_one(P):
        ...     sums = P.sum(dim=1)
        ...     if not sums.allclose(torch.ones_like(sums)):
        ...         raise Broken("a row doesn't sum to 1", got=sums)

    """

    def __init__(
        self,
        message: str = "",
        *,
        got: Any = None,  # noqa: ANN401
        expected: Any = None,  # noqa: ANN401
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.got = got
        self.expected = expected
        self.hint = hint


class Verdict(msgspec.Struct, frozen=True):
    """The result of one check.

    `setup` are the lines above `counterexample` that import what it needs besides the student's names and
    torch. `blocked_by` names the check that a blocked one depends on. `fault` says why one is not judged: it
    is for the instructor, since it can tell what the check expects. `evidence` is there for a check that asks
    how an answer works; `remark` is for the instructor, too.
    """

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
    blocked_by: str = ""
    fault: str = ""
    evidence: Evidence | Literal[""] = ""
    remark: str = ""
    setup: str = ""


class Attempt(msgspec.Struct, frozen=True):
    """Which definition of a name was graded. The rest of the program calls the last one."""

    where: str
    of: int
    last: bool = True


class Location(msgspec.Struct, frozen=True):
    """Where something is defined in what was handed in: the reader's answer, not that of the code itself.

    Args:
        path: the file below the submission, for display.
        cell: the number of the notebook's cell; null in a `.py` file.
        line: the line in the file or cell, from 1.
    """

    path: SourcePath
    cell: CellNumber | None
    line: Annotated[int, Meta(ge=1, le=MAX_SOURCE + 1)]


class Misconception(msgspec.Struct, frozen=True):
    """A known mistake, and its explanation for the student."""

    id: str
    explanation: str


STUDENT: Final = "yours"
"""The label of the student's line, and the title of a grid with the student's images."""
EXPECTED: Final = "expected"
"""The label of the right line, and the title of a grid with the right images."""


class PlotLine(msgspec.Struct, frozen=True):
    """Points joined by lines in this order, with a gap where y is null."""

    label: str
    x: tuple[float, ...]
    y: tuple[float | None, ...]


class PlotTile(msgspec.Struct, frozen=True):
    """An image in a grid: row and column from 0, the title above it, and its pixels, a grey PNG in base64."""

    row: int
    column: int
    title: str
    png: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class PlotPanel(msgspec.Struct, frozen=True):
    """Lines over a common x-axis, or images in a grid: what an answer gives, and what is expected.

    Args:
        title: the title.
        lines: the lines: yours and, unless there is a band, what is expected.
        x_label: what is on the x-axis.
        band: the least and the greatest value at which lines of correct answers end.
        remark: why your line is missing, or how your images differ from what is expected.
        tiles: the images; a panel has these or lines.
    """

    title: str
    lines: tuple[PlotLine, ...] = ()
    x_label: str = "x"
    band: tuple[float, float] | None = None
    remark: str = ""
    tiles: tuple[PlotTile, ...] = ()


class ExerciseResult(msgspec.Struct, frozen=True, omit_defaults=False):
    """The result of one exercise.

    Args:
        attempt: which definition of several was graded.
        message: why it is not correct: the message of the first check that did not pass.
        misconception: the known mistake that explains it, if there is one.
        location: where the answer is defined in what was handed in.
        book: the address of the section's page in the book, if the course has it.
        title: the title of the section.
        code: the definition as it was handed in, from `location.line` on; long ones end with an ellipsis. The
            reader's answer, too. Empty without one.
        plot: what a wrong answer gives beside what is expected, where the exercise has a plot.
    """

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
    location: Location | None = None
    book: str = ""
    title: str = ""
    code: Annotated[str, Meta(max_length=MAX_SOURCE)] = ""
    plot: tuple[PlotPanel, ...] = ()


def open_points(result: ExerciseResult) -> float:
    """Return the points of the base checks that are not judged: earned or not, nobody knows yet."""
    return sum((check.max_points for check in not_judged(result) if not check.bonus), 0.0)


def not_judged(result: ExerciseResult) -> list[Verdict]:
    """Return the checks that are not judged."""
    return [check for check in result.checks if check.status == "not_judged"]


def summarize(
    name: str, section: str, module: str, checks: tuple[Verdict, ...], attempt: Attempt | None = None
) -> ExerciseResult:
    """Return the exercise's result: the points, and a status that says why there are none.

    The points of a check that is not judged are open. They are part of the maximum and not yet earned, so the
    exercise is `partial`, or `error` without any points.
    """
    base = [check for check in checks if not check.bonus and check.status != "skipped"]
    # Shares of an exercise's points may be infinite binary fractions; their sum is a round number.
    points = round(sum((check.points for check in base), 0.0), POINT_DIGITS)
    maximum = round(sum((check.max_points for check in base), 0.0), POINT_DIGITS)
    bonus = sum((check.points for check in checks if check.bonus), 0.0)
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
    if first.name == IS_DEFINED and first.status == "failed":
        return "missing"
    fatal: dict[CheckStatus, ExerciseStatus] = {
        "error": "error",
        "not_judged": "error",
        "timeout": "timeout",
        "out_of_memory": "out_of_memory",
        "crashed": "crashed",
    }
    return fatal.get(first.status, "incorrect")
