"""The checks of `grader doctor`. Each takes what it examines as arguments, and returns findings."""

from __future__ import annotations

from grader.cli.doctor.findings import Finding

__all__ = ["Finding"]
