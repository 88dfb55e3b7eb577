"""The files that a student has, as they will be handed in: a section's own, and those that it may need."""

from __future__ import annotations

import tokenize
from typing import TYPE_CHECKING

import msgspec

from grader.course.declarations import checks_in
from grader.records.sources import Cell, SourceFile
from grader.submissions import Unreadable, alone, collect, read

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course.course import Section


class LocalFiles:
    """The files in the folders of assignments, each folder read once."""

    def __init__(self) -> None:
        self.folders: dict[Path, tuple[SourceFile, ...]] = {}

    def program(self, section: Section) -> tuple[SourceFile, ...]:
        """Return the files in which a section's exercises are looked for: its own file, and all others."""
        own, folder = section.stub, section.stub.parents[1]
        if folder not in self.folders:
            self.folders[folder] = files_in(folder)
        others = (file for file in self.folders[folder] if file.path != str(own))
        return (source_file(own, section.module), *others)


def files_in(folder: Path) -> tuple[SourceFile, ...]:
    """Return the files of a folder of assignments that a submission would hold, and that can be read."""
    try:
        submission = read(collect(alone(folder.name, folder), checks_in(folder.parent).values()))
    except (OSError, Unreadable):
        return ()
    absolute = (msgspec.structs.replace(file, path=str(folder / file.path)) for file in submission.files)
    return tuple(file for file in absolute if not file.problem)


def source_file(path: Path, module: str) -> SourceFile:
    """Return a student's file; if it can't be read, an empty one with the reason."""
    try:
        with tokenize.open(path) as file:
            return SourceFile(str(path), module, (Cell(None, file.read()),))
    except FileNotFoundError:
        problem = f"{path.name} is missing. Copy it again from the course material."
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        problem = f"{path.name}, line {line}, is not valid {error.encoding.upper()}. Save the file as UTF-8."
    except SyntaxError:
        problem = f"{path.name} has an encoding that Python does not know. Save the file as UTF-8."
    except OSError as error:
        problem = f"{path.name} can't be read: {error.strerror}."
    return SourceFile(str(path), module, (), problem)
