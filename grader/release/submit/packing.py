"""The archive that a student hands in: the sections' modules alone; the same files give the same bytes."""

from __future__ import annotations

import ast
import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.reporting.report import write_whole
from grader.submissions import Unreadable, limits
from grader.submissions.contents import read_file
from grader.submissions.decoding import cells_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUFFIX: Final = ".zip"
TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that a .zip knows: when a file was saved is nobody's business."""
READABLE: Final = 0o100644 << 16
UNIX: Final = 3


class SubmitError(ValueError):
    """No archive can be made; the message says what to do."""


@dataclass(frozen=True)
class Packed:
    """What went into an archive, by path, and what there is to say of it."""

    files: dict[str, bytes]
    remarks: tuple[str, ...]


def gathered(root: Path, modules: Sequence[Path]) -> Packed:
    """Read the modules that students fill in. Raises `SubmitError` where there is none."""
    files, remarks = {}, []
    for path in sorted(modules):
        name = path.relative_to(root).as_posix()
        try:
            files[name] = read_file(path, limits.of_file(name), follow=True)
        except FileNotFoundError:
            remarks.append(f"{name} is missing: get it again from where the course came from.")
        except (OSError, Unreadable) as error:
            remarks.append(f"{name} can't be handed in: {getattr(error, 'strerror', None) or error}")
        else:
            remarks += _remarks(name, files[name])
    if not files:
        raise SubmitError("\n".join(["There is nothing to hand in.", *remarks]))
    return Packed(files, tuple(remarks))


def pack(files: dict[str, bytes], out: Path) -> None:
    """Write an archive whole or not at all. Raises `OSError`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, TIME)
            member.external_attr, member.create_system = READABLE, UNIX
            archive.writestr(member, files[name])
    write_whole(out, stream.getvalue())


def demand_free(out: Path) -> None:
    """Raise `SubmitError` where an archive can't be put, or something else would be lost."""
    if out.suffix.lower() != SUFFIX:
        raise SubmitError(f"{out} is no name for an archive: let it end in {SUFFIX}.")
    if not out.absolute().parent.is_dir():
        raise SubmitError(f"There is no folder {out.parent} to write {out.name} to.")
    if out.exists() and not (out.is_file() and zipfile.is_zipfile(out)):
        raise SubmitError(f"{out} is there already, and is no archive: choose another name with --out.")


def _remarks(name: str, content: bytes) -> list[str]:
    """Say what is wrong with a file as a whole, as its grader will see it; it is handed in all the same."""
    try:
        for cell in cells_of(name, content):
            ast.parse(cell.source)
    except SyntaxError as error:
        said = f"{name}, line {error.lineno or 1}: {error.msg}."
    except Unreadable as unreadable:
        said = f"{name}: {unreadable}"
    except (ValueError, RecursionError, MemoryError) as error:
        said = f"{name} is no Python: {error}."
    else:
        return []
    return [f"{said} Nothing in it can be graded like this."]
