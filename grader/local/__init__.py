"""The student's machine: `pytest assignments`, `grader watch` and `%check` run checks in this process."""
