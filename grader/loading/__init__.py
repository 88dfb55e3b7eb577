"""Loading: source files of a submission to the objects that its exercises ask for.

This runs beside the student's code, in the sandbox or at a desk, and executes it. It needs no torch.
"""

from __future__ import annotations

from grader.loading.definitions import is_stub
from grader.loading.errors import LoadError
from grader.loading.load import Attempt, Loaded, load
from grader.loading.supplied import sittings

__all__ = ["Attempt", "LoadError", "Loaded", "is_stub", "load", "sittings"]
