"""Decode the bytes of a `.py` file or a notebook to cells of source text."""

from __future__ import annotations

import ast
import codecs
import io
import json
import tokenize
import warnings
from typing import Any

from grader.records.sources import Cell
from grader.submissions import damage, limits
from grader.submissions.contents import shown
from grader.submissions.errors import Empty, Unreadable
from grader.submissions.positions import UNPARSABLE

# Python accepts these as text encodings, but no editor uses them, and some take quadratic time.
_UNUSED_ENCODINGS = frozenset(
    ["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"]
)
_OTHER_KERNELS = {"ir": "R", "julia": "Julia"}
"""Languages of notebooks that don't name theirs, by what their kernel's name begins with, up to a hyphen."""


def cells_of(name: str, data: bytes) -> tuple[Cell, ...]:
    """Return the source cells of a file. Raises `Unreadable`, with a message for the student."""
    cells = _notebook_cells(data) if name.lower().endswith(".ipynb") else (Cell(None, _python_text(data)),)
    if sum(len(cell.source.encode()) for cell in cells) > limits.SOURCE:
        raise Unreadable(f"It contains more than {limits.in_words(limits.SOURCE)} of source code.")
    if not any(cell.source.strip() for cell in cells):
        raise Empty(damage.BLANK)
    return cells


def _python_text(data: bytes) -> str:
    if not data:
        raise Empty(damage.EMPTY)
    suffix = ".py"
    problem = (
        damage.wrong_format(data, suffix)
        or damage.wrong_encoding(data)
        or damage.wrong_language(data, suffix)
    )
    if problem:
        raise Unreadable(problem)
    text = _decoded(data)
    unresolved = damage.conflict(data)
    if unresolved and not _is_python(text):  # else the marks are in a string
        raise Unreadable(unresolved)
    return text


def _decoded(data: bytes) -> str:
    """Return the text of a Python file, decoded as Python does."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        name = codecs.lookup(encoding).name
        if name.replace("_", "-") in _UNUSED_ENCODINGS:
            raise Unreadable(f"It declares the encoding {name}. Save it as UTF-8.")
        text = data.decode(encoding)
    except (SyntaxError, LookupError, ValueError) as error:
        raise Unreadable(f"Its encoding is broken ({error}). Save it as UTF-8.") from error
    return _normalized(text)


def _is_python(text: str) -> bool:
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(text)
    except UNPARSABLE:
        return False
    return True


def _notebook_cells(data: bytes) -> tuple[Cell, ...]:
    """Return the code cells of a notebook of format 3 or 4, with their numbers among all cells.

    It is read as plain JSON, since nbformat rejects notebooks with invalid metadata.
    """
    if not data:
        raise Unreadable(damage.EMPTY)
    if not data.strip():
        raise Unreadable(damage.BLANK)
    try:
        notebook = json.loads(data.decode("utf-8-sig"), strict=False)
    except MemoryError as error:
        raise Unreadable("Its outputs are too large. Clear them and hand it in again.") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(damage.of_notebook(data, error)) from error
    language = _other_language(notebook)
    if language:
        raise Unreadable(f"It is a notebook in {language}. Hand in a notebook in Python.")
    cells = _list(notebook, "cells")
    for worksheet in _list(notebook, "worksheets"):
        cells.extend(_list(worksheet, "cells"))
    if not cells:
        is_notebook = isinstance(notebook, dict) and {"cells", "worksheets", "nbformat"} & notebook.keys()
        raise Unreadable(
            damage.NO_CELLS if is_notebook else "This is not a notebook: there are no cells in it."
        )
    if len(cells) > limits.CELLS:
        raise Unreadable(f"It has more than {limits.CELLS} cells.")
    code = tuple(
        Cell(number, _cell_source(cell))
        for number, cell in enumerate(cells, start=1)
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    )
    if not any(cell.source.strip() for cell in code):
        raise Unreadable("There is no Python in it: the notebook has no code cells.")
    return code


def _other_language(notebook: object) -> str:
    """Return the language of a notebook, as it says itself; "" if it is Python, or isn't said."""
    metadata = _dict(notebook, "metadata")
    kernel = _dict(metadata, "kernelspec")
    said = (_dict(metadata, "language_info").get("name"), kernel.get("language"))
    languages = [shown(one)[:40] for one in said if isinstance(one, str) and one.strip()]
    if languages:
        is_python = any("python" in one.lower() for one in languages)
        return "" if is_python else languages[0].capitalize()
    name = str(kernel.get("name", "")).lower().partition("-")[0]
    return _OTHER_KERNELS.get(name, "")


def _dict(parent: object, key: str) -> dict[str, Any]:
    value = parent.get(key) if isinstance(parent, dict) else None
    return value if isinstance(value, dict) else {}


def _list(parent: object, key: str) -> list[Any]:
    value = parent.get(key) if isinstance(parent, dict) else None
    return list(value) if isinstance(value, list) else []


def _cell_source(cell: dict[str, Any]) -> str:
    # In format 3 the key is "input". The source is one string or a list of lines.
    source = cell.get("source", cell.get("input", ""))
    lines = source if isinstance(source, list) else [source]
    return _normalized("".join(line for line in lines if isinstance(line, str)))


def _normalized(text: str) -> str:
    # JSON can contain lone surrogates, which can't be encoded as UTF-8.
    return text.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace").decode()
