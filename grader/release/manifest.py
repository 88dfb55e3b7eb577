"""`release.json`: which files of a folder were released, and as what; and how they are brought up to date."""

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
    """Nothing can be released there; the message says what to do, and nothing was changed."""


class Manifest(msgspec.Struct, frozen=True):
    """What was released: the course's title, and for each file the hash of its bytes, by path."""

    schema: int
    title: str
    gradbook: str
    files: dict[str, str]


class Changes(msgspec.Struct):
    """What a release did to a folder: paths, each in one of these lists.

    Args:
        new: there was no such file.
        replaced: it was as it had been released, and is now as it is released today.
        restored: it was edited or gone, and is put back: it isn't the student's.
        left: it was filled in, or edited and is no longer released: it stays as it is.
        removed: it is no longer released, and was as it had been.

    """

    new: list[str] = []
    replaced: list[str] = []
    restored: list[str] = []
    left: list[str] = []
    removed: list[str] = []

    @property
    def touched(self) -> list[str]:
        """The files that are other than before."""
        return sorted([*self.new, *self.replaced, *self.restored, *self.removed])


def read(folder: Path) -> Manifest | None:
    """Return what was released into a folder; None, where nothing was. Raises `ReleaseError`."""
    path = folder / FILE
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise ReleaseError(
            f"{path} should list what was released, but can't be read ({error}). Get it back "
            f"(git checkout -- {FILE}), or release into another folder."
        ) from error
    _demand_inside(folder, manifest.files)
    return manifest


def put(folder: Path, contents: Contents) -> Changes:
    """Bring a folder up to date with a release, and touch nothing that a student wrote.

    Raises `ReleaseError`, and `OSError` where the folder can't be written to.
    """
    earlier = read(folder)
    before = earlier.files if earlier else {}
    _demand_inside(folder, contents.files)
    changes = Changes()
    if earlier is None:  # so that what is interrupted can be gone on with
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


def _demand_inside(folder: Path, names: Iterable[str]) -> None:
    """Raise `ReleaseError` where a path leads out of the folder, by itself or through a link."""
    root = folder.resolve()
    for name in names:
        path = PurePosixPath(name)
        if (
            path.is_absolute()
            or ".." in path.parts
            or not (root / path).parent.resolve().is_relative_to(root)
        ):
            raise ReleaseError(
                f"{folder / name} is outside {folder}: there is a link in it, or its {FILE} was edited. "
                "Release into another folder."
            )


def _hash_of(path: Path) -> str | None:
    """Return the hash of a file; None, where there is none."""
    if path.is_symlink() or path.is_dir():
        return ""
    try:
        return _hash(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
