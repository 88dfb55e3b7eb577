"""What holds for the project's own tests, and not for `pytest assignments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """A warning that the grader's own code causes is a bug; at a student's desk it must stop nothing."""
    config.addinivalue_line("filterwarnings", r"error:::grader(\.|$)")
