"""What holds for the project's own tests, and not for `pytest assignments`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    import pytest


def pytest_configure(config: pytest.Config) -> None:
    """A warning that the grader's own code causes is a bug; at a student's desk it must stop nothing.

    How long a property takes says something about the machine and what else runs there, not about us.
    """
    config.addinivalue_line("filterwarnings", r"error:::grader(\.|$)")
    settings.register_profile("gradbook", deadline=None)
    settings.load_profile("gradbook")
