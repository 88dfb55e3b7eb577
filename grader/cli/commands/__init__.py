"""The commands of `grader`, one module each. Slow imports happen when a command runs."""
