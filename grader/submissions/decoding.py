"""Decode the bytes of a `.py` file or a notebook to cells of source text."""

from __future__ import annotations

import codecs
import io
import json
import tokenize
from typing import Any

from grader.records.sources import Cell
from grader.submissions import limits
from grader.submissions.errors import Unreadable

# Python accepts these as text encodings, but no editor uses them, and some take quadratic time.
_UNUSED_ENCODINGS = frozenset(
    ["idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"]
)
_UTF_16_AND_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def cells_of(name: str, data: bytes) -> tuple[Cell, ...]:
    """Return the source cells of a file. Raises `Unreadable`, with a message for the student."""
    cells = _notebook_cells(data) if name.lower().endswith(".ipynb") else (Cell(None, _python_text(data)),)
    if sum(len(cell.source.encode()) for cell in cells) > limits.SOURCE:
        raise Unreadable(f"It contains more than {limits.in_words(limits.SOURCE)} of source code.")
    if not any(cell.source.strip() for cell in cells):
        raise Unreadable("There is no Python in it: the file is empty.")
    return cells


def _python_text(data: bytes) -> str:
    if data.startswith(_UTF_16_AND_32):
        raise Unreadable("It is encoded in UTF-16. Save it as UTF-8.")
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        name = codecs.lookup(encoding).name
        if name.replace("_", "-") in _UNUSED_ENCODINGS:
            raise Unreadable(f"It declares the encoding {name}. Save it as UTF-8.")
        text = data.decode(encoding)
    except (SyntaxError, LookupError, ValueError) as error:
        raise Unreadable(f"Its encoding is broken ({error}). Save it as UTF-8.") from error
    if "\0" in text:
        raise Unreadable("It contains NUL characters: it is not Python source code, or it is damaged.")
    return _normalized(text)


def _notebook_cells(data: bytes) -> tuple[Cell, ...]:
    """Return the code cells of a notebook of format 3 or 4, with their numbers among all cells.

    It is read as plain JSON, since nbformat rejects notebooks with invalid metadata.
    """
    try:
        notebook = json.loads(data.decode("utf-8-sig"), strict=False)
    except MemoryError as error:
        raise Unreadable("Its outputs are too large. Clear them and hand it in again.") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("This is not a notebook: it is broken JSON. Download it again as .ipynb.") from error
    cells = _list(notebook, "cells")
    for worksheet in _list(notebook, "worksheets"):
        cells.extend(_list(worksheet, "cells"))
    if not cells:
        raise Unreadable("This is not a notebook: there are no cells in it.")
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
