"""Checks on the student's machine: `pytest assignments`, `grader watch` and `%check`."""
