"""Plots of answers: what a course says is to be seen, drawn with Matplotlib."""
