"""A student's machine."""

from __future__ import annotations

from tests.fixtures.local_machine import machine

__all__ = ["machine"]
