"""Load the source files of a submission, and find the functions and classes that its exercises ask for.

This executes the student's code, in the sandbox or on the student's machine. It needs no torch.
"""

from __future__ import annotations

from grader.execution.loading.d2l_names import load_groups
from grader.execution.loading.definitions import is_stub
from grader.execution.loading.errors import LoadError
from grader.execution.loading.load import Attempt, Loaded, load

__all__ = ["Attempt", "LoadError", "Loaded", "is_stub", "load", "load_groups"]
