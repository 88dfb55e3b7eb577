"""The message about a check as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.reporting.feedback import facts

if TYPE_CHECKING:
    from grader.records.verdict import ExerciseResult, Verdict


def message_of(check: Verdict) -> str:
    """Return the message about a check, one piece per line; of one that passed, its law and a remark."""
    labelled = facts(check, check.message)
    if check.hint:
        labelled.append(("hint", check.hint))
    return "\n".join(f"{label}: {text}" if label else text for label, text in labelled)


def explained(result: ExerciseResult, check: Verdict) -> str:
    """Return the message about a check; the first that failed also explains the misconception."""
    first = next((one for one in result.checks if one.status not in {"passed", "blocked", "skipped"}), None)
    about = f"{result.misconception.explanation}\n\n" if result.misconception and check is first else ""
    return about + message_of(check)
