"""Collect what students wrote in words: Markdown below headings with the number of a section.

That is in notebooks, and in files named `answers.md`. Headings may be in any language: the number decides. A
heading without a number belongs to the section above it.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from grader.records.written import CUT, MAX_ANSWERS, MAX_TEXT, WrittenAnswer
from grader.submissions.contents import shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from grader.submissions.contents import Parts

GIVEN: Final = "given"
"""What the metadata of a cell says in `gradbook` if the course wrote it, and not the student."""
FENCE: Final = ("```", "~~~")
_HEADING: Final = re.compile(r" {0,3}#{1,6}[ \t][^\d\n]{0,40}(\d{1,3}\.\d{1,3})(?![\d])")
"""A heading with the number of a section, or of a part of one: "## 4.4", "### 4.4.7. Exercises", "§ 4.4"."""


def written_in(documents: Iterable[tuple[Parts, bytes]]) -> tuple[WrittenAnswer, ...]:
    """Return what is written below each heading with a number, in order, whether it is a section's or not.

    Args:
        documents: the path and the content of each notebook and each `answers.md`. What can't be decoded has
            nothing written in it.

    """
    found = (
        WrittenAnswer(section, bounded("\n".join(lines).strip()), shown("/".join(parts)))
        for parts, data in documents
        for section, lines in _sections(_texts(parts[-1], data))
    )
    return tuple(islice(found, MAX_ANSWERS))


def about_sections(pieces: Iterable[WrittenAnswer], numbers: Collection[str]) -> tuple[WrittenAnswer, ...]:
    """Return one answer for each section, in the order in which they appear.

    A heading with a number that is no section's ("1.1 My idea") belongs to the section above it, in the same
    file.

    Args:
        pieces: what is written below headings with numbers.
        numbers: the numbers of the sections.

    """
    found: dict[str, tuple[str, list[str]]] = {}
    section, path = "", ""
    for piece in pieces:
        if piece.section in numbers:
            section, path = piece.section, piece.path
        if section and piece.path == path:
            found.setdefault(section, (path, []))[1].append(piece.text)
    return tuple(
        WrittenAnswer(section, bounded("\n\n".join(texts)), path)
        for section, (path, texts) in found.items()
        if any(map(_is_more_than_headings, texts))
    )


def _texts(name: str, data: bytes) -> list[str]:
    """Return the Markdown of a file: the cells of a notebook, or the whole text."""
    if not name.lower().endswith(".ipynb"):
        return [data.decode("utf-8-sig", errors="replace")]
    if b'"markdown"' not in data:
        return []
    try:
        cells = json.loads(data.decode("utf-8-sig"), strict=False)["cells"]
        return [_source(cell) for cell in cells if _is_students(cell)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return []


def _is_students(cell: dict[str, object]) -> bool:
    metadata = cell.get("metadata")
    is_given = isinstance(metadata, dict) and metadata.get("gradbook") == GIVEN
    return cell.get("cell_type") == "markdown" and not is_given


def _source(cell: dict[str, object]) -> str:
    source = cell.get("source", "")
    lines = source if isinstance(source, list) else [source]
    text = "".join(line for line in lines if isinstance(line, str))
    return text.encode(errors="replace").decode()  # JSON can contain lone surrogates


def _sections(texts: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines below each heading with a number, with the heading, and the section's number."""
    lines: list[str] = []
    section, is_code = "", False
    for line in (line for text in texts for line in (*text.splitlines(), "")):
        is_code ^= line.lstrip().startswith(FENCE)
        heading = None if is_code else _HEADING.match(line)
        if heading:
            if section:
                yield section, lines
            section, lines = heading[1], []
        lines.append(line)
    if section:
        yield section, lines


def _is_more_than_headings(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines())


def bounded(text: str) -> str:
    """Return a text that is cut if it is too long, and then says so."""
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + CUT
