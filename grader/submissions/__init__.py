"""Find what was handed in, collect its bytes, and read its source code, without running any of it.

    for entry in find(paths, CourseNames(modules)).entries:
        submission = read(collect(entry, modules))

All input is treated as hostile. `find` and `collect` look at names and copy bytes; `read` decodes, unpacks
and parses them, in a confined process while a class is graded. Nothing is extracted to disk.
"""

from __future__ import annotations

from grader.records.sources import Cell, NotRead, SourceFile
from grader.submissions.collecting import collect, fingerprint
from grader.submissions.errors import EmptyClass, NoCode, NoSuchPath, SubmissionError, Unreadable
from grader.submissions.finding import Entry, Found, alone, find
from grader.submissions.reading import read
from grader.submissions.records import Definition, HandIn, Part, RawFile, Submission
from grader.submissions.resemblance import CourseNames

__all__ = [
    "Cell",
    "CourseNames",
    "Definition",
    "EmptyClass",
    "Entry",
    "Found",
    "HandIn",
    "NoCode",
    "NoSuchPath",
    "NotRead",
    "Part",
    "RawFile",
    "SourceFile",
    "Submission",
    "SubmissionError",
    "Unreadable",
    "alone",
    "collect",
    "find",
    "fingerprint",
    "read",
]
