"""The assignment for bare pytest: run in a submission's folder."""

import assignment
import pytest
import submission


@pytest.mark.parametrize("name", assignment.NAMES)
def test_function(name):
    assert assignment.is_right(name, getattr(submission, name))
