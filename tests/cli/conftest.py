"""A course to grade with, and a student's machine."""

from __future__ import annotations

from tests.fixtures.local_machine import machine
from tests.fixtures.local_workers import grade_here, local_workers, worker_threads
from tests.fixtures.small_class import course, grade

__all__ = ["course", "grade", "grade_here", "local_workers", "machine", "worker_threads"]
