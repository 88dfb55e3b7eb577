"""Gradbook in a notebook: `%load_ext grader`, then `%check softmax` below the cell that defines it."""
