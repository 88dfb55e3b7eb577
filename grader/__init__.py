"""Gradbook: a grading harness for deep-learning exercises.

What a checks file is written with is here: `from grader import exercise, like, logits, ulps`.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "load_ipython_extension"]


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401 - IPython is imported only in a notebook
    """Give a notebook the magic `%check`: `%load_ext grader`."""
    from grader.notebook.extension import register

    register(shell)
