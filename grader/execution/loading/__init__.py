"""Load the source files of a submission, and find the functions and classes that its exercises ask for.

This executes the student's code, in the sandbox or on the student's machine. It needs no torch.
"""

from __future__ import annotations

from grader.execution.loading.definitions import is_stub
from grader.execution.loading.errors import LoadError
from grader.execution.loading.load import MAX_ATTEMPTS, Attempt, Loaded, load
from grader.execution.loading.supplied_modules import importable
from grader.execution.loading.supplied_snapshot import explain_missing

__all__ = [
    "MAX_ATTEMPTS",
    "Attempt",
    "LoadError",
    "Loaded",
    "explain_missing",
    "importable",
    "is_stub",
    "load",
]
