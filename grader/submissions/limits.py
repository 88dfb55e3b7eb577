"""Limits on the size of submissions. Ordinary ones stay far below them; they stop accidents and zip bombs."""

from __future__ import annotations

SOURCE = 1 << 20
"""Bytes of source in one file."""
NOTEBOOK = 50 << 20
"""Bytes of one notebook, including its plots."""
NOTEBOOK_VALUES = 4_000_000
"""Values in the JSON of one notebook: each takes up to a hundred bytes when parsed."""
ARCHIVE = 100 << 20
"""Bytes of a packed archive."""
UNPACKED = 512 << 20
"""Bytes of an unpacked tar archive, including data sets: it can only be read from beginning to end."""
CONTENT = 100 << 20
"""Bytes of all files read from one submission."""
MEMBERS = 20_000
"""Entries of an archive or a folder."""
FILES = 100
"""Python files and notebooks that are read."""
TAR_HEADER = 8 << 10
"""Bytes of one extended tar header: Python's parser takes quadratic time."""
TAR_HEADERS = 1 << 20
"""Bytes of all extended headers of one archive."""


def of_file(name: str) -> int:
    """Return the largest size in bytes of a file of this name."""
    return NOTEBOOK if name.lower().endswith(".ipynb") else SOURCE


def in_words(size: int) -> str:
    """Return a number of bytes as text: 1 MB, 50 MB."""
    return f"{size >> 20} MB"
