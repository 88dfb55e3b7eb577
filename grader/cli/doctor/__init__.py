"""What is wrong with a set-up, and what mends it: each check takes what it looks at as arguments."""

from __future__ import annotations

from grader.cli.doctor.findings import Finding

__all__ = ["Finding"]
