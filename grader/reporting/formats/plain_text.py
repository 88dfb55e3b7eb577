"""The message about a check as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.reporting.feedback import facts

if TYPE_CHECKING:
    from grader.records.verdict import Verdict


def message_of(check: Verdict) -> str:
    """Return the message about a check, one piece per line; of one that passed, its law and a remark."""
    labelled = facts(check, check.message)
    if check.hint:
        labelled.append(("hint", check.hint))
    return "\n".join(f"{label}: {text}" if label else text for label, text in labelled)
