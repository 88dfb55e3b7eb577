"""What can be wrong with a gradebook, said so that somebody can do something about it."""

from __future__ import annotations


class GradebookError(Exception):
    """The gradebook can't be used as it was asked to; the message says why, and what to do."""
