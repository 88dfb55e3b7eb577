"""How points become a mark: the table `[marks]` of `course.toml`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Counting = Literal["last", "best", "first"]

WHOLE: Final = 100
"""Percent of the points of a section: all of them."""
LONGEST_GRACE: Final = 7 * 24 * 60
"""Minutes; somebody who wants more than a week wants another deadline."""
EXAMPLES: Final = {
    "marks": 'attempt = "last"',
    "marks.attempt": 'attempt = "last", attempt = "best" or attempt = "first"',
    "marks.grace_minutes": "grace_minutes = 15",
    "marks.late_days": "late_days = 3",
    "marks.late_penalty": "late_penalty = [10, 20]",
    "marks.late_cap": "late_cap = 50",
    "marks.drop_lowest": "drop_lowest = 1",
    "marks.written": "written = {essay = 10}",
    "marks.rubrics": '[marks.rubrics.essay] above "names an example" = 4, once for each thing to look for',
    "marks.round_to": "round_to = 0.5",
    "gradebook": 'url = "postgresql+psycopg://grader@db.example.org/marks"',
    "gradebook.url": 'url = "postgresql+psycopg://grader@db.example.org/marks"',
}
"""A correct example for each setting."""


class MarkPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the points of a student's attempts become a mark. Nothing of it is stored with the marks.

    Args:
        attempt: which attempt counts: the last one, the best or the first.
        grace_minutes: minutes after a deadline that are not late.
        late_days: days that each student may be late without a penalty, over all sections together.
        late_penalty: percent of a section's points that each started day costs, the first day first; the last
            number goes on for all further days.
        late_cap: percent of a section's points that lateness costs at most.
        drop_lowest: how many sections, those with the lowest share of their points, don't count.
        written: points of what a person marks, by name; they are entered with `grader review`. A name with
            a section's number in it, such as "4.4", is about what students wrote on that section.
        round_to: the step to which a mark is rounded, halves upwards. It is rounded once, at the end.
        rubrics: what to look for in an answer, by the names of `written`, with the points of each thing;
            they may be negative.

    """

    attempt: Counting = "last"
    grace_minutes: float = 0
    late_days: int = 0
    late_penalty: tuple[float, ...] = ()
    late_cap: float = WHOLE
    drop_lowest: int = 0
    written: Mapping[str, float] = {}
    round_to: float = 0.01
    rubrics: Mapping[str, Mapping[str, float]] = {}


class GradebookEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the gradebook is, if not in the output folder: the URL of a database."""

    url: str = ""


def mistakes(policy: MarkPolicy) -> Iterator[tuple[str, str]]:
    """Yield the key of each value that has the right type and is not allowed, with a sentence on it."""
    if not 0 <= policy.grace_minutes <= LONGEST_GRACE:
        yield (
            "grace_minutes",
            f"grace_minutes must be from 0 to {LONGEST_GRACE}, and is {policy.grace_minutes:g}",
        )
    if policy.late_days < 0:
        yield "late_days", f"late_days must be 0 or more, and is {policy.late_days}"
    wrong = [step for step in policy.late_penalty if not 0 <= step <= WHOLE]
    if wrong:
        yield (
            "late_penalty",
            f"late_penalty is in percent, each number from 0 to {WHOLE}, which {wrong[0]:g} is not",
        )
    if not 0 <= policy.late_cap <= WHOLE:
        yield "late_cap", f"late_cap is in percent, from 0 to {WHOLE}, and is {policy.late_cap:g}"
    if policy.drop_lowest < 0:
        yield "drop_lowest", f"drop_lowest must be 0 or more, and is {policy.drop_lowest}"
    if not (math.isfinite(policy.round_to) and policy.round_to > 0):
        yield "round_to", f"round_to must be a number above 0, which {policy.round_to:g} is not"
    yield from _written_mistakes(policy)


def _written_mistakes(policy: MarkPolicy) -> Iterator[tuple[str, str]]:
    for name, points in policy.written.items():
        if not (math.isfinite(points) and points > 0):
            yield "written", f"the points of {name} must be a number above 0, which {points:g} is not"
        if not name.isprintable() or not name.strip():
            yield "written", "what is written needs a name of printable characters"
    for name, rubric in policy.rubrics.items():
        if name not in policy.written:
            yield "rubrics", f"there is a rubric for {name}, which is not among what is written"
        for item, points in rubric.items():
            if not item.strip() or not item.isprintable() or not math.isfinite(points):
                yield "rubrics", f"the rubric of {name} needs a line of text and a number for each item"
