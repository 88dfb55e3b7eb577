"""Pack feedback pages under the names by which a system takes them back in bulk, a page for each student."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.exchange.errors import ExchangeError
from grader.exchange.joining import joined
from grader.reporting import output_dir
from grader.reporting.pages import student

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from grader.reporting.gradebook import Row
    from grader.students import Identity

TIMESTAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every page in the archive, so that the same pages give the same bytes."""
PAGE: Final = student.FILE
MODE: Final = 0o100600 << 16


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a system takes a page for a student.

    Args:
        identity: what the template says of the student.
        key: what the system knows the student by.
        path: the name in the archive; "" if it takes none.
        refused: why it takes none, as a clause.
    """

    identity: Identity
    key: str
    path: str = ""
    refused: str = ""


@dataclass(frozen=True, kw_only=True)
class Mailbox:
    """A system that takes feedback pages back.

    Args:
        name: its name for `--to`.
        title: its name in sentences.
        template: what the names come from.
        places: returns the places in a template. Raises `ExchangeError`.
        taken_by: returns whom the system gives a file of the archive to, by the rules of its importer; "" if
            it passes over the file.
        upload: what to do with the archive.
    """

    name: str
    title: str
    template: str
    places: Callable[[Path], Sequence[Place]]
    taken_by: Callable[[str], str]
    upload: str


@dataclass(frozen=True, kw_only=True)
class Packed:
    """An archive of pages.

    Args:
        content: its bytes.
        pages: how many pages are in it.
        left_out: the students who get no page, with the reason.
    """

    content: bytes
    pages: int
    left_out: tuple[tuple[str, str], ...]


def pack(mailbox: Mailbox, template: Path, out: Path, rows: Sequence[Row]) -> Packed:
    """Return an archive with a page for each student. Nothing is written.

    Args:
        mailbox: the system.
        template: what names come from.
        out: the output folder with the pages.
        rows: the rows of the gradebook.

    Raises:
        ExchangeError: the template can't be used, or nobody in it is in the gradebook.
    """
    places = mailbox.places(template)
    by_key = {place.key: number for number, place in enumerate(places)}
    chosen = [
        number if number is not None else by_key.get(row.name)  # an anonymous download has nothing but a key
        for row, number in zip(rows, joined(rows, [place.identity for place in places]), strict=True)
    ]
    if not any(number is not None for number in chosen):
        raise ExchangeError(
            f"Nobody in {template} is in the gradebook: it is another course's or assignment's."
        )
    left_out: list[tuple[str, str]] = []
    pages: dict[str, bytes] = {}
    for row, number in zip(rows, chosen, strict=True):
        if row.report is None:
            continue
        place = places[number] if number is not None else None
        reason = _reason(row, place, template)
        if place is not None and not reason:
            content = _page(out, row)
            if content is None:
                reason = "there is no page"
            elif mailbox.taken_by(place.path) != place.key or place.path in pages:
                reason = f"{mailbox.title} could not tell from the name {place.path} whose it is"
            else:
                pages[place.path] = content
        if reason:
            left_out.append((row.name, reason))
    return Packed(content=_zipped(pages), pages=len(pages), left_out=tuple(left_out))


def _reason(row: Row, place: Place | None, template: Path) -> str:
    """Return why a student gets no page; "" if nothing is known to be in the way."""
    if row.report is not None and row.report.status == "not_graded":
        return "not graded yet"
    return f"not in {template}" if place is None else place.refused


def _page(out: Path, row: Row) -> bytes | None:
    try:
        return (output_dir.reports_in(out) / (row.group or row.name) / PAGE).read_bytes()
    except OSError:
        return None


def _zipped(pages: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in sorted(pages.items()):
            entry = zipfile.ZipInfo(path, TIMESTAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = MODE
            archive.writestr(entry, content)
    return packed.getvalue()
