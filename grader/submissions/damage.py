"""Say what is wrong with a file that can't be read: each kind of damage has a sentence of its own.

The bytes come from a stranger: each function takes time in proportion to their number.
"""

from __future__ import annotations

import json
from typing import Final

EMPTY: Final = (
    "There is no Python in it: the file is empty (0 bytes). Perhaps it was not saved, or its upload failed. "
    "Hand it in again."
)
BLANK: Final = "There is no Python in it: the file is empty."
NO_CELLS: Final = (
    "There is no Python in it: the notebook has no cells. Perhaps it was not saved. Hand it in again."
)
WEB_PAGE: Final = (
    "It is a web page: the site's page was saved instead of the file, perhaps because of a login. Download "
    "the file itself."
)
RENAME: Final = "It is {}, but its name ends in {}. Rename it to end in {}."
FOREIGN: Final = "It is {}, which is not opened. Hand in a .py file, a notebook (.ipynb) or a .zip."
ENCODING: Final = "It is encoded in {}. Save it as UTF-8."
ONLY_NUL: Final = (
    "It contains nothing but NUL bytes: it was damaged on a disk or during a transfer. Hand in a copy that "
    "you can open."
)
NUL: Final = "It contains NUL bytes: it is not Python source code, or it is damaged. Hand in a sound copy."
CONFLICT: Final = (
    "Line {} begins a merge conflict of git (<<<<<<<, =======, >>>>>>>). Keep one of the two sides, and "
    "delete these lines."
)
CUT_OFF: Final = (
    "The notebook ends in the middle: only a part of it was saved or uploaded. Download it again as .ipynb."
)
NOT_UTF_8: Final = "This is not a notebook: its encoding is broken. Download it again as .ipynb."
BROKEN: Final = "This is not a notebook: it is broken JSON{}. Download it again as .ipynb."

FORMATS: Final = (
    (b"PK\x03\x04", "a zip archive", (".zip",)),
    (b"\x1f\x8b", "a gzip archive", (".tar.gz", ".tgz")),
    (b"Rar!\x1a\x07", "a RAR archive", ()),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", ()),
    (b"%PDF-", "a PDF file", ()),
    (b"\x89PNG\r\n", "a picture", ()),
    (b"\xff\xd8\xff", "a picture", ()),
)
"""The first bytes of other formats, what they are, and the extensions of those that are opened."""
BYTE_ORDER_MARKS: Final = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
WITHOUT_MARK: Final = (
    ("utf-32-le", "UTF-32"),
    ("utf-32-be", "UTF-32"),
    ("utf-16-le", "UTF-16"),
    ("utf-16-be", "UTF-16"),
)
BEGINNING: Final = 4_000
"""Bytes that tell a format or an encoding, a multiple of 4."""
ASCII: Final = 0.5
"""Share of the characters of source code that are ASCII, at least. Of wrongly decoded ones hardly any are."""


def wrong_format(data: bytes, suffix: str) -> str:
    """Say that a file is empty, or in another format than its extension says; else return ""."""
    if not data:
        return EMPTY
    for first, what, suffixes in FORMATS:
        if data.startswith(first) and suffix not in suffixes:
            return RENAME.format(what, suffix, suffixes[0]) if suffixes else FOREIGN.format(what)
    beginning = data[:BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_page = beginning.startswith(b"<") and (b"<html" in beginning or b"<!doctype html" in beginning)
    return WEB_PAGE if is_page else ""


def wrong_encoding(data: bytes) -> str:
    """Say that a text is encoded in UTF-16 or UTF-32, or has NUL bytes for another reason; else return ""."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return ENCODING.format(encoding)
    if b"\0" not in data:
        return ""
    for codec, encoding in WITHOUT_MARK:
        text = data[:BEGINNING].decode(codec, errors="replace")
        if "\0" not in text and len(text.encode("ascii", errors="ignore")) >= ASCII * len(text):
            return ENCODING.format(encoding)
    return ONLY_NUL if data.count(b"\0") == len(data) else NUL


def conflict(data: bytes) -> str:
    """Say in which line the first conflict that git left in a file begins; "" if there is none."""
    begin = _line_with(data, b"<<<<<<<", 0)
    middle = _line_with(data, b"=======", begin) if begin >= 0 else -1
    end = _line_with(data, b">>>>>>>", middle) if middle >= 0 else -1
    return CONFLICT.format(data.count(b"\n", 0, begin) + 1) if end >= 0 else ""


def wrong_language(data: bytes, suffix: str) -> str:
    """Say that a `.py` file is a notebook, or a notebook Python source code; else return ""."""
    beginning = data[:BEGINNING].lstrip()
    if suffix == ".py":
        is_notebook = beginning.startswith(b"{") and b'"cells"' in data and b'"cell_type"' in data
        return RENAME.format("a notebook", suffix, ".ipynb") if is_notebook else ""
    statements = (b"import ", b"from ", b"def ", b"class ")
    is_python = not beginning.startswith((b"{", b"[")) and any(
        _line_with(data, statement, 0) >= 0 for statement in statements
    )
    return RENAME.format("Python source code", suffix, ".py") if is_python else ""


def of_notebook(data: bytes, error: ValueError | RecursionError) -> str:
    """Say why a notebook is not JSON, given the error of decoding it."""
    return (
        wrong_format(data, ".ipynb")
        or wrong_encoding(data)
        or conflict(data)
        or wrong_language(data, ".ipynb")
        or _broken_json(data, error)
    )


def _broken_json(data: bytes, error: ValueError | RecursionError) -> str:
    is_object = data[:BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if isinstance(error, UnicodeDecodeError):
        return CUT_OFF if is_object and error.end == len(data) else NOT_UTF_8
    if not isinstance(error, json.JSONDecodeError):
        return BROKEN.format("")
    is_at_end = len(error.doc) - error.pos < BEGINNING and not error.doc[error.pos :].strip()
    is_closed = data[-BEGINNING:].rstrip().endswith(b"}")
    is_too_long = error.msg.startswith("Extra data")
    if is_object and not is_too_long and (is_at_end or not is_closed):
        return CUT_OFF
    return BROKEN.format(f" (line {error.lineno})")


def _line_with(data: bytes, beginning: bytes, start: int) -> int:
    """Return the position of the first line from `start` on that begins so; -1 if there is none."""
    if data.startswith(beginning, start):
        return start
    found = data.find(b"\n" + beginning, start)
    return found + 1 if found >= 0 else -1
