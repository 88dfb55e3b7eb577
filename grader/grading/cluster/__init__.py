"""Grading on the workers of a Dask cluster. Only `settings` is imported without Dask."""
