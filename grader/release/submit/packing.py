"""The archive that a student hands in: what answers are looked for in. The same files give the same bytes."""

from __future__ import annotations

import io
import os
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.course.declarations import ASSIGNMENTS
from grader.execution.loading.cells import parse
from grader.reporting.report import write_whole
from grader.submissions import Unreadable, alone, collect, limits
from grader.submissions.collecting import read_file
from grader.submissions.decoding import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUFFIX: Final = ".zip"
TIMESTAMP: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time in a .zip: the times at which files were saved are not handed in."""
FILE_MODE: Final = 0o100644 << 16
UNIX: Final = 3


class SubmitError(ValueError):
    """No archive can be made; the message says what to do."""


@dataclass(frozen=True)
class ArchiveContent:
    """The files of an archive, by path, and remarks on them for the student."""

    files: dict[str, bytes]
    remarks: tuple[str, ...]


def gather(root: Path, modules: Sequence[Path]) -> ArchiveContent:
    """Read the modules that students fill in, and the files beside that these may import.

    Raises `SubmitError` if there is nothing.
    """
    files, remarks = {}, []
    for path in sorted(modules):
        name = path.relative_to(root).as_posix()
        try:
            files[name] = read_file(path, limits.of_file(name))
        except FileNotFoundError:
            remarks.append(f"{name} is missing: download it again from your course.")
        except (OSError, Unreadable) as error:
            remarks.append(f"{name} can't be handed in: {getattr(error, 'strerror', None) or error}")
        else:
            remarks += _remarks(name, files[name])
    if not files:
        raise SubmitError("\n".join(["There is nothing to hand in.", *remarks]))
    return ArchiveContent(_beside(root / ASSIGNMENTS, modules) | files, tuple(remarks))


def _beside(folder: Path, modules: Sequence[Path]) -> dict[str, bytes]:
    """Return the other files in which answers are looked for, as far as they can be read."""
    try:
        files = collect(alone(folder.name, folder), [path.stem for path in modules]).files
    except (OSError, Unreadable):
        return {}
    return {f"{folder.name}/{os.fsdecode(file.path)}": file.data for file in files if not file.problem}


def pack(files: dict[str, bytes], out: Path) -> None:
    """Write an archive atomically. Raises `OSError`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, TIMESTAMP)
            member.external_attr, member.create_system = FILE_MODE, UNIX
            archive.writestr(member, files[name])
    write_whole(out, stream.getvalue())


def require_writable(out: Path) -> None:
    """Raise `SubmitError` if an archive can't be written there, or would replace another file."""
    if out.suffix.lower() != SUFFIX:
        raise SubmitError(f"{out} is not the name of a zip archive: it must end in {SUFFIX}.")
    if not out.absolute().parent.is_dir():
        raise SubmitError(f"The folder {out.parent} for {out.name} doesn't exist.")
    if out.exists() and not (out.is_file() and zipfile.is_zipfile(out)):
        raise SubmitError(f"{out} exists, and is not a zip archive: choose another name with --out.")


def _remarks(name: str, content: bytes) -> list[str]:
    """Return what keeps the grader from reading a file, or a part of it; it is handed in all the same."""
    try:
        cells = cells_of(name, content)
    except Unreadable as unreadable:
        return [f"{name}: {unreadable} Nothing in this file can be graded until this is fixed."]
    places = [_place(name, piece.error) for cell in cells for piece in parse(cell.source, name).broken]
    return [f"{place} What stands there can't be graded until this is fixed." for place in places]


def _place(name: str, error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"{name}, line {error.lineno or 1}: {error.msg}."
    return f"{name} is not Python: {error}."
