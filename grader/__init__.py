"""Gradbook: a grading harness for deep-learning exercises.

Two modules are public: `grader.laws`, for checks files, and `grader.drive`, for drive files. All others are
internal and may change in any release.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

__version__ = "0.2.0"
__all__ = ["PACKAGE", "__version__", "load_ipython_extension"]

PACKAGE: Final = Path(__file__).parent
"""The folder of this package, as Python found it: unresolved, as file names in tracebacks are."""


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython is imported only in a notebook
    """Give a notebook the magic `%check`: `%load_ext grader`."""
    from grader.local.notebook.extension import register

    register(shell)
