"""How much a submission may hold. Honest ones stay far below, so that these stop only accidents and bombs."""

from __future__ import annotations

SOURCE = 1 << 20
"""Bytes of source in one file."""
NOTEBOOK = 50 << 20
"""Bytes of one notebook: plots lie in it."""
NOTEBOOK_VALUES = 4_000_000
"""Values in one notebook's JSON: each takes up to a hundred bytes once parsed."""
ARCHIVE = 100 << 20
"""Bytes of an archive as handed in."""
UNPACKED = 512 << 20
"""Bytes of an unpacked tar archive, data sets and all: it can only be read from its beginning to its end."""
CONTENT = 100 << 20
"""Bytes of all files that are read from one submission."""
MEMBERS = 20_000
"""Entries of an archive or a folder."""
FILES = 100
"""Python files and notebooks that count."""
TAR_HEADER = 8 << 10
"""Bytes of one extended tar header: Python's parser takes time quadratic in it."""
TAR_HEADERS = 1 << 20
"""Bytes of all extended headers of one archive."""


def of_file(name: str) -> int:
    """How many bytes the file of this name may have."""
    return NOTEBOOK if name.lower().endswith(".ipynb") else SOURCE


def in_words(size: int) -> str:
    """A number of bytes, to be read: 1 MB, 50 MB."""
    return f"{size >> 20} MB"
