"""The folder that a run writes to.

It holds `run.json` with the seed, `gradebook.csv`, `class.html`, and of each submission
`submissions/<name>/report.json` and `feedback.html`. Gradebook and class are those of the last run. What is
there of a submission that is no longer handed in stays, and is in neither.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.course_toml import MAX_SEED
from grader.reporting.report import FILE, write_whole
from grader.submissions.naming import is_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

RUN: Final = "run.json"
REPORTS: Final = "submissions"


class UsageError(ValueError):
    """What was asked for can't be done; the message says why, and what to do."""


class RunFile(msgspec.Struct, frozen=True):
    """What `run.json` holds."""

    schema: int
    seed: int


def reports_in(out: Path) -> Path:
    """Return the folder that holds a folder for each submission's report."""
    return out / REPORTS


def check(out: Path, paths: Iterable[Path]) -> None:
    """Raise `UsageError` where a folder can't be written to, or is itself to be graded."""
    ancestor = next(folder for folder in (out.absolute(), *out.absolute().parents) if os.path.lexists(folder))
    if not ancestor.is_dir():
        raise UsageError(f"The output folder {str(out)!r} can't be made: {str(ancestor)!r} is no folder.")
    if not os.access(ancestor, os.W_OK | os.X_OK):
        raise UsageError(
            f"The output folder {str(out)!r} can't be written to: {str(ancestor)!r} is read-only."
        )
    for path in paths:
        if path.resolve() == out.resolve() or path.resolve().is_relative_to(reports_in(out).resolve()):
            raise UsageError(
                f"Reports would be written among the submissions in {str(path)!r}: choose another --out."
            )


def seed_for(out: Path, wanted: int | None, *, regrade: bool = False, usual: int | None = None) -> int:
    """Return the seed: that of an earlier run, the one that is wanted, or a new one. Raises `UsageError`.

    Who starts over may want another one than before. A course may have a `usual` one for all new runs.
    """
    path = out / RUN
    if regrade and wanted is not None:
        return wanted
    try:
        earlier = msgspec.json.decode(path.read_bytes(), type=RunFile).seed
    except (FileNotFoundError, NotADirectoryError):
        chosen = usual if wanted is None else wanted
        return secrets.randbelow(MAX_SEED + 1) if chosen is None else chosen
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(
            f"{str(path)!r} should hold the seed of an earlier run, but can't be read ({error}). "
            "Grade all submissions anew with --regrade and a --seed, or choose another folder with --out."
        ) from error
    if wanted not in {None, earlier}:
        raise UsageError(
            f"{str(out)!r} was graded with the seed {earlier}, not {wanted}. Leave --seed out to go on, say "
            "--regrade to start over, or choose another folder with --out."
        )
    return earlier


def make(out: Path) -> None:
    """Make the folder. Raises `UsageError`."""
    try:
        reports_in(out).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The output folder {str(out)!r} can't be made: {error.strerror}.") from error


def keep_seed(out: Path, seed: int) -> None:
    """Keep the seed in the folder. Raises `UsageError`."""
    attempt(lambda: write_whole(out / RUN, msgspec.json.encode(RunFile(1, seed)) + b"\n"))


@contextlib.contextmanager
def alone_in(out: Path) -> Iterator[None]:
    """Be the only run that writes to a folder, which is there. Raises `UsageError` where another one does.

    The lock is on the folder itself: it leaves no file, and ends with the process, however that ends.
    """
    import fcntl  # not at the top: this module is imported where there is none

    descriptor = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UsageError(
            f"Another run is writing to {str(out)!r}. Wait for it, or choose another folder with --out."
        ) from error
    finally:
        os.close(descriptor)


def attempt(write: Callable[[], object]) -> None:
    """Write something to the folder. Raises `UsageError` where that is impossible."""
    try:
        write()
    except OSError as error:
        raise UsageError(
            f"{str(error.filename)!r} can't be written: {error.strerror}. Make room or permission, and run "
            "the same command again; what is graded is kept."
        ) from error


def leftovers(out: Path, names: Collection[str]) -> int:
    """Return how many reports there are on submissions of other names."""
    folders = [path.parent for path in reports_in(out).glob(f"*/{FILE}")]
    return sum(folder.name not in names for folder in folders)


def is_way_to(out: Path, path: Path) -> bool:
    """Whether a found path is the output folder, or a folder that holds nothing but the way to it."""
    folder, goal = path.resolve(), out.resolve()
    if not goal.is_relative_to(folder):
        return False
    for part in goal.relative_to(folder).parts:
        if [child.name for child in folder.iterdir() if not is_ignored(child.name)] != [part]:
            return False
        folder /= part
    return True
