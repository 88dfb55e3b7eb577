"""Errors of finding and reading submissions."""

from __future__ import annotations

from typing import Final

LINK: Final = "It is a link, and links are not followed: hand in the file itself."
SPECIAL: Final = "This is not a regular file. Hand in a .py file, a notebook, a folder or a .zip."


class SubmissionError(ValueError):
    """The given paths can't be graded. This is wrong usage; the message is shown as it is."""


class NoSuchPath(SubmissionError):
    """A path doesn't exist or can't be read."""


class EmptyClass(SubmissionError):
    """A class folder contains no submission."""


class SeveralAssignments(SubmissionError):
    """A folder contains several assignments, and nobody said which one to grade."""


class BrokenExport(SubmissionError):
    """A file in which a system says whose the submissions are can't be read."""


class WholeClass(SubmissionError):
    """A file is a packed class, not a submission."""


class Unreadable(Exception):
    """A submission can't be read, through its student's fault. The message is for the student."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Empty(Unreadable):
    """There is nothing in a file: it costs only itself, as an empty `__init__.py` does."""


class NoCode(Unreadable):
    """There is nothing in a submission that could be code: a PDF, a picture, a link, a text."""
