"""`release.json` lists the released files with their hashes, by which a later release updates them."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import msgspec

from grader import __version__
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.release.contents import Contents

FILE: Final = "release.json"


class ReleaseError(ValueError):
    """A folder can't be released into; the message says what to do, and nothing was changed."""


class Manifest(msgspec.Struct, frozen=True):
    """The content of `release.json`: the title of the course, and the hash of each file, by path."""

    schema: int
    title: str
    gradbook: str
    files: dict[str, str]


class Changes(msgspec.Struct):
    """The changes that a release made in a folder: paths, each in one of these lists.

    Args:
        new: files that did not exist.
        replaced: files that were unchanged since the last release.
        restored: files that were edited or deleted, and are not stubs.
        left: files that are kept: stubs that were filled in, and edited files that are no longer released.
        removed: files that are no longer released and were unchanged.

    """

    new: list[str] = []
    replaced: list[str] = []
    restored: list[str] = []
    left: list[str] = []
    removed: list[str] = []

    @property
    def touched(self) -> list[str]:
        """The paths of all files that changed."""
        return sorted([*self.new, *self.replaced, *self.restored, *self.removed])


def read(folder: Path) -> Manifest | None:
    """Return the manifest of a folder; None if nothing was released into it. Raises `ReleaseError`."""
    path = folder / FILE
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise ReleaseError(
            f"{path}, which lists the released files, can't be read ({error}). Restore it "
            f"(git checkout -- {FILE}), or release into another folder."
        ) from error
    _require_inside(folder, manifest.files)
    return manifest


def put(folder: Path, contents: Contents) -> Changes:
    """Update a folder to a release, and change no file that a student filled in.

    Raises `ReleaseError`, and `OSError` if the folder can't be written to.
    """
    earlier = read(folder)
    before = earlier.files if earlier else {}
    _require_inside(folder, contents.files)
    changes = Changes()
    if earlier is None:  # so that an interrupted release can be continued
        _write(folder, contents.title, {})
    for name, content in contents.files.items():
        path, now = folder / name, _hash_of(folder / name)
        if now == _hash(content):
            continue
        if now is None:
            (changes.restored if name in before else changes.new).append(name)
        elif now == before.get(name):
            changes.replaced.append(name)
        elif name in contents.stubs:
            changes.left.append(name)
            continue
        else:
            changes.restored.append(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    for name in sorted(before.keys() - contents.files.keys()):
        now = _hash_of(folder / name)
        if now == before[name]:
            (folder / name).unlink()
            changes.removed.append(name)
        elif now is not None:
            changes.left.append(name)
    files = {name: _hash(content) for name, content in sorted(contents.files.items())}
    _write(folder, contents.title, files)
    return changes


def _write(folder: Path, title: str, files: dict[str, str]) -> None:
    text = msgspec.json.encode(Manifest(1, title, __version__, files))
    write_whole(folder / FILE, msgspec.json.format(text, indent=1) + b"\n")


def _require_inside(folder: Path, names: Iterable[str]) -> None:
    """Raise `ReleaseError` if a path leads out of the folder, directly or through a link."""
    root = folder.resolve()
    for name in names:
        path = PurePosixPath(name)
        if (
            path.is_absolute()
            or ".." in path.parts
            or not (root / path).parent.resolve().is_relative_to(root)
        ):
            raise ReleaseError(
                f"{folder / name} is outside {folder}: the folder contains a link, or its {FILE} was edited. "
                "Release into another folder."
            )


def _hash_of(path: Path) -> str | None:
    """Return the hash of a file: None if there is no file, "" if it is a link or a folder."""
    if path.is_symlink() or path.is_dir():
        return ""
    try:
        return _hash(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
