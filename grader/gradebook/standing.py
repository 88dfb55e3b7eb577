"""What pages show of a mark: see `grader.reporting.standing`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.records.inert_text import inert
from grader.reporting.standing import NOT_MARKED, AttemptLine, PartLine, Standing

if TYPE_CHECKING:
    from grader.gradebook.marks import Attempt, Mark, Part, Rules


def standing_of(mark: Mark, rules: Rules) -> Standing:
    """Return a mark as pages show it. The reasons of decisions are not part of it."""
    counting = {part.attempt.content for part in mark.parts if part.attempt is not None and part.counts}
    return Standing(
        mark=None if mark.value is None else float(mark.value),
        out_of=float(mark.out_of),
        attempts=tuple(
            _attempt(one, number, counts=one.content in counting)
            for number, one in enumerate(mark.attempts, start=1)
        ),
        parts=tuple(_part(one, is_written=one.name in rules.policy.written) for one in mark.parts),
        changes=tuple(
            f"set to {one.points:g}" if one.how == "set" else f"{one.points:+g}" for one in mark.adjustments
        ),
        free_days=rules.policy.late_days,
    )


def _attempt(one: Attempt, number: int, *, counts: bool) -> AttemptLine:
    exercises = one.graded.exercises
    return AttemptLine(
        one.number or number,
        one.submitted,
        round(sum(each.points for each in exercises), 6),
        round(sum(each.max_points for each in exercises), 6),
        counts,
    )


def _part(part: Part, *, is_written: bool) -> PartLine:
    open_words = NOT_MARKED if is_written else "not all points known yet"
    notes = {"excused": part.excused, "dropped": part.dropped, open_words: part.is_open}
    return PartLine(
        part.name,
        float(part.points),
        float(part.max_points),
        float(part.earned),
        part.deadline,
        part.days_late,
        part.late_days,
        float(part.penalty),
        ", ".join(words for words, is_so in notes.items() if is_so),
        tuple(map(inert, part.comments)),
    )
