"""The output folder of a grading run.

It contains `run.json` with the seed, `gradebook.csv`, `class.html`, and for each submission
`submissions/<name>/report.json` and `feedback.html`. Gradebook and class page are those of the last run.
Reports on submissions that were not part of it are kept, but listed in neither.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from grader.course.course_toml import MAX_SEED
from grader.records.worker_protocol import Attempts, DataSize, Sandbox
from grader.reporting.report import FILE, PRIVATE, PRIVATE_FOLDER, write_whole
from grader.students import Identity
from grader.submissions.naming import is_ignored

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

RUN: Final = "run.json"
REPORTS: Final = "submissions"
EXPORT: Final = "export"
"""The folder with what was written for other systems."""


class UsageError(ValueError):
    """Wrong usage; the message says why, and what to do."""


class Source(msgspec.Struct, frozen=True):
    """What a run graded: its paths, absolute, and how the folders among them were read."""

    paths: tuple[str, ...]
    layout: str


class RunFile(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The content of `run.json`: what a later command on this folder needs to know.

    Args:
        schema: version of this format.
        seed: the seed of all runs that write to this folder.
        course: the folder of the course; "" in folders of Gradbook 0.2.
        sources: what was graded, without repetitions, in the order in which it was first graded.
        submissions: the submissions of the last run, by name.
        device: the device of the last run.
        attempts: which definition counted.
        data: the images that models were trained on.
        sandbox: which layers of the sandbox were required.
        book: what tells this folder's events from others' in a database that several folders share.
        missing: the students of the last run's roster who handed nothing in.
        database: the URL of that database, without a password; "": the gradebook is in this folder.

    """

    schema: int
    seed: int
    course: str = ""
    sources: tuple[Source, ...] = ()
    submissions: tuple[str, ...] = ()
    device: str = "cpu"
    attempts: Attempts = "best"
    data: DataSize = "subset"
    sandbox: Sandbox = "full"
    book: str = ""
    database: str = ""
    missing: tuple[Identity, ...] = ()


def reports_in(out: Path) -> Path:
    """Return the folder with a folder for each submission's report."""
    return out / REPORTS


def check(out: Path, paths: Iterable[Path]) -> None:
    """Raise `UsageError` if a folder can't be written to, or lies where submissions are read."""
    ancestor = next(folder for folder in (out.absolute(), *out.absolute().parents) if os.path.lexists(folder))
    if not ancestor.is_dir():
        raise UsageError(
            f"The output folder {str(out)!r} can't be created: {str(ancestor)!r} is not a folder."
        )
    if not os.access(ancestor, os.W_OK | os.X_OK):
        raise UsageError(
            f"The output folder {str(out)!r} can't be written to: {str(ancestor)!r} is read-only."
        )
    for path in paths:
        real = Path(os.path.realpath(path))  # which, unlike `resolve`, copes with a link to itself
        if real == out.resolve() or real.is_relative_to(reports_in(out).resolve()):
            raise UsageError(
                f"Reports would be written among the submissions in {str(path)!r}. Choose another --out."
            )


def read_run(out: Path) -> RunFile | None:
    """Return what is known of earlier runs; None if there were none. Raises `UsageError`."""
    path = out / RUN
    try:
        return msgspec.json.decode(path.read_bytes(), type=RunFile)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, msgspec.MsgspecError) as error:
        raise UsageError(
            f"{str(path)!r}, which contains the seed of an earlier run, can't be read ({error}). Write "
            '{"schema": 1, "seed": N} into it, with the seed in any report.json below, or choose another '
            "folder with --out."
        ) from error


def seed_for(out: Path, wanted: int | None, *, course_seed: int | None = None) -> int:
    """Return the seed of a run. Raises `UsageError`.

    Args:
        out: the output folder; its seed from an earlier run is used again.
        wanted: the seed that `--seed` names.
        course_seed: the seed of a new run if none is wanted; None: a random one.

    """
    run = read_run(out)
    if run is None:
        chosen = course_seed if wanted is None else wanted
        return secrets.randbelow(MAX_SEED + 1) if chosen is None else chosen
    if wanted not in {None, run.seed}:
        raise UsageError(
            f"{str(out)!r} was graded with the seed {run.seed}, not {wanted}. Omit --seed to continue, or "
            "choose another folder with --out."
        )
    return run.seed


def create(out: Path) -> None:
    """Create the folder. What is in it is its owner's alone, whatever the umask. Raises `UsageError`."""
    try:
        if not out.exists():
            out.mkdir(parents=True, exist_ok=True)
            out.chmod(PRIVATE_FOLDER)
        reports_in(out).mkdir(exist_ok=True)
        reports_in(out).chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise UsageError(f"The output folder {str(out)!r} can't be created: {error.strerror}.") from error


def save_run(out: Path, run: RunFile) -> None:
    """Write `run.json`, which contains the seed. Raises `UsageError`."""
    content = msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n"
    write_or_refuse(lambda: write_whole(out / RUN, content, mode=PRIVATE))


@contextlib.contextmanager
def exclusive_lock(out: Path) -> Iterator[None]:
    """Lock an existing folder for this run. Raises `UsageError` if another run holds the lock.

    The lock is on the folder itself: it needs no file, and is released when the process ends in any way.
    """
    import fcntl  # not on Windows, where this module is imported, too

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


def write_or_refuse(write: Callable[[], object]) -> None:
    """Call a function that writes to the folder. Raises `UsageError` if that fails."""
    try:
        write()
    except OSError as error:
        raise UsageError(
            f"{str(error.filename)!r} can't be written: {error.strerror}. Free disk space or fix "
            "permissions, then run the same command again: finished reports are kept."
        ) from error


def count_other_reports(out: Path, names: Collection[str]) -> int:
    """Return how many reports there are on submissions with other names."""
    folders = [path.parent for path in reports_in(out).glob(f"*/{FILE}")]
    return sum(folder.name not in names for folder in folders)


def leads_to_output(out: Path, path: Path) -> bool:
    """Return whether a path is the output folder, or a folder that contains only the path to it."""
    folder, goal = path.resolve(), out.resolve()
    if not goal.is_relative_to(folder):
        return False
    for part in goal.relative_to(folder).parts:
        if [child.name for child in folder.iterdir() if not is_ignored(child.name)] != [part]:
            return False
        folder /= part
    return True
