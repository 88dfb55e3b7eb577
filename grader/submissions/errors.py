"""What can be wrong with a path, and with what lies there."""

from __future__ import annotations


class SubmissionError(ValueError):
    """The paths given can't be graded: wrong usage, to be shown as it is."""


class NoSuchPath(SubmissionError):
    """A path that is not there, or can't be looked into."""


class EmptyClass(SubmissionError):
    """A class folder in which there is no submission."""


class Unreadable(Exception):
    """A submission that can't be read through its student's fault; the message is for the student."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
