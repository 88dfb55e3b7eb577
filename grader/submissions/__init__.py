"""Find submissions and read their source code, without running any of it.

All input is treated as hostile. Archives are read in memory, and nothing is extracted to disk.
"""

from __future__ import annotations

from grader.records.sources import Cell, SourceFile
from grader.submissions.errors import EmptyClass, NoSuchPath, SubmissionError, Unreadable
from grader.submissions.finding import Entry, find
from grader.submissions.reading import Submission, read

__all__ = [
    "Cell",
    "EmptyClass",
    "Entry",
    "NoSuchPath",
    "SourceFile",
    "Submission",
    "SubmissionError",
    "Unreadable",
    "find",
    "read",
]
