"""The commands of `grader`, one a module. What takes long to import is imported when a command runs."""
