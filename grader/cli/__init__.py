"""The command line: `grader` and its commands."""
