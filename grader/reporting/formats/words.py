"""What is said of a check, as plain text that any system can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.reporting.feedback import facts
from grader.submissions.contents import printable

if TYPE_CHECKING:
    from grader.records.verdict import Verdict


def told(check: Verdict) -> str:
    """Return all that is said of a check that did not pass, in lines."""
    said = facts(check, check.message)
    if check.hint:
        said.append(("hint", check.hint))
    return clean("\n".join(f"{label}: {text}" if label else text for label, text in said))


def clean(text: str) -> str:
    """Return text without anything that controls what shows it, or that XML can't hold."""
    return "\n".join(printable(line) for line in text.splitlines())
