"""The assignment for gradescope-utils: the `run_tests.py` of an autograder, run in a submission's folder."""

import unittest
from pathlib import Path

import assignment
import submission
from gradescope_utils.autograder_utils.decorators import number, weight
from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner


class TestAssignment(unittest.TestCase):
    """One test a function."""


def add(place, name):
    """Give the class a test of one function."""

    @weight(1)
    @number(str(place))
    def test(self):
        self.assertTrue(assignment.is_right(name, getattr(submission, name)))  # noqa: PT009 - unittest's way

    test.__doc__ = name
    setattr(TestAssignment, f"test_{name}", test)


for place, name in enumerate(assignment.NAMES, 1):
    add(place, name)

if __name__ == "__main__":
    with Path("results.json").open("w", encoding="utf-8") as stream:
        JSONTestRunner(visibility="visible", stream=stream).run(
            unittest.defaultTestLoader.loadTestsFromTestCase(TestAssignment)
        )
