"""Gradbook: a grading harness for deep-learning exercises.

What a checks file is written with is here: `from grader import exercise, like, logits, ulps`.
"""

from __future__ import annotations

__version__ = "0.1.0"
__all__ = ["__version__"]
