"""Read a submission: from its bytes to the source files that are graded."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from grader.records.inert_text import inert_line
from grader.records.sources import SourceFile
from grader.submissions import limits
from grader.submissions.archives import untar, unzip
from grader.submissions.contents import Contents, Select, archives_in, read_file, read_folder
from grader.submissions.decoding import cells_of
from grader.submissions.errors import Unreadable
from grader.submissions.naming import suffix_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from grader.submissions.finding import Entry


class Submission(msgspec.Struct, frozen=True):
    """The source files of one submission: the section modules or, if there are none, all Python files.

    `sha256` is the hash of the paths and bytes of these files. It doesn't depend on how they were packed.
    """

    name: str
    sha256: str
    files: tuple[SourceFile, ...]

    def program(self, module: str) -> tuple[SourceFile, ...]:
        """Return the files that may define a section's exercises; none if the section was not handed in."""
        if all(file.module is None for file in self.files):
            return self.files
        return tuple(file for file in self.files if file.module == module)


def read(entry: Entry, modules: Collection[str]) -> Submission:
    """Read a submission without running any of it.

    Files are ordered by depth, then by path. If there are two files for one section, the first is used.

    Raises:
        Unreadable: it can't be read, through the student's fault.
        OSError: it has vanished or may not be read.
    """
    contents, is_loose = _contents(entry, _selector(modules))
    if not contents:
        raise Unreadable(
            "There is no Python in it: neither a .py file nor a notebook. (Archives inside are not opened.)"
        )
    files = [_source_file(name, content, modules, is_loose=is_loose) for name, content in contents.items()]
    if all(file.problem for file in files):
        raise Unreadable(files[0].problem if is_loose else f"{files[0].path}: {files[0].problem}")
    return Submission(entry.name, _digest(contents), tuple(files))


def _contents(entry: Entry, select: Select) -> tuple[Contents, bool]:
    """Return the contents of a submission, and whether it is a single file, which is not a section module."""
    path, suffix = entry.path, suffix_of(entry.path.name)
    if path.is_dir():
        return read_folder(path, select) or _only_archive(path, select), False
    match suffix:
        case ".py" | ".ipynb":
            return {path.name: read_file(path, limits.of_file(path.name), follow=True)}, True
        case ".zip" | ".tar.gz" | ".tgz":
            return _unpacked(path, select, follow=True), False
        case _:
            path.stat()  # a missing file is not the student's fault
            raise Unreadable("Hand in a .py file, a notebook (.ipynb), a folder, a .zip, .tar.gz or .tgz.")


def _unpacked(path: Path, select: Select, *, follow: bool) -> Contents:
    unpack = unzip if suffix_of(path.name) == ".zip" else untar
    return unpack(read_file(path, limits.ARCHIVE, follow=follow), select)


def _only_archive(folder: Path, select: Select) -> Contents:
    """Return the contents of the only archive in a folder, as learning platforms export submissions."""
    archives = archives_in(folder)
    if len(archives) > 1:
        names = ", ".join(inert_line(path.name)[:80] for path in archives[:3])
        raise Unreadable(
            f"It contains {len(archives)} archives ({names}) and no Python files. Hand in only one archive."
        )
    return _unpacked(archives[0], select, follow=False) if archives else {}


def _selector(modules: Collection[str]) -> Select:
    def select(names: list[str]) -> list[str]:
        ordered = sorted(set(names), key=lambda name: (name.count("/"), name))
        sections: dict[str, str] = {}
        for name in ordered:
            if (module := _module(name, modules)) is not None:
                sections.setdefault(module, name)
        selected = list(sections.values()) or ordered
        if len(selected) > limits.FILES:
            raise Unreadable(
                f"It contains more than {limits.FILES} Python files. Hand in only the assignment."
            )
        return selected

    return select


def _module(name: str, modules: Collection[str]) -> str | None:
    stem = PurePosixPath(name).stem
    return stem if stem in modules else None


def _source_file(
    name: str, content: bytes | Unreadable, modules: Collection[str], *, is_loose: bool
) -> SourceFile:
    module = None if is_loose else _module(name, modules)
    try:
        if isinstance(content, Unreadable):
            raise content
        return SourceFile(inert_line(name), module, cells_of(name, content))
    except Unreadable as unreadable:
        return SourceFile(inert_line(name), module, (), unreadable.reason)


def _digest(contents: Contents) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        data = content if isinstance(content, bytes) else content.reason.encode()
        for part in (name.encode(errors="surrogateescape"), data):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
