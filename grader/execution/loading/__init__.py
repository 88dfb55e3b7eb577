"""Loading: source files of a submission to the objects that its exercises ask for.

This runs beside the student's code, in the sandbox or at a desk, and executes it. It needs no torch.
"""

from __future__ import annotations

from grader.execution.loading.d2l_names import sittings
from grader.execution.loading.definitions import is_stub
from grader.execution.loading.errors import LoadError
from grader.execution.loading.load import Attempt, Loaded, load

__all__ = ["Attempt", "LoadError", "Loaded", "is_stub", "load", "sittings"]
