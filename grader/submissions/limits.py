"""Limits on the size of submissions. Ordinary ones stay far below them; they stop accidents and zip bombs."""

from __future__ import annotations

from grader.records.sources import MAX_CELLS, MAX_PASSED_OVER, MAX_REASON, MAX_SOURCE
from grader.submissions.naming import ARCHIVES, suffix_of

SOURCE = MAX_SOURCE
"""Bytes of source in one file."""
ALL_SOURCE = 8 << 20
"""Bytes of source in all files of one submission."""
NOTEBOOK = 50 << 20
"""Bytes of one notebook, including its plots."""
CELLS = MAX_CELLS
"""Cells of one notebook."""
ARCHIVE = 100 << 20
"""Bytes of a packed archive."""
UNPACKED = 512 << 20
"""Bytes of an unpacked tar archive, including data sets: it can only be read from beginning to end."""
CONTENT = 100 << 20
"""Bytes of all files read from one submission."""
DEPTH = 32
"""Folders within folders of one submission."""
MEMBERS = 20_000
"""Entries of an archive, or of one folder."""
ENTRIES = 50_000
"""Entries of a folder and all folders in it."""
FILES = 100
"""Python files and notebooks that are read of one submission."""
WRITTEN = 20
"""Files with answers in words that are read of one submission."""
TAR_HEADER = 8 << 10
"""Bytes of one extended tar header: Python's parser takes quadratic time."""
TAR_HEADERS = 1 << 20
"""Bytes of all extended headers of one archive."""
DEFINITIONS = 10_000
"""Functions and classes of one submission whose positions are recorded."""
SHOWN_LINES = 80
"""Lines of a definition that a page shows."""
SHOWN_CODE = 6_000
"""Characters of a definition that a page shows."""
NAME = 200
"""Characters of a name or a path, as far as they are shown."""
REASON = MAX_REASON
"""Characters of a sentence that says why something can't be read."""
PASSED_OVER = MAX_PASSED_OVER
"""Sentences about what was passed over."""


def of_file(name: str) -> int:
    """Return the largest size in bytes of a file of this name."""
    suffix = suffix_of(name)
    if suffix in ARCHIVES:
        return ARCHIVE
    return NOTEBOOK if suffix == ".ipynb" else SOURCE


def in_words(size: int) -> str:
    """Return a number of bytes as text: 1 MB, 50 MB."""
    return f"{size >> 20} MB"
