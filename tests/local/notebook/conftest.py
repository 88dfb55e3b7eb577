"""A course and a running kernel."""

from __future__ import annotations

from tests.fixtures.kernel import course, kernel

__all__ = ["course", "kernel"]
