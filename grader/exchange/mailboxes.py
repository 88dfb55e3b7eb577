"""The systems that take feedback pages back. To add one, write a module with a `Mailbox`, and add it here."""

from __future__ import annotations

from typing import Final

from grader.exchange import canvas_feedback, moodle_feedback

MAILBOXES: Final = {one.name: one for one in (canvas_feedback.MAILBOX, moodle_feedback.MAILBOX)}
"""All of them, by their names for `--to`."""
