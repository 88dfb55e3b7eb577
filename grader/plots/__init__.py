"""Plots of answers, as checks files declare them, drawn with Matplotlib.

Internal: may change in any release.
"""
